import Diagnostics
import NetFormats
import PetriNet
import Testing

@Suite struct NativeTests {
  @Test func `all that a net can say becomes a net`() {
    let reading = Reading(
      """
      # From the README.
      net: shop
      about: From basket to doorstep.
      roles:
        customer: {creates: true}
        clerk:
        auditor: {destroys: true}
      places:
        basket:
        to_pay: 0
        stock: {start: 20, capacity: 100, about: Boxes on the shelf.}
      transitions:
        add: {by: customer, gives: basket}
        place: {by: customer, takes: basket, gives: to_pay}
        pay: {by: [customer, clerk], takes: to_pay, gives: paid, about: By card or in cash.}
        pack:
          takes: {paid: 1, stock: 2}
          gives: [packed, packed, packed]
          reads: {open: 3}
          unless: [frozen]
          resets: basket
        idle:
      """, name: "order.ptflow.yaml")
    #expect(reading.told == "")
    #expect(reading.file?.format == .native)
    #expect(reading.file?.net.name == "shop")
    #expect(reading.file?.net.about == "From basket to doorstep.")
    #expect(reading.places == ["basket", "to_pay", "stock", "paid", "packed", "open", "frozen"])
    #expect(reading.file?.net.places[2].about == "Boxes on the shelf.")
    #expect(reading.file?.net.transitions[2].about == "By card or in cash.")
    #expect(
      reading.net == """
        place "basket" initial 0
        place "frozen" initial 0
        place "open" initial 0
        place "packed" initial 0
        place "paid" initial 0
        place "stock" initial 20 capacity 100
        place "to_pay" initial 0
        role "auditor" destroys
        role "customer" creates
        transition "add" roles "customer"
        transition "idle" roles "default"
        transition "pack" roles "default"
        transition "pay" roles "clerk" "customer"
        transition "place" roles "customer"
        arc "add" output "basket" 1
        arc "pack" inhibitor "frozen" 1
        arc "pack" input "paid" 1
        arc "pack" input "stock" 2
        arc "pack" output "packed" 3
        arc "pack" read "open" 3
        arc "pack" reset "basket"
        arc "pay" input "to_pay" 1
        arc "pay" output "paid" 1
        arc "place" input "basket" 1
        arc "place" output "to_pay" 1
        """)
  }

  @Test func `without a name the net is called by its file`() {
    #expect(Reading("places: {a: 1}").file?.net.name == "net")
  }

  @Test(arguments: ["takes", "gives", "reads", "unless"])
  func `repeated names add up, whatever their kind`(_ key: String) {
    let list = Reading("transitions: {t: {\(key): [a, b, a]}}")
    #expect(list.net == Reading("transitions: {t: {\(key): {a: 2, b: 1}}}").net)
    #expect(list.told == "")
    #expect(Reading("transitions: {t: {\(key): a}}").net == Reading("transitions: {t: {\(key): [a]}}").net)
  }

  @Test func `default is the role of transitions that name none`() {
    #expect(Reading("transitions: {t: {by: default}}").net == Reading("transitions: {t: }").net)
    #expect(Reading("roles: {r: }\ntransitions: {t: {by: '*'}}").net.contains(#"transition "t" roles "*""#))
  }

  @Test func `keeps says that states are a table`() {
    #expect(Reading("keeps: states\nplaces: {a: 1}").file?.net.keepsStates == true)
    #expect(Reading("places: {a: 1}").file?.net.keepsStates == nil)
    #expect(
      Reading("keeps: all\nplaces: {a: 1}").heads == ["1:8: error: keeps is the word states, but \"all\" stands here"])
  }

  @Test func `mistakes are told all at once, each where it stands`() {
    let reading = Reading(
      """
      net: [a]
      abuot: x
      roles:
        clerk: {create: true}
        boss: {creates: yes}
        ann: 3
      places:
        stock: {start: many, capacity: 0}
        shelf: -1
        box: [1]
      transitions:
        pay: {by: clrek, takes: {stock: 0}, give: stock}
        pack: {takes: [[a]], resets: {stock: 2}, when: x > 1}
        ship: yes
        pick: {by: [clerk, clerk], takes: {a: {b: 1}}}
      """, name: "order.ptflow.yaml")
    #expect(
      reading.heads == [
        "1:6: error: net is a name, but a list stands here",
        "2:1: error: \"abuot\" means nothing in a net",
        "4:11: error: \"create\" means nothing in a role",
        "5:19: error: creates is true or false, but \"yes\" stands here",
        "6:8: error: role \"ann\" is a map, but \"3\" stands here",
        "8:18: error: the number of tokens in place \"stock\" is \"many\", which is not a whole number",
        "8:34: error: the capacity of place \"stock\" is 0",
        "9:10: error: the number of tokens in place \"shelf\" is -1",
        "10:8: error: place \"box\" is a number of tokens or a map, but a list stands here",
        "12:13: error: \"clrek\" is none of the roles of this net",
        "12:35: error: the weight of \"stock\" is 0",
        "12:39: error: \"give\" means nothing in a transition",
        "13:18: error: the name of a place stands here, or a list of names, but this is a list",
        "13:40: error: a reset has no weight, but 2 stands here",
        "13:50: error: the guard: there is no variable x",
        "14:9: error: transition \"ship\" is a map, but \"yes\" stands here",
        "15:22: error: the role \"clerk\" is named twice",
        "15:41: error: the weight of \"a\" is a number, but a map stands here",
      ])
    let hints = reading.diagnostics.all.map(\.message.hint)
    #expect(hints[1] == "did you mean \"about\"?")
    #expect(hints[9] == "did you mean \"clerk\"?")
    #expect(hints[11] == "did you mean \"gives\"?")
  }

  @Test func `a mistake is printed with its line`() {
    #expect(
      Reading("transitions:\n  pay: {take: a}", name: "a.ptflow.yaml").told == """
        a.ptflow.yaml:2:9: error: "take" means nothing in a transition
        2 |   pay: {take: a}
          |         ^ did you mean "takes"?
        """)
  }

  @Test func `a schema and a guard are read, and their mistakes told where they stand`() {
    let reading = Reading(
      """
      places: {paid: 1}
      transitions:
        a_{n}:
          for: {n: [x, y]}
          takes: paid
          payload:
            type: object
            properties:
              "{n}": {type: number, const: 1.50}
          when: has(payload.{n}) && tokens.paid > 0
      """)
    #expect(reading.told == "")
    #expect(
      reading.net.split(separator: "\n")[1]
        == #"transition "a_x" roles "default" payload "{\"type\": \"object\", \"properties\": {\"x\": {\"type\": \"number\", \"const\": 1.5}}}" when "has(payload.x) && tokens.paid > 0""#
    )
    let mistakes = Reading(
      """
      transitions:
        a: {payload: {type: objekt, minimum: x, unevaluatedItems: false}}
        b: {when: "tokens.p + 1"}
        c: {payload: {const: 0x10}}
        d:
          when: >-
            tokens.p >
            'a'
      """)
    #expect(
      mistakes.heads == [
        "2:23: error: /type: its value must be one or several of null, boolean, object, array, number, string, integer",
        "2:40: error: /minimum: its value must be a number of at most 1000 digits",
        "2:61: error: /unevaluatedItems: unevaluatedItems is not supported",
        "3:21: error: the guard: there is no place \"p\"",
        "4:24: error: \"0x10\" is a number of YAML and none of JSON, of which a schema is made",
        "6:11: error: the guard: there is no place \"p\"",
      ])
  }

  @Test func `a place that only arcs name is a slip when it looks like another`() {
    let reading = Reading("places: {basket: 1}\ntransitions: {t: {takes: bascket, gives: other}}")
    #expect(reading.heads == ["2:26: warning: the place \"bascket\" is named by arcs alone"])
    #expect(reading.diagnostics.all[0].message.hint == "did you mean \"basket\"?")
  }

  @Test(arguments: ["task", "outcomes", "after", "at", "every", "auto"])
  func `what is to come is refused by name`(_ key: String) {
    #expect(
      Reading("transitions: {t: {\(key): 1}}").heads == [
        "1:19: error: \"\(key)\" of a transition is not supported yet by this version"
      ])
  }
}

