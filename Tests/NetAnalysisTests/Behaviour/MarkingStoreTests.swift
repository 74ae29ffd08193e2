import Testing

@testable import NetAnalysis

@Suite struct MarkingStoreTests {
  @Test func `markings of one hash are told apart by their words`() throws {
    guard var store = MarkingStore(words: 2) else {
      Issue.record("no memory")
      return
    }
    let stop = store.reserve(2000, within: .max, goOn: { true }, hash: { _ in 7 })
    #expect(stop == nil)
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
      let stop = store.reserve(1, within: .max, goOn: { true }, hash: { hash($0[0]) })
      #expect(stop == nil)
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

  @Test(arguments: [1, 3], [100_000, 150_000, 200_000])
  func `all of the memory that is allowed is used, and no more`(_ words: Int, _ limit: Int) throws {
    guard var store = MarkingStore(words: words, bits: 4) else {
      Issue.record("no memory")
      return
    }
    func hash(_ word: UInt64) -> UInt64 { mixed(word &* 0x1234_5678_9ABC_DEF1) }
    var number: UInt64 = 0
    while store.reserve(1, within: limit, goOn: { true }, hash: { hash($0[0]) }) == nil {
      var marking = Array(repeating: number, count: words)
      store.insert(&marking, hash: hash(number), words: words)
      number += 1
    }
    let (bytes, count) = (store.bytes, store.count)
    #expect(bytes <= limit && bytes + 8 * words > limit, "\(bytes)")
    for number in 0..<UInt64(count) {
      var marking = Array(repeating: number, count: words)
      let found = store.find(&marking, hash: hash(number))
      #expect(found == Int(number))
    }
  }

  @Test func `filling a larger table can be stopped, and done later`() throws {
    guard var store = MarkingStore(words: 1) else {
      Issue.record("no memory")
      return
    }
    store.unasked = 0
    var asked = 0
    func fill(_ count: UInt64, goOn: () -> Bool) -> Stop? {
      for number in 0..<count {
        if let stop = store.reserve(1, within: .max, goOn: goOn, hash: { mixed($0[0]) }) { return stop }
        var word = number
        store.insert(&word, hash: mixed(number), words: 1)
      }
      return nil
    }
    let stop = fill(300_000) {
      asked += 1
      return asked < 2
    }
    #expect(stop == .time)
    var word: UInt64 = 5
    let found = store.find(&word, hash: mixed(5))
    #expect(found == nil)
    let again = store.reserve(1, within: .max, goOn: { true }, hash: { mixed($0[0]) })
    #expect(again == nil)
    let known = store.find(&word, hash: mixed(5))
    #expect(known == 5)
  }
}
