// Feeds the readers, the compiler of schemas or that of expressions, as FUZZ_TARGET says, with whatever libFuzzer thinks of;
// see scripts/fuzz.sh, which builds and runs it.

import Foundation

@_silgen_name("LLVMFuzzerRunDriver")
func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

private let target = ProcessInfo.processInfo.environment["FUZZ_TARGET"] ?? "net"

/// One input. Whatever is neither refused nor right is a find.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: data, count: size))
  switch target {
  case "schema": fuzzSchema(bytes)
  case "expression": fuzzExpression(bytes)
  default: fuzzNet(bytes)
  }
  return 0
}

var count = CommandLine.argc
var arguments = CommandLine.unsafeArgv
_ = runDriver(&count, &arguments, testOneInput)
