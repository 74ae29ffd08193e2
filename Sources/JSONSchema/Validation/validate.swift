public import JSON

extension Schema {
  /// All that a document does not fulfil, in the order of the rules and of the document; none when it is valid.
  ///
  /// Of `not`, `anyOf`, `oneOf`, `if`, `contains` only the failure itself is told, not those of the schemas in them.
  public func failures(of document: Document) -> [Failure] {
    var validation = Validation()
    validation.check(document, self, at: "")
    return validation.failures
  }

  /// Whether a document is valid.
  public func accepts(_ document: Document) -> Bool { failures(of: document).isEmpty }
}

/// The failures found so far.
private struct Validation {
  var failures: [Failure] = []

  private mutating func fail(_ demand: Demand, at pointer: String) {
    failures.append(Failure(pointer: pointer, keyword: demand.keyword, wanted: demand.wanted))
  }

  mutating func check(_ document: Document, _ schema: Schema, at pointer: String) {
    for rule in schema.rules { check(document, rule, at: pointer) }
  }

  private mutating func check(_ document: Document, _ rule: Rule, at pointer: String) {
    switch (rule, document) {
    case (.never(let keyword), _): fail(.never(keyword), at: pointer)
    case (.type(let types), _): if !types.contains(where: document.isOf) { fail(.type(types), at: pointer) }
    case (.values(let values, let keyword), _):
      if !values.contains(document) { fail(.values(values, keyword), at: pointer) }
    case (.number(let rule), .number(let number)): if !rule.accepts(number) { fail(.number(rule), at: pointer) }
    case (.text(let rule), .string(let text)): if !rule.accepts(text) { fail(.text(rule), at: pointer) }
    case (.array(let rule), .array(let items)): check(items, rule, at: pointer)
    case (.object(let rule), .object(let members)): check(document, members, rule, at: pointer)
    case (.number, _), (.text, _), (.array, _), (.object, _): break
    case (.all(let schemas), _): for schema in schemas { check(document, schema, at: pointer) }
    case (.any(let schemas), _):
      if !schemas.contains(where: { $0.accepts(document) }) { fail(.any(schemas.count), at: pointer) }
    case (.one(let schemas), _):
      if schemas.count(where: { $0.accepts(document) }) != 1 { fail(.one(schemas.count), at: pointer) }
    case (.not(let schema), _): if schema.accepts(document) { fail(.not, at: pointer) }
    case (.condition(let condition, let then, let otherwise), _):
      if let schema = condition.accepts(document) ? then : otherwise { check(document, schema, at: pointer) }
    }
  }

  private mutating func check(_ items: [Document], _ rule: ArrayRule, at pointer: String) {
    switch rule {
    case .minItems(let least): if items.count < least { fail(.minItems(least), at: pointer) }
    case .maxItems(let most): if items.count > most { fail(.maxItems(most), at: pointer) }
    case .uniqueItems: if Set(items).count < items.count { fail(.uniqueItems, at: pointer) }
    case .items(let first, let rest):
      for (index, item) in items.enumerated() {
        guard let schema = index < first.count ? first[index] : rest else { break }
        check(item, schema, at: "\(pointer)/\(index)")
      }
    case .contains(let schema, let least, let most, let hasMinimum):
      let count = items.count { schema.accepts($0) }
      if count < least { fail(.contains(least, hasMinimum: hasMinimum), at: pointer) }
      if let most, count > most { fail(.contains(atMost: most), at: pointer) }
    }
  }

  private mutating func check(
    _ document: Document, _ members: [Document.Member], _ rule: ObjectRule, at pointer: String
  ) {
    func step(_ name: Text) -> String { JSONSchema.pointer(pointer, name.string) }
    switch rule {
    case .minProperties(let least): if members.count < least { fail(.minProperties(least), at: pointer) }
    case .maxProperties(let most): if members.count > most { fail(.maxProperties(most), at: pointer) }
    case .required(let names): for name in names where document[name] == nil { fail(.required(name), at: pointer) }
    case .dependentRequired(let dependencies):
      for dependency in dependencies where document[dependency.name] != nil {
        for name in dependency.value where document[name] == nil {
          fail(.required(name, because: dependency.name), at: pointer)
        }
      }
    case .dependentSchemas(let dependencies):
      for dependency in dependencies where document[dependency.name] != nil {
        check(document, dependency.value, at: pointer)
      }
    case .properties(let properties):
      for property in properties {
        if let value = document[property.name] { check(value, property.value, at: step(property.name)) }
      }
    case .everyProperty(let every):
      for member in members {
        let at = step(member.name)
        if let names = every.names { check(.string(member.name), names, at: at) }
        var isKnown = every.known.contains(member.name)
        for (pattern, schema) in every.patterns where pattern.matches(member.name.string) {
          isKnown = true
          check(member.value, schema, at: at)
        }
        if !isKnown, let additional = every.additional { check(member.value, additional, at: at) }
      }
    }
  }
}

extension Document {
  /// Whether it is of a type; a number without a fraction is an integer, however it is written.
  fileprivate func isOf(_ type: ValueType) -> Bool {
    switch (type, self) {
    case (.null, .null), (.boolean, .boolean), (.object, .object), (.array, .array), (.number, .number),
      (.string, .string):
      true
    case (.integer, .number(let number)): number.isWhole
    default: false
    }
  }
}

extension NumberRule {
  fileprivate func accepts(_ number: Decimal) -> Bool {
    switch self {
    case .minimum(let least, isExclusive: false): number >= least
    case .minimum(let least, isExclusive: true): number > least
    case .maximum(let most, isExclusive: false): number <= most
    case .maximum(let most, isExclusive: true): number < most
    case .multiple(let divisor): number.isMultiple(of: divisor)
    }
  }
}

extension TextRule {
  fileprivate func accepts(_ text: Text) -> Bool {
    switch self {
    case .minLength(let least): text.count >= least
    case .maxLength(let most): text.count <= most
    case .pattern(let pattern): pattern.matches(text.string)
    case .format(let format): format.accepts(text.string)
    }
  }
}
