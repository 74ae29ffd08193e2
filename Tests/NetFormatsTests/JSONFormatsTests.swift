import Diagnostics
import NetFormats
import PetriNet
import Testing

/// What the formats of JSON have in common.
@Suite struct JSONFormatsTests {
  @Test func `a fault of the syntax is told where it stands`() {
    #expect(
      Reading("{\"places\": {\n  \"a\": {\"initial\" 1}}}", name: "net.json").told == """
        net.json:2:19: error: this is not JSON: a colon is missing here
        2 |   "a": {"initial" 1}}}
          |                   ^
        """)
    #expect(Reading("{\"places\":").heads == ["1:11: error: this is not JSON: the file ends within a JSON object"])
    #expect(Reading("\u{FEFF}[1]").heads == ["1:1: error: this JSON is no net in a format that is read"])
    #expect(
      Reading(bytes: Array("{\"a\":\"".utf8) + [0xFF]).heads == [
        "1:7: error: the file is not UTF-8: the byte 0xFF has no meaning here"
      ])
  }

  @Test func `values nested without end are refused`() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(Reading(deep).heads == ["1:201: error: this is not JSON: values are nested more than 200 deep"])
    #expect(Reading("{\"places\":{},\"x\":" + deep).heads.first?.contains("more than 200 deep") == true)
  }

  @Test func `names are read as JSON writes them`() {
    let reading = Reading(#"{"places":{"\u00e9\ud83c\udfb2\n\"\\\/":{},"ü":{}},"transitions":{},"arcs":[]}"#)
    #expect(reading.places == ["é🎲\n\"\\/", "ü"])
  }

  @Test(arguments: [
    (#"{"places":{"a":{"initial":1,"initial":2}}}"#, "1:29: error: the member \"initial\" stands twice in this object"),
    (#"{"places":{"a":{"inital":1}}}"#, "1:17: error: the member \"inital\" means nothing in a place"),
    (
      #"{"places":{"a":{"initial":1.5}}}"#,
      "1:27: error: the initial marking of place \"a\" is \"1.5\", which is not a whole number"
    ),
    (#"{"places":{"a":{"initial":-1}}}"#, "1:27: error: the initial marking of place \"a\" is -1"),
    (#"{"places":{"a":{"initial":true}}}"#, "1:27: error: the initial marking of place \"a\" is no number"),
    (#"{"places":{"a":1}}"#, "1:16: error: a place is an object, {…}"),
    (#"{"places":{},"arcs":{}}"#, "1:21: error: arcs is an array, […]"),
    (#"{"places":{},"transitions":[]}"#, "1:28: error: transitions is an object, {\"id\": {…}}"),
    (
      #"{"places":{"a":{}},"transitions":{"a":{}}}"#,
      "1:35: error: there are two nodes with the id \"a\"; the first is at net.xml:1:12"
    ),
    (#"{"places":{"a":{}},"arcs":[{"source":"a"}]}"#, "1:28: error: this arc ends nowhere"),
    (#"{"places":{"a":{}},"moves":[]}"#, "1:20: warning: the member \"moves\" of a net is not known, and not kept"),
    (#"{"places":{"a":{}},"arks":[]}"#, "1:20: error: the member \"arks\" means nothing in a net"),
  ])
  func `what is wrong with a member is told where it stands`(_ text: String, _ head: String) {
    #expect(Reading(text).heads == [head])
  }

  @Test(arguments: ObjectSample.all)
  func `members that are known elsewhere are told`(_ sample: ObjectSample) {
    let before = Reading(sample.text)
    #expect(before.file?.format == sample.format, "\(before.told)")
    var lost: [String] = []
    for (what, index) in sample.objects {
      for member in sample.members {
        let place = sample.text.index(after: index)
        let text = String(sample.text[..<place]) + "\"\(member)\": 7, " + String(sample.text[place...])
        let after = Reading(text)
        let same = after.net == before.net && after.diagnostics.all.count == before.diagnostics.all.count
        if same, !after.diagnostics.hasErrors { lost.append("\(what) \(member)") }
      }
    }
    #expect(Set(lost) == sample.harmless)
  }
}

/// A file of JSON in which every member of a format stands; what an object is stands in front of it, between ‹ and ›.
struct ObjectSample: CustomTestStringConvertible, Sendable {
  let format: NetFormat
  let marked: String
  /// Pairs of an object and a member that means nothing.
  let harmless: Set<String>

  var testDescription: String { format.rawValue }

  var text: String {
    marked.split(separator: "‹", omittingEmptySubsequences: false).enumerated()
      .map { $0.offset == 0 ? $0.element : $0.element.drop { $0 != "›" }.dropFirst() }.joined()
  }

  /// What each marked object is, and where it begins in `text`.
  var objects: [(String, String.Index)] {
    var offset = 0
    return marked.split(separator: "‹", omittingEmptySubsequences: false).enumerated().compactMap { number, part in
      defer { offset += number == 0 ? part.utf8.count : part.drop { $0 != "›" }.dropFirst().utf8.count }
      return number == 0 ? nil : (String(part.prefix { $0 != "›" }), text.utf8.index(text.startIndex, offsetBy: offset))
    }
  }

  /// All names of members.
  var members: Set<String> {
    Set(text.split(separator: "\"").filter { !$0.contains { !$0.isLetter && $0 != "_" && $0 != "@" } }.map(String.init))
  }

  static let all = [
    ObjectSample(
      format: .pflowXYZ,
      marked: #"""
        ‹net›{"@type": "PetriNet", "@version": "1.1", "name": "n", "token": ["black"],
        "places": {"p": ‹place›{"@type": "Place", "offset": 0, "initial": [1], "capacity": [3]}},
        "transitions": {"t": ‹transition›{"@type": "Transition", "role": "default"}},
        "arcs": [‹arc›{"@type": "Arrow", "source": "p", "target": "t", "weight": [2], "inhibitTransition": false}]}
        """#,
      harmless: ["transition offset"]),
    ObjectSample(
      format: .petriPilot,
      marked: #"""
        ‹model›{"name": "n", "version": "1", "description": "d",
        "places": [‹place›{"id": "p", "initial": 1, "capacity": 3, "kind": "token"}],
        "transitions": [‹transition›{"id": "t", "role": "r", "guard": "", "event": "E"}],
        "arcs": [‹arc›{"from": "p", "to": "t", "weight": 2, "type": "inhibitor", "keys": [], "value": ""}],
        "roles": [‹role›{"id": "r", "inherits": []}, {"id": "s", "inherits": ["r"]}],
        "access": [‹access›{"transition": "t", "roles": ["q"]}]}
        """#,
      harmless: ["place description", "transition description", "role description", "role name"]),
    ObjectSample(
      format: .bitwrap,
      marked: #"""
        {"machine": ‹machine›{"name": "n",
        "places": {"p": ‹place›{"offset": 0, "initial": 1, "position": [1, 2]}},
        "transitions": {"t": ‹transition›{"delta": [-1], "role": "default"}}}}
        """#,
      harmless: ["transition position"]),
  ]
}
