import ArgumentParser
import Diagnostics
import Foundation
import NetFormats
import PetriNet

/// The nets that a command works on.
struct NetArguments: ParsableArguments {
  @Argument(help: "Net files, or directories of them (\(Self.extensions)).", completion: .file())
  var paths: [String]

  @Option(
    name: .customLong("as"),
    help: "The name of the net, for a single file; by default what the file says, or its own name.")
  var name: String?

  /// The extensions that make a file of a folder a net.
  private static let extensions = NetFormat.extensions.map { ".\($0)" }.joined(separator: ", ")

  func validate() throws {
    if name?.isEmpty == true { throw ValidationError("--as is empty") }
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
      throw ValidationError("--as names one net, but \(files.count) files are given")
    }
    for file in files {
      do {
        nets.append(try ReadNet(path: file, as: name))
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
        problems.append(.init(path, "no such file"))
        continue
      }
      guard isFolder.boolValue else {
        all.append(path)
        continue
      }
      guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
        problems.append(.init(path, "the directory cannot be read"))
        continue
      }
      let files = names.sorted()
        .filter(NetFormat.isNet)
        .map { (path as NSString).appendingPathComponent($0) }
      if files.isEmpty { problems.append(.init(path, .noNets(Self.extensions))) }
      all += files
    }
    return all
  }
}

extension String {
  /// The name of the net in a file that does not say it: the file's, without folder and extension.
  var netName: String {
    let file = (self as NSString).lastPathComponent
    return NetFormat.name(ofNetIn: file) ?? (file as NSString).deletingPathExtension
  }
}

extension Diagnostic.Message {
  fileprivate static func noNets(_ extensions: String) -> Self {
    Self("the directory has no net", hint: "files of a directory are nets by their extension: \(extensions)")
  }
}
