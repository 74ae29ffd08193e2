public import Diagnostics
public import JSON
public import JSONSchema

/// What the payload of a transition has to be: a JSON Schema (2020-12).
public struct PayloadRule: Sendable {
  /// The schema as its author wrote it, spaces and the order of members apart.
  public let document: Document
  /// The schema, its references resolved.
  public let schema: Schema
  /// Where it stands.
  public let location: SourceLocation

  /// Reads a schema.
  ///
  /// - Parameters:
  ///   - node: the schema as JSON, whose offsets mean what `locate` makes of them.
  ///   - locate: where an offset is.
  /// - Throws: all that keeps it from being compiled.
  public init(_ node: JSONNode, at locate: (Int) -> SourceLocation) throws(Diagnostics) {
    location = locate(node.offset)
    do throws(JSONFault) {
      document = try Document(node)
    } catch {
      throw Diagnostics([Diagnostic(.error, .payload(error.message), at: locate(error.offset))])
    }
    guard !document.hasZeroCharacter else {
      throw Diagnostics([Diagnostic(.error, .payload("a text in it holds U+0000"), at: location)])
    }
    do throws(SchemaRefusals) {
      schema = try Schema(node)
    } catch {
      throw Diagnostics(error.all.map { Diagnostic($0, at: locate($0.offset)) })
    }
  }
}

extension PayloadRule: Hashable {
  /// The same schema at the same place.
  public static func == (one: PayloadRule, other: PayloadRule) -> Bool {
    one.document == other.document && one.location == other.location
  }

  /// Of what decides whether two are equal.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(document)
    hasher.combine(location)
  }
}

extension Diagnostic {
  /// What keeps a schema from being compiled.
  public init(_ refusal: SchemaRefusal, at location: SourceLocation) {
    let place = refusal.pointer.isEmpty ? "the schema" : refusal.pointer
    self.init(.error, Message("\(place): \(refusal.message)", hint: refusal.hint), at: location)
  }
}

extension Diagnostic.Message {
  fileprivate static func payload(_ message: String) -> Self {
    Self("the schema of the payload cannot be stored: \(message)")
  }
}
