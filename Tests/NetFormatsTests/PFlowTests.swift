import Diagnostics
import NetFormats
import PetriNet
import Testing

@Suite struct PFlowTests {
  /// A file with some elements in its outermost subnet.
  func file(_ elements: String, roles: String = "") -> Reading {
    Reading("<document><subnet>\n\(elements)\n</subnet>\n<roles>\(roles)</roles></document>", name: "net.pflow")
  }

  let places = """
    <place><id>1</id><label>a</label><tokens>2</tokens></place>
    <place><id>2</id><label>b</label><capacity>3</capacity></place>
    <transition><id>3</id><label>go</label></transition>
    """

  @Test func `places, transitions, arcs and roles become a net`() throws {
    let reading = file(
      places + """
        <arc><type>regular</type><sourceId>1</sourceId><destinationId>3</destinationId><multiplicity>2</multiplicity></arc>
        <arc><type/><sourceId>3</sourceId><destinationId>2</destinationId><breakPoint><x>1</x><y>2</y></breakPoint></arc>
        <arc><type>inhibitor</type><sourceId>2</sourceId><destinationId>3</destinationId><multiplicity>3</multiplicity></arc>
        <arc><type>reset</type><sourceId>1</sourceId><destinationId>3</destinationId><multiplicity>7</multiplicity></arc>
        """,
      roles: """
        <role><id>1</id><name>ann</name><transitionId>3</transitionId><createCase>true</createCase></role>
        <role><id>2</id><name>bob</name><transitionId>3</transitionId><destroyCase>true</destroyCase></role>
        <role><id>3</id><name>idle</name><createCase>false</createCase><destroyCase>false</destroyCase></role>
        """)
    #expect(
      reading.net == """
        place "a" initial 2
        place "b" initial 0 capacity 3
        role "ann" creates
        role "bob" destroys
        role "idle"
        transition "go" roles "ann" "bob"
        arc "go" inhibitor "b" 3
        arc "go" input "a" 2
        arc "go" output "b" 1
        arc "go" reset "a"
        """)
    #expect(reading.file?.net.arcs.map(\.weight) == [2, 1, 3, 1])
    #expect(reading.file?.net.roles.map(\.name) == ["ann", "bob", "idle"])
    #expect(reading.file?.format == .pflow)
    #expect(reading.heads == ["7:1: warning: this arc is a reset arc of weight 7; the weight is not kept"])
  }

  @Test func `old files say rootSubnet`() {
    let reading = Reading(
      "<document><rootSubnet><label>Shop</label><place><id>1</id><label>a</label></place></rootSubnet></document>")
    #expect(reading.places == ["a"])
    #expect(reading.file?.net.title == "Shop")
  }

  @Test func `a reference place leads to its place, through others and out of subnets`() {
    let reading = file(
      places + """
        <subnet><id>9</id><x>100</x><y>20</y>
          <referencePlace><id>4</id><connectedPlaceId>5</connectedPlaceId></referencePlace>
          <referencePlace><id>5</id><connectedPlaceId>1</connectedPlaceId></referencePlace>
          <place><id>6</id><x>-5</x><y>3</y><label>inner</label></place>
          <transition><id>7</id><x>1.5</x><y>2</y><label>in</label></transition>
          <arc><sourceId>4</sourceId><destinationId>7</destinationId></arc>
          <arc><sourceId>7</sourceId><destinationId>6</destinationId></arc>
          <subnet><id>10</id><x>1000</x><y>2000</y>
            <transition><id>11</id><x>1</x><y>2</y><label>innermost</label></transition>
          </subnet>
        </subnet>
        <referenceArc><placeId>1</placeId><subnetId>9</subnetId></referenceArc>
        """)
    #expect(
      reading.net == """
        place "a" initial 2
        place "b" initial 0 capacity 3
        place "inner" initial 0
        transition "go" roles "default"
        transition "in" roles "default"
        transition "innermost" roles "default"
        arc "in" input "a" 1
        arc "in" output "inner" 1
        """)
    #expect(reading.file?.net.places.last?.position == Position(x: 95, y: 23))
    #expect(
      reading.file?.net.transitions.dropFirst().map(\.position) == [.init(x: 101.5, y: 22), .init(x: 1101, y: 2022)])
    #expect(reading.heads == [])
  }

  @Test func `a reference place that leads nowhere becomes a place, with a warning`() {
    let reading = file(
      """
      <referencePlace><id>4</id><connectedPlaceId>99</connectedPlaceId></referencePlace>
      <referencePlace><id>5</id><connectedPlaceId>4</connectedPlaceId></referencePlace>
      <referencePlace><id>6</id></referencePlace>
      <transition><id>7</id><label>t</label></transition>
      <arc><sourceId>5</sourceId><destinationId>7</destinationId></arc>
      """)
    #expect(
      reading.net == """
        place "p4" initial 0
        place "p6" initial 0
        transition "t" roles "default"
        arc "t" input "p4" 1
        """)
    #expect(
      reading.heads == [
        #"2:1: note: 2 places have no label; they are called "p4" and "p6""#,
        #"2:45: warning: reference place "4" stands for "99", which does not exist; it becomes a place of its own, "#
          + "without tokens",
        #"4:1: warning: reference place "6" stands for no place; it becomes a place of its own, without tokens"#,
      ])
  }

  @Test func `reference places must not go in a circle or lead to transitions`() {
    let reading = file(
      """
      <referencePlace><id>4</id><connectedPlaceId>5</connectedPlaceId></referencePlace>
      <referencePlace><id>5</id><connectedPlaceId>4</connectedPlaceId></referencePlace>
      <transition><id>7</id><label>t</label></transition>
      <referencePlace><id>8</id><connectedPlaceId>7</connectedPlaceId></referencePlace>
      <arc><sourceId>4</sourceId><destinationId>7</destinationId></arc>
      """)
    #expect(
      reading.heads == [
        #"3:45: error: reference place "5" stands for itself, by way of others"#,
        #"5:45: error: reference place "8" stands for "7", which is a transition"#,
      ])
  }

  @Test func `real ids are used where the others are missing`() {
    let reading = file(
      places + "<arc><realSourceId>1</realSourceId><sourceId/><realDestinationId>3</realDestinationId></arc>")
    #expect(reading.net.hasSuffix(#"arc "go" input "a" 1"#))
  }

  @Test func `labels that are empty or given twice are replaced, always in the same way`() {
    let reading = file(
      """
      <place><id>1</id><label>a</label></place>
      <place><id>2</id><label> </label></place>
      <place><id>3</id><label>p2</label></place>
      <place><id>4</id><label>a</label></place>
      <place><id>5</id><label>a_4</label></place>
      <place><id>6</id></place>
      <transition><id>7</id><label>a</label></transition>
      <transition><id>8</id><label/></transition>
      """)
    #expect(reading.places == ["a", "p2_2", "p2", "a_4_2", "a_4", "p6"])
    #expect(reading.transitions == ["a", "t8"])
    #expect(
      reading.told == """
        net.pflow:3:1: note: 2 places have no label; they are called "p2_2" and "p6"
        3 | <place><id>2</id><label> </label></place>
          | ^ label them to choose their names
        net.pflow:5:1: warning: another place is labelled "a", the one at net.pflow:2:1; this one is called "a_4_2"
        5 | <place><id>4</id><label>a</label></place>
          | ^ change the label to choose the name
        net.pflow:9:1: note: a transition has no label; it is called "t8"
        9 | <transition><id>8</id><label/></transition>
          | ^ label them to choose their names
        """)
  }

  @Test func `a label that many nodes have is told once`() {
    let reading = file((1...6).map { "<transition><id>\($0)</id><label>pay</label></transition>\n" }.joined())
    #expect(reading.transitions == ["pay", "pay_2", "pay_3", "pay_4", "pay_5", "pay_6"])
    #expect(
      reading.heads == [
        #"3:1: warning: 6 transitions are labelled "pay", first at net.pflow:2:1; the later ones are called "pay_2", "#
          + #""pay_3", "pay_4" and 2 more"#
      ])
  }

  @Test func `static places are told once`() {
    let reading = file(
      """
      <place><id>1</id><label>a</label><isStatic>true</isStatic></place>
      <place><id>2</id><label>b</label><isStatic>false</isStatic></place>
      <place><id>3</id><label>c</label><isStatic>true</isStatic></place>
      """)
    #expect(
      reading.told == """
        net.pflow:2:34: warning: the static places "a" and "c" are shared by all instances in PNEditor; here each \
        instance has its own
        2 | <place><id>1</id><label>a</label><isStatic>true</isStatic></place>
          |                                  ^ no instance sees the tokens of another
        """)
  }

  @Test func `roles must name transitions`() {
    let reading = Reading(
      """
      <document><subnet>
      <place><id>1</id><label>a</label></place>
      <transition><id>pack</id><label>Pack</label></transition>
      </subnet><roles>
      <role><name>ann</name><transitionId>1</transitionId></role>
      <role><name>bob</name><transitionId>pakc</transitionId></role>
      <role><name>cyd</name><transitionId>9</transitionId><createCase>yes</createCase></role>
      <role><name/></role>
      </roles></document>
      """, name: "net.pflow")
    #expect(
      reading.told == """
        net.pflow:5:37: error: role "ann" names the place "a"
        5 | <role><name>ann</name><transitionId>1</transitionId></role>
          |                                     ^ a role names transitions
        net.pflow:6:37: error: role "bob" names the transition "pakc", which does not exist
        6 | <role><name>bob</name><transitionId>pakc</transitionId></role>
          |                                     ^ did you mean "pack"?
        net.pflow:7:37: error: role "cyd" names the transition "9", which does not exist
        7 | <role><name>cyd</name><transitionId>9</transitionId><createCase>yes</createCase></role>
          |                                     ^ remove it from the role
        net.pflow:7:65: error: <createCase> is "yes"
        7 | <role><name>cyd</name><transitionId>9</transitionId><createCase>yes</createCase></role>
          |                                                                 ^ it is true or false
        net.pflow:8:1: error: a role has no name
        8 | <role><name/></role>
          | ^ give it one
        """)
  }

  @Test func `arcs that cannot be are told together`() {
    let reading = file(
      places + "\n" + """
        <arc><type>inhibitor</type><sourceId>3</sourceId><destinationId>1</destinationId></arc>
        <arc><type>reset</type><sourceId>3</sourceId><destinationId>2</destinationId></arc>
        <arc><type>inhibitr</type><sourceId>1</sourceId><destinationId>3</destinationId></arc>
        <arc><sourceId>1</sourceId><destinationId>2</destinationId></arc>
        <arc><sourceId>3</sourceId><destinationId>3</destinationId></arc>
        <arc><sourceId>1</sourceId><destinationId>77</destinationId></arc>
        <arc><sourceId>a</sourceId><destinationId>3</destinationId></arc>
        <arc><destinationId>3</destinationId></arc>
        """)
    #expect(
      reading.told == """
        net.pflow:5:1: error: this arc is an inhibitor arc from the transition "go" to the place "a"
        5 | <arc><type>inhibitor</type><sourceId>3</sourceId><destinationId>1</destinationId></arc>
          | ^ an inhibitor arc goes from a place to a transition: turn it round, or make it a regular arc
        net.pflow:6:1: error: this arc is a reset arc from the transition "go" to the place "b"
        6 | <arc><type>reset</type><sourceId>3</sourceId><destinationId>2</destinationId></arc>
          | ^ a reset arc goes from a place to a transition: turn it round, or make it a regular arc
        net.pflow:7:12: error: an arc cannot have the type "inhibitr"
        7 | <arc><type>inhibitr</type><sourceId>1</sourceId><destinationId>3</destinationId></arc>
          |            ^ the types are regular, inhibitor and reset
        net.pflow:8:1: error: this arc goes from the place "a" to the place "b"
        8 | <arc><sourceId>1</sourceId><destinationId>2</destinationId></arc>
          | ^ put a transition between them
        net.pflow:9:1: error: this arc goes from the transition "go" to the transition "go"
        9 | <arc><sourceId>3</sourceId><destinationId>3</destinationId></arc>
          | ^ put a place between them
        net.pflow:10:43: error: this arc ends at "77", which is no place and no transition
        10 | <arc><sourceId>1</sourceId><destinationId>77</destinationId></arc>
           |                                           ^ name a place or a transition, or remove the arc
        net.pflow:11:16: error: this arc starts at "a", which is no place and no transition
        11 | <arc><sourceId>a</sourceId><destinationId>3</destinationId></arc>
           |                ^ "a" is the name of the node with the id "1"; arcs name ids
        net.pflow:12:1: error: this arc starts nowhere
        12 | <arc><destinationId>3</destinationId></arc>
           | ^ an arc joins a place and a transition; name both, or remove the arc
        """)
  }

  @Test func `ids are needed, and needed once`() {
    let reading = file(
      """
      <place><id>1</id><label>a</label></place>
      <transition><id>1</id><label>t</label></transition>
      <place><label>b</label></place>
      """)
    #expect(
      reading.told == """
        net.pflow:3:1: error: there are two nodes with the id "1"; the first is at net.pflow:2:1
        3 | <transition><id>1</id><label>t</label></transition>
          | ^ change one of the ids
        net.pflow:4:1: error: this node has no id
        4 | <place><label>b</label></place>
          | ^ give it one, so that arcs can name it
        """)
  }

  @Test func `what is unknown, or twice, or not there is told`() {
    #expect(
      file("<place><id>1</id><tokns>1</tokns><label>a</label><label>b</label></place><ring/>").heads == [
        "2:18: error: <tokns> means nothing in <place>", "2:50: error: <label> stands twice in this <place>",
        "2:74: error: <ring> means nothing in <subnet>",
      ])
    #expect(
      Reading("<document><roles/></document>").heads == ["1:1: error: <document> holds no <subnet>, so there is no net"]
    )
    #expect(
      Reading("<document><subnet/><rootSubnet/></document>").heads == [
        "1:20: error: <document> holds a second net; the first is at net.xml:1:11"
      ])
    #expect(
      Reading("<document><subnet/></document>").heads == ["1:11: warning: the net has no places and no transitions"])
  }
}
