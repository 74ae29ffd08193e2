internal import PetriNet
internal import TestNets

/// Makes calls at random: most of them as a client means them, the others wrong in every way that there is.
public struct CallGenerator {
  private var generator: SeededGenerator
  /// The instances at hand; more begin all the time.
  private var ids: [String] = []
  private var count = 0
  /// Keys whose first use was refused.
  private var refused: [(id: String, key: String)] = []
  /// Events that had a key, newest last.
  private var keyed: [Call] = []

  /// A generator; the same for the same seed.
  public init(seed: UInt64) {
    generator = SeededGenerator(seed: seed)
  }

  /// The next call on a net that is as the reference says.
  public mutating func next(on reference: ReferenceNet) -> Call {
    let caller: Call.Caller = once(in: 7) ? .member : .owner
    var call = Call(caller: caller, creates: once(in: 25), net: reference.net.name, id: id(on: reference))
    if call.creates {
      call.payload = nil
      call.multiple = nil
    } else {
      fill(&call, on: reference)
    }
    if once(in: 30) { spoil(&call) }
    return call
  }

  /// Takes note of what became of a call.
  public mutating func note(_ call: Call, wasRefused: Bool) {
    guard let id = call.id, let key = call.key else { return }
    if wasRefused {
      refused.append((id, key))
    } else {
      keyed.append(call)
    }
    if refused.count > 20 { refused.removeFirst(10) }
    if keyed.count > 40 { keyed.removeFirst(20) }
  }

  private mutating func fill(_ call: inout Call, on reference: ReferenceNet) {
    if once(in: 12), let first = keyed.randomElement(using: &generator) {
      let caller = call.caller
      call = first
      call.caller = once(in: 3) ? caller : first.caller
      if once(in: 3) { call.payload = Payload.all.randomElement(using: &generator) }
      if once(in: 5) { call.multiple = times() }
      if once(in: 5) { call.action = reference.net.transitions.randomElement(using: &generator)?.name }
      if once(in: 3) { call.expected = Int.random(in: 0...9, using: &generator) }
      return
    }
    let instance = call.id.flatMap { reference[$0] }
    let marking = instance?.marking ?? reference.net.initialMarking
    let transition = choose(in: marking, of: reference.net)
    call.action = transition.map { reference.net.transitions[$0].name } ?? "nothing"
    if !once(in: 4) { call.payload = Payload.all.randomElement(using: &generator) }
    call.multiple = once(in: 6) ? boundary(transition, in: marking, of: reference.net) : times()
    let seq = instance?.events.count ?? 0
    if once(in: 4) { call.expected = once(in: 3) ? wrong(seq) : seq }
    if once(in: 5) { call.key = key(for: call.id) }
  }

  /// An enabled transition, or one time in twelve a disabled one, as far as there are such.
  private mutating func choose(in marking: Marking, of net: Net) -> Int? {
    let wantsEnabled = !once(in: 12)
    let shuffled = net.transitions.indices.shuffled(using: &generator)
    return shuffled.first { net.enables($0, in: marking) == wantsEnabled } ?? shuffled.first
  }

  private mutating func id(on reference: ReferenceNet) -> String {
    if ids.count < 4 || once(in: 60) {
      count += 1
      let names = ["i\(count)", "größe \(count)", "it's \(count)", "\"\(count)\"\n\\", "e\u{301}\(count)", "é\(count)"]
      ids.append(names.randomElement(using: &generator) ?? "")
      if ids.count > 6 { ids.removeFirst() }
    }
    let id = ids.randomElement(using: &generator) ?? ""
    // Where nothing can happen any more, most calls would be refused.
    let marking = reference[id]?.marking ?? reference.net.initialMarking
    if once(in: 2), !reference.net.transitions.indices.contains(where: { reference.net.enables($0, in: marking) }) {
      ids.removeAll { $0.isExactly(id) }
    }
    return id
  }

  /// Mostly one, sometimes a few, seldom more than there can be.
  private mutating func times() -> Int {
    if once(in: 25) {
      return [Int.max, .max - 1, .max / 2, 1 << 32, 65_536].randomElement(using: &generator) ?? .max
    }
    return once(in: 4) ? Int.random(in: 2...5, using: &generator) : 1
  }

  /// The most firings in a row that there can be, or one more.
  private mutating func boundary(_ transition: Int?, in marking: Marking, of net: Net) -> Int {
    guard let transition, net.enables(transition, in: marking) else { return times() }
    var (enabled, disabled) = (1, Int.max)
    while disabled - enabled > 1 {
      let middle = enabled + (disabled - enabled) / 2
      if net.enables(transition, times: middle, in: marking) { enabled = middle } else { disabled = middle }
    }
    return [enabled, disabled, max(1, enabled - 1)].randomElement(using: &generator) ?? enabled
  }

  private mutating func wrong(_ seq: Int) -> Int {
    [0, seq + 1, seq - 1, Int.max, Int.min, -1].randomElement(using: &generator) ?? 0
  }

  private mutating func key(for id: String?) -> String {
    if once(in: 3), let one = refused.last(where: { pair in id.map { $0.isExactly(pair.id) } ?? false }) {
      return one.key
    }
    let number = Int.random(in: 0...400, using: &generator)
    let keys = ["k\(number)", "k\(number)", "é\(number)", "e\u{301}\(number)", "'\\\(number)", "\(number),:,"]
    if once(in: 40) { return String(repeating: "é", count: 255) }
    return keys.randomElement(using: &generator) ?? ""
  }

  /// Makes one argument wrong, or several null.
  private mutating func spoil(_ call: inout Call) {
    let long = String(repeating: "ä", count: 256)
    switch Int.random(in: 0...10, using: &generator) {
    case 0: call.net = once(in: 2) ? nil : (call.net ?? "") + " "
    case 1: call.id = nil
    case 2: call.id = once(in: 2) ? "" : long
    case 3: call.id = String(repeating: "ä", count: 255)
    case 4: call.action = nil
    case 5: call.action = ["", "no such action", (call.action ?? "") + "\n"].randomElement(using: &generator)
    case 6: call.payload = nil
    case 7: call.multiple = [0, -1, Int.min, nil].randomElement(using: &generator) ?? nil
    case 8: call.key = once(in: 2) ? "" : long
    case 9: call.expected = -1
    default:
      if once(in: 2) { call.net = nil }
      if once(in: 2) { call.id = nil }
      if once(in: 2) { call.action = nil }
      if once(in: 2) { call.payload = nil }
      if once(in: 2) { call.multiple = nil }
    }
  }

  private mutating func once(in times: Int) -> Bool { generator.once(in: times) }
}
