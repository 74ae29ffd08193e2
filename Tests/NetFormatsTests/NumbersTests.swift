import Diagnostics
import NetFormats
import PetriNet
import Testing

@Suite struct NumbersTests {
  /// What is told of a marking, a capacity and a weight that are all written in one way.
  func told(_ number: String) -> [String] {
    Reading(
      """
      <pnml><net>
      <place id="p"><initialMarking><text>\(number)</text></initialMarking></place>
      <place id="q"><capacity><text>\(number)</text></capacity></place>
      <transition id="t"/>
      <arc id="a" source="p" target="t"><inscription><text>\(number)</text></inscription></arc>
      </net></pnml>
      """
    ).heads
  }

  @Test(arguments: ["abc", "1.5", "1.0", "1e3", "0x1", "1 2", "-", "+1", "１"])
  func `what is not written in digits is no number`(_ text: String) {
    #expect(
      told(text) == [
        "2:37: error: the initial marking of place \"p\" is \"\(text)\", which is not a whole number",
        "3:31: error: the capacity of place \"q\" is \"\(text)\", which is not a whole number",
        "5:54: error: the inscription of arc \"a\" is \"\(text)\", which is not a whole number",
      ])
  }

  @Test(arguments: ["-1", "-99999999999999999999"])
  func `no number is negative`(_ text: String) {
    #expect(
      told(text) == [
        "2:37: error: the initial marking of place \"p\" is \(text)",
        "3:31: error: the capacity of place \"q\" is \(text)", "5:54: error: the inscription of arc \"a\" is \(text)",
      ])
  }

  @Test func `a number that 64 bits do not hold is refused`() {
    #expect(
      told("9223372036854775808") == [
        "2:37: error: the initial marking of place \"p\" is 9223372036854775808, which is more than 64 bits hold",
        "3:31: error: the capacity of place \"q\" is 9223372036854775808, which is more than 64 bits hold",
        "5:54: error: the inscription of arc \"a\" is 9223372036854775808, which is more than 64 bits hold",
      ])
    #expect(told("9223372036854775807") == [])
  }

  @Test func `a weight of nothing is refused, and white space around a number is not`() {
    #expect(told("0") == ["5:54: error: the inscription of arc \"a\" is 0"])
    #expect(told("\n  7\t ") == [])
    #expect(told("007") == [])
    #expect(told(" ") == [])
  }

  @Test func `the next step stands below the number`() {
    let reading = Reading(
      """
      <document><subnet>
      <place><id>1</id><label>unpaid</label><tokens> many</tokens></place>
      <place><id>2</id><tokens>-3</tokens><capacity>99999999999999999999</capacity></place>
      </subnet></document>
      """, name: "net.pflow")
    #expect(
      reading.told == """
        net.pflow:2:48: error: the number of tokens in place "unpaid" is "many", which is not a whole number
        2 | <place><id>1</id><label>unpaid</label><tokens> many</tokens></place>
          |                                                ^ write a number in digits, at least 0
        net.pflow:3:1: note: a place has no label; it is called "p2"
        3 | <place><id>2</id><tokens>-3</tokens><capacity>99999999999999999999</capacity></place>
          | ^ label them to choose their names
        net.pflow:3:26: error: the number of tokens in place "2" is -3
        3 | <place><id>2</id><tokens>-3</tokens><capacity>99999999999999999999</capacity></place>
          |                          ^ it is at least 0
        net.pflow:3:47: error: the capacity of place "2" is 99999999999999999999, which is more than 64 bits hold
        3 | <place><id>2</id><tokens>-3</tokens><capacity>99999999999999999999</capacity></place>
          |                                               ^ it is at most 9223372036854775807
        """)
  }

  @Test func `a number is found behind a start tag of any shape`() {
    let reading = Reading(
      """
      <pnml><net><place id="p"><initialMarking xml:a="'>" xml:b='">'>
        <graphics/><text
          xml:c=">"
        > <!-- how many? -->
          some</text></initialMarking></place></net></pnml>
      """)
    #expect(
      reading.heads == ["4:5: error: the initial marking of place \"p\" is \"some\", which is not a whole number"])
  }

  @Test func `what only the net as a whole can know is told as well`() {
    let reading = Reading(
      """
      <document><subnet>
      <place><id>1</id><label>a</label><tokens>3</tokens><capacity>2</capacity></place>
      <place><id>2</id><label>b</label><tokens>x</tokens></place>
      </subnet></document>
      """)
    #expect(
      reading.heads == [
        "2:1: error: place \"a\" begins with 3 tokens but its capacity is 2",
        "3:42: error: the number of tokens in place \"b\" is \"x\", which is not a whole number",
      ])
  }
}
