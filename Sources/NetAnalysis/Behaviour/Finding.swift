/// What is claimed of a net.
public enum Claim: String, Hashable, Sendable, CaseIterable {
  /// No place ever holds more than some number of tokens.
  case bounded
  /// No place ever holds more than one.
  case safe
  /// In each reachable marking some transition is enabled.
  case deadlockFree = "deadlock_free"
  /// Each transition is enabled in some reachable marking.
  case quasiLive = "quasi_live"
  /// From each reachable marking each transition can be enabled again.
  case live
  /// From each reachable marking the initial one can be reached again.
  case reversible
  /// Each case can end, ends cleanly, and uses all of the net.
  case sound
}

/// What an analysis found out about a claim.
public struct Finding: Hashable, Sendable {
  /// Whether the claim holds.
  public enum Verdict: String, Hashable, Sendable {
    /// It holds.
    case proved
    /// It does not.
    case refuted
    /// Nobody knows: the limits were reached, or the claim does not apply.
    case undecided
  }

  /// Whether the claim holds.
  public var verdict: Verdict
  /// Why, in words; part of a sentence.
  public var reason: String
  /// The transitions that lead from the initial marking to what refutes it.
  public var witness: [Int]
  /// The part of the witness that can be repeated without end: each time with more tokens, or, of a property of runs, with
  /// the same.
  public var pump: Range<Int>?

  init(_ verdict: Verdict, _ reason: String, witness: [Int] = [], pump: Range<Int>? = nil) {
    self.verdict = verdict
    self.reason = reason
    self.witness = witness
    self.pump = pump
  }
}
