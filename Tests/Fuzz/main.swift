import Compiler
import Diagnostics
import NetFormats
import Output
import PetriNet
import Plan
import SQL

// Feeds the readers and the compiler with whatever libFuzzer thinks of; see scripts/fuzz.sh, which builds and runs it.

@_silgen_name("LLVMFuzzerRunDriver")
func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// One input: it is refused with at least one error, or becomes SQL. Anything else is a find.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  let source = SourceFile(name: "net", bytes: Array(UnsafeBufferPointer(start: data, count: size)))
  do throws(Diagnostics) {
    let file = try readNet(source, name: "net")
    _ = file.warnings.rendered(in: source)
    precondition(!file.warnings.hasErrors, "a net with errors")
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
  return 0
}

var count = CommandLine.argc
var arguments = CommandLine.unsafeArgv
_ = runDriver(&count, &arguments, testOneInput)
