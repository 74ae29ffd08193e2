import Diagnostics
import NetFormats
import PetriNet
import Testing

@Suite struct LoLATests {
  @Test func `places, the marking and transitions become a net`() {
    let reading = Reading(
      """
      { a comment }
      PLACE SAFE 2: a, 12; SAFE: x.[y=1];  // another one
      MARKING a: 2, 12, a;
      TRANSITION t STRONG FAIR CONSUME a: 2, a; PRODUCE x.[y=1];
      TRANSITION a CONSUME; PRODUCE 12: 3;
      """, name: "net.lola")
    #expect(
      reading.net == """
        place "12" initial 1
        place "a" initial 3
        place "x.[y=1]" initial 0
        transition "a" roles "default"
        transition "t" roles "default"
        arc "a" output "12" 3
        arc "t" input "a" 3
        arc "t" output "x.[y=1]" 1
        """)
    #expect(reading.file?.net.places.allSatisfy { $0.capacity == nil } == true)
    #expect(
      reading.heads == [
        "2:7: note: SAFE says that places hold at most 2 tokens, which is a claim and no capacity",
        "4:14: note: fairness is not kept",
        "4:40: warning: several parallel arcs go from \"a\" to \"t\"; their weights add up",
      ])
  }

  @Test func `names that are wrong are told all at once`() {
    let reading = Reading(
      """
      PLACE waiting, done, waiting;
      MARKING wating: 1, done: -1;
      TRANSITION t CONSUME waiting: 0; PRODUCE dome: 1;
      TRANSITION t CONSUME ; PRODUCE ;
      """, name: "net.lola")
    #expect(
      reading.heads == [
        "1:22: error: there are two places called \"waiting\"; the first is at net.lola:1:7",
        "2:9: error: \"wating\" is no place",
        "2:26: error: the marking of place \"done\" is -1",
        "3:31: error: the weight of the arc at place \"waiting\" is 0",
        "3:42: error: \"dome\" is no place",
        "4:12: error: there are two transitions called \"t\"; the first is at net.lola:3:12",
      ])
    #expect(reading.diagnostics.all[1].message.hint == "did you mean \"waiting\"?")
  }

  @Test(arguments: [
    ("PLACE a MARKING;", "1:9: error: \"MARKING\" stands where ; should be"),
    ("PLACE ;", "1:7: error: \";\" stands where a place should be"),
    ("PLACE a; MARKING a: 1", "1:22: error: the file ends where ; should be"),
    ("PLACE a; MARKING; FORMULA x", "1:19: error: \"FORMULA\" stands where TRANSITION should be"),
    ("PLACE a; { MARKING;", "1:10: error: this comment is not closed"),
    ("PLACE a; MARKING; TRANSITION t PRODUCE; CONSUME;", "1:32: error: \"PRODUCE\" stands where CONSUME should be"),
  ])
  func `where the order is wrong, reading stops`(_ text: String, _ head: String) {
    #expect(Reading(text).heads == [head])
  }
}
