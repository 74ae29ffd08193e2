public import Diagnostics
public import PetriNet

/// A net as it was read from a file, with what its author should know about the reading.
public struct NetFile: Sendable {
  /// The net.
  public var net: Net
  /// What the file was taken for.
  public var format: NetFormat
  /// What was changed on the way, or may mean something else than its author thought: warnings and notes, no errors.
  public var warnings: Diagnostics

  /// A net that was read.
  public init(net: Net, format: NetFormat, warnings: Diagnostics = Diagnostics()) {
    self.net = net
    self.format = format
    self.warnings = warnings
  }
}
