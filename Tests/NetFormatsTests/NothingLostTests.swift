import Diagnostics
import NetFormats
import PetriNet
import Testing

/// What a reader does not know to be harmless changes the net, or is told.
@Suite struct NothingLostTests {
  @Test(arguments: [
    ("<place id='p'><initialMarking value='5'/></place>", "the attribute value means nothing in <initialMarking>"),
    ("<place id='p'><capacity value='9'/></place>", "the attribute value means nothing in <capacity>"),
    ("<place id='p' initialMarking='5'><name/></place>", "the attribute initialMarking means nothing in <place>"),
    ("<transition id='t' name='Approve'/>", "the attribute name means nothing in <transition>"),
    ("<transition id='t'>Approve</transition>", "the text \"Approve\" means nothing in <transition>"),
    ("<place id='p'><name><text>a</text>b</name></place>", "<name> says its text more than once"),
    ("<place id='p'><name><text>a</text><value>b</value></name></place>", "<name> says its text more than once"),
    ("<place id='p'><name><text>a<b/></text></name></place>", "<b> means nothing in <text>"),
    ("<place id='p' x:tokens='2' xmlns:x='urn:x'/>", "the attribute x:tokens means nothing in <place>"),
    ("<place id='p'><type value='bounded'/></place>", "<type> belongs to coloured nets, which are not supported yet"),
  ])
  func `what PNML has elsewhere is an error`(_ node: String, _ message: String) {
    #expect(
      Reading("<pnml><net><place id='q'/>\(node)</net></pnml>").diagnostics.all.map(\.message.description) == [message])
  }

  @Test(arguments: [
    ("<inscription value='2'/>", "the attribute value means nothing in <inscription>"),
    ("<inscription kind='inhibitor'/>", "the attribute kind means nothing in <inscription>"),
    (
      "<type value='inhibitor'/><arctype><text>reset</text></arctype>",
      "this arc says that it is inhibitor, and that it is reset"
    ),
    (
      "<type value='reset'/><inscription><text>3</text></inscription>",
      "this arc is a reset arc of weight 3; the weight is not kept"
    ),
  ])
  func `what an arc of PNML says in vain is told`(_ label: String, _ message: String) {
    let net = "<place id='p'/><transition id='t'/><arc source='p' target='t'>\(label)</arc>"
    #expect(Reading("<pnml><net>\(net)</net></pnml>").diagnostics.all.map(\.message.description) == [message])
  }

  @Test func `a label without an element for its text is read`() {
    let reading = Reading(
      """
      <pnml><net><place id='p'><name>Approve</name><initialMarking> 5 </initialMarking></place></net></pnml>
      """)
    #expect(reading.net == "place \"Approve\" initial 5")
    #expect(reading.told == "")
  }

  @Test func `attributes of XML itself are harmless`() {
    #expect(
      Reading(
        """
        <pnml xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a b" xml:lang="en"><net/></pnml>
        """
      ).diagnostics.hasErrors == false)
  }

  @Test func `an attribute is told where it stands`() {
    #expect(
      Reading("<pnml><net><place\n  id='weight' weight = '2'></place></net></pnml>", name: "net.pnml").told == """
        net.pnml:2:15: error: the attribute weight means nothing in <place>
        2 |   id='weight' weight = '2'></place></net></pnml>
          |               ^ remove it, if the net means the same without it
        """)
  }

  @Test func `what a reference place of PNEditor's says of itself is told`() {
    let reading = Reading(
      """
      <document><subnet><place><id>1</id><label>a</label></place>
      <referencePlace><id>2</id><connectedPlaceId>1</connectedPlaceId><tokens>3</tokens></referencePlace>
      </subnet></document>
      """)
    #expect(reading.heads == ["2:65: warning: <tokens> of the reference place \"2\" is \"3\", which is not kept"])
  }

  @Test(arguments: Sample.all)
  func `attributes that are known elsewhere are told`(_ sample: Sample) {
    let before = Reading(sample.text)
    #expect(before.file?.format == sample.format)
    var lost: [String] = []
    for tag in sample.firstTags {
      for attribute in sample.attributes where !tag.attributes.contains(attribute) {
        let after = Reading(sample.text.inserting(" \(attribute)=\"1\"", at: tag.endOfName))
        if after.saysTheSame(as: before) { lost.append("\(tag.name) \(attribute)") }
      }
    }
    #expect(Set(lost) == sample.harmlessAttributes)
  }

  @Test(arguments: Sample.all)
  func `elements that are known elsewhere are told`(_ sample: Sample) {
    let before = Reading(sample.text)
    var lost: [String] = []
    for tag in sample.firstTags {
      for element in Set(sample.tags.map(\.name)) {
        let after = Reading(sample.text.inserting("<\(element)>7</\(element)>", at: tag.end))
        if after.saysTheSame(as: before) { lost.append("\(tag.name) \(element)") }
      }
    }
    #expect(Set(lost) == sample.harmlessElements)
  }
}

extension Reading {
  /// Whether the net is the same, and as much is told.
  fileprivate func saysTheSame(as other: Reading) -> Bool {
    net == other.net && file?.net.title == other.file?.net.title && diagnostics.all.count == other.diagnostics.all.count
      && !diagnostics.hasErrors
  }
}

extension String {
  fileprivate func inserting(_ text: String, at index: Index) -> String {
    String(self[..<index]) + text + String(self[index...])
  }
}

/// A file in which every element and attribute of a format stands.
struct Sample: CustomTestStringConvertible, Sendable {
  struct Tag {
    let name: String
    let attributes: [String]
    let endOfName: String.Index
    let end: String.Index
  }

