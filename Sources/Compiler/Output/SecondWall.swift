internal import PetriNet
internal import SQL

extension NetPlan {
  /// What keeps the tables to what transitions do, for whoever writes to them by hand.
  var secondWallSQL: SQL {
    """
    -- The second wall --------------------------------------------------------------------------------------------
    --
    -- The domains keep every count possible. These triggers keep the tables to the functions above, also for the owner:
    -- nobody else writes, and nobody changes or removes what happened.

    CREATE TRIGGER states_written BEFORE INSERT OR UPDATE ON \(object("states"))
        FOR EACH STATEMENT EXECUTE FUNCTION ptflow.demand_writing();

    CREATE TRIGGER states_kept BEFORE DELETE OR TRUNCATE ON \(object("states"))
        FOR EACH STATEMENT EXECUTE FUNCTION ptflow.refuse_change();

    CREATE TRIGGER events_written BEFORE INSERT ON \(object("events"))
        FOR EACH STATEMENT EXECUTE FUNCTION ptflow.demand_writing();

    CREATE TRIGGER events_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON \(object("events"))
        FOR EACH STATEMENT EXECUTE FUNCTION ptflow.refuse_change();
    """
  }
}
