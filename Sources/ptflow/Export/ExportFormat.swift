import ArgumentParser

/// What a log is exported as.
enum ExportFormat: String, CaseIterable, ExpressibleByArgument {
  /// One JSON object a line.
  case ndjson
  /// Comma-separated values (RFC 4180), with a head.
  case csv
  /// IEEE 1849-2016 (XES), a trace an instance.
  case xes
  /// OCEL 2.0 as JSON, an object an instance.
  case ocel
  /// Refused: there is no writer.
  case parquet

  /// Whether a file can be gone on with where it ended.
  var isResumable: Bool { self == .ndjson || self == .csv }
}
