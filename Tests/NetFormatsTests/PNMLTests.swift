import Diagnostics
import NetFormats
import PetriNet
import Testing

@Suite struct PNMLTests {
  /// A file of the standard with some elements on its one page.
  func page(_ elements: String) -> Reading {
    Reading(
      """
      <pnml xmlns="http://www.pnml.org/version-2009/grammar/pnml">
      <net id="n" type="http://www.pnml.org/version-2009/grammar/ptnet"><page id="g">
      \(elements)
      </page></net></pnml>
      """, name: "net.pnml")
  }

  /// A file as older tools write it.
  func net(_ elements: String) -> Reading {
    let type = "http://www.informatik.hu-berlin.de/top/pntd/ptNetb"
    return Reading("<pnml><net id=\"n\" type=\"\(type)\">\n\(elements)\n</net></pnml>", name: "net.pnml")
  }

  let nodes = """
    <place id="p"><name><text>paid</text></name></place>
    <place id="q"/>
    <transition id="t"><name><text>pack</text></name></transition>

    """

  @Test func `places, transitions and arcs become a net`() {
    let reading = page(
      """
      <place id="p1">
        <name><text> unpaid
        </text><graphics><offset x="1" y="2"/></graphics></name>
        <initialMarking><text> 3 </text><toolspecific tool="x" version="1"><any/></toolspecific></initialMarking>
        <graphics><position x="10" y="20.5"/><dimension x="1" y="1"/><fill color="red"/></graphics>
      </place>
      <transition id="t1"><toolspecific tool="y" version="2"><place id="p1"/>text &amp; more</toolspecific></transition>
      <arc id="a1" source="p1" target="t1"><inscription><text>2</text></inscription>
        <graphics><position x="1" y="1"/><position x="2" y="2"/></graphics></arc>
      <arc id="a2" source="t1" target="p2"/>
      <place id="p2"/>
      """)
    #expect(
      reading.net == """
        place "p2" initial 0
        place "unpaid" initial 3
        transition "t1" roles "default"
        arc "t1" input "unpaid" 2
        arc "t1" output "p2" 1
        """)
    #expect(reading.file?.format == .pnml)
    #expect(reading.file?.net.places.first?.position == Position(x: 10, y: 20.5))
    #expect(reading.file?.net.places.first?.location == SourceLocation(file: "net.pnml", line: 3, column: 1))
    #expect(reading.heads == [])
  }

  @Test func `the name of the net is its title`() {
    let reading = Reading(
      "<pnml><net><name><text> Shop </text></name><page id=\"g\"><name><text>Page</text></name></page></net></pnml>")
    #expect(reading.file?.net.title == "Shop")
    #expect(reading.file?.net.name == "net")
  }

  @Test func `pages may be nested, and reference nodes join them`() {
    let reading = page(
      """
      <place id="p"/>
      <page id="g1"><referencePlace id="r1" ref="r2"><name><text>there</text></name></referencePlace>
        <page id="g2"><transition id="t"/><referencePlace id="r2" ref="p"/><arc id="a" source="r1" target="t"/></page>
      </page>
      <page id="g3"><referenceTransition id="r3" ref="t"/><place id="q"/><arc id="b" source="r3" target="q"/></page>
      """)
    #expect(
      reading.net == """
        place "p" initial 0
        place "q" initial 0
        transition "t" roles "default"
        arc "t" input "p" 1
        arc "t" output "q" 1
        """)
  }

  @Test func `reference nodes that lead nowhere are told`() {
    let reading = page(
      """
      <place id="packed"/><transition id="t"/>
      <referencePlace id="r1" ref="packd"/>
      <referencePlace id="r2" ref="r3"/><referencePlace id="r3" ref="r2"/>
      <referenceTransition id="r4" ref="packed"/>
      <referenceTransition id="r5"/>
      <arc id="a" source="r1" target="t"/>
      """)
    #expect(
      reading.told == """
        net.pnml:4:1: error: reference place "r1" stands for "packd", which does not exist
        4 | <referencePlace id="r1" ref="packd"/>
          | ^ did you mean "packed"?
        net.pnml:5:35: error: reference place "r3" stands for itself, by way of others
        5 | <referencePlace id="r2" ref="r3"/><referencePlace id="r3" ref="r2"/>
          |                                   ^ let it lead to a place
        net.pnml:6:1: error: reference transition "r4" stands for "packed", which is a place
        6 | <referenceTransition id="r4" ref="packed"/>
          | ^ let it lead to a transition
        net.pnml:7:1: error: reference transition "r5" does not say what it stands for
        7 | <referenceTransition id="r5"/>
          | ^ name a transition
        """)
  }

  @Test func `a node is called by its name, or by its id when the name is shared or missing`() {
    let reading = page(
      """
      <place id="p1"><name><text>busy</text></name></place>
      <place id="p2"><name><text>idle</text></name></place>
      <place id="p3"><name><text>busy</text></name></place>
      <place id="p4"><name><text/></name></place>
      <place id="p5"><name><text>p6</text></name></place>
      <place id="p6"/>
      <transition id="t1"><name><text>busy</text></name></transition>
      """)
    #expect(reading.places == ["p1", "idle", "p3", "p4", "p6", "p6_2"])
    #expect(reading.transitions == ["busy"])
    #expect(
      reading.told == """
        net.pnml:5:1: warning: 2 places are named "busy"; they are called by their ids, "p1" and "p3"
        5 | <place id="p3"><name><text>busy</text></name></place>
          | ^ give each a name of its own to choose how it is called
        net.pnml:8:1: warning: this place would be called by its id, "p6", but another one has that name; it is \
        called "p6_2"
        8 | <place id="p6"/>
          | ^ give it a name of its own
        """)
  }

  @Test func `arcs of other kinds are read in each tool's way`() {
    let reading = net(
      nodes + """
        <arc id="a" source="p" target="t"><type value="inhibitor"/><inscription><text>4</text></inscription></arc>
        <arc id="b" source="q" target="t"><arctype><text>reset</text></arctype></arc>
        <arc id="c" source="q" target="t"><type value="test"/></arc>
        <arc id="d" source="p" target="t" type="read"><inscription><text>2</text></inscription></arc>
        <inhibitorArc id="e" source="q" target="t"><inscription><value>5</value></inscription></inhibitorArc>
        <arc id="f" source="q" target="t"><type value="normal"/></arc>
        """)
    #expect(
      reading.net == """
        place "paid" initial 0
        place "q" initial 0
        transition "pack" roles "default"
        arc "pack" inhibitor "paid" 4
        arc "pack" inhibitor "q" 5
        arc "pack" input "q" 1
        arc "pack" read "paid" 2
        arc "pack" read "q" 1
        arc "pack" reset "q"
        """)
    #expect(reading.heads == [])
  }

  @Test func `arcs that cannot be are told together`() {
    let reading = page(
      nodes + """
        <arc id="a1" source="pack" target="q"/>
        <arc id="a2" source="t" target="paid"/>
        <arc id="a3" source="p" target="q"/>
        <arc id="a4" source="t"/>
        <arc id="a5" source="t" target="q"><type value="inhibitor"/></arc>
        <arc id="a6" source="t" target="q"><type value="timed"/></arc>
        <arc source="t" target="u"/>
        """)
    #expect(
      reading.told == """
        net.pnml:6:1: error: arc "a1" starts at "pack", which is no place and no transition
        6 | <arc id="a1" source="pack" target="q"/>
          | ^ "pack" is the name of the node with the id "t"; arcs name ids
        net.pnml:7:1: error: arc "a2" ends at "paid", which is no place and no transition
        7 | <arc id="a2" source="t" target="paid"/>
          | ^ "paid" is the name of the node with the id "p"; arcs name ids
        net.pnml:8:1: error: arc "a3" goes from the place "paid" to the place "q"
        8 | <arc id="a3" source="p" target="q"/>
          | ^ put a transition between them
        net.pnml:9:1: error: arc "a4" ends nowhere
        9 | <arc id="a4" source="t"/>
          | ^ an arc joins a place and a transition; name both, or remove the arc
        net.pnml:10:1: error: arc "a5" is an inhibitor arc from the transition "pack" to the place "q"
        10 | <arc id="a5" source="t" target="q"><type value="inhibitor"/></arc>
           | ^ an inhibitor arc goes from a place to a transition: turn it round, or make it a regular arc
        net.pnml:11:36: error: arc "a6" has the type "timed", which is not known
        11 | <arc id="a6" source="t" target="q"><type value="timed"/></arc>
           |                                    ^ the types are normal, inhibitor, read and reset
        net.pnml:12:1: error: this arc ends at "u", which is no place and no transition
        12 | <arc source="t" target="u"/>
           | ^ name a place or a transition, or remove the arc
        """)
  }

  @Test func `an arc whose id another one has is kept, with a note`() {
    let reading = net(
      nodes + """
        <arc id="a" source="p" target="t"/>
        <arc id="a" source="t" target="q"/>
        """)
    #expect(reading.net.hasSuffix("arc \"pack\" input \"paid\" 1\narc \"pack\" output \"q\" 1"))
    #expect(reading.heads == ["6:1: note: more than one arc has the id \"a\"; all of them are kept"])
  }

  @Test func `WoPeD's resources become roles`() {
    let reading = net(
      """
      <place id="p"/>
      <transition id="t">
        <toolspecific tool="WoPeD" version="1.0"><trigger id="" type="200"/><time>0</time>
          <transitionResource roleName="Clerk" organizationalUnitName="Sales"><graphics/></transitionResource>
        </toolspecific>
        <toolspecific tool="other" version="1.0"><transitionResource roleName="Ghost"/></toolspecific>
      </transition>
      <toolspecific tool="WoPeD" version="1.0"><resources><role Name="Boss"/><role Name="Clerk"/></resources></toolspecific>
      """)
    #expect(reading.file?.net.transitions.first?.roles == ["Clerk"])
    #expect(reading.file?.net.roles.map(\.name) == ["Boss", "Clerk"])
    #expect(reading.heads == [])
  }

  @Test func `prefixes of names are looked past`() {
    let reading = Reading(
      """
      <pn:pnml xmlns:pn="http://www.pnml.org/version-2009/grammar/pnml"><pn:net id="n"><pn:page id="g">
      <pn:place id="p"><pn:initialMarking><pn:text>2</pn:text></pn:initialMarking></pn:place>
      </pn:page></pn:net></pn:pnml>
      """)
    #expect(reading.net == "place \"p\" initial 2")
    #expect(reading.heads == [])
  }

  @Test func `what tools say of when transitions fire is a note`() {
    let reading = Reading(
      """
      <pnml><net>
      <transition id="t"><name><text>Pay</text></name><toolspecific tool="WoPeD" version="1.0">
      <trigger id="" type="202"/></toolspecific></transition>
      <transition id="u"><toolspecific tool="WoPeD"><trigger type="200"/><transitionResource roleName="clerk"/></toolspecific>
      </transition>
      <transition id="v"><toolspecific tool="ProM" version="6.4" activity="$invisible$" localNodeID="x"/></transition>
      <transition id="w"><toolspecific tool="StochasticPetriNet" version="0.2"><property/></toolspecific></transition>
      </net></pnml>
      """)
    #expect(
      reading.heads == [
        "3:1: note: messages and times that trigger transitions are not kept: \"Pay\"",
        "6:20: note: silent transitions fire when they are called, as all others: \"v\"",
        "7:20: warning: <toolspecific> says when transitions fire; time is not kept",
      ])
    #expect(reading.file?.net.transitions.map(\.roles) == [[], ["clerk"], [], []])
  }
}
