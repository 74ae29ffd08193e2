import Diagnostics
import NetFormats
import PetriNet
import Testing

/// What PNML holds that cannot be kept, and is told.
@Suite struct PNMLRefusalsTests {
  func net(_ elements: String, type: String = "http://www.informatik.hu-berlin.de/top/pntd/ptNetb") -> Reading {
    Reading("<pnml><net id=\"n\" type=\"\(type)\">\n\(elements)\n</net></pnml>", name: "net.pnml")
  }

  @Test func `sub-processes are refused once`() {
    let reading = net(
      """
      <place id="p"/>
      <page id="sub1"><net><place id="p"/><page id="sub2"><net/></page></net></page>
      <page id="sub3"><net/></page>
      """)
    #expect(
      reading.told == """
        net.pnml:3:17: error: sub-processes are not supported yet
        3 | <page id="sub1"><net><place id="p"/><page id="sub2"><net/></page></net></page>
          |                 ^ put the places and transitions of the sub-process into the net
        """)
  }

  @Test(arguments: [
    ("http://www.pnml.org/version-2009/grammar/symmetricnet", "a symmetric net"),
    ("http://www.pnml.org/version-2009/grammar/highlevelnet", "a high-level net"),
    ("http://www.pnml.org/version-2009/grammar/pt-hlpng", "a P/T net written as a high-level net"),
  ])
  func `coloured nets are refused by the name of their type`(_ type: String, _ name: String) {
    #expect(
      net("<declaration/><place id=\"p\"><hlinitialMarking/></place>", type: type).heads == [
        "1:7: error: this is \(name); coloured nets are not supported yet"
      ])
  }

  @Test func `elements of coloured nets are refused once`() {
    let reading = net(
      """
      <place id="p"><type><structure/></type><hlinitialMarking/></place><transition id="t"><condition/></transition>
      <arc id="a" source="p" target="t"><hlinscription/></arc>
      """)
    #expect(
      reading.told == """
        net.pnml:2:15: error: <type> belongs to coloured nets, which are not supported yet
        2 | <place id="p"><type><structure/></type><hlinitialMarking/></place><transition id="t"><condition/></transition>
          |               ^ unfold the net to a P/T net and read that
        """)
  }

  @Test func `what is not kept is told`() {
    let reading = net(
      """
      <place id="p"/><transition id="t"><delay/></transition><transition id="u"><delay/></transition>
      """, type: "http://www.laas.fr/tina/tpn")
    #expect(
      reading.heads == [
        "1:7: warning: the net has the type \"http://www.laas.fr/tina/tpn\", which is not known; it is read as a P/T net",
        "2:35: warning: <delay> says when transitions fire; time is not kept",
      ])
    #expect(
      reading.net == "place \"p\" initial 0\ntransition \"t\" roles \"default\"\ntransition \"u\" roles \"default\"")
  }

  @Test func `unknown elements and attributes are told, because the net may mean something else without them`() {
    let reading = net(
      """
      <plac id="p"/>
      <place id="q"><initialMarkng/><initialMarking><txt>1</txt></initialMarking></place>
      <transition id="t" guard="x > 1"><guard/></transition>
      <arc id="a" source="q" target="t" weight="2"/>
      <variables/>
      """)
    #expect(
      reading.told == """
        net.pnml:2:1: error: <plac> means nothing in <net>
        2 | <plac id="p"/>
          | ^ did you mean <place>?
        net.pnml:3:15: error: <initialMarkng> means nothing in <place>
        3 | <place id="q"><initialMarkng/><initialMarking><txt>1</txt></initialMarking></place>
          |               ^ did you mean <initialMarking>?
        net.pnml:3:47: error: <txt> means nothing in <initialMarking>
        3 | <place id="q"><initialMarkng/><initialMarking><txt>1</txt></initialMarking></place>
          |                                               ^ remove it, if the net means the same without it
        net.pnml:4:20: error: the attribute guard means nothing in <transition>
        4 | <transition id="t" guard="x > 1"><guard/></transition>
          |                    ^ remove it, if the net means the same without it
        net.pnml:4:34: error: <guard> means nothing in <transition>
        4 | <transition id="t" guard="x > 1"><guard/></transition>
          |                                  ^ remove it, if the net means the same without it
        net.pnml:5:35: error: the attribute weight means nothing in <arc>
        5 | <arc id="a" source="q" target="t" weight="2"/>
          |                                   ^ remove it, if the net means the same without it
        net.pnml:6:1: error: <variables> means nothing in <net>
        6 | <variables/>
          | ^ remove it, if the net means the same without it
        """)
  }

  @Test func `a file has one net`() {
    #expect(
      Reading("<pnml>\n<net id=\"a\"/>\n<net id=\"b\"/><net id=\"c\"/></pnml>").heads == [
        "3:1: error: the file holds 3 nets; this is the second"
      ])
    #expect(Reading("<pnml/>").heads == ["1:1: error: <pnml> holds no <net>"])
  }
}
