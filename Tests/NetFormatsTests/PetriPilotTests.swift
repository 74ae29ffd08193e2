import Diagnostics
import NetFormats
import PetriNet
import Testing

@Suite struct PetriPilotTests {
  @Test func `a model becomes a net, with those who inherit a role`() {
    let reading = Reading(
      #"""
      {"name": "shop", "places": [{"id": "p", "initial": 2, "capacity": 5, "x": 1, "y": 2}, {"id": "q", "kind": "token"}],
      "transitions": [{"id": "t", "role": "clerk", "event": "Paid"}, {"id": "u", "guard": ""}],
      "arcs": [{"from": "p", "to": "t", "weight": 2}, {"from": "t", "to": "q"},
        {"from": "q", "to": "u", "type": "inhibitor", "weight": 3}],
      "roles": [{"id": "clerk"}, {"id": "boss", "inherits": ["clerk"]}, {"id": "owner", "inherits": ["boss"]}],
      "access": [{"transition": "*", "roles": ["robot"]}, {"transition": "t", "roles": ["clerk"]}],
      "constraints": [{"id": "c", "expr": "p < 3"}], "views": []}
      """#)
    #expect(
      reading.net == """
        place "p" initial 2 capacity 5
        place "q" initial 0
        transition "t" roles "boss" "clerk" "owner" "robot"
        transition "u" roles "robot"
        arc "t" input "p" 2
        arc "t" output "q" 1
        arc "u" inhibitor "q" 3
        """)
    #expect(reading.file?.format == .petriPilot)
    #expect(
      reading.heads == [
        "2:46: note: event and views are not kept: they are of the application, and not of the net",
        "7:16: warning: constraints are not kept",
      ])
  }

  @Test func `data, guards and keys are refused by name`() {
    let reading = Reading(
      #"""
      {"places": [{"id": "p", "kind": "data", "type": "int64"}],
      "transitions": [{"id": "t", "guard": "p > 1", "bindings": {"a": "b"}}],
      "arcs": [{"from": "p", "to": "t", "keys": ["k"], "value": "amount", "type": "reset"}],
      "roles": [{"id": "r", "dynamicGrant": true}], "access": [{"transition": "x", "roles": ["r"], "guard": "y"}]}
      """#)
    #expect(
      reading.heads == [
        "1:33: error: place \"p\" holds data; that is not supported yet",
        "1:41: error: type is not supported yet",
        "2:29: error: guard is not supported yet",
        "2:47: error: bindings is not supported yet",
        "3:35: error: keys is not supported yet",
        "3:50: error: value is not supported yet",
        "3:77: error: an arc cannot have the type \"reset\"",
        "4:23: error: dynamicGrant is not supported yet",
        "4:73: error: \"x\" is no transition",
        "4:94: error: guard is not supported yet",
      ])
  }
}
