public import JSON

extension Schema {
  /// Reads a schema.
  ///
  /// References are resolved within the file. What has no meaning in JSON Schema 2020-12 is ignored, as it demands.
  ///
  /// - Parameter node: the file, as `parseJSON` gives it.
  /// - Throws: all that keeps it from being compiled: keywords that are not supported or hold what they may not, references
  ///   that lead nowhere, outside or in a circle, and too many schemas.
  public init(_ node: JSONNode) throws(SchemaRefusals) {
    var reader = SchemaReader(of: node)
    let schema = reader.schema(node, at: "", base: reader.resources.rootBase, by: "false")
    guard reader.refusals.isEmpty else { throw SchemaRefusals(all: reader.refusals) }
    self = schema
  }

  /// A schema may hold so many others, each counted as often as something refers to it.
  public static let most = 10_000

  /// Schemas may be nested so deep, references included.
  public static let deepest = 100

  /// A text of JSON that is a schema may nest so deep.
  public static let deepestText = 250
}

/// All that keeps a schema from being compiled; never none.
public struct SchemaRefusals: Error, Hashable, Sendable {
  /// In the order in which they were found.
  public let all: [SchemaRefusal]
}

/// Turns the tree of a file into a schema, reference by reference.
struct SchemaReader {
  let resources: Resources
  private(set) var refusals: [SchemaRefusal] = []
  /// The schemas that are being read, from the outermost.
  private var open: [String] = []
  private var count = 0
  private var isTooLarge = false

  init(of root: JSONNode) {
    resources = Resources(of: root)
  }

  /// A schema, or one that holds for all when something is wrong with it.
  ///
  /// - Parameters:
  ///   - node: what stands in the file.
  ///   - pointer: where.
  ///   - outer: what references around it are resolved against.
  ///   - keyword: the keyword that applies it.
  /// - Returns: the schema.
  mutating func schema(_ node: JSONNode, at pointer: String, base outer: URIReference, by keyword: String) -> Schema {
    count += 1
    guard !isTooLarge else { return Schema(pointer: pointer, rules: []) }
    guard count <= Schema.most, open.count < Schema.deepest else {
      isTooLarge = true
      refuse(nil, node, at: pointer, count > Schema.most ? .tooMany : .tooDeep)
      return Schema(pointer: pointer, rules: [])
    }
    open.append(pointer)
    defer { open.removeLast() }
    switch node.value {
    case .boolean(true): return Schema(pointer: pointer, rules: [])
    case .boolean(false): return Schema(pointer: pointer, rules: [.never(keyword: keyword)])
    case .object:
      let base = node.string("$id").map { URIReference($0).resolved(against: outer).resource } ?? outer
      let members = Members(node, pointer: pointer, base: base)
      for (name, hint) in Keyword.refused.sorted(by: { $0.key < $1.key }) {
        if let (node, at) = members[name] { refuse(name, node, at: at, .unsupported(name, hint)) }
      }
      return Schema(pointer: pointer, rules: rules(members))
    default:
      refuse(nil, node, at: pointer, .noSchema)
      return Schema(pointer: pointer, rules: [])
    }
  }

  private mutating func rules(_ members: Members) -> [Rule] {
    typeRules(members) + valueRules(members) + numberRules(members).map(Rule.number)
      + textRules(members).map(Rule.text) + arrayRules(members).map(Rule.array)
      + objectRules(members).map(Rule.object) + applied(members)
  }

  mutating func refuse(_ keyword: String?, _ node: JSONNode, at pointer: String, _ words: SchemaRefusal.Words) {
    let refusal = SchemaRefusal(
      keyword: keyword, pointer: pointer, offset: node.offset, message: words.message, hint: words.hint)
    // Something that is referred to twice is wrong once; and nobody reads more than some.
    if refusals.count < 100, !refusals.contains(refusal) { refusals.append(refusal) }
  }

  /// The schema that `$ref` means.
  private mutating func reference(_ text: String, _ node: JSONNode, at pointer: String, base: URIReference) -> Schema? {
    guard let place = resources.place(of: text, from: base) else {
      let isHere = URIReference(text).resolved(against: base).resource == base
      refuse("$ref", node, at: pointer, isHere ? .leadsNowhere(text) : .remote(text))
      return nil
    }
    guard !open.contains(place.pointer) else {
      refuse("$ref", node, at: pointer, .recursive(text))
      return nil
    }
    return schema(place.node, at: place.pointer, base: place.base, by: "$ref")
  }
}

