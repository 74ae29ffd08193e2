public import Diagnostics

extension AnchoredHeads {
  /// Reads an anchor: a line for the header, and one for each head, each a JSON object.
  ///
  /// - Parameter source: the file.
  /// - Throws: the first thing in it that an anchor does not have; heads that are not in the order of the leaves, or not
  ///   as many as the header says; another root than that of the heads.
  public init(_ source: SourceFile) throws(Diagnostics) {
    self = try source.reading { () throws(JSONFault) in try AnchoredHeads(source.bytes) }
  }

  private init(_ bytes: [UInt8]) throws(JSONFault) {
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)[...]
    // The file ends with the end of a line.
    if lines.last?.isEmpty == true { lines.removeLast() }
    header = try Header(JSONReader.read(lines.popFirst() ?? []))
    heads = try lines.map { line throws(JSONFault) in try Head(JSONReader.read(line)) }

    for ((left, right), line) in zip(zip(heads, heads.dropFirst()), lines.dropFirst())
    where !Head.precedes(left, right) {
      throw JSONFault(offset: line.startIndex, message: .order)
    }
    guard header.instances == heads.count else { throw JSONFault(offset: 0, message: .count(heads.count)) }
    guard header.root == MerkleTree(heads).root else { throw JSONFault(offset: 0, message: .root) }
  }
}

extension AnchoredHeads.Header {
  fileprivate init(_ node: JSONNode) throws(JSONFault) {
    let fields = try node.fields(CodingKeys.self)
    let at = try fields(.at)
    guard try at.string().wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/.asciiOnlyDigits()) != nil else {
      throw JSONFault(offset: at.offset, message: .time)
    }
    self.init(root: try fields(.root).hash(), instances: try fields(.instances).integer(), at: try at.string())
  }
}

extension Head {
  fileprivate init(_ node: JSONNode) throws(JSONFault) {
    let fields = try node.fields(CodingKeys.self)
    self.init(
      net: try fields(.net).string(), id: try fields(.id).string(), seq: try fields(.seq).integer(),
      hash: try fields(.hash).hash())
  }
}

extension Diagnostic.Message {
  fileprivate static let time: Self = "a time such as 2026-01-02T03:04:05Z is due here"

  fileprivate static let order: Self = "this instance is not after the one before it, by the bytes of net and id"

  fileprivate static func count(_ count: Int) -> Self { "the file has \(count) instances, not as many as it says" }

  fileprivate static let root = Self(
    "the root is not that of the lines below it", hint: "the file was changed: take the one that ptflow anchor wrote")
}
