import Testing

@testable import NetAnalysis

@Suite struct MarkingStoreTests {
  @Test func `markings of one hash are told apart by their words`() throws {
    guard var store = MarkingStore(words: 2) else {
      Issue.record("no memory")
      return
    }
    let hasRoom = store.reserve(2000, hash: { _ in 7 })
    #expect(hasRoom)
    for turn in 0..<2 {
      for number in 0..<300 {
        var words: [UInt64] = [UInt64(number % 20), UInt64(number / 20)]
        store.insert(&words, hash: 7, words: 2)
        let found = store.find(&words, hash: 7)
        #expect(found == number)
      }
      let count = store.count
      #expect(count == 300, "turn \(turn)")
    }
    var other: [UInt64] = [20, 0]
    let found = store.find(&other, hash: 7)
    #expect(found == nil)
  }

  @Test func `a table that grows keeps all`() throws {
    guard var store = MarkingStore(words: 1, bits: 2) else {
      Issue.record("no memory")
      return
    }
    func hash(_ word: UInt64) -> UInt64 { mixed(word &* 0x1234_5678_9ABC_DEF1) }
    for number in 0..<5000 {
      var word = UInt64(number)
      let hasRoom = store.reserve(1, hash: { hash($0[0]) })
      #expect(hasRoom)
      store.insert(&word, hash: hash(word), words: 1)
    }
    let (count, bits) = (store.count, store.bits)
    #expect(count == 5000)
    #expect(bits == 14)
    for number in 0..<5000 {
      var word = UInt64(number)
      let found = store.find(&word, hash: hash(word))
      #expect(found == number)
    }
  }
}
