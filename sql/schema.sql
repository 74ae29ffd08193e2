-- What all nets share: the catalogue, the rule for refusals, who may do what.
--
-- Each net has a schema of its own beside this one, named after the net. Clients call neither: they call the
-- functions ptflow_* of the facade.

CREATE SCHEMA IF NOT EXISTS ptflow;

COMMENT ON SCHEMA ptflow IS 'ptflow engine: what all nets share. Made by ptflow; do not edit.';
