public import Diagnostics

extension Proof {
  /// Reads a proof that was encoded as JSON.
  ///
  /// - Parameter source: the file.
  /// - Throws: the first thing in it that a proof does not have: a field that is missing, unknown or there twice, a value
  ///   of another kind, anything after the proof.
  public init(_ source: SourceFile) throws(Diagnostics) {
    self = try source.reading { () throws(JSONFault) in try Proof(JSONReader.read(source.bytes[...])) }
  }

  private init(_ node: JSONNode) throws(JSONFault) {
    let fields = try node.fields(CodingKeys.self)
    let encoding = try fields(.encoding)
    guard try encoding.integer() == ChainedEvent.encoding else {
      throw JSONFault(offset: encoding.offset, message: .encoding)
    }
    self.init(
      net: try fields(.net).string(), canonicalForm: try fields(.canonicalForm).string(),
      id: try fields(.id).string(),
      events: try fields(.events).array().map { node throws(JSONFault) in try ChainedEvent(node) },
      path: try fields(.path).array().map { node throws(JSONFault) in try PathStep(node) })
  }
}

extension ChainedEvent: Encodable {
  /// The fields in a file; all are always there.
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case at
    case payload
    case payloadHash = "payload_hash"
    case multiple
    case keyHash = "key_hash"
    case action
    case role
    case actor
  }

  /// Writes the fields: of payload and its hash the one that is known and null for the other.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(at, forKey: .at)
    switch payload {
    case .text(let text):
      try container.encode(text, forKey: .payload)
      try container.encodeNil(forKey: .payloadHash)
    case .redacted(let hash):
      try container.encodeNil(forKey: .payload)
      try container.encode(hash, forKey: .payloadHash)
    }
    try container.encode(multiple, forKey: .multiple)
    try container.encode(keyHash, forKey: .keyHash)
    try container.encode(action, forKey: .action)
    try container.encode(role, forKey: .role)
    try container.encode(actor, forKey: .actor)
  }

  fileprivate init(_ node: JSONNode) throws(JSONFault) {
    let fields = try node.fields(CodingKeys.self)
    let (text, hash) = (try fields(.payload).unlessNull, try fields(.payloadHash).unlessNull)
    let payload: Payload
    switch (text, hash) {
    case (let text?, nil): payload = .text(try text.string())
    case (nil, let hash?): payload = .redacted(try hash.hash())
    default: throw JSONFault(offset: node.offset, message: .payload)
    }
    self.init(
      at: try fields(.at).integer(), payload: payload, multiple: try fields(.multiple).integer(),
      keyHash: try fields(.keyHash).unlessNull?.hash(), action: try fields(.action).string(),
      role: try fields(.role).string(), actor: try fields(.actor).string())
  }
}

extension Diagnostic.Message {
  fileprivate static let encoding = Self(
    "this program checks encoding \(ChainedEvent.encoding)", hint: "check the proof with the ptflow that wrote it")

  fileprivate static let payload: Self = "one of payload and payload_hash is null in this event, and only one"
}
