internal import Engine
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
  let advice = plans.count > 1 ? "Install fewer nets at a time" : nil
  return try withRoomForLocks(of: "\(plans.count) nets", advice: advice, on: connection) { connection in
    try installation(of: plans, facade: facade, on: connection, dryRun: dryRun, progress: progress)
  }
}

private func installation(
  of plans: [NetPlan], facade: String?, on connection: borrowing Connection, dryRun: Bool, progress: (String) -> Void
) throws -> Installation {
  try connection.execute("BEGIN ISOLATION LEVEL READ COMMITTED READ \(dryRun ? "ONLY" : "WRITE")")
  do {
    try connection.execute(scriptSettings.text)
    if !dryRun { try connection.execute(Engine.openingScript.text) }
    let decision = try decide(plans, facade: facade, locking: !dryRun, on: connection)
    let scripts = decision.steps.map { $0.plan.sql() }
    let nets = zip(decision.steps, scripts).map { step, sql in Fingerprints.Subject(step.plan, sql: sql) }
    let kept = zip(decision.steps, nets).filter { step, _ in step.change == .keep }.map { _, net in net }
    if dryRun {
      try connection.execute("ROLLBACK")
      return decision.examined(
        glance(on: connection) { connection in
          try revise(decision.revised, on: connection)
          return kept
        })
    }
    try revise(decision.revised, on: connection)
    let examination = try examined(kept, on: connection)
    var installation = decision.examined(examination)
    if installation.isEmpty {
      // What was looked at need not be looked at again.
      if let examination, !examination.nets.isEmpty {
        let others = try connection.query(
          "SELECT FROM ptflow.nets AS n WHERE n.net <> ALL ($1::text[])", [arrayText(examination.nets)])
        try keepFingerprints(of: nets, but: installation.faults, isWhole: others.isEmpty, on: connection)
      }
      try connection.execute("COMMIT")
      return installation
    }
    // First, since functions that return something else now cannot be replaced as the engine's script does it.
    if let examination, !examination.mendable.isEmpty {
      installation.faults = try mend(examination, nets: kept.map(\.net), on: connection).after.faults
    }
    try connection.execute(beforeNets(facade: installation.facade).text)
    for (step, sql) in zip(installation.steps, scripts) {
      if step.change != .keep { progress(step.plan.net.name) }
      switch step.change {
      case .keep, .refresh: break
      case .install: try connection.execute(sql.text)
      case .states: try connection.execute(step.plan.statesChange().text)
      case .replace:
        let grants = try grants(for: step.plan, on: connection)
        try connection.query("SELECT ptflow.drop_net($1)", [step.plan.net.name])
        try connection.execute(sql.text)
        for grant in grants { try connection.execute(grant.text) }
      }
    }
    try connection.execute(afterNets.text)
    if examination != nil {
      try keepFingerprints(of: nets, but: installation.faults, isWhole: true, on: connection)
    }
    try connection.execute("COMMIT")
    return installation
  } catch {
    try? connection.execute("ROLLBACK")
    throw error
  }
}

/// What of the nets that stay is not as this program writes it; nil where the caller may not make schemas, which it needs for
/// nothing else then.
private func examined(
  _ kept: [Fingerprints.Subject], on connection: borrowing Connection
) throws -> Examination? {
  guard try Catalogue(of: connection).facade != nil else { return Examination(differences: [], nets: []) }
  do {
    return try attempt(connection) { connection in
      guard try openExamination(waits: true, on: connection) else { return nil }
      return try examinationOfTouched(kept, on: connection)
    }
  } catch let error as PostgresError where error.sqlstate == "42501" {
    return nil
  }
}

/// Decides what an installation does, with the lock held if it is to be done.
private func decide(
  _ plans: [NetPlan], facade: String?, locking: Bool, on connection: borrowing Connection
) throws -> Installation {
  try demandDistinctNames(of: plans)
  if let facade { try demandFacade(facade, for: plans) }
  let catalogue = try Catalogue(of: connection)
  if let found = catalogue.facade, let facade, found != facade {
    throw InstallRefusal.otherFacade(found: found, wanted: facade)
  }
  var steps: [Installation.Step] = []
  for plan in plans {
    let plan = try resolved(plan, catalogue, on: connection)
    try demandCharacters(of: plan, on: connection)
    let change = try change(for: plan, catalogue, locking: locking, on: connection)
    steps.append(
      Installation.Step(plan: plan, change: change, revision: try revision(to: plan, change, on: connection)))
  }
  let place = facade ?? catalogue.facade ?? "public"
  try connection.execute(facadeGuard(place).text)
  let isWhole = try catalogue.engineDigest == engineDigest && catalogue.openNets(connection).isEmpty
  return Installation(steps: steps, changesEngine: !isWhole, facade: place, faults: [])
}

