import Diagnostics
import NetFormats
import PetriNet
import Testing

/// What is found out later, by who has no file but its bytes, still has a line and a caret.
@Suite struct LocationsTests {
  @Test(arguments: LocatedNet.all)
  func `places, transitions, arcs and roles keep where they stand`(_ sample: LocatedNet) throws {
    let reading = Reading(sample.text)
    let net = try #require(reading.file?.net, "\(reading.told)")
    #expect(net.places.map(\.location.line) == sample.places)
    #expect(net.transitions.map(\.location.line) == sample.transitions)
    #expect(Set(net.arcs.map(\.location.line)) == sample.arcs)
    #expect(net.roles.map(\.location.line) == sample.roles)
    let locations = net.places.map(\.location) + net.transitions.map(\.location) + net.arcs.map(\.location)
    for location in locations + net.roles.map(\.location) {
      let told = Diagnostic(.error, "found later", at: location).rendered(in: reading.source)
      #expect(told.split(separator: "\n").count == 3)
    }
  }
}

/// A file with the lines on which its nodes and arcs stand.
struct LocatedNet: CustomTestStringConvertible, Sendable {
  let format: NetFormat
  let text: String
  var places = [2]
  var transitions = [3]
  var arcs: Set<Int> = [4]
  var roles: [Int] = []

  var testDescription: String { format.rawValue }

  static let all = [
    LocatedNet(
      format: .pflow,
      text: """
        <document><subnet>
        <place><id>1</id><label>a</label></place>
        <transition><id>2</id><label>t</label></transition>
        <arc><sourceId>1</sourceId><destinationId>2</destinationId></arc>
        </subnet><roles>
        <role><name>r</name><transitionId>2</transitionId></role></roles></document>
        """, roles: [6]),
    LocatedNet(
      format: .pnml,
      text: """
        <pnml><net>
        <place id="p"/>
        <transition id="t"/>
        <arc source="p" target="t"/></net></pnml>
        """),
    LocatedNet(
      format: .pnml,
      text: """
        <pnml><net>
        <place id="p"/>
        <transition id="t"><toolspecific tool="WoPeD"><transitionResource roleName="r"/></toolspecific></transition>
        <arc source="p" target="t"/></net></pnml>
        """, roles: [3]),
    LocatedNet(
      format: .pipe,
      text: """
        <pnml><net type="P/T net">
        <place id="p"/>
        <transition id="t"/>
        <arc source="p" target="t"/>
        <place id="r_role"/><arc source="r_role" target="t"><type value="inhibitor"/></arc></net></pnml>
        """, roles: [5]),
    LocatedNet(
      format: .tapaal,
      text: """
        <pnml><net>
        <place id="p" initialMarking="1"/>
        <transition id="t"/>
        <arc source="p" target="t"/></net></pnml>
        """),
    LocatedNet(
      format: .pflowXYZ,
      text: """
        {"places": {
        "p": {}}, "transitions": {
        "t": {"role": "r"}}, "arcs": [
        {"source": "p", "target": "t"}]}
        """, roles: [3]),
    LocatedNet(
      format: .petriPilot,
      text: """
        {"places": [
        {"id": "p"}], "transitions": [
        {"id": "t"}], "arcs": [
        {"from": "p", "to": "t"}], "roles": [
        {"id": "r"}]}
        """, roles: [5]),
    LocatedNet(
      format: .bitwrap,
      text: """
        {"places": {
        "p": {"offset": 0}}, "transitions": {
        "t": {"delta": [
        -1], "role": "r"}}}
        """, roles: [3]),
    LocatedNet(
      format: .pureBPMN, text: "[model]\nkeys=a,b\n[model_a]\ntype=generator\nOnSuccess=b\n[model_b]\ntype=sink",
      places: [3, 5], transitions: [3, 6], arcs: [3, 5]),
    LocatedNet(format: .tina, text: "# a net\npl a\ntr t\npl b t -> t", places: [2, 4]),
    LocatedNet(format: .lola, text: "PLACE\na; MARKING;\nTRANSITION t CONSUME\na; PRODUCE;"),
  ]
}
