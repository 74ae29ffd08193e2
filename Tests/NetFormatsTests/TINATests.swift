import Diagnostics
import NetFormats
import PetriNet
import Testing

@Suite struct TINATests {
  @Test func `lines become a net, and what is said twice adds up`() {
    let reading = Reading(
      """
      # a comment
      net {The \\{net\\}}
      tr t [0,w[ a*2 b?3 {c d}?-4K -> e
      tr t a -> e*2
      pl a (2K)
      pl f u*5 -> t u?2
      nt n1 0 {a note\\nof two lines}
      """, name: "net.net")
    #expect(
      reading.net == """
        place "a" initial 2000
        place "b" initial 0
        place "c d" initial 0
        place "e" initial 0
        place "f" initial 0
        transition "t" roles "default"
        transition "u" roles "default"
        arc "t" inhibitor "c d" 4000
        arc "t" input "a" 3
        arc "t" input "f" 1
        arc "t" output "e" 3
        arc "t" read "b" 3
        arc "u" output "f" 5
        arc "u" read "f" 2
        """)
    #expect(reading.file?.net.title == "The {net}")
    #expect(reading.file?.format == .tina)
    #expect(reading.diagnostics.all.allSatisfy { $0.message.description.contains("parallel") })
    #expect(reading.file?.net.places.map(\.location.line) == [5, 3, 3, 3, 6])
  }

  @Test func `a place and a transition may share a name`() {
    #expect(
      Reading("tr a a -> a").net == """
        place "a" initial 0
        transition "a" roles "default"
        arc "a" input "a" 1
        arc "a" output "a" 1
        """)
  }

  @Test func `a name of nothing is none`() {
    #expect(Reading("tr t {} -> p").heads == ["1:6: error: a place has no name"])
  }

  @Test func `what is not kept is told once`() {
    let reading = Reading("tr t : x [1,2] a ->\ntr u : y ]1,w[ a ->\npr t > u\npr u < t\nlb a {b}")
    #expect(
      reading.heads == [
        "1:6: note: labels are not kept; nodes are called by their names",
        "1:10: warning: this interval says when the transition fires; time is not kept",
        "3:1: warning: priorities are not kept: in TINA some transitions go before others, here each fires when it is "
          + "called",
      ])
  }

  @Test func `mistakes are told line by line`() {
    let reading = Reading(
      """
      tr t a*0 -> b?1
      trans u a
      tr u a!2 ->
      pl a (1) (2)
      pl b (x)
      pl c (1
      pl d (99999999999999999M)
      pl d (1)
      tr v [1;2] a
      pl {e
      """, name: "net.net")
    #expect(
      reading.heads == [
        "1:8: error: the weight of this arc is 0",
        "1:14: error: a read arc goes from a place to a transition",
        "2:1: error: \"trans\" is not the beginning of a line",
        "3:7: error: stopwatch arcs stop the time of a transition; time is not supported",
        "4:10: error: \"(2)\" means nothing here",
        "5:7: error: the marking of place \"b\" is \"x\", which is not a whole number",
        "6:8: error: here ) is missing",
        "7:7: error: the marking of place \"d\" is 99999999999999999M, which is more than 64 bits hold",
        "8:6: error: the marking of place \"d\" was given at net.net:7:6",
        "9:6: error: \"[1;2]\" is no interval of time",
        "10:4: error: this { is not closed",
      ])
  }
}
