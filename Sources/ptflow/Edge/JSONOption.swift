import ArgumentParser

/// Whether a program reads the answer.
struct JSONOption: ParsableArguments {
  @Flag(help: "Print the answer as JSON; an error as {\"error\": …}, on standard output too.")
  var json = false
}
