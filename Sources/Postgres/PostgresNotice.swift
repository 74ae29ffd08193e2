import CLibPQ

/// A message from the server that is no error, such as what `RAISE NOTICE` says.
public struct PostgresNotice: Hashable, Sendable {
  /// `NOTICE`, `WARNING`, `INFO`, `LOG` or `DEBUG`, in the language of the server.
  public let severity: String
  /// The five characters that name the condition; `00000` for most notices.
  public let sqlstate: String
  /// What there is to say.
  public let message: String
  /// The particulars.
  public let detail: String?
  /// What to do about it.
  public let hint: String?
}

extension PostgresNotice: CustomStringConvertible {
  /// The notice as psql prints it, without a newline at the end.
  public var description: String {
    PostgresError(severity: severity, sqlstate: sqlstate, message: message, detail: detail, hint: hint).description
  }
}

/// Where libpq delivers notices: C functions capture nothing, so the handler travels as a pointer to this.
final class NoticeReceiver {
  private let handler: (PostgresNotice) -> Void

  init(_ handler: @escaping (PostgresNotice) -> Void) {
    self.handler = handler
  }

  /// Takes the place of libpq's own receiver, which prints to standard error. Must outlive the connection.
  func attach(to connection: OpaquePointer) {
    let receive: PQnoticeReceiver = { receiver, result in
      guard let receiver, let message = field(PTFLOW_DIAG_MESSAGE_PRIMARY, of: result) else { return }
      let notice = PostgresNotice(
        severity: field(PTFLOW_DIAG_SEVERITY, of: result) ?? "NOTICE",
        sqlstate: field(PTFLOW_DIAG_SQLSTATE, of: result) ?? "",
        message: message,
        detail: field(PTFLOW_DIAG_MESSAGE_DETAIL, of: result),
        hint: field(PTFLOW_DIAG_MESSAGE_HINT, of: result))
      Unmanaged<NoticeReceiver>.fromOpaque(receiver).takeUnretainedValue().handler(notice)
    }
    PQsetNoticeReceiver(connection, receive, Unmanaged.passUnretained(self).toOpaque())
  }
}
