internal import JSON
public import JSONSchema
public import SQL

/// A function that says what a document does not fulfil: a JSON array of objects {pointer, keyword, wanted} in the order
/// of `Schema.failures(of:)`, empty when the document is valid.
///
/// Nothing of the schema is looked up when it runs: each rule is a statement.
///
/// - Parameters:
///   - name: the function's name, in a schema.
///   - schema: what is to be fulfilled.
/// - Returns: the statement that makes the function.
public func validationFunction(_ name: SQL, _ schema: Schema) -> SQL {
  var writer = SchemaWriter()
  let statements = writer.statements(of: schema, SchemaValue(name: "document", pointer: .root), .failures)
  let variables: [SQL] = ["failures jsonb[] := '{}';"] + writer.variables
  return """
    CREATE FUNCTION \(name)(document jsonb)
        RETURNS jsonb
        LANGUAGE plpgsql
        IMMUTABLE
        PARALLEL SAFE
    AS \(body: """
      DECLARE
          \(variables)
      BEGIN
          \(statements)
          RETURN to_jsonb(failures);
      END;
      """);
    """
}

/// A value that a schema is applied to: the variable that holds it, and where it is in the document.
struct SchemaValue {
  /// The variable, of type `jsonb`.
  let name: SQL
  /// Where it is.
  let pointer: PointerExpression
}

/// What is done when a rule does not hold.
enum FailureSink {
  /// The failure is written down.
  case failures
  /// A block is left, as its schema does not fit.
  case leave(label: SQL)
}

/// Writes the statements of a schema, and numbers what they need.
struct SchemaWriter {
  /// The declarations of the variables, in the order of their numbers.
  private(set) var variables: [SQL] = []
  private var number = 0

  /// The statements that check a value.
  mutating func statements(of schema: Schema, _ value: SchemaValue, _ sink: FailureSink) -> SQL {
    let groups: [[Rule]] = schema.rules.reduce(into: []) { groups, rule in
      if let last = groups.last?.last, let type = rule.typeName, type == last.typeName {
        groups[groups.count - 1].append(rule)
      } else {
        groups.append([rule])
      }
    }
    let statements = groups.map { group in
      guard let type = group[0].typeName else { return statement(group[0], value, sink) }
      let inner = group.map { statement($0, value, sink) }.filter { !$0.isEmpty }
      guard !inner.isEmpty else { return "" as SQL }
      return """
        IF jsonb_typeof(\(value.name)) = \(string: type) THEN
            \(inner)
        END IF;
        """
    }
    return statements.filter { !$0.isEmpty }.joined()
  }

  private mutating func statement(_ rule: Rule, _ value: SchemaValue, _ sink: FailureSink) -> SQL {
    switch rule {
    case .never(let keyword): return fail(.never(keyword), value.pointer, sink)
    case .type(let types): return check(isNot(value.name, types), .type(types), value.pointer, sink)
    case .values(let values, let keyword):
      return check(isNone(value.name, of: values), .values(values, keyword), value.pointer, sink)
    case .number(let rule): return check(violation(rule, of: value.name), .number(rule), value.pointer, sink)
    case .text(let rule): return check(violation(rule, of: value.name), .text(rule), value.pointer, sink)
    case .array(let rule): return statement(rule, value, sink)
    case .object(let rule): return statement(rule, value, sink)
    case .all(let schemas): return schemas.map { statements(of: $0, value, sink) }.filter { !$0.isEmpty }.joined()
    case .any(let schemas):
      let count = countOfFitting(schemas, value, upTo: 1)
      return """
        \(count.statements)
        \(check("\(count.variable) = 0", .any(schemas.count), value.pointer, sink))
        """
    case .one(let schemas):
      let count = countOfFitting(schemas, value, upTo: 2)
      return """
        \(count.statements)
        \(check("\(count.variable) <> 1", .one(schemas.count), value.pointer, sink))
        """
    case .not(let schema):
      let count = countOfFitting([schema], value, upTo: 1)
      return """
        \(count.statements)
        \(check("\(count.variable) = 1", .not, value.pointer, sink))
        """
    case .condition(let condition, let then, let otherwise):
      let count = countOfFitting([condition], value, upTo: 1)
      let branches = [(1, then), (0, otherwise)].compactMap { number, schema -> SQL? in
        guard let schema else { return nil }
        let inner = statements(of: schema, value, sink)
        return inner.isEmpty
          ? nil
          : """
          IF \(count.variable) = \(number) THEN
              \(inner)
          END IF;
          """
      }
      return branches.isEmpty ? "" : ([count.statements] + branches).joined()
    }
  }

