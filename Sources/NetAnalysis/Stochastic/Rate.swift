/// How often a transition fires while it is enabled.
public struct Rate: Hashable, Sendable {
  /// Whether one firing is under way at a time, or as many as the tokens allow.
  public enum Servers: String, Hashable, Sendable, CaseIterable {
    /// The rate does not depend on the marking.
    case single
    /// The rate is that of one firing, times how often the inputs would let it fire at once.
    case infinite
  }

  /// Firings per unit of time; more than 0.
  public let perUnit: Double
  /// How many firings are under way.
  public let servers: Servers

  /// A rate.
  public init(_ perUnit: Double, servers: Servers = .single) {
    self.perUnit = perUnit
    self.servers = servers
  }
}
