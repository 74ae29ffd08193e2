internal import Output
internal import PetriNet
public import Plan
public import Postgres
internal import SQL

/// Installs nets: all in one transaction, one installation at a time, or nothing.
///
/// - Parameters:
///   - plans: the nets.
///   - facade: the schema for the functions that clients call; nil for the one that is there, or `public`.
///   - connection: a session that is in no transaction.
///   - dryRun: whether to decide only.
///   - progress: gets the name of each net before it is installed.
/// - Returns: what was done, or would be.
/// - Throws: an `InstallRefusal`, or what the database said.
public func install(
  _ plans: [NetPlan], facade: String?, on connection: borrowing Connection, dryRun: Bool = false,
  progress: (String) -> Void = { _ in }
) throws -> Installation {
  try connection.execute("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE")
  do {
    try demandOurs(connection)
    let installation = try decide(plans, facade: facade, on: connection)
    if dryRun || installation.isEmpty {
      try connection.execute("ROLLBACK")
      return installation
    }
    try connection.execute(beforeNets(facade: installation.facade).text)
    for step in installation.steps where step.change != .keep {
      progress(step.plan.net.name)
      if case .replace = step.change {
        let drop: SQL = "DO \(body: "BEGIN PERFORM ptflow.drop_net(\(string: step.plan.net.name)); END;")"
        try connection.execute(drop.text)
      }
      try connection.execute(step.plan.sql().text)
    }
    try connection.execute(afterNets.text)
    try connection.execute("COMMIT")
    return installation
  } catch {
    try? connection.execute("ROLLBACK")
    throw error
  }
}

/// Decides what an installation does. The lock is held.
private func decide(
  _ plans: [NetPlan], facade: String?, on connection: borrowing Connection
) throws -> Installation {
  try demandDistinctNames(of: plans)
  if let facade { try demandFacade(facade, for: plans) }
  let catalogue = try Catalogue(of: connection)
  if let found = catalogue.facade, let facade, found != facade {
    throw InstallRefusal.otherFacade(found: found, wanted: facade)
  }
  var steps: [Installation.Step] = []
  for plan in plans {
    try demandCharacters(of: plan, on: connection)
    steps.append(Installation.Step(plan: plan, change: try change(for: plan, catalogue, on: connection)))
  }
  return Installation(
    steps: steps,
    changesEngine: catalogue.engineDigest != engineDigest,
    facade: facade ?? catalogue.facade ?? "public")
}

/// Refuses a schema that cannot hold the facade: one that is not ours to make, and one that a net is about to have.
///
/// - Parameters:
///   - facade: the schema.
///   - plans: the nets.
/// - Throws: an `InstallRefusal`.
public func demandFacade(_ facade: String, for plans: [NetPlan]) throws(InstallRefusal) {
  let isReserved = ["", "ptflow", "information_schema"].contains(facade) || facade.hasPrefix("pg_")
  if isReserved || facade.utf8.count > 63 || plans.contains(where: { $0.schema == facade }) {
    throw .reservedFacade(facade)
  }
}

private func change(
  for plan: NetPlan, _ catalogue: Catalogue, on connection: borrowing Connection
) throws -> Installation.Step.Change {
  let net = plan.net.name
  guard let installed = try catalogue.version(of: net, connection) else {
    let taken = try connection.query("SELECT FROM pg_namespace AS n WHERE n.nspname = $1", [plan.schema])
    guard taken.isEmpty else { throw InstallRefusal.foreignSchema(net: net, schema: plan.schema) }
    return .install
  }
  guard installed.digest != plan.digestText else { return .keep }

  let table: SQL = "\(name: installed.schema).instances"
  try connection.execute("LOCK TABLE \(table.text)")
  let instances = try connection.query("SELECT count(*) FROM \(table.text)")[0].integer(0)
  let difference = lineDifference(installed.lines, plan.net.canonicalLines)
  guard instances == 0 else {
    throw InstallRefusal.changed(net: net, instances: instances, difference: difference)
  }
  return .replace(difference: difference)
}

/// Refuses a net whose names the database's encoding lacks. PostgreSQL says so when it is sent the net.
private func demandCharacters(of plan: NetPlan, on connection: borrowing Connection) throws(PostgresError) {
  guard try connection.query("SHOW server_encoding")[0][0] != "UTF8" else { return }
  try connection.query("SELECT $1::text IS NOT NULL", [plan.sql().text])
}