@Suite struct NativeTrapTests {
  @Test(arguments: ["no", "off", "yes", "on", "y", "2024-01-01", "1_000", "12:30:45", "ä b", "a-b", "=", "<<"])
  func `a name is what stands there`(_ name: String) {
    #expect(Reading("transitions:\n  t:\n    takes: \(name)").places == [name])
    #expect(Reading("places:\n  \(name): 2").net == "place \"\(name)\" initial 2")
  }

  @Test(arguments: [
    "1", "010", "0x1F", "0o17", "1.0", "1e3", ".5", ".inf", "-.INF", ".nan", "true", "FALSE", "-7", "+7",
  ])
  func `what YAML takes for no text needs quotes to be a name`(_ name: String) {
    for text in ["places:\n  \(name): 2", "transitions:\n  t:\n    takes: \(name)"] {
      let reading = Reading(text)
      #expect(reading.diagnostics.all.count == 1)
      #expect(reading.diagnostics.all[0].message.hint == "write it in quotes: \"\(name)\"")
      #expect(Reading(text.replacing(name, with: "\"\(name)\"")).places == [name])
    }
  }

  @Test(arguments: ["null", "~", "Null"])
  func `null is no name`(_ null: String) {
    #expect(Reading("places:\n  \(null): 2").heads == ["2:3: error: a place has no name"])
    #expect(Reading("transitions:\n  t:\n    takes: [\(null)]").heads == ["3:13: error: a place has no name"])
  }

