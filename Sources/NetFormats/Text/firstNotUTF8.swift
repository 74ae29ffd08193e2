import Diagnostics

extension [UInt8] {
  /// The offset of the first byte that is not part of a character in UTF-8; nil when all are.
  var firstNotUTF8: Int? {
    guard String(validating: self, as: UTF8.self) == nil else { return nil }
    var parser = UTF8.ForwardParser()
    var iterator = makeIterator()
    var offset = 0
    while true {
      switch parser.parseScalar(from: &iterator) {
      case .valid(let scalar): offset += scalar.count
      case .error: return offset
      case .emptyInput: return nil
      }
    }
  }
}

extension Diagnostic.Message {
  /// A byte that is in no character, and what else can be done about it than to save the file as UTF-8.
  static func notUTF8(_ byte: UInt8, or remedy: String? = nil) -> Self {
    Self(
      "the file is not UTF-8: the byte 0x\(String(byte, radix: 16, uppercase: true)) has no meaning here",
      hint: "save the file as UTF-8" + (remedy.map { ", or \($0)" } ?? ""))
  }
}
