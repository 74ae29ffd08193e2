public import Diagnostics
public import NetAnalysis
public import NetFormats
public import PetriNet
public import Plan

/// A net on its way from a file to a database.
public struct Compilation: Sendable {
  /// The net as it was read, with what its author should know about the reading.
  public let file: NetFile
  /// What is proved of its markings.
  public let facts: LinearFacts
  /// How it stands in the database; `plan.sql()` is the SQL that makes its schema.
  public let plan: NetPlan
}

/// The whole way from bytes to a plan, which everybody takes who installs a net.
///
/// - Parameters:
///   - source: the file; nothing else is opened.
///   - name: the name of the net where the file does not say it: the caller takes it from the name of the file.
/// - Returns: the net, what is proved of it, and how it stands in a database.
/// - Throws: every mistake of the file, and what PostgreSQL cannot hold.
public func compile(_ source: SourceFile, name: String) throws(Diagnostics) -> Compilation {
  let file = try readNet(source, name: name)
  let facts = LinearFacts(of: file.net)
  let kept = Source(source, format: file.format.rawValue)
  return Compilation(file: file, facts: facts, plan: try planNet(file.net, source: kept, facts: facts))
}

/// The same from a net that is there already.
///
/// - Throws: what PostgreSQL cannot hold.
public func compile(_ net: Net, source: Source) throws(Diagnostics) -> NetPlan {
  try planNet(net, source: source, facts: LinearFacts(of: net))
}
