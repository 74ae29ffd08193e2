/// Events that are stored together, each as the bytes of its line.
struct EventBatch {
  /// The number of each event's line.
  private(set) var lines: [Int] = []
  /// The events one after another, and where each of them ends.
  private var text: [UInt8] = []
  private var ends: [Int] = []
  /// What stands before the members of each event.
  private let defaults: [UInt8]

  /// An empty batch.
  ///
  /// - Parameter net: the net of the events that do not name one.
  init(net: String?) {
    defaults = net.map { Array("\"net\": \(JSONValue.string($0).text)".utf8) } ?? []
  }

  /// How many events there are.
  var count: Int { lines.count }

  /// How many bytes they are.
  var size: Int { text.count }

  /// Takes another event in: a JSON object.
  mutating func append(_ event: ArraySlice<UInt8>, line: Int) {
    // Of members with the same name, jsonb keeps the last: a net that the event names itself.
    if !defaults.isEmpty, let brace = event.firstIndex(of: UInt8(ascii: "{")) {
      let members = event[(brace + 1)...]
      let isEmpty = members.first { !$0.isSpace } == UInt8(ascii: "}")
      text.append(UInt8(ascii: "{"))
      text += defaults
      if !isEmpty { text.append(UInt8(ascii: ",")) }
      text += members
    } else {
      text += event
    }
    ends.append(text.count)
    lines.append(line)
  }

  /// Drops all events.
  mutating func removeAll() {
    lines.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    text.removeAll(keepingCapacity: true)
  }

  /// Some of the events as a JSON array, one on each line.
  func array(_ events: Range<Int>) -> String {
    var array: [UInt8] = [UInt8(ascii: "[")]
    array.reserveCapacity(text.count + 2 * events.count + 2)
    for event in events {
      if event > events.lowerBound { array += [UInt8(ascii: ","), UInt8(ascii: "\n")] }
      array += text[(event == 0 ? 0 : ends[event - 1])..<ends[event]]
    }
    array.append(UInt8(ascii: "]"))
    return String(decoding: array, as: UTF8.self)
  }
}

extension UInt8 {
  /// Whether JSON takes the byte for white space.
  var isSpace: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D }
}
