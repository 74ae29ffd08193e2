public import SQL

/// The query for an installed net whose name has the same characters as another name, in another Unicode normal form: nobody
/// could tell the two apart. PostgreSQL knows the normal forms of UTF-8 alone. The name is materialized, since of a constant
/// they would be computed while the statement is planned, before the encoding is asked.
///
/// - Parameter net: the name, an expression of type text.
/// - Returns: a query of one column, the name that is installed.
public func otherSpelling(of net: SQL) -> SQL {
  """
  WITH wanted AS MATERIALIZED (SELECT \(net) AS net)
  SELECT n.net
    FROM ptflow.nets AS n, wanted AS w
   WHERE n.net <> w.net
     AND CASE WHEN getdatabaseencoding() = 'UTF8' THEN normalize(n.net) = normalize(w.net) END
  """
}
