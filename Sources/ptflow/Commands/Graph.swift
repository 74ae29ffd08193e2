import ArgumentParser
import Foundation
import NetAnalysis
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
      An SVG uses the positions of the file. A net without positions is laid out by Graphviz' dot, which must be \
      installed. The tokens are those of the initial marking, of --marking or of --instance. Enabled transitions have a \
      thick border.

      --reachability draws the reachable markings instead, and the firings that lead from one to another. The first \
      marking has a thick border; deadlocks are grey.
      """)

  @Argument(help: "The file of the net.", completion: .file())
  var net: String

  @Option(help: "The format; by default that of the output file's extension, else svg.")
  var format: Format?

  @Option(name: .shortAndLong, help: "The output file; standard output by default.", completion: .file())
  var output: String?

  @Option(help: "The marking to draw: place=2,other or {\"place\": 2}. Places that are not named hold no tokens.")
  var marking: String?

  @Option(help: "Draw the marking of this instance.")
  var instance: String?

  @Option(name: .customLong("as"), help: "The name under which the net is installed; by default the file's.")
  var name: String?

  @Flag(help: "Draw the reachable markings and the firings between them.")
  var reachability = false

  @Option(help: ArgumentHelp("The most markings to draw.", valueName: "count"))
  var states = 200

  @OptionGroup var database: DatabaseOptions

  func validate() throws {
    guard states > 0 else { throw ValidationError("--states must be at least 1") }
    if marking != nil, instance != nil { throw ValidationError("use either --marking or --instance") }
    if name?.isEmpty == true { throw ValidationError("--as is empty") }
    if format == nil, let output, !(output as NSString).pathExtension.isEmpty, Format(file: output) == nil {
      throw ValidationError("\(output): the extension must be .svg, .dot, .gv, .mmd or .mermaid, or --format be given")
    }
  }

  func run() throws {
    try reporting {
      let read = try ReadNet(path: net, as: name)
      let marking = try tokens(in: read.net)
      let picture = reachability ? try statePicture(of: read, marking) : Picture(of: read.net, marking: marking)
      let text =
        switch format ?? output.flatMap(Format.init(file:)) ?? .svg {
        case .svg: svg(picture, layout: try own(picture, read.net) ?? layOut(picture))
        case .dot: dot(picture)
        case .mermaid: mermaid(picture)
        }
      let data = Data(text.utf8)
      if let output { try write(data, to: output) } else { FileHandle.standardOutput.write(data) }
    }
  }

  /// Where the author drew the nodes, when all of them were drawn.
  private func own(_ picture: Picture, _ net: Net) -> Layout? {
    reachability ? nil : Layout(of: net, picture: picture)
  }

  /// The markings that can be reached from one.
  ///
  /// - Throws: a `TooManyMarkings`, or an `UnreadableNets` when the net cannot begin there.
  private func statePicture(of read: ReadNet, _ marking: Marking) throws -> Picture {
    let net: Net
    do {
      net = try read.net.beginning(in: marking)
    } catch {
      throw UnreadableNets(problems: [.init(diagnostics: error, source: read.source)])
    }
    let limits = Limits(markings: states + 1, bytes: TooManyMarkings.limits.bytes)
    guard let space = StateSpace(of: net, bounds: net.places.map { _ in nil }), space.explore(limits) == nil,
      space.count <= states
    else { throw TooManyMarkings(of: net, drawn: states) }
    return Picture(of: space)
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