  /// Statements that count how many of some schemas a value fits; they may stop at a number.
  private mutating func countOfFitting(
    _ schemas: [Schema], _ value: SchemaValue, upTo most: Int
  ) -> (variable: SQL, statements: SQL) {
    let count = variable("fitting", "integer")
    var pieces: [SQL] = ["\(count) := 0;"]
    for (index, schema) in schemas.enumerated() {
      let block = fitting(schema, value, count)
      pieces.append(
        index < most
          ? block
          : """
          IF \(count) < \(most) THEN
              \(block)
          END IF;
          """)
    }
    return (count, pieces.joined())
  }

  /// A block that counts a value if it fits.
  private mutating func fitting(_ schema: Schema, _ value: SchemaValue, _ count: SQL) -> SQL {
    number += 1
    let label: SQL = "schema_\(number)"
    let inner = statements(of: schema, value, .leave(label: label))
    guard !inner.isEmpty else { return "\(count) := \(count) + 1;" }
    return """
      <<\(label)>>
      BEGIN
          \(inner)
          \(count) := \(count) + 1;
      END;
      """
  }
}

extension SchemaWriter {
  private mutating func statement(_ rule: ArrayRule, _ value: SchemaValue, _ sink: FailureSink) -> SQL {
    let length: SQL = "jsonb_array_length(\(value.name))"
    switch rule {
    case .minItems(let least): return check("\(length) < \(least)", .minItems(least), value.pointer, sink)
    case .maxItems(let most): return check("\(length) > \(most)", .maxItems(most), value.pointer, sink)
    case .uniqueItems:
      let condition: SQL =
        "(SELECT count(*) > count(DISTINCT e.item) FROM jsonb_array_elements(\(value.name)) AS e (item))"
      return check(condition, .uniqueItems, value.pointer, sink)
    case .items(let first, let rest):
      var pieces: [SQL] = []
      for (index, schema) in first.enumerated() {
        let item = variable("item", "jsonb")
        let inner = statements(of: schema, SchemaValue(name: item, pointer: value.pointer.index(index)), sink)
        guard !inner.isEmpty else { continue }
        pieces.append(
          """
          \(item) := \(value.name) -> \(index);
          IF \(item) IS NOT NULL THEN
              \(inner)
          END IF;
          """)
      }
      if let rest {
        let (item, index) = (variable("item", "jsonb"), loopVariable("index"))
        let inner = statements(of: rest, SchemaValue(name: item, pointer: value.pointer.index(index)), sink)
        if !inner.isEmpty {
          pieces.append(
            """
            FOR \(index) IN \(first.count) .. \(length) - 1 LOOP
                \(item) := \(value.name) -> \(index);
                \(inner)
            END LOOP;
            """)
        }
      }
      return pieces.joined()
    case .contains(let schema, let least, let most, let hasMinimum):
      let (count, item) = (variable("fitting", "integer"), variable("item", "jsonb"))
      let index = loopVariable("index")
      let block = fitting(schema, SchemaValue(name: item, pointer: value.pointer.index(index)), count)
      let checks = [
        least > 0
          ? check("\(count) < \(least)", .contains(least, hasMinimum: hasMinimum), value.pointer, sink) : "",
        most.map { check("\(count) > \($0)", .contains(atMost: $0), value.pointer, sink) } ?? "",
      ].filter { !$0.isEmpty }
      guard !checks.isEmpty else { return "" }
      return """
        \(count) := 0;
        FOR \(index) IN 0 .. \(length) - 1 LOOP
            \(item) := \(value.name) -> \(index);
            \(block)
        END LOOP;
        \(checks)
        """
    }
  }

  private mutating func statement(_ rule: ObjectRule, _ value: SchemaValue, _ sink: FailureSink) -> SQL {
    func has(_ name: Text) -> SQL { name.hasZeroCharacter ? "false" : "\(value.name) ? \(string: name.string)" }
    let count: SQL = "(SELECT count(*) FROM jsonb_object_keys(\(value.name)))"
    switch rule {
    case .minProperties(let least): return check("\(count) < \(least)", .minProperties(least), value.pointer, sink)
    case .maxProperties(let most): return check("\(count) > \(most)", .maxProperties(most), value.pointer, sink)
    case .required(let names):
      return names.map { check("NOT \(has($0))", .required($0), value.pointer, sink) }.joined()
    case .dependentRequired(let dependencies):
      return dependencies.flatMap { dependency in
        dependency.value.map { name in
          check(
            "\(has(dependency.name)) AND NOT \(has(name))", .required(name, because: dependency.name),
            value.pointer, sink)
        }
      }.joined()
    case .dependentSchemas(let dependencies):
      return dependencies.compactMap { dependency -> SQL? in
        let inner = statements(of: dependency.value, value, sink)
        guard !inner.isEmpty else { return nil }
        return """
          IF \(has(dependency.name)) THEN
              \(inner)
          END IF;
          """
      }.joined()
    case .properties(let properties):
      return properties.compactMap { property -> SQL? in
        guard !property.name.hasZeroCharacter else { return nil }
        let member = variable("member", "jsonb")
        let pointer = value.pointer.member(property.name.string)
        let inner = statements(of: property.value, SchemaValue(name: member, pointer: pointer), sink)
        guard !inner.isEmpty else { return nil }
        return """
          \(member) := \(value.name) -> \(string: property.name.string);
          IF \(member) IS NOT NULL THEN
              \(inner)
          END IF;
          """
      }.joined()
    case .everyProperty(let every): return statement(every, value, sink)
    }
  }

