import ArgumentParser
import Diagnostics
import Foundation
import NetDrawing
import NetFormats
import PetriNet

/// Writes a net in another format.
struct Convert: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a net in another format: \(Target.extensions).",
    discussion: """
      The extension of the output says which format. What is written is read again: where the format cannot say all of \
      the net, nothing is written and the rest is named, unless --lossy is given. dot and gv are pictures.
      """)

  @Argument(help: "The file of the net, in any format that is read.", completion: .file())
  var input: String

  @Argument(help: "The file to write.", completion: .file())
  var output: String

  @Option(name: .customLong("as"), help: "The name of the net; by default what the file says, or its own name.")
  var name: String?

  @Flag(help: "Write what the format can say, and tell what it cannot.")
  var lossy = false

  /// What is written, by the extension of a file.
  private enum Target {
    case net(NetFormat)
    case picture

    private static let all: [(name: String, target: Target)] = [
      ("ptflow.yaml", .net(.native)), ("pnml", .net(.pnml)), ("pflow", .net(.pflow)), ("jsonld", .net(.pflowXYZ)),
      ("net", .net(.tina)), ("lola", .net(.lola)), ("dot", .picture), ("gv", .picture),
    ]

    static let extensions = all.map { ".\($0.name)" }.joined(separator: ", ")

    init?(file: String) {
      guard let found = Self.all.first(where: { file.lowercased().hasSuffix(".\($0.name)") }) else { return nil }
      self = found.target
    }
  }

  func validate() throws {
    if name?.isEmpty == true { throw ValidationError("--as is empty") }
    if Target(file: output) == nil {
      throw ValidationError("\(output): the extension must be one of \(Target.extensions)")
    }
  }

  func run() throws {
    try reporting {
      let net = try ReadNet(path: input, as: name).net
      guard case .net(let format)? = Target(file: output) else {
        return try write(Data(dot(Picture(of: net, marking: net.initialMarking)).utf8), to: output)
      }
      let written: WrittenNet?
      do throws(Diagnostics) {
        written = try format.write(net)
      } catch {
        throw UnwritableNet(format: format, reason: error.errors.first?.message.description ?? "")
      }
      guard let written else { return }
      let loss = LossyFormat(format: format, lost: written.lost)
      if !written.lost.isEmpty {
        guard lossy else { throw loss }
        standardError(loss.list)
      }
      try write(Data(written.text.utf8), to: output)
    }
  }
}

/// A format that cannot say all of a net.
private struct LossyFormat: Reportable {
  let format: NetFormat
  /// The lines of the canonical form that are not said.
  let lost: [String]

  /// What is not said.
  var list: Words {
    let shown = 20
    let lines = lost.prefix(shown).map { line -> Words in "  \(line)" }
    let rest: [Words] = lost.count > shown ? ["  and \(lost.count - shown) more"] : []
    return Words(["not said in \(format.title):" as Words] + lines + rest)
  }

  var words: Words {
    Words(["error: \(format.title) cannot say all of this net; --lossy writes the rest", list])
  }

  var jsonValue: JSONValue {
    ["message": "the format cannot say all of this net", "lost": .array(lost.map { .string($0) })]
  }
}

/// A net that a format cannot hold, a name of it for example.
private struct UnwritableNet: Reportable, CustomStringConvertible {
  let format: NetFormat
  let reason: String

  var description: String { "the net cannot be written as \(format.title): \(reason)" }
}
