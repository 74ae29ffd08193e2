/// The lines that only one of two texts has, as `- old` and `+ new`, in the order of the texts.
func lineDifference(_ old: [String], _ new: [String]) -> [String] {
  new.difference(from: old).map { change in
    switch change {
    case .remove(let offset, let line, _): (offset, 0, "- \(line)")
    case .insert(let offset, let line, _): (offset, 1, "+ \(line)")
    }
  }.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
}
