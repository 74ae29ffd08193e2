internal import Plan
internal import SQL

extension Renderer {
  /// What keeps the log to what transitions do, for whoever writes to it by hand.
  var secondWallSQL: SQL {
    """
    -- The second wall --------------------------------------------------------------------------------------------
    --
    -- The rights keep everybody else out, the domain keeps every marking possible. This keeps the owner's hands off: an
    -- INSERT meets a sequence that has run out, and nothing that happened is changed or removed.

    \(["events", "details", "redactions", "instances"].map(wall), separator: "\n\n")
    """
  }

  private func wall(_ table: String) -> SQL {
    """
    DO \(body: "BEGIN PERFORM setval(pg_get_serial_sequence(\(string: tableText(table)), 'seq'), 0, true); END;");
    CREATE TRIGGER kept BEFORE UPDATE OR DELETE OR TRUNCATE ON \(object(table))
        FOR EACH STATEMENT EXECUTE FUNCTION ptflow.refuse_change();
    """
  }

  /// A table as a text that names it.
  func tableText(_ table: String) -> String { "\"\(doubled(plan.schema, "\""))\".\(table)" }
}
