internal import PetriNet
internal import Plan
internal import SQL

extension Renderer {
  /// The text of a marking as a JSON object, by the places' own names.
  ///
  /// - Parameter marking: an array of counts, in the order of the net.
  /// - Returns: an expression of type text.
  func markingText(_ marking: SQL) -> SQL {
    let pairs = plan.places.map { "\(inFormat(json($0.place.name))):%s" }
    let lines = stride(from: 0, to: pairs.count, by: 8).map { start in
      let end = min(start + 8, pairs.count)
      return pairs[start..<end].joined(separator: ",") + (end < pairs.count ? "," : "")
    }
    let template = (lines.isEmpty ? [""] : lines).enumerated().map { index, line in
      "\(string: (index == 0 ? "{" : "") + line + (index >= lines.count - 1 ? "}" : ""))" as SQL
    }
    return "format(\(template, separator: "\n|| "), VARIADIC \(marking))"
  }

  /// What a dispatch answers.
  ///
  /// - Parameters:
  ///   - event: the row of the event; its columns are taken by their names.
  ///   - multiple: how many firings it is.
  ///   - isReplayed: whether it is the answer to a call that came before.
  /// - Returns: an expression of type json.
  func answerText(_ event: SQL, multiple: SQL, isReplayed: Bool) -> SQL {
    let template = [
      "{\"net\":\(inFormat(json(plan.net.name))),\"id\":%s,\"seq\":%s,\"action\":%s,\"multiple\":%s,",
      "\"state\":%s,\"hash\":\"%s\",\"at\":%s,\"replayed\":\(isReplayed)}",
    ].joined()
    return """
      format(\(string: template),
             to_json(\(event).id), \(event).seq, to_json(\(event).action), \(multiple),
             \(markingText("\(event).marking")),
             encode(\(event).hash, 'hex'), to_json(\(event).at))::json
      """
  }

  /// The function that shows a marking.
  var stateTextSQL: SQL {
    """
    -- A marking as JSON, by the places' own names.
    CREATE FUNCTION \(function(.stateText))(marking \(plan.marking.element.sql)[])
        RETURNS json
        \(dialect.innerFunction)
        IMMUTABLE
    AS \(body: "BEGIN\n    RETURN \(markingText("marking"))::json;\nEND;");
    """
  }
}

/// A text as it stands in a template of `format`.
func inFormat(_ text: String) -> String { doubled(text, "%") }
