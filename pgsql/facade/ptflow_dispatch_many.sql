-- Fires many transitions of any nets and instances, in order, all or none.

CREATE OR REPLACE FUNCTION ptflow_dispatch_many(events jsonb)
    RETURNS json
    LANGUAGE plpgsql
    SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    batches CONSTANT ptflow.batch[] := ptflow.batches(events);
    batch            ptflow.batch;
    net              text;
    answers          text[];
    all_answers      text[] := ARRAY[]::text[];
BEGIN
    -- Of several nets, all events are looked at before the first is fired. Nets go by name, instances by id, so that two
    -- calls wait for each other and never both.
    FOR round IN CASE WHEN cardinality(batches) > 1 THEN 1 ELSE 2 END .. 2 LOOP
        FOREACH batch IN ARRAY batches LOOP
            net := batch.net;
            answers := NULL;
            {{answers := {net}.fire_many(batch, round = 2);}}
            IF answers IS NULL THEN
                PERFORM set_config('ptflow.index', batch.indexes[1]::text, true);
                PERFORM ptflow.refuse_net(net COLLATE "C");
            END IF;
            IF cardinality(batches) = 1 THEN
                all_answers := answers;
            ELSIF round = 2 THEN
                FOR number IN 1 .. cardinality(answers) LOOP
                    all_answers[batch.indexes[number] + 1] := answers[number];
                END LOOP;
            END IF;
        END LOOP;
    END LOOP;

    RETURN ('[' || array_to_string(all_answers, ',') || ']')::json;
END;
$$;
