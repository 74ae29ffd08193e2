import Postgres

extension PostgresError {
  /// The error with its code, and without what is for programs (a refusal's detail) and for us (its way through our
  /// functions).
  var words: String {
    var error = self
    if error.hasDetailForPrograms { error.detail = nil }
    if error.context?.contains("PL/pgSQL function") == true { error.context = nil }
    guard !error.severity.isEmpty else { return "error: \(error)" }
    if !error.sqlstate.isEmpty { error.severity += " \(error.sqlstate)" }
    return "\(error)"
  }
}
