import Diagnostics
import NetFormats
import PetriNet
import Testing

@Suite struct PIPETests {
  /// A file as PIPE writes it.
  func pipe(_ elements: String) -> Reading {
    Reading("<pnml><net id=\"Net-One\" type=\"P/T net\">\n\(elements)\n</net></pnml>")
  }

  /// A file as bitwrap writes it.
  func bitwrap(_ elements: String) -> Reading {
    Reading("<pnml><net>\n<token id=\"Default\" red=\"0\"/>\n\(elements)\n</net></pnml>")
  }

  let transition = "<transition id=\"T0\"/>\n"

  @Test func `places, transitions and arcs become a net`() {
    let reading = pipe(
      """
      <token id="Default" enabled="true" red="0" green="0" blue="0"/>
      <labels x="1" y="2"><text>a note</text></labels><definition name="r" expression="1"/><stategroup id="s"/>
      <place id="P0"><graphics><position x="1.5" y="2"/></graphics><name><value>free</value><graphics/></name>
        <initialMarking><value>Default,3</value></initialMarking><capacity><value>0</value></capacity></place>
      <place id="P1"><name><value>busy</value></name><initialMarking><value/></initialMarking>
        <capacity><value>5</value></capacity></place>
      <place id="P2"><initialMarking><value>2</value></initialMarking></place>
      <transition id="T0"><name><value>go</value></name><rate><value>#(P0)</value></rate><timed><value>true</value></timed>
        <infiniteServer><value>false</value></infiniteServer><priority><value>1</value></priority>
        <orientation><value>90</value></orientation></transition>
      <arc id="P0 to T0" source="P0" target="T0"><inscription><value>Default,2</value></inscription>
        <arcpath id="000" x="1" y="2" curvePoint="false"/><arcpath id="001" x="1" y="2" curvePoint="false"/>
        <type value="normal"/><tagged><value>false</value></tagged></arc>
      <arc id="T0 to P1" source="T0" target="P1"><inscription><value/></inscription></arc>
      <arc id="P2 to T0" source="P2" target="T0"/>
      <arc id="P1 to T0" source="P1" target="T0"><inscription><value>7</value></inscription><type value="inhibitor"/></arc>
      """)
    #expect(
      reading.net == """
        place "P2" initial 2
        place "busy" initial 0 capacity 5
        place "free" initial 3
        transition "go" roles "default"
        arc "go" inhibitor "busy" 1
        arc "go" input "P2" 1
        arc "go" input "free" 2
        arc "go" output "busy" 1
        """)
    #expect(reading.file?.format == .pipe)
    #expect(reading.file?.net.places.first?.position == Position(x: 1.5, y: 2))
    #expect(
      reading.heads == [
        "17:1: warning: arc \"P1 to T0\" is an inhibitor arc of weight 7; the weight is not kept"
      ])
  }

  @Test func `one colour is enough, whatever it is called`() {
    let reading = pipe(
      """
      <token id="Default"/><token id="Non-Critical Condition"/>
      <place id="P0"><initialMarking><value>Default,0,Non-Critical Condition,4</value></initialMarking></place>
      \(transition)<arc id="a" source="P0" target="T0">\
      <inscription><value>Non-Critical Condition,2,Default,0</value></inscription></arc>
      """)
    #expect(reading.net.hasPrefix("place \"P0\" initial 4\n"))
    #expect(reading.net.hasSuffix("arc \"T0\" input \"P0\" 2"))
  }

  @Test func `two colours are refused`() {
    let reading = pipe(
      """
      <place id="P0"><initialMarking><value>Red,1,Blue,0</value></initialMarking></place>
      \(transition)<arc id="a" source="P0" target="T0"><inscription><value>1</value></inscription></arc>
      """)
    #expect(
      reading.told == """
        net.xml:4:57: error: the net has tokens of 2 colours, "Red" and "Default"; coloured nets are not supported yet
        4 | <arc id="a" source="P0" target="T0"><inscription><value>1</value></inscription></arc>
          |                                                         ^ draw a place for each colour, with tokens of one colour
        """)
  }

  @Test func `markings and weights that are no numbers are told`() {
    let reading = pipe(
      """
      <place id="P0"><name><value>free</value></name><initialMarking><value>Default</value></initialMarking></place>
      <place id="P1"><initialMarking><value>Default,x</value></initialMarking></place>
      <place id="P2"><initialMarking><value>Default,1,Default</value></initialMarking></place>
      \(transition)<arc id="P0 to T0" source="P0" target="T0"><inscription><value>Default,0</value></inscription></arc>
      <arc id="P1 to T0" source="P1" target="T0"><inscription><value>#(P0)</value></inscription></arc>
      <arc id="P2 to T0" source="P2" target="T0"><inscription><value>a,9223372036854775807,a,1,a,1</value></inscription></arc>
      """)
    #expect(
      reading.heads == [
        #"2:71: error: the initial marking of place "free" is "Default", which is not a whole number"#,
        #"3:39: error: the initial marking of place "P1" is "x", which is not a whole number"#,
        #"4:39: error: the initial marking of place "P2" is "Default,1,Default""#,
        #"6:64: error: the weight of arc "P0 to T0" is 0"#,
        ##"7:64: error: the weight of arc "P1 to T0" is "#(P0)", which is not a whole number"##,
        #"8:64: error: the weight of arc "P2 to T0" is a,9223372036854775807,a,1,a,1, which is more than 64 bits hold"#,
      ])
  }

  @Test func `priorities and time are told once, where they matter`() {
    func transition(_ id: String, timed: Bool, priority: Int) -> String {
      """
      <transition id="\(id)"><timed><value>\(timed)</value></timed><priority><value>\(priority)</value></priority></transition>

      """
    }
    let same = pipe(transition("a", timed: true, priority: 2) + transition("b", timed: true, priority: 2))
    #expect(same.heads == [])
    let mixed = pipe(
      transition("a", timed: true, priority: 1) + transition("b", timed: false, priority: 1)
        + transition("c", timed: false, priority: 2))
    #expect(
      mixed.told == """
        net.xml:3:20: warning: priorities and time are not kept: in PIPE some transitions go before others, here each \
        fires when it is called
        3 | <transition id="b"><timed><value>false</value></timed><priority><value>1</value></priority></transition>
          |                    ^ add places or inhibitor arcs where the order matters
        """)
    #expect(
      pipe(transition("a", timed: true, priority: 1) + transition("b", timed: true, priority: 2)).heads.count == 1)
  }

  @Test func `PIPE shows names, bitwrap calls nodes by their ids`() {
    let nodes = """
      <place id="P0"><name><value>free</value></name></place><transition id="T0"><name><value>go</value></name></transition>
      """
    #expect(pipe(nodes).places + pipe(nodes).transitions == ["free", "go"])
    #expect(bitwrap(nodes).places + bitwrap(nodes).transitions == ["P0", "T0"])
  }

  @Test func `places that only inhibit are roles, when their names say so`() {
    let inhibitor = "<type value=\"inhibitor\"/><inscription><value>Default,1</value></inscription>"
    let reading = bitwrap(
      """
      <place id="p"/><place id="alice_role"/><place id="role_bob"/>
      <place id="cyd_role"/><place id="unused_role"/>
      <transition id="t"/><transition id="u"/>
      <arc source="p" target="t"/>
      <arc source="alice_role" target="t">\(inhibitor)</arc>
      <arc source="alice_role" target="u">\(inhibitor)</arc>
      <arc source="role_bob" target="u">\(inhibitor)</arc>
      <arc source="cyd_role" target="u">\(inhibitor)</arc>
      <arc source="t" target="cyd_role"/>
      """)
    #expect(
      reading.net == """
        place "cyd_role" initial 0
        place "p" initial 0
        place "unused_role" initial 0
        transition "t" roles "alice"
        transition "u" roles "alice" "bob"
        arc "t" input "p" 1
        arc "t" output "cyd_role" 1
        arc "u" inhibitor "cyd_role" 1
        """)
    #expect(reading.file?.net.roles.map(\.name) == ["alice", "bob"])
    #expect(
      reading.told == """
        net.xml:3:16: warning: places "alice_role" and "role_bob" become the roles "alice" and "bob", as in bitwrap
        3 | <place id="p"/><place id="alice_role"/><place id="role_bob"/>
          |                ^ rename what should stay a place
        net.xml:4:1: warning: place "cyd_role" stays a place, because there are other arcs than inhibitor arcs
        4 | <place id="cyd_role"/><place id="unused_role"/>
          | ^ in bitwrap it would be a role; leave it nothing but inhibitor arcs to make it one
        """)
  }

  @Test func `a role does not hide an arc that ends nowhere`() {
    let reading = bitwrap(
      """
      <place id="alice_role"/><transition id="t"/>
      <arc source="alice_role" target="u"><type value="inhibitor"/></arc>
      <arc source="alice_role" target="t"><type value="inhibitr"/></arc>
      """)
    #expect(
      reading.heads == [
        #"4:1: error: this arc ends at "u", which is no place and no transition"#,
        #"5:37: error: this arc has the type "inhibitr", which is not known"#,
      ])
  }

  @Test func `an inhibitor arc goes from a place to a transition`() {
    let reading = pipe(
      "<place id=\"P0\"/>\(transition)<arc id=\"a\" source=\"T0\" target=\"P0\"><type value=\"inhibitor\"/></arc>")
    #expect(
      reading.heads == ["3:1: error: arc \"a\" is an inhibitor arc from the transition \"T0\" to the place \"P0\""])
  }

  @Test func `what is unknown is told`() {
    #expect(
      pipe("<place id=\"a\"><capacty/><initialMarking><valu>1</valu></initialMarking></place><page/>").heads == [
        "2:15: error: <capacty> means nothing in <place>", "2:41: error: <valu> means nothing in <initialMarking>",
        "2:80: error: <page> means nothing in <net>",
      ])
  }

  @Test func `ISO-8859-1 is converted, and columns stay columns`() {
    let declaration = Array("<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>\n<pnml><net type=\"P/T net\">\n".utf8)
    let tail = Array("</net></pnml>".utf8)
    func latin1(_ text: String) -> [UInt8] { text.unicodeScalars.map { UInt8($0.value) } }

    let good = Reading(
      bytes: declaration + latin1("<place id=\"Tür\"><name><value>Größe</value></name></place>") + tail)
    #expect(good.places == ["Größe"])

    let bad = Reading(
      bytes: declaration
        + latin1("<place id=\"Tür öffnen ÄÖÜ\"/><arc id=\"ä\" source=\"é\" target=\"Tür öffnen ÄÖÜ\"/>\n<ring/>") + tail
    )
    #expect(
      bad.told == """
        net.xml:3:29: error: arc "ä" starts at "é", which is no place and no transition
        3 | <place id="Tür öffnen ÄÖÜ"/><arc id="ä" source="é" target="Tür öffnen ÄÖÜ"/>
          |                             ^ name a place or a transition, or remove the arc
        net.xml:4:1: error: <ring> means nothing in <net>
        4 | <ring/></net></pnml>
          | ^ remove it, if the net means the same without it
        """)
  }
}
