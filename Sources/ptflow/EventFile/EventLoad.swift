import Diagnostics
import Foundation
import JSON
import Postgres

/// Stores the events of a file in order, batch by batch, each batch wholly or not at all.
///
/// Where it stops, all that stands before is stored and nothing of what follows: of a batch with an event that is refused,
/// the events before it are sent again. So the number of a line is all one needs to go on.
struct EventLoad {
  /// What has been stored.
  struct Tally {
    /// The last line up to which all is stored.
    var line: Int
    /// How many events are new.
    var stored = 0
    /// How many events were there already, known by their keys.
    var replayed = 0
  }

  /// How many bytes a batch may have, unless it is one event.
  private static let batchLimit = 8 << 20
  /// How many bytes a line may have.
  private static let lineLimit = 64 << 20

  private let file: EventFile
  private let firstLine: Int
  private let batchCount: Int
  private let facade: Facade
  private var batch: EventBatch
  private var tally: Tally
  private var progress: FileProgress

  /// Something to store.
  ///
  /// - Parameters:
  ///   - file: one event a line.
  ///   - net: the net of events that do not name one.
  ///   - firstLine: the line to begin with, counted from one.
  ///   - batchCount: how many events are stored together.
  ///   - facade: where they go.
  init(_ file: EventFile, net: String?, firstLine: Int, batchCount: Int, facade: Facade) {
    self.file = file
    self.firstLine = firstLine
    self.batchCount = batchCount
    self.facade = facade
    batch = EventBatch(net: net)
    tally = Tally(line: firstLine - 1)
    progress = FileProgress(file)
  }

  /// Stores them.
  ///
  /// - Throws: an `UnstoredEvents`.
  mutating func run(on connection: borrowing Connection) throws -> Tally {
    defer { progress.finish() }
    var reader = LineReader(limit: Self.lineLimit, nextPiece: file.nextPiece)
    var last = tally.line
    var lines = 0
    while let line = try next(of: &reader) {
      lines = line.number
      guard line.number >= firstLine else { continue }
      last = line.number
      if line.bytes.allSatisfy(\.isSpace) { continue }
      if let fault = fault(of: line) {
        try send(on: connection)
        throw stop(.fault(fault))
      }
      if batch.size + line.bytes.count > Self.batchLimit { try send(on: connection) }
      batch.append(line.bytes, line: line.number)
      guard batch.count >= batchCount else { continue }
      try send(on: connection)
      progress.advance(to: reader.bytesRead, line: tally.line)
    }
    try send(on: connection)
    tally.line = last
    if firstLine > lines + 1 {
      standardError("warning: \(file.name) has \(lines) line\(lines == 1 ? "" : "s"), none from line \(firstLine) on")
    }
    return tally
  }

  private func next(of reader: inout LineReader) throws -> LineReader.Line? {
    do {
      return try reader.next()
    } catch let error as UnreadableFile {
      throw stop(.unreadable(error))
    } catch is Interrupted {
      throw stop(.interrupted)
    }
  }

  /// What keeps a line from being sent.
  private func fault(of line: LineReader.Line) -> Diagnostic? {
    func fault(_ message: Diagnostic.Message, column: Int) -> Diagnostic {
      Diagnostic(.error, message, at: SourceLocation(file: file.name, line: line.number, column: column))
    }
    if line.isTooLong { return fault(.tooLong(limit: Self.lineLimit), column: 1) }
    return jsonFault(in: line.bytes).map { found in
      let before = String(decoding: line.bytes.prefix(found.offset), as: UTF8.self)
      return fault(.init(found.message), column: before.unicodeScalars.count + 1)
    }
  }

  /// Stores the batch.
  private mutating func send(on connection: borrowing Connection) throws {
    try store(0..<batch.count, on: connection)
    batch.removeAll()
  }

  /// Stores events of the batch, or those that stand before the first one that is refused.
  private mutating func store(_ events: Range<Int>, on connection: borrowing Connection) throws {
    guard !events.isEmpty else { return }
    do {
      let answers = try attempt(events, on: connection)
      tally.line = batch.lines[events.upperBound - 1]
      tally.stored += answers.stored
      tally.replayed += answers.replayed
    } catch let error as PostgresError {
      guard connection.isOpen else {
        throw stop(.lost(error, lines: batch.lines[events.lowerBound]...batch.lines[events.upperBound - 1]))
      }
      if error.sqlstate == "57014", Interruption.isAskedFor { throw stop(.interrupted) }
      if let index = error.index, events.indices.contains(events.lowerBound + index) {
        try store(events.prefix(index), on: connection)
        throw stop(.refused(error, line: batch.lines[events.lowerBound + index]))
      }
      guard error.isOfAnEvent else { throw stop(.failed(error)) }
      guard events.count > 1 else { throw stop(.refused(error, line: batch.lines[events.lowerBound])) }
      try store(events.prefix(events.count / 2), on: connection)
      try store(events.dropFirst(events.count / 2), on: connection)
    }
  }

  /// Sends events, again when they met with another transaction.
  private func attempt(
    _ events: Range<Int>, on connection: borrowing Connection
  ) throws -> (stored: Int, replayed: Int) {
    let array = batch.array(events)
    for _ in 0..<9 {
      if Interruption.isAskedFor { throw stop(.interrupted) }
      do {
        return try facade.dispatchMany(array, on: connection)
      } catch let error as PostgresError where ["40001", "40P01"].contains(error.sqlstate) {
        continue
      }
    }
    return try facade.dispatchMany(array, on: connection)
  }

  private func stop(_ reason: UnstoredEvents.Reason) -> UnstoredEvents {
    UnstoredEvents(file: file.name, firstLine: firstLine, tally: tally, reason: reason)
  }
}

extension PostgresError {
  /// Which event of a bulk call is refused, counted from zero; nil when the error does not say.
  fileprivate var index: Int? {
    guard sqlstate.hasPrefix("PT"), let detail else { return nil }
    return (try? JSONDecoder().decode(Place.self, from: Data(detail.utf8)))?.index
  }

  /// Whether an event is to blame, rather than the state of the database or the caller's rights: data that cannot be
  /// stored (class 22, 23), values beyond a limit (54), or what a function raises (P0, PT).
  fileprivate var isOfAnEvent: Bool { ["22", "23", "54", "P0", "PT"].contains(String(sqlstate.prefix(2))) }

  /// Where in a bulk call.
  private struct Place: Decodable { let index: Int? }
}

extension Diagnostic.Message {
  fileprivate static func tooLong(limit: Int) -> Self {
    .init("the line is longer than \(limit >> 20) MiB", hint: "Each event is one line; is a line end missing?")
  }
}
