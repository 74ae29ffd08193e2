import Diagnostics
import NetFormats
import PetriNet
import Testing

@Suite struct TAPAALTests {
  func net(_ elements: String, before: String = "<k-bound bound='3'/>") -> Reading {
    Reading("<pnml>\(before)<net id=\"n\" type=\"P/T net\">\n\(elements)\n</net></pnml>", name: "net.tapn")
  }

  @Test func `attributes and labels become a net`() {
    let reading = net(
      """
      <place id="p1" name="free" initialMarking="3" invariant="&lt; inf" positionX="10" positionY="20"/>
      <place id="p2"><name><text>busy</text></name><initialMarking><text>1</text></initialMarking></place>
      <transition id="t1" name="go" urgent="false" player="0" priority="0"/>
      <arc id="a" source="p1" target="t1" type="timed" inscription="[0, inf)" weight="2"/>
      <arc id="b" source="t1" target="p2" type="normal" inscription="1" weight="k"><arcpath id="0"/></arc>
      <arc id="c" source="p2" target="t1" type="tapnInhibitor" inscription="[0,inf)" weight="5"/>
      """, before: "<constant name='k' value='4'/>")
    #expect(
      reading.net == """
        place "busy" initial 1
        place "free" initial 3
        transition "go" roles "default"
        arc "go" inhibitor "busy" 5
        arc "go" input "free" 2
        arc "go" output "busy" 4
        """)
    #expect(reading.file?.format == .tapaal)
    #expect(reading.file?.net.places.first?.position == Position(x: 10, y: 20))
    #expect(reading.told == "")
  }

  @Test func `verifypn's arcs have their weights in labels`() {
    let reading = net(
      """
      <place id="p" initialMarking="0"/><transition id="t"/>
      <inputArc source="p" target="t"><inscription><value>3</value></inscription></inputArc>
      <inhibitorArc source="p" target="t"><inscription><value>4</value></inscription></inhibitorArc>
      """)
    #expect(reading.net.hasSuffix("arc \"t\" inhibitor \"p\" 4\narc \"t\" input \"p\" 3"))
  }

  @Test func `components meet in shared places and transitions`() {
    let reading = Reading(
      """
      <pnml><shared-place name="lock" initialMarking="1"/><shared-transition name="meet"/>
      <net id="A"><place id="x" name="lock" initialMarking="0"/><place id="y" name="own" initialMarking="2"/>
      <transition id="z" name="meet"/><arc source="x" target="z" weight="1"/><arc source="y" target="z" weight="1"/></net>
      <net id="B"><place id="x" name="own" initialMarking="3"/><transition id="z" name="meet"/>
      <arc source="x" target="z" weight="2"/></net>
      <net id="C" active="false"><place id="x" name="own" initialMarking="3"/></net></pnml>
      """)
    #expect(
      reading.net == """
        place "A.own" initial 2
        place "B.own" initial 3
        place "lock" initial 1
        transition "meet" roles "default"
        arc "meet" input "A.own" 1
        arc "meet" input "B.own" 2
        arc "meet" input "lock" 1
        """)
    #expect(reading.heads == ["6:1: warning: the component \"C\" is not active, and not read"])
  }

  @Test func `what is timed is refused by name`() {
    let reading = net(
      """
      <place id="p" name="p" initialMarking="1" invariant="&lt;= 5"/>
      <transition id="t" urgent="true"/><transition id="u" player="1" priority="3"/>
      <arc id="a" source="p" target="t" type="timed" inscription="(0,5]" weight="1"/>
      <arc id="b" source="p" target="u" type="transport" inscription="[1,inf):2" weight="1"/>
      """)
    #expect(
      reading.heads == [
        "2:43: error: the age of tokens is limited in \"p\"; timed nets are not supported",
        "3:20: error: time stands still before \"t\"; timed nets are not supported",
        "3:54: warning: \"u\" belong to the environment; players are not kept",
        "3:65: warning: priorities are not kept: in TAPAAL some transitions go before others, here each fires when it "
          + "is called",
        "4:48: error: tokens of some age only are taken by \"a\" and \"b\"; timed nets are not supported",
      ])
  }

  @Test func `mistakes are told where they stand`() {
    let reading = net(
      """
      <place id="place1" name="p" initialMarking="x"/><place id="q" name="p" initialMarking="0"/>
      <place id="r" initialMarking="1"><initialMarking><text>2</text></initialMarking></place>
      <transition id="t"/><transition id="t" name="u"/>
      <arc source="plaec1" target="" weight="0"/>
      <arc source="q" target="r" weight="1"/>
      <arc source="q" target="t" weight="2" inscription="3"/>
      <arc source="q" target="t" type="inhibtor"/>
      """)
    #expect(
      reading.heads == [
        "2:29: error: the initial marking of place \"p\" is \"x\", which is not a whole number",
        "2:49: error: there are two places called \"p\"; the first is at net.tapn:2:1",
        "3:34: error: <initialMarking> says what the attribute initialMarking says already",
        "4:21: error: there are two nodes with the id \"t\" in the net \"n\"",
        "5:6: error: the source of this arc is \"plaec1\", which is no place and no transition",
        "5:22: error: the target of this arc is \"\", which is no place and no transition",
        "6:1: error: this arc joins two places",
        "7:1: error: this arc has several weights, 2 and 3",
        "8:1: warning: several parallel arcs go from \"p\" to \"u\"; their weights add up",
        "8:28: error: this arc has the type \"inhibtor\", which is not known",
      ])
  }
}