extension Installation {
  /// The nets that stay while their files change.
  fileprivate var revised: [NetPlan] { steps.filter { $0.revision != nil }.map(\.plan) }

  /// The same when it is known in what the nets that stay, and the engine, differ from what this program writes.
  fileprivate func examined(_ examination: Examination?) -> Installation {
    let mendable = examination?.mendable ?? []
    // Privileges follow from the rights, and are synchronised with the facade: a net is none the newer for that.
    let changed = Dictionary(grouping: mendable.filter { !$0.isPrivilege }) { $0.net }
    return Installation(
      steps: steps.map { step in
        let differences = (step.revision.map { [$0] } ?? []) + (changed[step.plan.net.name] ?? [])
        guard step.change == .keep, !differences.isEmpty else { return step }
        return Step(plan: step.plan, change: .refresh(differences), revision: step.revision)
      }, changesEngine: changesEngine || changed[nil] != nil || mendable.contains(where: \.isPrivilege), facade: facade,
      faults: examination?.faults.filter { $0.remedy != .mend } ?? [])
  }
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

/// The plan of a net that keeps its states as before where nobody says whether it does.
private func resolved(
  _ plan: NetPlan, _ catalogue: Catalogue, on connection: borrowing Connection
) throws(PostgresError) -> NetPlan {
  guard plan.net.keepsStates == nil, let installed = try catalogue.version(of: plan.net.name, connection) else {
    return plan
  }
  return plan.keepingStates(installed.keepsStates)
}

private func change(
  for plan: NetPlan, _ catalogue: Catalogue, locking: Bool, on connection: borrowing Connection
) throws -> Installation.Step.Change {
  let net = plan.net.name
  guard let installed = try catalogue.version(of: net, connection) else {
    let taken = try connection.query("SELECT FROM pg_namespace AS n WHERE n.nspname = $1", [plan.schema])
    guard taken.isEmpty else { throw InstallRefusal.foreignSchema(net: net, schema: plan.schema) }
    guard catalogue.facade != nil else { return .install }
    let other = try connection.query(otherSpelling(of: "$1::text").text, [net])
    guard other.isEmpty else { throw InstallRefusal.otherSpelling(net) }
    return .install
  }
  guard installed.digest != plan.digestText else {
    return installed.keepsStates == plan.keepsStates ? .keep : .states(isKept: plan.keepsStates)
  }

  // Nobody is kept out of a net that stays.
  var instances = try connection.query("SELECT ptflow.count_instances($1)", [net])[0].integer(0)
  if instances == 0, locking {
    instances = try connection.query("SELECT ptflow.lock_instances($1)", [net])[0].integer(0)
  }
  let difference =
    lineDifference(installed.lines, plan.net.canonicalLines)
  guard instances == 0 else {
    throw InstallRefusal.changed(net: net, instances: instances, difference: difference)
  }
  return .replace(difference: difference)
}

/// The statements that grant anew what is granted on the version of a net that makes room, as far as the new one has it.
private func grants(for plan: NetPlan, on connection: borrowing Connection) throws(PostgresError) -> [SQL] {
  try connection.query(
    """
    SELECT g.privilege, g.role, pg_get_userbyid(g.member) FROM ptflow.grants AS g WHERE g.net = $1 AND g.member <> 0
    """, [plan.net.name]
  ).compactMap { row in
    let right = plan.rights.first { $0.privilege.rawValue == row[0] && ($0.role ?? "") == row[1] }
    return right.map { "GRANT USAGE ON TYPE \(name: plan.schema).\(name: $0.type) TO \(name: row[2] ?? "")" }
  }
}

/// Refuses a net with characters that the database's encoding lacks. PostgreSQL says so when it is sent the net.
private func demandCharacters(of plan: NetPlan, on connection: borrowing Connection) throws {
  guard let encoding = try connection.query("SHOW server_encoding")[0][0], encoding != "UTF8" else { return }
  do throws(PostgresError) {
    try connection.query("SELECT $1::text IS NOT NULL", [plan.sql().text])
  } catch {
    guard error.sqlstate == "22P05" else { throw error }
    throw InstallRefusal.characters(net: plan.net.name, encoding: encoding, error.message)
  }
}
