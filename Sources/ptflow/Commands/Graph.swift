import ArgumentParser
import Foundation
import NetDrawing
import PetriNet
import Postgres
import SQL

/// Draws a net.
struct Graph: ParsableCommand {
  /// The languages that pictures are written in.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case svg, dot, mermaid

    /// The format that a file's extension means.
    init?(file: String) {
      switch (file as NSString).pathExtension.lowercased() {
      case "svg": self = .svg
      case "dot", "gv": self = .dot
      case "mmd", "mermaid": self = .mermaid
      default: return nil
      }
    }
  }

  static let configuration = CommandConfiguration(
    abstract: "Draw a net as SVG, or write it for Graphviz or Mermaid.",
    discussion: """
      An SVG shows the net where its author drew it. A net without positions is laid out by Graphviz' dot, which has to be
      installed. Tokens are those of the initial marking, of --marking or of --instance; transitions that can fire have a
      strong border.
      """)

  @Argument(help: "The file of the net.", completion: .file())
  var net: String

  @Option(help: "The format; otherwise the one that the file to write is called by, or svg.")
  var format: Format?

  @Option(name: .shortAndLong, help: "The file to write; standard output without it.", completion: .file())
  var output: String?

  @Option(help: "The tokens to draw: place=2,other or {\"place\": 2}. Places that are left out hold none.")
  var marking: String?

  @Option(help: "The instance whose tokens to draw.")
  var instance: String?

  @Option(name: .customLong("as"), help: "The name under which the net is installed, when it is not the file's.")
  var name: String?

  @OptionGroup var database: DatabaseOptions

  func validate() throws {
    if marking != nil, instance != nil { throw ValidationError("--marking and --instance exclude each other") }
    if name?.isEmpty == true { throw ValidationError("--as needs a name") }
  }

  func run() throws {
    try reporting {
      let net = try ReadNet(path: net, name: name ?? net.netName).net
      let picture = Picture(of: net, marking: try tokens(in: net))
      let text =
        switch format ?? output.flatMap(Format.init(file:)) ?? .svg {
        case .svg: svg(picture, layout: try Layout(of: net, picture: picture) ?? layOut(picture))
        case .dot: dot(picture)
        case .mermaid: mermaid(picture)
        }
      let data = Data(text.utf8)
      if let output { try write(data, to: output) } else { FileHandle.standardOutput.write(data) }
    }
  }

  /// The tokens to draw.
  private func tokens(in net: Net) throws -> Marking {
    if let marking { return try Marking(words: marking, of: net) }
    guard let instance else { return net.initialMarking }
    let connection = try database.connect()
    let json = try Facade(connection).value(
      "ptflow_state", [("net", "text", net.name), ("id", "text", instance)], on: connection)
    return try Marking(tokens: Answer(json).state.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }, of: net)
  }
}
