import Chain
import Testing

@Suite struct MerkleTreeTests {
  private func heads(_ count: Int) -> [Head] {
    (0..<count).map { Head(net: "n", id: "i\($0)", seq: $0, hash: Hash(of: [UInt8($0 % 256)])) }
  }

  @Test func `the tree of nothing, of one and of two leaves is the one of RFC 6962`() {
    #expect(
      "\(MerkleTree([]).root)" == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    let two = heads(2)
    let leaves = two.map { head in
      Hash(of: [0] + Array("1:n,2:\(head.id),\(head.seq),\(head.hash),".utf8))
    }
    #expect(MerkleTree([two[0]]).root == leaves[0])
    #expect(MerkleTree(two).root == Hash(of: [1] + leaves[0].bytes + leaves[1].bytes))
  }

  @Test func `every leaf of every size has a path to the root, and only its own`() {
    for size in 1...33 {
      let heads = heads(size)
      let tree = MerkleTree(heads)
      for index in 0..<size {
        let path = tree.path(to: index)
        #expect(MerkleTree.root(from: heads[index], along: path) == tree.root)
        #expect(MerkleTree.root(from: heads[(index + 1) % size], along: path) != tree.root || size == 1)
        for other in [path + [.left(tree.root)], path.dropLast(), path.reversed(), path.map(\.turned)]
        where other != path {
          #expect(MerkleTree.root(from: heads[index], along: Array(other)) != tree.root)
        }
      }
    }
  }

  @Test func `any change of a head, and their order, changes the root`() {
    let original = heads(5)
    let root = MerkleTree(original).root
    var changed = original
    changed[3].seq += 1
    #expect(MerkleTree(changed).root != root)
    #expect(MerkleTree(original.reversed()).root != root)
    #expect(MerkleTree(Array(original.dropLast())).root != root)
  }

  @Test func `leaves are in the order of their bytes, and canonically equal names are two`() {
    let names = ["e\u{301}", "z", "\u{e9}"]
    let heads = names.flatMap { net in names.map { Head(net: net, id: $0, seq: 0, hash: Hash(of: [])) } }
    for (left, head) in heads.enumerated() {
      for (right, other) in heads.enumerated() { #expect(Head.precedes(head, other) == (left < right)) }
    }
  }

  @Test func `a hash is 64 hexadecimal digits and nothing else`() {
    let hash = Hash(of: [1, 2, 3])
    #expect(Hash("\(hash)") == hash)
    #expect(Hash("\(hash)".uppercased()) == hash)
    for wrong in ["", "00", "\(hash)0", "g" + "\(hash)".dropFirst(), "ä" + "\(hash)".dropFirst(2)] {
      #expect(Hash(wrong) == nil)
    }
  }
}

extension PathStep {
  /// The same hash on the other side.
  fileprivate var turned: PathStep {
    switch self {
    case .left(let hash): .right(hash)
    case .right(let hash): .left(hash)
    }
  }
}
