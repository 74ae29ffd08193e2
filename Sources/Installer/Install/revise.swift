internal import PetriNet
internal import Plan
internal import Postgres

/// That the file kept with a net makes room for another one, which says the same of what the net does.
///
/// - Returns: the difference; nil where the file is the same, or the net does not stay.
func revision(
  to plan: NetPlan, _ change: Installation.Step.Change, on connection: borrowing Connection
) throws(PostgresError) -> Difference? {
  switch change {
  case .keep, .refresh, .states: break
  case .install, .replace: return nil
  }
  let row = try connection.query(
    """
    SELECT v.file, v.format, v.source
      FROM ptflow.nets AS n
      JOIN ptflow.net_versions AS v ON v.net = n.net AND v.version = n.version
     WHERE n.net = $1
    """, [plan.net.name]
  ).first
  let source = plan.source
  guard let row, row[0] != source.file || row[1] != source.format || row[2] != source.text else { return nil }
  return Difference(
    net: plan.net.name, object: "file of \(plan.net.name)", aspect: "definition",
    found: "\(row[0] ?? "")\n\(row[2] ?? "")",
    wanted: "\(source.file)\n\(source.text)", remedy: .mend)
}

/// Keeps the files of nets instead of those that were kept with them; the versions stay.
///
/// - Parameters:
///   - plans: the nets, all of which are installed.
///   - connection: a session in a transaction.
/// - Throws: what the database said.
func revise(_ plans: [NetPlan], on connection: borrowing Connection) throws(PostgresError) {
  for plan in plans {
    try connection.query(
      """
      UPDATE ptflow.net_versions AS v SET file = $2, format = $3, source = $4
        FROM ptflow.nets AS n
       WHERE n.net = $1 AND v.net = n.net AND v.version = n.version
      """, [plan.net.name, plan.source.file, plan.source.format, plan.source.text])
  }
}
