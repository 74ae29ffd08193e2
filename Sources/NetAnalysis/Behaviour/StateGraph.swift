/// Who follows whom among the markings of a complete state space, and its strongly connected components.
///
/// The successors of a marking are stored one after the other, 4 bytes each, as numbers: they are computed a second
/// time, in the order of the arena, which is as fast as the exploration was. Looking them up while the depth-first
/// search asks would need no memory, but then each lookup waits for the one before.
final class StateGraph {
  /// How many markings there are.
  let count: Int
  /// The successors of marking m are `targets[offsets[m] ..< offsets[m + 1]]`.
  let offsets: UnsafeMutablePointer<UInt32>
  let targets: UnsafeMutablePointer<UInt32>
  /// The component of each marking. A component has a smaller number than all others that lead to it.
  let components: UnsafeMutablePointer<UInt32>
  /// How many components there are.
  private(set) var componentCount = 0

  /// Computes the edges and the components of a complete state space; nil when that takes more bytes than there may be in
  /// use, the space's own included, or the caller wants no more.
  init?(of space: StateSpace, bytes: Int, goOn: () -> Bool) {
    count = space.count
    let edges = space.edges
    let needed = (count + 1) * 4 + edges * 4 + count * 20
    guard space.isComplete, edges < UInt32.max, count < UInt32.max, space.bytes + needed <= bytes,
      let offsets = enlarged(nil as UnsafeMutablePointer<UInt32>?, to: count + 1),
      let targets = enlarged(nil as UnsafeMutablePointer<UInt32>?, to: max(edges, 1)),
      let components = zeroed(UInt32.self, count)
    else { return nil }
    self.offsets = offsets
    self.targets = targets
    self.components = components
    guard space.follow(offsets: offsets, targets: targets, goOn: goOn), findComponents(goOn: goOn) else { return nil }
  }

  deinit {
    release(offsets)
    release(targets)
    release(components)
  }

  /// The bytes in use.
  var bytes: Int { (count + 1) * 4 + Int(offsets[count]) * 4 + count * 4 }

  /// The successors of a marking.
  func successors(of index: Int) -> UnsafeBufferPointer<UInt32> {
    UnsafeBufferPointer(start: targets + Int(offsets[index]), count: Int(offsets[index + 1] - offsets[index]))
  }

  /// Which components no firing leaves; nil when the caller wants no more.
  func terminal(goOn: () -> Bool) -> [Bool]? {
    var terminal = Array(repeating: true, count: componentCount)
    for index in 0..<count {
      if index & 0xFFFF == 0xFFFF, !goOn() { return nil }
      let own = components[index]
      for target in successors(of: index) where components[Int(target)] != own { terminal[Int(own)] = false }
    }
    return terminal
  }
}

extension StateGraph {
  /// D. J. Pearce, "A space-efficient algorithm for finding strongly connected components", Information Processing
  /// Letters 116 (2016): Tarjan's algorithm with one number a vertex, without recursion.
  ///
  /// Numbers of open vertices count up from 1, those of finished components down from the number of vertices: as many
  /// vertices are finished at least as components, so the two never meet.
  private func findComponents(goOn: () -> Bool) -> Bool {
    let number = components
    guard let open = zeroed(UInt32.self, count) else { return false }
    defer { release(open) }
    guard let calls = zeroed(Call.self, count) else { return false }
    defer { release(calls) }
    var (opened, depth, turns) = (0, 0, 0)
    var (next, component) = (UInt32(1), UInt32(count))

    for root in 0..<count where number[root] == 0 {
      calls[0] = Call(vertex: UInt32(root), cursor: offsets[root], isRoot: true)
      number[root] = next
      next += 1
      depth = 1
      while depth > 0 {
        turns &+= 1
        if turns & 0xFFFFF == 0, !goOn() { return false }
        let call = calls + (depth - 1)
        let vertex = Int(call.pointee.vertex)
        if let child = advance(call, vertex) {
          calls[depth] = Call(vertex: UInt32(child), cursor: offsets[child], isRoot: true)
          number[child] = next
          next += 1
          depth += 1
        } else {
          depth -= 1
          guard call.pointee.isRoot else {
            open[opened] = UInt32(vertex)
            opened += 1
            continue
          }
          next -= 1
          while opened > 0, number[Int(open[opened - 1])] >= number[vertex] {
            opened -= 1
            next -= 1
            number[Int(open[opened])] = component
          }
          number[vertex] = component
          component -= 1
        }
      }
    }
    for vertex in 0..<count { number[vertex] = UInt32(count) - number[vertex] }
    componentCount = count - Int(component)
    return true
  }

  /// The next successor that was not visited yet; nil when all were. On the way a vertex takes the smallest number among
  /// its successors.
  @inline(__always)
  private func advance(_ call: UnsafeMutablePointer<Call>, _ vertex: Int) -> Int? {
    let end = offsets[vertex + 1]
    var cursor = call.pointee.cursor
    defer { call.pointee.cursor = cursor }
    while cursor < end {
      let target = Int(targets[Int(cursor)])
      if components[target] == 0 { return target }
      if components[target] < components[vertex] {
        components[vertex] = components[target]
        call.pointee.isRoot = false
      }
      cursor &+= 1
    }
    return nil
  }

  /// A vertex on the way of the search.
  private struct Call: BitwiseCopyable {
    var vertex: UInt32
    /// The edge to look at next; one to a child is looked at again after the child's return.
    var cursor: UInt32
    /// Whether no number smaller than its own has been seen.
    var isRoot: Bool
  }
}

extension StateSpace {
  /// Computes the successors of all markings, in order.
  ///
  /// - Returns: whether the caller wanted all of them.
  fileprivate func follow(
    offsets: UnsafeMutablePointer<UInt32>, targets: UnsafeMutablePointer<UInt32>, goOn: () -> Bool
  ) -> Bool {
    guard var batch = Batch(words: layout.words, transitions: effects.count) else { return false }
    var (source, edge, work) = (0, 0, 0)
    offsets[0] = 0
    while source < count {
      if work >= Self.workBetweenQuestions {
        guard goOn() else { return false }
        work = 0
      }
      guard case .done = packed.expand(store[source], sources: count - source, into: &batch) else { return false }
      work += batch.sources * (packed.entryCount / 8 + 1) + batch.count * layout.words
      store.touch(&batch)
      for index in 0..<batch.count {
        guard let target = store.find(batch.markings + index &* layout.words, hash: batch.hashes[index]) else {
          return false
        }
        targets[edge + index] = UInt32(truncatingIfNeeded: target)
      }
      for index in 0..<batch.sources { offsets[source + index + 1] = UInt32(edge + batch.ends[index]) }
      source += batch.sources
      edge += batch.count
    }
    return true
  }
}
