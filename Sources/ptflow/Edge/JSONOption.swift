import ArgumentParser

/// Whether a program reads the answer.
struct JSONOption: ParsableArguments {
  @Flag(help: "Answer in JSON, on standard output; a refusal too, under \"error\".")
  var json = false
}
