import Diagnostics
import Installer

extension InstallRefusal: Reportable {
  var words: Words { "error: \(Words(lines: harmless.description))" }
  var jsonValue: JSONValue { ["message": .string(description)] }

  /// The refusal with the names in it made printable, so that all line ends in its words are ours.
  private var harmless: InstallRefusal {
    switch self {
    case .sameName(let name): .sameName(printable(name))
    case .otherSpelling(let name): .otherSpelling(printable(name))
    case .foreignSchema(let net, let schema): .foreignSchema(net: printable(net), schema: printable(schema))
    case .reservedFacade(let schema): .reservedFacade(printable(schema))
    case .otherFacade(let found, let wanted): .otherFacade(found: printable(found), wanted: printable(wanted))
    case .characters(let net, let encoding, let words):
      .characters(net: printable(net), encoding: printable(encoding), printable(words))
    case .changed(let net, let instances, let difference):
      .changed(net: printable(net), instances: instances, difference: difference.map(printable))
    }
  }
}