  let format: NetFormat
  let text: String
  /// Elements that readers skip with all that is in them.
  let skipped: Set<String>
  /// Pairs of an element and an attribute of it that may be missing, and means nothing.
  let harmlessAttributes: Set<String>
  /// Pairs of an element and one in it that may be missing, and means nothing.
  let harmlessElements: Set<String>

  var testDescription: String { format.rawValue }

  /// The start tags of all elements that are not skipped.
  var tags: [Tag] {
    var tags: [Tag] = []
    var index = text.startIndex
    while let open = text[index...].firstIndex(of: "<"), let close = text[open...].firstIndex(of: ">") {
      let endOfName = text[open...].firstIndex { $0 == " " || $0 == ">" || $0 == "/" && $0 != text[open] } ?? close
      let name = String(text[text.index(after: open)..<endOfName])
      index = text.index(after: close)
      guard !name.isEmpty, !skipped.contains(name) else { continue }
      let attributes = text[endOfName..<close].split(separator: " ").compactMap { $0.split(separator: "=").first }
      tags.append(Tag(name: name, attributes: attributes.map(String.init), endOfName: endOfName, end: index))
    }
    return tags
  }

  /// The first tag of each name.
  var firstTags: [Tag] {
    var seen: Set<String> = []
    return tags.filter { seen.insert($0.name).inserted }
  }

  var attributes: Set<String> { Set(tags.flatMap(\.attributes)).union(["kind", "value", "name", "weight"]) }
}

extension Sample {
  static let all = [pnml, pipe, pflow, tapaal]

  private static let pnml = Sample(
    format: .pnml,
    text: """
      <pnml><net id="n" type="ptnet"><name><text>Title</text></name><page id="g">
      <place id="p"><name><text>a</text></name><initialMarking><text>2</text></initialMarking>
      <capacity><text>3</text></capacity></place>
      <referencePlace id="r" ref="p"></referencePlace>
      <transition id="t"><name><text>b</text></name></transition>
      <referenceTransition id="s" ref="t"></referenceTransition>
      <arc id="x" source="r" target="t"><inscription><text>2</text></inscription></arc>
      <arc id="y" source="p" target="s" type="inhibitor"><type value="inhibitor"></type></arc>
      <arc id="z" source="t" target="p"><arctype><text>normal</text></arctype></arc>
      </page></net></pnml>
      """,
    skipped: ["graphics", "toolspecific", "finalmarkings"],
    harmlessAttributes: [],
    harmlessElements: ["arc name", "referencePlace name", "referenceTransition name", "page name"])

  private static let pipe = Sample(
    format: .pipe,
    text: """
      <pnml><net id="n" type="P/T net">
      <place id="p"><name><value>a</value></name><initialMarking><value>2</value></initialMarking>
      <capacity><value>3</value></capacity></place>
      <transition id="t"><name><value>b</value></name><timed><value>false</value></timed>
      <priority><value>1</value></priority><rate><value>1</value></rate>
      <infiniteServer><value>false</value></infiniteServer><orientation><value>0</value></orientation></transition>
      <arc id="x" source="p" target="t"><inscription><value>2</value></inscription><tagged><value>false</value></tagged></arc>
      <arc id="y" source="p" target="t"><type value="inhibitor"></type></arc>
      </net></pnml>
      """,
    skipped: ["graphics", "toolspecific", "token", "labels", "arcpath"],
    harmlessAttributes: [],
    harmlessElements: ["place tagged", "transition tagged", "arc name"])

  private static let pflow = Sample(
    format: .pflow,
    text: """
      <document><subnet><id></id><label>Title</label>
      <place><id>1</id><label>a</label><tokens>2</tokens><capacity>3</capacity><isStatic>false</isStatic></place>
      <transition><id>2</id><label>b</label></transition>
      <subnet><id>3</id><referencePlace><id>4</id><connectedPlaceId>1</connectedPlaceId></referencePlace></subnet>
      <arc><sourceId>1</sourceId><destinationId>2</destinationId><multiplicity>2</multiplicity></arc>
      <arc><type>reset</type><realSourceId>4</realSourceId><realDestinationId>2</realDestinationId></arc>
      </subnet><roles><role><id>1</id><name>r</name><createCase>true</createCase><destroyCase>false</destroyCase>
      <transitionId>2</transitionId></role></roles></document>
      """,
    skipped: ["breakPoint", "referenceArc"],
    harmlessAttributes: [],
    harmlessElements: [
      "document id", "document label", "referencePlace label", "arc id", "arc realSourceId",
      "arc realDestinationId",
    ])

  private static let tapaal = Sample(
    format: .tapaal,
    text: """
      <pnml><shared-place name="s" initialMarking="1" invariant="&lt; inf"></shared-place>
      <shared-transition name="u" urgent="false" player="0"></shared-transition><constant name="k" value="2"></constant>
      <net id="n" type="P/T net" active="true">
      <place id="s" name="s" initialMarking="0" invariant="&lt; inf" positionX="1" positionY="2"></place>
      <place id="p"><name><text>a</text></name><initialMarking><text>2</text></initialMarking></place>
      <transition id="t" name="b" urgent="false" player="0" priority="0" infiniteServer="false" angle="0"></transition>
      <transition id="u" name="u"></transition>
      <arc id="x" source="p" target="t" type="timed" weight="k" inscription="[0,inf)"></arc>
      <arc id="y" source="s" target="u" type="tapnInhibitor"><inscription><value>2</value></inscription></arc>
      </net></pnml>
      """,
    skipped: ["graphics", "toolspecific", "labels", "query", "k-bound", "feature", "arcpath"],
    harmlessAttributes: ["transition positionX", "transition positionY"],
    harmlessElements: ["arc name"])
}
