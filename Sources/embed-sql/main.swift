import Foundation

// embed-sql OUTPUT INPUT…: writes a Swift file that holds the text of each input, by `folder/name.sql`.

let delimiter = "####"
let arguments = CommandLine.arguments.dropFirst()
guard let output = arguments.first else {
  FileHandle.standardError.write(Data("usage: embed-sql OUTPUT INPUT…\n".utf8))
  exit(64)
}

var swift = """
  // Made by embed-sql. The texts are the files of the folders sql and pgsql.

  enum SQLFiles {
    static let all: [(name: String, text: String)] = [

  """
for path in arguments.dropFirst() {
  let url = URL(fileURLWithPath: path)
  let name = "\(url.deletingLastPathComponent().lastPathComponent)/\(url.lastPathComponent)"
  let text = try String(contentsOf: url, encoding: .utf8)
  guard !text.contains("\"\"\"" + delimiter), !text.contains("\\" + delimiter) else {
    FileHandle.standardError.write(Data("\(path): error: holds the end of a raw string literal\n".utf8))
    exit(1)
  }
  swift += "    (name: \"\(name)\", text: \(delimiter)\"\"\"\n\(text)\n\"\"\"\(delimiter)),\n"
}
swift += "  ]\n}\n"
try swift.write(toFile: output, atomically: true, encoding: .utf8)
