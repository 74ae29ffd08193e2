internal import PetriNet
internal import SQL

extension NetPlan {
  /// What keeps the tables to what transitions do, for whoever writes to them by hand.
  ///
  /// What can be decided from the row alone is a WHEN clause. PostgreSQL reads it anew for each statement, as it does
  /// CHECKs, so it is short, and there are no CHECKs on these tables.
  var secondWallSQL: SQL {
    """
    -- The second wall --------------------------------------------------------------------------------------------
    --
    -- The domains keep every count possible. These triggers keep the tables to what transitions do, also for the owner.

    CREATE TRIGGER states_begin BEFORE INSERT ON \(object("states"))
        FOR EACH ROW WHEN (NEW.seq <> 0 OR NEW.created_at <> NEW.updated_at\(beyondInitial))
        EXECUTE FUNCTION ptflow.refuse_change();

    CREATE TRIGGER states_step BEFORE UPDATE ON \(object("states"))
        FOR EACH ROW WHEN (NEW.seq <> OLD.seq + 1 OR NEW.id <> OLD.id)
        EXECUTE FUNCTION ptflow.refuse_change();

    CREATE TRIGGER states_stay BEFORE DELETE ON \(object("states"))
        FOR EACH ROW EXECUTE FUNCTION ptflow.refuse_change();

    CREATE TRIGGER states_stay_all BEFORE TRUNCATE ON \(object("states"))
        FOR EACH STATEMENT EXECUTE FUNCTION ptflow.refuse_change();

    -- An event is what its instance's state says, since the firing has written both in one statement; and it follows
    -- the event before it.
    CREATE FUNCTION \(object("ptflow_follow"))()
        RETURNS trigger
        LANGUAGE plpgsql
        SET search_path = pg_catalog, pg_temp
    AS \(body: followBody);

    CREATE TRIGGER events_follow AFTER INSERT ON \(object("events"))
        FOR EACH ROW EXECUTE FUNCTION \(object("ptflow_follow"))();

    CREATE TRIGGER events_stay BEFORE UPDATE OR DELETE ON \(object("events"))
        FOR EACH ROW EXECUTE FUNCTION ptflow.refuse_change();

    CREATE TRIGGER events_stay_all BEFORE TRUNCATE ON \(object("events"))
        FOR EACH STATEMENT EXECUTE FUNCTION ptflow.refuse_change();
    """
  }

  private var beyondInitial: SQL {
    let differences: [SQL] = places.map { "NEW.\(name: $0.column) <> \($0.place.initial)" }
    return differences.isEmpty ? "" : "\n                   OR \(wrapped(differences, separator: " OR"))"
  }

  private var followBody: SQL {
    """
    BEGIN
        IF NOT EXISTS (SELECT FROM \(object("states")) AS s
                        WHERE s.id = NEW.id
                          AND s.seq = NEW.seq
                          AND s.head = NEW.hash
                          AND s.updated_at = NEW.at
                          AND \(marking(of: "s")) = NEW.marking)
           OR NEW.seq > 1 AND NOT EXISTS (SELECT FROM \(object("events")) AS e
                                           WHERE e.id = NEW.id AND e.seq = NEW.seq - 1)
        THEN
            PERFORM ptflow.refuse(
                '23000',
                format('event %s of %L is not what its instance''s state says', NEW.seq, NEW.id),
                jsonb_build_object('net', \(string: net.name), 'id', NEW.id, 'seq', NEW.seq),
                'Fire a transition: SELECT ptflow_dispatch(net, id, action);');
        END IF;
        RETURN NULL;
    END;
    """
  }
}
