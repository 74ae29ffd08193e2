internal import PetriNet
internal import SQL

/// What a firing asks of one column and does to it. In every piece, `s` is the row and `multiple` the number of
/// firings; no piece can overflow.
struct Firing {
  let effect: Effect
  /// The column of the place, as `s.column`.
  let column: SQL
  /// The most tokens that the place ever holds, as far as that is known.
  let bound: Int?

  init(_ effect: Effect, on place: PlacePlan) {
    self.effect = effect
    column = "s.\(name: place.column)"
    bound = place.domain.bound
  }

  /// The count after all firings, or nil when it stays.
  var result: SQL? {
    // PostgreSQL casts a constant while it plans: one that is above the bound, with which the transition never fires, may
    // be above the column's type as well.
    if effect.resets { return "\(min(effect.output, bound ?? Int.max))" }
    return switch effect.change {
    case 0: nil
    case 1: "\(column) + multiple"
    case -1: "\(column) - multiple"
    case 1...: "\(column) + \(product(effect.change))"
    default: "\(column) - \(product(-effect.change))"
    }
  }

  /// What all firings put or take. PostgreSQL multiplies while it plans, before the conditions are asked, and there the
  /// product must not overflow; where they hold, the limit is never reached.
  private func product(_ weight: Int) -> SQL { "\(weight) * least(multiple, \(Int.max / weight))" }

  /// The conditions under which all firings are enabled.
  ///
  /// A row of firings changes a place by the same amount each time, so the hardest is the first or the last. Dividing
  /// what is there, rather than multiplying what is needed, cannot overflow.
  var guards: [SQL] {
    effect.resets ? resetGuards : atLeast + fewerThan + room
  }

  private var atLeast: [SQL] {
    let loss = -effect.change
    let needs = [effect.input > 0 ? effect.input : nil, effect.read].compactMap { $0 }
    return needs.flatMap { need -> [SQL] in
      if loss <= 0 { return ["\(column) >= \(need)"] }
      if need == loss { return [need == 1 ? "\(column) >= multiple" : "\(column) / \(need) >= multiple"] }
      let rest: SQL = need == 0 ? column : "\(column) - \(need)"
      return [
        "\(column) >= \(need)",
        loss == 1 ? "\(rest) >= multiple - 1" : "(\(rest)) / \(loss) >= multiple - 1",
      ]
    }
  }

  private var fewerThan: [SQL] {
    guard let limit = effect.inhibitor else { return [] }
    let gain = effect.change
    let first: SQL = limit == 1 ? "\(column) = 0" : "\(column) < \(limit)"
    if gain <= 0 { return [first] }
    let rest: SQL = "\(limit - 1) - \(column)"
    return [first, gain == 1 ? "\(rest) >= multiple - 1" : "(\(rest)) / \(gain) >= multiple - 1"]
  }

  /// A place that is proved to hold no more than its bound has room for all that the other conditions let in.
  private var room: [SQL] {
    guard effect.output > 0, effect.change > 0, effect.capacity != nil || bound == nil else { return [] }
    let rest: SQL = "\(effect.capacity ?? Int.max) - \(column)"
    return [effect.change == 1 ? "\(rest) >= multiple" : "(\(rest)) / \(effect.change) >= multiple"]
  }

  /// A reset leaves the same tokens after every firing, so all but the first are decided here and now.
  private var resetGuards: [SQL] {
    var guards: [SQL] = []
    if effect.input > 0 { guards.append("\(column) >= \(effect.input)") }
    if let read = effect.read { guards.append("\(column) >= \(read)") }
    if let limit = effect.inhibitor { guards.append(limit == 1 ? "\(column) = 0" : "\(column) < \(limit)") }
    if let capacity = effect.capacity, effect.output > capacity { guards.append("false") }
    let enablesItself =
      effect.output >= max(effect.input, effect.read ?? 0) && effect.inhibitor.map { effect.output < $0 } ?? true
    if !enablesItself { guards.append("multiple = 1") }
    return guards
  }
}
