/// A call of the facade, with any of its arguments.
public struct Call: Hashable, Sendable {
  /// Who calls.
  public enum Caller: Hashable, Sendable {
    /// The role that installed the net, which holds `*`.
    case owner
    /// A role that holds some of the net's roles, or none.
    case member
  }

  /// Who calls.
  public var caller = Caller.owner
  /// Whether it is `ptflow_create`, which has `net` and `id` alone.
  public var creates = false
  /// The argument `net`.
  public var net: String?
  /// The argument `id`.
  public var id: String?
  /// The argument `action`.
  public var action: String?
  /// The argument `payload`.
  public var payload: Payload?
  /// The argument `multiple`.
  public var multiple: Int?
  /// The argument `expected`.
  public var expected: Int?
  /// The argument `key`.
  public var key: String?

  init(
    caller: Caller, creates: Bool = false, net: String?, id: String?, action: String? = nil,
    payload: Payload? = Payload.all[0], multiple: Int? = 1, expected: Int? = nil, key: String? = nil
  ) {
    self.caller = caller
    self.creates = creates
    self.net = net
    self.id = id
    self.action = action
    self.payload = payload
    self.multiple = multiple
    self.expected = expected
    self.key = key
  }

  /// The call as a member of the array that the function `torture_calls` takes.
  public func json(caller: String) -> JSONB {
    .object([
      ("caller", .text(caller)), ("creates", .bool(creates)), ("net", .optional(net)),
      ("id", .optional(id)), ("action", .optional(action)), ("payload", .optional(payload?.given)),
      ("multiple", multiple.map { .whole($0) } ?? .null), ("expected", expected.map { .whole($0) } ?? .null),
      ("key", .optional(key)),
    ])
  }

  /// The call as a statement that a person can paste into psql.
  public func statement(member: String) -> String {
    let role = caller == .member ? "SET ROLE \"\(member)\"; " : ""
    let after = caller == .member ? " RESET ROLE;" : ""
    let start = "\(constant(net)), \(constant(id))"
    if creates { return "\(role)SELECT ptflow_create(\(start));\(after)" }
    let rest = [
      constant(action), constant(payload?.given), multiple.map(String.init) ?? "NULL",
      expected.map(String.init) ?? "NULL", constant(key),
    ]
    return "\(role)SELECT ptflow_dispatch(\(start), \(rest.joined(separator: ", ")));\(after)"
  }

  private func constant(_ text: String?) -> String {
    guard let text else { return "NULL" }
    var constant = ""
    var escapes = false
    for scalar in text.unicodeScalars {
      switch scalar {
      case "'": constant += "''"
      case "\\":
        constant += "\\\\"
        escapes = true
      case _ where scalar.value < 0x20 || scalar.value == 0x7f:
        let digits = String(scalar.value, radix: 16)
        constant += "\\x" + String(repeating: "0", count: 2 - digits.count) + digits
        escapes = true
      default: constant.unicodeScalars.append(scalar)
      }
    }
    return (escapes ? "E'" : "'") + constant + "'"
  }
}
