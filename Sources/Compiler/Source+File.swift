public import Diagnostics
internal import Foundation
public import Plan

extension Source {
  /// A file as it is kept with its net.
  public init(_ file: SourceFile, format: String) {
    self.init(file: (file.name as NSString).lastPathComponent, format: format, text: file.text)
  }
}

extension SourceFile {
  /// What the file holds, as text: UTF-8 where it is, or UTF-16 by its mark, and Latin-1 otherwise.
  fileprivate var text: String {
    if let text = String(bytes: bytes, encoding: .utf8) {
      return text.hasPrefix("\u{feff}") ? String(text.dropFirst()) : text
    }
    if bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff]),
      let text = String(bytes: bytes, encoding: .utf16)
    {
      return text
    }
    return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
  }
}
