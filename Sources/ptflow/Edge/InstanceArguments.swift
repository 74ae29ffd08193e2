import ArgumentParser

/// The instance that a command works on.
struct InstanceArguments: ParsableArguments {
  @Argument(help: "The net.")
  var net: String

  @Argument(help: "The instance.")
  var id: String
}