  /// A loop over all members; where only those that are not known matter, over those.
  private mutating func statement(_ every: EveryProperty, _ value: SchemaValue, _ sink: FailureSink) -> SQL {
    let (name, member) = (variable("name", "text"), variable("member", "jsonb"))
    let at = SchemaValue(name: member, pointer: value.pointer.member(name))
    let known = every.known.filter { !$0.hasZeroCharacter }.map { "\(string: $0.string)" as SQL }
    var inner: [SQL] = []
    if let names = every.names {
      let text = variable("member", "jsonb")
      let statements = statements(of: names, SchemaValue(name: text, pointer: at.pointer), sink)
      if !statements.isEmpty { inner.append("\(text) := to_jsonb(\(name));\n\(statements)") }
    }
    let patterns = every.patterns.map { (matches(name, $0.pattern), statements(of: $0.schema, at, sink)) }
    inner += patterns.filter { !$0.1.isEmpty }.map { condition, statements in
      """
      IF \(condition) THEN
          \(statements)
      END IF;
      """
    }
    let loopsOverAll = !inner.isEmpty
    if let additional = every.additional {
      let statements = statements(of: additional, at, sink)
      let isKnown =
        (loopsOverAll && !known.isEmpty ? ["\(name) IN (\(known, separator: ", "))" as SQL] : [])
        + patterns.map(\.0)
      if !statements.isEmpty {
        inner.append(
          isKnown.isEmpty
            ? statements
            : """
            IF NOT (\(isKnown, separator: " OR ")) THEN
                \(statements)
            END IF;
            """)
      }
    }
    guard !inner.isEmpty else { return "" }
    let members: SQL =
      loopsOverAll || known.isEmpty
      ? value.name : "\(value.name) - ARRAY[\(known, separator: ", ")]"
    return """
      IF \(members) <> '{}' THEN
          FOR \(name), \(member) IN SELECT e.key, e.value FROM jsonb_each(\(members)) AS e LOOP
              \(inner)
          END LOOP;
      END IF;
      """
  }
}

extension SchemaWriter {
  /// A new variable; its number makes it the only one of its name.
  private mutating func variable(_ word: SQL, _ type: SQL) -> SQL {
    let name = loopVariable(word)
    variables.append("\(name) \(type);")
    return name
  }

  /// A new variable that the loop declares.
  private mutating func loopVariable(_ word: SQL) -> SQL {
    number += 1
    return "\(word)_\(number)"
  }

  private func check(_ violation: SQL, _ demand: Demand, _ pointer: PointerExpression, _ sink: FailureSink) -> SQL {
    """
    IF \(violation) THEN
        \(fail(demand, pointer, sink))
    END IF;
    """
  }

  private func fail(_ demand: Demand, _ pointer: PointerExpression, _ sink: FailureSink) -> SQL {
    switch sink {
    case .leave(let label): "EXIT \(label);"
    case .failures:
      """
      failures := array_append(failures, jsonb_build_object(
          'pointer', \(pointer.sql), 'keyword', \(string: demand.keyword), 'wanted', \(string: demand.storable)));
      """
    }
  }
}

extension Rule {
  /// The type of the values that the rule is for, as `jsonb_typeof` names it; nil when it is for all.
  fileprivate var typeName: String? {
    switch self {
    case .number: "number"
    case .text: "string"
    case .array: "array"
    case .object: "object"
    case .never, .type, .values, .all, .any, .one, .not, .condition: nil
    }
  }
}

extension Demand {
  /// The words without U+0000, which no text of PostgreSQL can hold.
  fileprivate var storable: String { wanted.replacing("\0", with: "\u{FFFD}") }
}