/// The members of a schema.
private struct Members {
  let pointer: String
  let base: URIReference
  private let node: JSONNode

  init(_ node: JSONNode, pointer: String, base: URIReference) {
    self.node = node
    self.pointer = pointer
    self.base = base
  }

  /// The value of a keyword, and where it stands; of several with one name the last, as in `jsonb`.
  subscript(keyword: String) -> (node: JSONNode, pointer: String)? {
    node.members.last { $0.name == keyword }.map { ($0.node, JSONSchema.pointer(pointer, keyword)) }
  }
}

extension SchemaReader {
  private mutating func typeRules(_ members: Members) -> [Rule] {
    guard let (node, at) = members["type"] else { return [] }
    let named: [JSONNode]
    switch node.value {
    case .array(let elements): named = elements
    default: named = [node]
    }
    var types: [ValueType] = []
    for node in named {
      guard case .string(let name) = node.value, let type = ValueType(rawValue: name), !types.contains(type) else {
        refuse("type", node, at: at, .noType)
        return []
      }
      types.append(type)
    }
    guard !types.isEmpty else {
      refuse("type", node, at: at, .noType)
      return []
    }
    return [.type(types)]
  }

  private mutating func valueRules(_ members: Members) -> [Rule] {
    var rules: [Rule] = []
    if let (node, at) = members["enum"] {
      if case .array(let elements) = node.value {
        rules.append(.values(elements.compactMap { document($0, "enum", at) }, keyword: "enum"))
      } else {
        refuse("enum", node, at: at, .expected("an array of values"))
      }
    }
    if let (node, at) = members["const"], let value = document(node, "const", at) {
      rules.append(.values([value], keyword: "const"))
    }
    return rules
  }

  private mutating func numberRules(_ members: Members) -> [NumberRule] {
    var rules: [NumberRule] = []
    if let least = number("minimum", members) { rules.append(.minimum(least, isExclusive: false)) }
    if let least = number("exclusiveMinimum", members) { rules.append(.minimum(least, isExclusive: true)) }
    if let most = number("maximum", members) { rules.append(.maximum(most, isExclusive: false)) }
    if let most = number("exclusiveMaximum", members) { rules.append(.maximum(most, isExclusive: true)) }
    if let divisor = number("multipleOf", members), let (node, at) = members["multipleOf"] {
      if divisor > Decimal(0) {
        rules.append(.multiple(of: divisor))
      } else {
        refuse("multipleOf", node, at: at, .expected("a number above 0"))
      }
    }
    return rules
  }

  private mutating func textRules(_ members: Members) -> [TextRule] {
    var rules: [TextRule] = []
    if let least = count("minLength", members) { rules.append(.minLength(least)) }
    if let most = count("maxLength", members) { rules.append(.maxLength(most)) }
    if let (node, at) = members["pattern"] {
      if case .string(let text) = node.value {
        if let pattern = pattern(text, "pattern", node, at: at) { rules.append(.pattern(pattern)) }
      } else {
        refuse("pattern", node, at: at, .expected("a text"))
      }
    }
    if let (node, at) = members["format"] {
      if case .string(let name) = node.value, let format = Format(rawValue: name) {
        rules.append(.format(format))
      } else if case .string(let name) = node.value {
        refuse("format", node, at: at, .unknownFormat(name))
      } else {
        refuse("format", node, at: at, .expected("a text"))
      }
    }
    return rules
  }

  private mutating func arrayRules(_ members: Members) -> [ArrayRule] {
    var rules: [ArrayRule] = []
    if let least = count("minItems", members) { rules.append(.minItems(least)) }
    if let most = count("maxItems", members) { rules.append(.maxItems(most)) }
    if let (node, at) = members["uniqueItems"] {
      switch node.value {
      case .boolean(true): rules.append(.uniqueItems)
      case .boolean(false): break
      default: refuse("uniqueItems", node, at: at, .expected("true or false"))
      }
    }
    let first = list("prefixItems", members) ?? []
    let rest = single("items", members)
    if !first.isEmpty || rest != nil { rules.append(.items(first: first, rest: rest)) }
    let least = count("minContains", members)
    let most = count("maxContains", members)
    if let contained = single("contains", members) {
      rules.append(.contains(contained, least: least ?? 1, most: most, hasMinimum: least != nil))
    }
    return rules
  }

