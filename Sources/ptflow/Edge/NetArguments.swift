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
  /// - Parameter passOver: is told of each file of a directory that is no net; says so, unless told otherwise.
  /// - Returns: the nets, in the order of the paths, and in a directory of the names.
  /// - Throws: an `UnreadableNets` with all that is wrong with any of them.
  func read(passingOver passOver: (String) -> Void = { standardError(.passedOver($0)) }) throws -> [ReadNet] {
    var problems: [UnreadableNets.Problem] = []
    var nets: [ReadNet] = []
    let files = files(&problems)
    guard problems.isEmpty else { throw UnreadableNets(problems: problems) }
    var passedOver: [String] = []
    for file in files {
      do {
        if !file.isInDirectory {
          nets.append(try ReadNet(path: file.path, as: name))
        } else if let net = try ReadNet(inDirectory: file.path, as: name) {
          nets.append(net)
        } else {
          passedOver.append(file.path)
        }
      } catch let error as UnreadableNets {
        problems += error.problems
      }
    }
    if nets.isEmpty, problems.isEmpty {
      problems = passedOver.map { .init($0, .noNet) }
    }
    guard problems.isEmpty else { throw UnreadableNets(problems: problems) }
    if name != nil, nets.count != 1 {
      throw ValidationError("--as names one net, but \(nets.count) files are given")
    }
    passedOver.forEach(passOver)
    return nets
  }

  /// The files that the paths mean, folders opened.
  private func files(_ problems: inout [UnreadableNets.Problem]) -> [(path: String, isInDirectory: Bool)] {
    var all: [(path: String, isInDirectory: Bool)] = []
    for path in paths {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        problems.append(.init(path, "no such file"))
        continue
      }
      guard isFolder.boolValue else {
        all.append((path, false))
        continue
      }
      guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
        problems.append(.init(path, "the directory cannot be read"))
        continue
      }
      let files = names.sorted()
        .filter(NetFormat.isNet)
        .map { ((path as NSString).appendingPathComponent($0), true) }
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

extension Words {
  /// That a file of a directory is no net.
  static func passedOver(_ path: String) -> Self { "\(path): passed over, it is no net" }
}

extension Diagnostic.Message {
  fileprivate static let noNet = Self("this is no net", hint: "the directory has no other file that could be one")

  fileprivate static func noNets(_ extensions: String) -> Self {
    Self("the directory has no net", hint: "files of a directory are nets by their extension: \(extensions)")
  }
}
