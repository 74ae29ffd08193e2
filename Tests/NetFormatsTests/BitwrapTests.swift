import Diagnostics
import NetFormats
import PetriNet
import Testing

@Suite struct BitwrapTests {
  @Test func `a machine becomes a net by the offsets of its places`() {
    let reading = Reading(
      #"""
      {"machine": {"name": "vote", "places": {"b": {"initial": 3, "offset": 1}, "a": {"inital": 1, "offset": 0,
        "position": [180.0, 315.0]}},
      "transitions": {"YAY": {"delta": [-1, 2], "role": "default"}, "b": {"delta": [0, -3], "role": null},
        "c": {"delta": [0, 0], "role": "judge"}}}}
      """#)
    #expect(
      reading.net == """
        place "a" initial 1
        place "b" initial 3
        transition "YAY" roles "default"
        transition "b" roles "default"
        transition "c" roles "judge"
        arc "YAY" input "a" 1
        arc "YAY" output "b" 2
        arc "b" input "b" 3
        """)
    #expect(reading.file?.format == .bitwrap)
    #expect(reading.file?.net.title == "vote")
    let positions: [Position?] = [nil, Position(x: 180, y: 315)]
    #expect(reading.file?.net.places.map(\.position) == positions)
    #expect(reading.told == "")
  }

  @Test func `a machine may stand by itself`() {
    #expect(
      Reading(#"{"places": {"a": {"offset": 0}}, "transitions": {"t": {"delta": [1]}}}"#).file?.format == .bitwrap)
  }

  @Test func `vectors that do not fit the places are told`() {
    let reading = Reading(
      #"""
      {"machine": {"places": {"a": {"offset": 0}, "b": {"offset": 0, "initial": 1, "inital": 1}, "c": {}},
      "transitions": {"t": {"delta": [1, 2]}, "u": {"delta": ["1"]}}}}
      """#, name: "net.json")
    #expect(
      reading.heads == [
        "1:61: error: place \"a\" has the offset 0 as well",
        "1:88: error: the initial marking is said twice",
        "1:92: error: place \"c\" has no offset",
        "2:32: error: this delta has 2 numbers, but there are 1 place",
        "2:57: error: a change is a number",
      ])
  }
}