  private mutating func objectRules(_ members: Members) -> [ObjectRule] {
    var rules: [ObjectRule] = []
    if let least = count("minProperties", members) { rules.append(.minProperties(least)) }
    if let most = count("maxProperties", members) { rules.append(.maxProperties(most)) }
    if let (node, at) = members["required"], let names = names(node, "required", at: at), !names.isEmpty {
      rules.append(.required(names))
    }
    if let parts = map("dependentRequired", members) {
      let dependencies = parts.compactMap { part in
        names(part.node, "dependentRequired", at: part.pointer).map {
          ObjectRule.Named(name: Text(part.name), value: $0)
        }
      }
      rules.append(.dependentRequired(dependencies))
    }
    let properties = schemas("properties", members) ?? []
    if !properties.isEmpty { rules.append(.properties(properties)) }
    let patterns = (map("patternProperties", members) ?? []).compactMap { part in
      pattern(part.name, "patternProperties", part.node, at: part.pointer).map { pattern in
        (pattern, schema(part.node, at: part.pointer, base: members.base, by: "patternProperties"))
      }
    }
    let named = single("propertyNames", members)
    let additional = single("additionalProperties", members)
    if named != nil || additional != nil || !patterns.isEmpty {
      rules.append(
        .everyProperty(
          EveryProperty(names: named, patterns: patterns, additional: additional, known: properties.map(\.name))))
    }
    if let dependent = schemas("dependentSchemas", members), !dependent.isEmpty {
      rules.append(.dependentSchemas(dependent))
    }
    return rules
  }

  private mutating func applied(_ members: Members) -> [Rule] {
    var rules: [Rule] = []
    if let (node, at) = members["$ref"] {
      if case .string(let text) = node.value {
        if let schema = reference(text, node, at: at, base: members.base) { rules.append(.all([schema])) }
      } else {
        refuse("$ref", node, at: at, .expected("a text"))
      }
    }
    if let schemas = filledList("allOf", members) { rules.append(.all(schemas)) }
    if let schemas = filledList("anyOf", members) { rules.append(.any(schemas)) }
    if let schemas = filledList("oneOf", members) { rules.append(.one(schemas)) }
    if let schema = single("not", members) { rules.append(.not(schema)) }
    let (then, otherwise) = (single("then", members), single("else", members))
    if let condition = single("if", members), then != nil || otherwise != nil {
      rules.append(.condition(if: condition, then: then, else: otherwise))
    }
    return rules
  }
}

extension SchemaReader {
  private mutating func document(_ node: JSONNode, _ keyword: String, _ at: String) -> Document? {
    do throws(JSONFault) {
      return try Document(node)
    } catch {
      refuse(keyword, node, at: at, .fault(error.message))
      return nil
    }
  }

  /// A number; its size is limited, since each document is compared with it.
  private mutating func number(_ keyword: String, _ members: Members) -> Decimal? {
    guard let (node, at) = members[keyword] else { return nil }
    guard case .number(let text) = node.value, let number = Decimal(text), number.width <= 1000 else {
      refuse(keyword, node, at: at, .expected("a number of at most 1000 digits"))
      return nil
    }
    return number
  }

  private mutating func count(_ keyword: String, _ members: Members) -> Int? {
    guard let (node, at) = members[keyword] else { return nil }
    guard case .number(let text) = node.value, let number = Decimal(text), number.isWhole, !number.isNegative,
      let count = Int(number.description)
    else {
      refuse(keyword, node, at: at, .expected("a whole number, 0 or more, of 64 bits"))
      return nil
    }
    return count
  }

  private mutating func pattern(_ text: String, _ keyword: String, _ node: JSONNode, at pointer: String) -> Pattern? {
    do throws(PatternRefusal) {
      return try Pattern(text)
    } catch {
      refuse(keyword, node, at: pointer, .pattern(text, error))
      return nil
    }
  }

