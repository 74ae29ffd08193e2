extension String {
  /// The text with pictures of its control characters, which neither a picture nor a terminal can show.
  var printable: String {
    var text = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      switch scalar.value {
      case 0..<0x20: text.append(Unicode.Scalar(0x2400 + scalar.value) ?? scalar)
      case 0x7f: text.append("\u{2421}")
      case 0x80..<0xa0, 0xfffe, 0xffff: text.append("\u{fffd}")
      default: text.append(scalar)
      }
    }
    return String(text)
  }
}
