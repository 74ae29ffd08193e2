import Testing

@testable import Plan

@Suite struct IdentifierTests {
  @Test func `a name that fits is its own identifier, however it is spelled`() {
    let names = ["paid", "X_TURN", "a b", "größe", "say \"hi\"", "$$", "select", String(repeating: "a", count: 63)]
    #expect(identifiers(for: names, reserved: ["id"]) == names)
  }

  @Test func `63 bytes are the limit, not 63 characters`() {
    let fits = String(repeating: "ä", count: 31) + "b"
    let long = String(repeating: "ä", count: 32)
    let found = identifiers(for: [fits, long], reserved: [])
    #expect(found[0] == fits)
    #expect(found[1] == String(repeating: "ä", count: 27) + "_0f2cea1e")
    #expect(found[1].utf8.count <= 63)
  }

  @Test func `long names that begin alike are told apart`() {
    let names = (1...50).map { String(repeating: "a", count: 80) + "\($0)" }
    let found = identifiers(for: names, reserved: [])
    #expect(Set(found).count == 50)
    #expect(found.allSatisfy { $0.utf8.count == 63 })
  }

  @Test func `a reserved name is numbered, and gives way to who has that name itself`() {
    #expect(identifiers(for: ["id", "seq"], reserved: ["id", "seq"]) == ["id_2", "seq_2"])
    #expect(identifiers(for: ["id", "id_2", "id_3"], reserved: ["id"]) == ["id_4", "id_2", "id_3"])
  }

  @Test func `a name that is another's cut form keeps it`() {
    let long = String(repeating: "p", count: 64)
    let cut = identifier(for: long)
    let found = identifiers(for: [long, cut], reserved: [])
    #expect(found[1] == cut)
    #expect(found[0] == String(repeating: "p", count: 61) + "_2")
  }

  @Test func `an emoji is not cut in half`() {
    let name = String(repeating: "👩‍👩‍👧", count: 10)
    let found = identifiers(for: [name], reserved: [])[0]
    #expect(found.utf8.count <= 63)
    #expect(name.unicodeScalars.starts(with: found.unicodeScalars.dropLast(9)))
  }

  @Test func `the same names get the same identifiers, in any company`() {
    let long = String(repeating: "x", count: 70)
    #expect(identifiers(for: [long, "a"], reserved: [])[0] == identifiers(for: ["b", "c", long], reserved: ["a"])[2])
  }
}
