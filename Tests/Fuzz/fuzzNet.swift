import Compiler
import Diagnostics
import NetFormats
import Output
import PetriNet
import Plan
import SQL

/// A file of a net: it is refused with at least one error, or becomes SQL; where it is of the native format, it is laid out
/// anew, or that is refused.
func fuzzNet(_ bytes: [UInt8]) {
  let source = SourceFile(name: "net", bytes: bytes)
  do throws(Diagnostics) {
    let file = try readNet(source, name: "net")
    _ = file.warnings.rendered(in: source)
    precondition(!file.warnings.hasErrors, "a net with errors")
    if file.format == .native, let text = try? formatted(source) {
      let again = SourceFile(name: "net.ptflow.yaml", text: text)
      precondition((try? formatted(again)) == text, "another layout of what is laid out")
      precondition((try? readNet(again, name: "net"))?.net.canonicalForm == file.net.canonicalForm, "another net")
    }
    let text = String(decoding: source.bytes, as: UTF8.self)
    let origin = Source(file: "net", format: file.format.rawValue, text: text)
    let sql = try compile(file.net, source: origin).sql().text
    precondition(!sql.utf8.contains(0), "SQL with a zero byte")
    precondition(file.net.places.allSatisfy { $0.initial >= 0 }, "fewer tokens than none")
    let again = try compile(file.net, source: origin).sql().text
    precondition(again == sql, "other SQL of the same net")
  } catch {
    precondition(error.hasErrors, "refused without an error")
    precondition(!error.rendered(in: source).isEmpty, "an error without words")
  }
}
