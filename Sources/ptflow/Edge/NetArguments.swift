import ArgumentParser
import Compiler
import Diagnostics
import Foundation
import NetFormats
import PetriNet

/// The nets that a command works on.
struct NetArguments: ParsableArguments {
  @Argument(help: "A net, or a folder of nets (\(Self.extensions)).", completion: .file())
  var paths: [String]

  @Option(name: .customLong("as"), help: "The name of the net, when there is one file; otherwise it is the file's.")
  var name: String?

  /// The extensions that make a file of a folder a net.
  private static let extensions = NetFormat.extensions.map { ".\($0)" }.joined(separator: ", ")

  func validate() throws {
    if name?.isEmpty == true { throw ValidationError("--as needs a name") }
  }

  /// Reads the nets.
  ///
  /// - Throws: an `UnreadableNets` with all that is wrong with any of them.
  func read() throws -> [ReadNet] {
    var problems: [UnreadableNets.Problem] = []
    var nets: [ReadNet] = []
    let files = files(&problems)
    guard problems.isEmpty else { throw UnreadableNets(problems: problems) }
    if name != nil, files.count != 1 {
      throw ValidationError("--as names one net, but there are \(files.count) files")
    }
    for file in files {
      do {
        nets.append(try ReadNet(path: file, name: name ?? file.netName))
      } catch let error as UnreadableNets {
        problems += error.problems
      }
    }
    guard problems.isEmpty else { throw UnreadableNets(problems: problems) }
    return nets
  }

  /// The files that the paths mean, folders opened.
  private func files(_ problems: inout [UnreadableNets.Problem]) -> [String] {
    var all: [String] = []
    for path in paths {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        problems.append(.init(path, "there is no such file"))
        continue
      }
      guard isFolder.boolValue else {
        all.append(path)
        continue
      }
      guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
        problems.append(.init(path, "the folder cannot be read"))
        continue
      }
      let files = names.sorted()
        .filter { NetFormat.extensions.contains(($0 as NSString).pathExtension.lowercased()) }
        .map { (path as NSString).appendingPathComponent($0) }
      if files.isEmpty { problems.append(.init(path, .noNets(Self.extensions))) }
      all += files
    }
    return all
  }
}

extension String {
  /// The name of the net in a file: the file's, without folder and extension.
  var netName: String {
    ((self as NSString).lastPathComponent as NSString).deletingPathExtension
  }
}

extension Diagnostic.Message {
  fileprivate static func noNets(_ extensions: String) -> Self {
    Self("the folder holds no net", hint: "files of a folder are nets by their extension: \(extensions)")
  }
}
