internal import PetriNet
internal import Plan
internal import SQL

extension Renderer {
  /// Raises what is said against the event `refused` of many, for the reason `refused_why`.
  var refusedEvent: SQL {
    let net: SQL = "\(string: plan.net.name)"
    let event: SQL = "batch.ids[refused], batch.actions[refused]"
    let inputs = RuleInputs(
      marking: "refused_marking", payload: "batch.payloads[refused]", multiple: "batch.multiples[refused]",
      at: "refused_at", actor: "caller", role: "refused_role", id: "batch.ids[refused]", seq: "refused_seq")
    return """
      IF refused_why = 'create' THEN
          \(refuseCreate)
      ELSIF refused_why = 'key' THEN
          \(dialect.perform("""
            \(function(.answerAgain))(batch.ids[refused], batch.actions[refused], batch.payloads[refused], batch.multiples[refused],
                                  batch.keys[refused])
            """))
          number := again_firsts[array_position(again_numbers, refused)];
          \(dialect.perform("""
            ptflow.refuse_key(\(net), \(event), batch.keys[refused], seqs[array_position(numbers, number)], ptflow.differences(
                batch.actions[number], batch.multiples[number], batch.payloads[number],
                batch.actions[refused], batch.multiples[refused], batch.payloads[refused]))
            """))
      ELSIF refused_why = 'expected' THEN
          \(dialect.perform("ptflow.refuse_expected(\(net), \(event), batch.expecteds[refused], refused_seq)"))
      ELSE
          \(dialect.perform("""
            ptflow.refuse_firing(\(net), \(event), batch.multiples[refused], refused_seq, \(function(.explain))(
                refused_marking, refused_version, batch.actions[refused], batch.multiples[refused])\(
                  brokenRules(action: "batch.actions[refused]", inputs)))
            """))
      END IF;
      """
  }
}
