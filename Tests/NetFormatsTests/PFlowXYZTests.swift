import Diagnostics
import NetFormats
import PetriNet
import Testing

@Suite struct PFlowXYZTests {
  @Test func `JSON-LD becomes a net; the direction says whether an arc inhibits or reads`() {
    let reading = Reading(
      #"""
      {"@context": "https://pflow.xyz/schema", "@type": "PetriNet", "@version": "1.1", "name": "Shop",
      "token": ["https://pflow.xyz/tokens/black"],
      "places": {"p": {"@type": "Place", "offset": 0, "x": 130, "y": 207, "initial": [1], "capacity": [3], "label": "P"},
        "q": {"initial": [], "capacity": [0]}, "r": {"initial": "", "capacity": null}},
      "transitions": {"t": {"role": "x", "x": 1, "y": 2}, "u": {"role": "default"}},
      "arcs": [{"source": "p", "target": "t", "weight": [2]}, {"source": "t", "target": "q"},
        {"source": "q", "target": "t", "weight": [5], "inhibitTransition": true},
        {"source": "u", "target": "q", "weight": [4], "inhibitTransition": true},
        {"source": "r", "target": "u", "weight": 0},
        {"source": "p", "target": "u", "weight": [0]}]}
      """#)
    #expect(
      reading.net == """
        place "p" initial 1 capacity 3
        place "q" initial 0
        place "r" initial 0
        transition "t" roles "x"
        transition "u" roles "default"
        arc "t" inhibitor "q" 5
        arc "t" input "p" 2
        arc "t" output "q" 1
        arc "u" input "r" 1
        arc "u" read "q" 4
        """)
    #expect(reading.file?.net.title == "Shop")
    #expect(reading.file?.net.places.first?.position == Position(x: 130, y: 207))
    #expect(reading.heads == ["10:44: warning: this arc has the weight 0, and is not read"])
  }

  @Test func `v0 becomes a net`() {
    let reading = Reading(
      #"""
      {"modelType": "petriNet", "version": "v0", "places": {"p": {"offset": 0, "initial": 2, "capacity": 0}},
      "transitions": {"t": {"role": "default"}},
      "arcs": [{"source": "p", "target": "t", "weight": 3, "inhibit": true, "reentry": false}]}
      """#)
    #expect(reading.net == "place \"p\" initial 2\ntransition \"t\" roles \"default\"\narc \"t\" inhibitor \"p\" 3")
    #expect(reading.told == "")
  }

  @Test(arguments: [
    (
      #""@type": "ColoredPetriNet""#,
      "1:12: error: the tokens have several colours; coloured nets are not supported yet"
    ),
    (#""token": ["a", "b"]"#, "1:12: error: the tokens have several colours; coloured nets are not supported yet"),
    (
      #""arcs": [{"source": "p", "target": "t", "weight": [1, 0]}]"#,
      "1:53: error: the tokens have several colours; coloured nets are not supported yet"
    ),
    (
      #""modelType": "workflow""#,
      "1:16: error: the model type \"workflow\" fires by rules of its own, which are not supported"
    ),
    (#""@type": "Thing""#, "1:12: error: a net of the type \"Thing\" is not read"),
    (
      #""arcs": [{"source": "p", "target": "t", "reentry": true}]"#,
      "1:54: error: reentry arcs belong to the model type workflow, which is not supported"
    ),
  ])
  func `what no net here has is refused by name`(_ member: String, _ head: String) {
    #expect(Reading("{ \(member), \"places\": {\"p\": {}}, \"transitions\": {\"t\": {}}}").heads == [head])
  }
}
