import ArgumentParser
import Foundation
import NetFormats

/// Writes a first net.
struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a first net, NAME.ptflow.yaml, which can be installed as it stands.")

  @Argument(help: "The name of the net, or the path of the file without .ptflow.yaml.")
  var name: String

  func validate() throws {
    if path.netName.isEmpty { throw ValidationError("the net needs a name") }
  }

  private var path: String { NetFormat.isNet(name) ? name : "\(name).ptflow.yaml" }

  func run() throws {
    try reporting {
      guard path.hasSuffix(".ptflow.yaml") else { throw OtherFormat(path: path) }
      do {
        try Data(starter(name: path.netName).utf8).write(
          to: URL(fileURLWithPath: path), options: .withoutOverwriting)
      } catch let error as CocoaError where error.code == .fileWriteFileExists {
        throw FileExists(path: path)
      } catch {
        throw UnwritableFile(path: path)
      }
      say("\(path): written")
      say("  ptflow check \(path)      what can be said of it")
      say("  ptflow install \(path)    puts it into the database")
    }
  }
}

/// A file that is there already.
private struct FileExists: Reportable, CustomStringConvertible {
  let path: String

  var description: String { "\(path) exists, and is not overwritten: choose another name, or remove it" }
}

/// A file that would be a net of another format.
private struct OtherFormat: Reportable, CustomStringConvertible {
  let path: String

  var description: String { "\(path) is the name of a net in another format: ptflow init writes NAME.ptflow.yaml" }
}
