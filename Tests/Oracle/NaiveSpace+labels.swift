public import NetAnalysis
import PetriNet

extension NaiveSpace {
  /// For each marking whether a property holds, by the definition of each operator.
  public func labels(_ property: Property) -> [Bool] {
    switch property {
    case .now(let query): return markings.map { query.holds($0, of: net) }
    case .not(let part): return labels(part).map { !$0 }
    case .all(let parts):
      let all = parts.map(labels)
      return markings.indices.map { index in all.allSatisfy { $0[index] } }
    case .any(let parts):
      let all = parts.map(labels)
      return markings.indices.map { index in all.contains { $0[index] } }
    case .existsNext(let part):
      let part = labels(part)
      return firings.map { $0.contains { part[$0.target] } }
    case .existsUntil(let first, let second):
      let first = labels(first)
      var result = labels(second)
      for _ in markings {
        result = markings.indices.map { index in
          result[index] || first[index] && firings[index].contains { result[$0.target] }
        }
      }
      return result
    case .existsGlobally(let part):
      var result = labels(part)
      for _ in markings {
        result = markings.indices.map { index in
          result[index] && (firings[index].isEmpty || firings[index].contains { result[$0.target] })
        }
      }
      return result
    }
  }
}
