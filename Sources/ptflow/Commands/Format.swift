import ArgumentParser
import Diagnostics
import Foundation
import NetFormats

/// Lays out nets of the native format anew.
struct Format: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt",
    abstract: "Lay out .ptflow.yaml files in one way; words, order and comments stay.",
    discussion: """
      Files that are laid out otherwise are written anew, and named. With --check nothing is written: the exit code is 1 \
      if a file would be. - is standard input, which is written to standard output.
      """)

  @Argument(
    help: "Files, or directories, of which the .ptflow.yaml and .ptflow.yml files are taken.", completion: .file())
  var paths: [String]

  @Flag(help: "Write nothing; name the files that are laid out otherwise, and exit with 1 if there are any.")
  var check = false

  @OptionGroup var output: JSONOption

  func validate() throws {
    if paths.contains("-"), paths.count > 1 { throw ValidationError("- stands alone: standard input is one file") }
    if paths == ["-"], output.json, !check { throw ValidationError("- prints the file itself; leave out --json") }
  }

  func run() throws {
    try reporting(json: output.json) {
      var problems: [UnreadableNets.Problem] = []
      var files: [(path: String, data: Data, text: String)] = []
      for path in paths.flatMap({ Self.files(in: $0) }) {
        let data =
          path == "-" ? FileHandle.standardInput.readDataToEndOfFile() : FileManager.default.contents(atPath: path)
        guard let data else {
          problems.append(.init(path, .unreadable(path)))
          continue
        }
        let source = SourceFile(name: path == "-" ? "-.ptflow.yaml" : path, bytes: Array(data))
        do throws(Diagnostics) {
          files.append((path, data, try formatted(source)))
        } catch {
          problems.append(.init(diagnostics: error, source: source))
        }
      }
      // All that can be read is laid out, whatever is wrong with the others.
      let changed = files.filter { Data($0.text.utf8) != $0.data }
      if !check {
        for file in changed where file.path != "-" { try write(Data(file.text.utf8), to: file.path) }
      }
      if paths == ["-"], !check, let file = files.first {
        FileHandle.standardOutput.write(Data(file.text.utf8))
      } else if output.json, problems.isEmpty {
        sayJSON([
          "files": .array(
            files.map { file in
              ["file": .string(file.path), "changed": .truth(changed.contains { $0.path == file.path })]
            })
        ])
      } else if !output.json {
        for file in changed { say("\(file.path)") }
      }
      if !problems.isEmpty { throw UnreadableNets(problems: problems) }
      if check, !changed.isEmpty { throw ExitStatus.refused.code }
    }
  }

  /// The files of the native format that a path means.
  private static func files(in path: String) -> [String] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue,
      let names = try? FileManager.default.contentsOfDirectory(atPath: path)
    else { return [path] }
    return names.sorted().filter {
      $0.lowercased().hasSuffix(".ptflow.yaml") || $0.lowercased().hasSuffix(".ptflow.yml")
    }
    .map { (path as NSString).appendingPathComponent($0) }
  }
}
