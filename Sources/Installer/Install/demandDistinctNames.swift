internal import PetriNet
public import Plan

/// Makes sure that nets can stand in one database: no two of them share a name, or the name of a schema, which is shorter.
///
/// - Throws: an `InstallRefusal`.
public func demandDistinctNames(of plans: [NetPlan]) throws(InstallRefusal) {
  var names: Set<String> = []
  for plan in plans {
    let isNew = names.insert("net " + plan.net.name).inserted && names.insert("schema " + plan.schema).inserted
    guard isNew else { throw InstallRefusal.sameName(plan.net.name) }
  }
}