  private mutating func names(_ node: JSONNode, _ keyword: String, at pointer: String) -> [Text]? {
    guard case .array(let elements) = node.value else {
      refuse(keyword, node, at: pointer, .expected("an array of names"))
      return nil
    }
    var names: [Text] = []
    for element in elements {
      guard case .string(let name) = element.value, !names.contains(Text(name)) else {
        refuse(keyword, element, at: pointer, .expected("an array of names, each once"))
        return nil
      }
      names.append(Text(name))
    }
    return names
  }

  private mutating func single(_ keyword: String, _ members: Members) -> Schema? {
    members[keyword].map { self.schema($0.node, at: $0.pointer, base: members.base, by: keyword) }
  }

  private mutating func list(_ keyword: String, _ members: Members) -> [Schema]? {
    guard let (node, at) = members[keyword] else { return nil }
    guard case .array(let elements) = node.value else {
      refuse(keyword, node, at: at, .expected("an array of schemas"))
      return nil
    }
    return elements.enumerated().map { index, element in
      schema(element, at: pointer(at, String(index)), base: members.base, by: keyword)
    }
  }

  private mutating func filledList(_ keyword: String, _ members: Members) -> [Schema]? {
    let schemas = list(keyword, members)
    if schemas?.isEmpty == true, let (node, at) = members[keyword] {
      refuse(keyword, node, at: at, .expected("an array of at least one schema"))
    }
    return schemas
  }

  private mutating func map(
    _ keyword: String, _ members: Members
  ) -> [(name: String, node: JSONNode, pointer: String)]? {
    guard let (node, at) = members[keyword] else { return nil }
    guard case .object(let parts) = node.value else {
      refuse(keyword, node, at: at, .expected("an object"))
      return nil
    }
    var seen: Set<Text> = []
    return parts.reversed().filter { seen.insert(Text($0.name)).inserted }.reversed().map {
      ($0.name, $0.node, pointer(at, $0.name))
    }
  }

  private mutating func schemas(_ keyword: String, _ members: Members) -> [ObjectRule.Named<Schema>]? {
    map(keyword, members)?.map { part in
      ObjectRule.Named(
        name: Text(part.name), value: self.schema(part.node, at: part.pointer, base: members.base, by: keyword))
    }
  }
}

extension SchemaRefusal {
  /// The words of a refusal.
  struct Words {
    let message: String
    var hint: String?

    static let tooMany = Words(
      message: "it is made of more than \(Schema.most) schemas, each counted as often as it is referred to",
      hint: "Refer to large schemas fewer times.")

    static let tooDeep = Words(message: "schemas are nested more than \(Schema.deepest) deep, references included")

    static let noSchema = Words(message: "a schema is an object, true or false")

    static func unsupported(_ keyword: String, _ hint: String) -> Words {
      Words(message: "\(keyword) is not supported", hint: hint)
    }

    static func expected(_ value: String) -> Words { Words(message: "its value must be \(value)") }

    static let noType = Words(
      message: "its value must be one or several of \(ValueType.allCases.map(\.rawValue).joined(separator: ", "))")

    static func unknownFormat(_ name: String) -> Words {
      Words(
        message: "the format \"\(name)\" is not supported",
        hint: "Supported are \(Format.allCases.map(\.rawValue).joined(separator: ", ")).")
    }

    static func fault(_ message: String) -> Words { Words(message: message) }

    static func pattern(_ text: String, _ refusal: PatternRefusal) -> Words {
      Words(message: "the pattern \(text) at its character \(refusal.column): \(refusal.message)")
    }

    static func leadsNowhere(_ reference: String) -> Words {
      Words(message: "there is no \(reference) in this schema")
    }

    static func remote(_ reference: String) -> Words {
      Words(
        message: "\(reference) is not in this file; remote references are not supported",
        hint: "Copy the schema into $defs.")
    }

    static func recursive(_ reference: String) -> Words {
      Words(
        message: "\(reference) holds this reference; recursive schemas are not supported",
        hint: "Write the levels out as far as they are used.")
    }
  }
}
