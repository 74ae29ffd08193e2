import Foundation

// embed-sql OUTPUT FOLDER NAME…: writes a Swift file that holds the text of each file of a folder, by its name there.

let delimiter = "####"
let arguments = CommandLine.arguments.dropFirst()
guard arguments.count >= 2 else {
  FileHandle.standardError.write(Data("usage: embed-sql OUTPUT FOLDER NAME…\n".utf8))
  exit(64)
}

var swift = """
  // Made by embed-sql. The texts are the files of the folders sql and pgsql.

  enum SQLFiles {
    static let all: [(name: String, text: String)] = [

  """
let (output, folder) = (arguments[1], URL(fileURLWithPath: arguments[2]))
for name in arguments.dropFirst(2) {
  let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  guard !text.contains("\"\"\"" + delimiter), !text.contains("\\" + delimiter) else {
    FileHandle.standardError.write(Data("\(name): error: holds the end of a raw string literal\n".utf8))
    exit(1)
  }
  swift += "    (name: \"\(name)\", text: \(delimiter)\"\"\"\n\(text)\n\"\"\"\(delimiter)),\n"
}
swift += "  ]\n}\n"
try swift.write(toFile: output, atomically: true, encoding: .utf8)
