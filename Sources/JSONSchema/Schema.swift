public import JSON

/// What a document has to fulfil: a JSON Schema (2020-12) whose references are resolved.
///
/// A schema is the list of its rules, in the order in which failures are told: what the type of the value is, its value,
/// then what holds for numbers, texts, arrays and objects, then the schemas that are applied to the value itself.
public struct Schema: Sendable {
  /// Where it stands in the file, as a JSON pointer.
  public let pointer: String
  /// All of them must hold.
  public let rules: [Rule]

  init(pointer: String, rules: [Rule]) {
    self.pointer = pointer
    self.rules = rules
  }
}

/// A rule of a schema, with the word of the keyword that set it.
public indirect enum Rule: Sendable {
  /// Nothing fulfils it: the schema `false`, applied by this keyword.
  case never(keyword: String)
  case type([ValueType])
  /// The value is one of these; the keyword is `enum` or `const`.
  case values([Document], keyword: String)

  case number(NumberRule)
  case text(TextRule)
  case array(ArrayRule)
  case object(ObjectRule)

  /// All of the schemas hold, each on its own: `allOf`, `$ref`.
  case all([Schema])
  case any([Schema])
  case one([Schema])
  case not(Schema)
  case condition(if: Schema, then: Schema?, else: Schema?)
}

/// A rule for numbers.
public enum NumberRule: Sendable {
  case minimum(Decimal, isExclusive: Bool)
  case maximum(Decimal, isExclusive: Bool)
  case multiple(of: Decimal)
}

/// A rule for texts.
public enum TextRule: Sendable {
  /// At least so many characters.
  case minLength(Int)
  /// At most so many characters.
  case maxLength(Int)
  case pattern(Pattern)
  case format(Format)
}

/// A rule for arrays.
public enum ArrayRule: Sendable {
  case minItems(Int)
  case maxItems(Int)
  case uniqueItems
  /// The first items each have a schema, the rest have one together.
  case items(first: [Schema], rest: Schema?)
  /// So many items fit; `hasMinimum` says whether the least number is the author's.
  case contains(Schema, least: Int, most: Int?, hasMinimum: Bool)
}

/// A rule for objects.
public enum ObjectRule: Sendable {
  /// A member of an object, or what is to be done with it.
  public struct Named<Value: Sendable>: Sendable {
    /// The member's name.
    public let name: Text
    /// What belongs to it.
    public let value: Value
  }

  case minProperties(Int)
  case maxProperties(Int)
  case required([Text])
  case dependentRequired([Named<[Text]>])
  case dependentSchemas([Named<Schema>])
  /// Members by their names.
  case properties([Named<Schema>])
  /// What is asked of every member.
  case everyProperty(EveryProperty)
}

/// What is asked of every member of an object.
public struct EveryProperty: Sendable {
  /// What its name fulfils, as a text.
  public let names: Schema?
  /// What its value fulfils when its name matches.
  public let patterns: [(pattern: Pattern, schema: Schema)]
  /// What its value fulfils when it is none of `known` and its name matches none of the patterns.
  public let additional: Schema?
  /// The names in `properties`.
  public let known: [Text]
}

/// A type of JSON's values, as the keyword `type` names it.
public enum ValueType: String, Sendable, CaseIterable {
  case null, boolean, object, array, number, string, integer
}
