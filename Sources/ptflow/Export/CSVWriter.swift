import Installer

/// Comma-separated values as RFC 4180 has them.
struct CSVWriter: EventWriter {
  /// Whether the names of the columns come first.
  let hasHead: Bool

  func head() -> String {
    hasHead ? "net,id,seq,action,multiple,payload,state,actor,role,key,at,hash\r\n" : ""
  }

  func event(_ event: StoredEvent) -> String {
    let fields = [
      event.net, event.id, "\(event.seq)", event.action, "\(event.multiple)", event.payload, event.state, event.actor,
      event.role, event.key ?? "", event.at, event.hash,
    ]
    return fields.map(quoted).joined(separator: ",") + "\r\n"
  }

  func foot() -> String { "" }

  private func quoted(_ field: String) -> String {
    let special = field.utf8.contains { [UInt8(ascii: ","), UInt8(ascii: "\""), 10, 13].contains($0) }
    return special ? "\"\(field.replacing("\"", with: "\"\""))\"" : field
  }
}
