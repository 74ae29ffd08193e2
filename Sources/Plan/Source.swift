/// The file that a net was read from, to be kept with it.
public struct Source: Hashable, Sendable {
  /// The file's name, without its folder, so that the same net gives the same SQL wherever it lies.
  public let file: String
  /// Its format.
  public let format: String
  /// What it holds, as text.
  public let text: String

  /// A file.
  public init(file: String, format: String, text: String) {
    self.file = file
    self.format = format
    self.text = text
  }
}
