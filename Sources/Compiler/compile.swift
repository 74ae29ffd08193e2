public import Diagnostics
public import PetriNet
public import SQL

/// Turns a net into the SQL that makes its schema. It takes an engine that is installed, and no schema of its name.
///
/// The same net always gives the same bytes.
///
/// - Throws: what PostgreSQL cannot hold.
public func compile(_ net: Net, source: Source) throws(Diagnostics) -> SQL {
  try planNet(net, source: source).sql
}

extension NetPlan {
  /// The SQL that makes the net's schema.
  public var sql: SQL {
    """
    -- The net \(comment: net.name), compiled by ptflow from \(comment: source.file). Do not edit: change the net.
    --
    \(overview)

    \(sections, separator: "\n\n\n")

    """
  }

  /// In the order in which a reader asks.
  private var sections: [SQL] {
    [
      schemaSQL,
      tablesSQL,
      instancesSQL,
      lawsSQL,
      roleViewsSQL,
      transitionsSQL,
      beginningSQL,
      dispatchSQL,
      bulkSQL,
      readingSQL,
      verificationSQL,
      secondWallSQL,
      catalogueSQL,
    ].filter { !$0.isEmpty }
  }

  /// The net as a table, for people.
  private var overview: SQL {
    let head: [[SQL]] = [["place", "column", "initial", "capacity"], ["-----", "------", "-------", "--------"]]
    let rows: [[SQL]] = places.map { plan in
      [
        "\(comment: plan.place.name)", "\(comment: plan.column)", "\(plan.place.initial)",
        plan.place.capacity.map { "\($0)" } ?? "none",
      ]
    }
    return aligned(head + rows, between: "   ").map { "--   \($0)" }.joined()
  }
}
