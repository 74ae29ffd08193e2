import ArgumentParser
import Foundation
import Installer
import Postgres

/// Writes logs in the formats of other programs.
struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write the log of nets as ndjson, CSV, XES or OCEL 2.0.",
    discussion: """
      Instances come by the bytes of their ids, each with its events in order, all of one moment. Memory does not grow with \
      the log. On control-C, ndjson and csv say after which event to go on with --after and --after-seq; the file is \
      appended to then.
      """)

  @Argument(help: "The nets; several only as ndjson, csv or ocel.")
  var nets: [String]

  @Option(help: ArgumentHelp("The format: ndjson, csv, xes or ocel.", valueName: "format"))
  var format = ExportFormat.ndjson

  @Option(name: .customShort("o"), help: "The output file; standard output by default.", completion: .file())
  var file: String?

  @Option(help: "Go on after this instance, or after its event --after-seq.")
  var after: String?

  @Option(help: "Go on after this event of the instance --after.")
  var afterSeq: Int?

  @OptionGroup var database: DatabaseOptions

  func validate() throws {
    if format == .parquet {
      throw ValidationError("parquet cannot be written; export csv and convert it, for instance with DuckDB")
    }
    if format == .xes, nets.count > 1 { throw ValidationError("xes holds one net; export each to a file of its own") }
    if after != nil || afterSeq != nil {
      guard format.isResumable else { throw ValidationError("\(format.rawValue) cannot be gone on with") }
      guard nets.count == 1 else { throw ValidationError("--after needs one net") }
      guard after != nil else { throw ValidationError("--after-seq needs --after") }
    }
  }

  func run() throws {
    try reporting {
      let connection = try database.connect()
      try demandEngine(connection)
      Interruption.watch()
      var output = try OutputFile(path: file, appending: after != nil)
      try connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
      var count = 0
      let ticker = Ticker("exporting")
      let start = ContinuousClock.now
      func advance(_ events: Int) {
        count += events
        ticker.show("\(count) events", at: (ContinuousClock.now - start) / .seconds(1))
      }

      var readers: [EventReader] = []
      for net in nets {
        guard let reader = try EventReader(of: net, after: after ?? "", after == nil ? -1 : afterSeq, on: connection)
        else { throw PostgresError.noSuchNet(net) }
        readers.append(reader)
      }
      switch format {
      case .ndjson: try writeLines(readers, to: &output, connection, advance)
      case .csv:
        try write(readers, by: CSVWriter(hasHead: after == nil), to: &output, connection, advance)
      case .xes: try write(readers, by: XESWriter(net: nets[0]), to: &output, connection, advance)
      case .ocel:
        var writer = OCELWriter(try readers.map { ($0.net, try $0.actions(on: connection)) })
        try output.write(writer.head())
        for reader in readers {
          var id = ""
          while let last = try instances(of: reader, after: id, by: &writer, to: &output, connection) { id = last }
        }
        try output.write(writer.middle())
        try writeEvents(readers, by: &writer, to: &output, connection, advance)
      case .parquet: break
      }
      try output.flush()
      try connection.execute("COMMIT")
    }
  }

  private func instances(
    of reader: EventReader, after id: String, by writer: inout OCELWriter, to output: inout OutputFile,
    _ connection: borrowing Connection
  ) throws -> String? {
    let ids = try reader.instances(after: id, on: connection)
    for id in ids { try output.write(writer.object(net: reader.net, id: id)) }
    if Interruption.isAskedFor { throw ExitStatus.interrupted.code }
    return ids.last
  }

  /// Writes lines that the server makes.
  private func writeLines(
    _ readers: [EventReader], to output: inout OutputFile, _ connection: borrowing Connection, _ advance: (Int) -> Void
  ) throws {
    for var reader in readers {
      while true {
        let lines = try reader.nextLines(on: connection)
        if lines.isEmpty { break }
        for line in lines {
          try output.write(line)
          try output.write("\n")
        }
        advance(lines.count)
        try stopIfAsked(reader, &output)
      }
    }
  }

  private func write(
    _ readers: [EventReader], by writer: some EventWriter, to output: inout OutputFile,
    _ connection: borrowing Connection,
    _ advance: (Int) -> Void
  ) throws {
    var writer = writer
    try output.write(writer.head())
    try writeEvents(readers, by: &writer, to: &output, connection, advance)
  }

  private func writeEvents(
    _ readers: [EventReader], by writer: inout some EventWriter, to output: inout OutputFile,
    _ connection: borrowing Connection, _ advance: (Int) -> Void
  ) throws {
    for var reader in readers {
      while true {
        let events = try reader.next(on: connection)
        if events.isEmpty { break }
        for event in events { try output.write(writer.event(event)) }
        advance(events.count)
        try stopIfAsked(reader, &output)
      }
    }
    try output.write(writer.foot())
  }

  /// Ends the program where the user wants to, and says how to go on.
  private func stopIfAsked(_ reader: EventReader, _ output: inout OutputFile) throws {
    guard Interruption.isAskedFor else { return }
    try output.flush()
    if format.isResumable {
      standardError("stopped; go on with --after and --after-seq \(reader.seq), after the instance \(reader.id)")
    }
    throw ExitStatus.interrupted.code
  }
}