  @Test(arguments: [
    "1_000", "010", "0x10", "0o17", "1.0", "1e3", "+5", "12:30", "yes", "true", "\"3\"", "'3'", "99999999999999999999",
    "-0", "１",
  ])
  func `a number is read as decimal digits or not at all`(_ number: String) {
    let reading = Reading("places:\n  a: \(number)")
    #expect(reading.diagnostics.hasErrors == (number != "-0"), "\(reading.net)")
    #expect(reading.heads.allSatisfy { $0.hasPrefix("2:6: error: the number of tokens in place \"a\" is ") })
  }

  @Test(arguments: [
    ("a: &x 1", "4:6: error: anchors are not read"), ("a: *x", "4:6: error: aliases are not read"),
    ("a: !!int 1", "4:6: error: tags are not read"),
    ("a: 1\n  a: 2", "5:3: error: the key \"a\" stands twice in this map, first at net.xml:4:3"),
    ("[a]: 1", "4:3: error: a list or a map is no key"),
    ("a: 1\n\tb: 2", "5:1: error: this is not YAML: found a tab character that violates indentation"),
    ("a: b: c", "4:7: error: this is not YAML: mapping values are not allowed in this context"),
    ("a: 1\n---\nplaces:", "5:1: error: a second document begins here"),
    ("a: \"\\ud800\"", "4:9: error: this is not YAML: found invalid Unicode character escape code"),
    ("a: \u{1}", "4:6: error: this is not YAML: control characters are not allowed"),
  ])
  func `what is hostile or no YAML is refused where it stands`(_ line: String, _ head: String) {
    let reading = Reading("# ü\n\nplaces:\n  \(line)\n")
    #expect(reading.file == nil)
    #expect(reading.heads.contains(head), "\(reading.told)")
  }

  @Test func `aliases are never followed`() {
    let levels = (0..<60).map { "- &a\($0) [\($0 == 0 ? "x" : "*a\($0 - 1), *a\($0 - 1), *a\($0 - 1)")]" }
    let reading = Reading("places:\n" + levels.joined(separator: "\n") + "\n- {? *a59 : 1}")
    #expect(reading.heads.contains("2:3: error: anchors are not read"))
    #expect(Reading("places: {? *a : 1}").file == nil)
  }

  @Test func `depth has a limit`() {
    let deep = String(repeating: "[", count: 100_000)
    #expect(Reading("places: " + deep).heads == ["1:10: error: lists and maps are nested more than 100 deep"])
    let block = (0..<5000).map { String(repeating: " ", count: $0) + "a:" }.joined(separator: "\n")
    #expect(Reading("places:\n" + block).heads.last?.hasSuffix("nested more than 100 deep") == true)
  }

  @Test func `bytes before and at the ends of lines mean nothing`() {
    let text = "places:\n  ä: 1\ntransitions:\n  t: {takes: ä}\n  u: {take: ä}\n"
    let heads = ["5:7: error: \"take\" means nothing in a transition"]
    #expect(Reading(text).heads == heads)
    #expect(Reading(text.replacing("\n", with: "\r\n")).heads == heads)
    #expect(Reading("\u{FEFF}" + text).heads == heads)
    #expect(
      Reading(bytes: Array("places:\n  a".utf8) + [0xFF] + Array(": 1".utf8)).heads == [
        "2:4: error: the file is not UTF-8: the byte 0xFF has no meaning here"
      ])
    #expect(Reading("places:\n  a\0: 1").heads == ["2:4: error: the file holds a zero byte, which no text has"])
  }

  @Test func `a file that holds no net says so`() {
    #expect(Reading("# nothing\n", name: "a.ptflow.yaml").heads == ["1:1: error: the file holds nothing but comments"])
    #expect(Reading("- a", name: "a.ptflow.yaml").heads == ["1:1: error: a net is a map, but a list stands here"])
    #expect(Reading("", name: "a.ptflow.yaml").heads == ["1:1: error: the file is empty"])
    #expect(Reading("net: a").heads == ["1:1: warning: the net has no places and no transitions"])
  }

  @Test func `a net of the native format may be JSON in a file of its name`() {
    let text = #"{"places": {"a": 1}, "transitions": {"t": {"takes": ["a"]}}}"#
    #expect(Reading(text, name: "a.ptflow.yaml").file?.format == .native)
    #expect(Reading(text, name: "a.json").file?.format != .native)
  }
}
