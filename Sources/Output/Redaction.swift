internal import PetriNet
internal import Plan
internal import SQL

extension Renderer {
  /// What was taken out of events, and the functions that take it out.
  var redactionsTableSQL: SQL {
    """
    CREATE TABLE \(object("redactions")) (
        seq          bigint      \(neverByHand),
        id           text        COLLATE "C" NOT NULL,
        payload_hash bytea,
        key_hash     bytea,
        redacted_by  text        COLLATE "C" NOT NULL,
        redacted_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
        CONSTRAINT redactions_pkey    PRIMARY KEY (id, seq),
        CONSTRAINT redactions_payload CHECK (octet_length(payload_hash) = 32),
        CONSTRAINT redactions_key     CHECK (octet_length(key_hash) = 32),
        CONSTRAINT redactions_some    CHECK (coalesce(payload_hash, key_hash) IS NOT NULL)
    );

    COMMENT ON TABLE  \(object("redactions"))              IS 'What was taken out of events: its hashes stay, so that the chain does.';
    COMMENT ON COLUMN \(object("redactions")).seq          IS 'The event.';
    COMMENT ON COLUMN \(object("redactions")).id           IS 'The instance.';
    COMMENT ON COLUMN \(object("redactions")).payload_hash IS 'sha-256 of the payload that was there; it is null now.';
    COMMENT ON COLUMN \(object("redactions")).key_hash     IS 'sha-256 of the key that was there.';
    COMMENT ON COLUMN \(object("redactions")).redacted_by  IS 'The role of the database that took it out last.';
    COMMENT ON COLUMN \(object("redactions")).redacted_at  IS 'When.';
    """
  }

  /// The functions of the owner that take things out of events.
  var redactionSQL: SQL {
    """
    -- Redaction --------------------------------------------------------------------------------------------------
    --
    -- A payload and a key are chained by their hashes. So they can be taken out for ever, and the chain verifies. While it
    -- happens nobody fires in this net.

    CREATE FUNCTION \(function(.redact))(id text, from_seq bigint, to_seq bigint)
        RETURNS bigint
        \(dialect.functionOfOwner)
    AS \(body: redactBody);

    CREATE FUNCTION \(function(.forgetKeys))(before timestamptz)
        RETURNS bigint
        \(dialect.functionOfOwner)
    AS \(body: forgetBody);
    """
  }

  private func opened(_ tables: [String], _ statements: SQL) -> SQL {
    func all(_ change: SQL) -> SQL {
      tables.map { "ALTER TABLE \(object($0)) \(change) TRIGGER kept;" as SQL }.joined()
    }
    return """
      \(all("DISABLE"))
      \(statements)
      \(all("ENABLE"))
      """
  }

  private var redactBody: SQL {
    """
    #variable_conflict use_variable
    DECLARE
        changed bigint;
    BEGIN
        IF (from_seq >= 1 AND to_seq >= from_seq) IS NOT TRUE THEN
            \(dialect.perform("ptflow.refuse_argument('from_seq', from_seq::text, 'the first and the last event, from 1')"))
        ELSIF NOT EXISTS (SELECT FROM \(object("instances")) AS i WHERE i.id = id) THEN
            \(dialect.perform("ptflow.refuse_instance(\(string: plan.net.name), id)"))
        END IF;
        LOCK TABLE \(object("events")) IN SHARE ROW EXCLUSIVE MODE;

        \(opened(["redactions", "events"], """
          INSERT INTO \(object("redactions")) AS r (id, seq, payload_hash, redacted_by)
          OVERRIDING SYSTEM VALUE
          SELECT e.id, e.seq, \(hash(of: "e.payload::text")), current_user
            FROM \(object("events")) AS e
           WHERE e.id = id
             AND e.seq BETWEEN from_seq AND to_seq
             AND NOT EXISTS (SELECT FROM \(object("redactions")) AS o
                              WHERE o.id = e.id AND o.seq = e.seq AND o.payload_hash IS NOT NULL)
              ON CONFLICT ON CONSTRAINT redactions_pkey DO UPDATE
             SET payload_hash = excluded.payload_hash, redacted_by = excluded.redacted_by,
                 redacted_at = excluded.redacted_at;
          GET DIAGNOSTICS changed = ROW_COUNT;
          UPDATE \(object("events")) AS e
             SET payload = 'null'
           WHERE e.id = id
             AND e.seq BETWEEN from_seq AND to_seq
             AND e.payload <> 'null';
          """))
        RETURN changed;
    END;
    """
  }

  private var forgetBody: SQL {
    """
    #variable_conflict use_variable
    DECLARE
        changed bigint;
    BEGIN
        IF before IS NULL THEN
            \(dialect.perform("ptflow.refuse_null('before', 'the time before which keys are forgotten')"))
        END IF;
        LOCK TABLE \(object("events")) IN SHARE ROW EXCLUSIVE MODE;

        -- What says nothing any more goes.
        \(opened(["redactions", "details"], """
          INSERT INTO \(object("redactions")) AS r (id, seq, key_hash, redacted_by)
          OVERRIDING SYSTEM VALUE
          SELECT d.id, d.seq, \(hash(of: "d.key")), current_user
            FROM \(object("details")) AS d
            JOIN \(object("events"))  AS e ON e.id = d.id AND e.seq = d.seq
           WHERE d.key IS NOT NULL
             AND e.at < before
              ON CONFLICT ON CONSTRAINT redactions_pkey DO UPDATE
             SET key_hash = excluded.key_hash, redacted_by = excluded.redacted_by, redacted_at = excluded.redacted_at;
          GET DIAGNOSTICS changed = ROW_COUNT;
          DELETE FROM \(object("details")) AS d
           USING \(object("redactions")) AS r
           WHERE r.id = d.id AND r.seq = d.seq AND r.key_hash IS NOT NULL AND d.multiple = 1;
          UPDATE \(object("details")) AS d
             SET key = NULL
            FROM \(object("redactions")) AS r
           WHERE r.id = d.id AND r.seq = d.seq AND r.key_hash IS NOT NULL AND d.key IS NOT NULL;
          """))
        RETURN changed;
    END;
    """
  }
}
