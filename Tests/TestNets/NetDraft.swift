public import PetriNet

/// A transition that a test writes down, with its arcs, which name their places.
public struct TransitionDraft {
  let transition: Transition
  let arcs: [ArcDraft]

  /// A transition.
  public static func t(_ name: String, by roles: [String] = [], _ arcs: ArcDraft...) -> Self {
    t(name, by: roles, arcs)
  }

  /// A transition with arcs that come from elsewhere.
  public static func t(_ name: String, by roles: [String] = [], _ arcs: [ArcDraft]) -> Self {
    Self(transition: Transition(name, roles: roles), arcs: arcs)
  }
}

/// An arc that names its place.
public struct ArcDraft: Sendable {
  let kind: Arc.Kind
  let place: String
  let weight: Int

  /// An arc of any kind.
  public static func arc(_ kind: Arc.Kind, _ place: String, _ weight: Int = 1) -> Self {
    Self(kind: kind, place: place, weight: weight)
  }

  /// Takes tokens.
  public static func input(_ place: String, _ weight: Int = 1) -> Self { arc(.input, place, weight) }
  /// Puts tokens.
  public static func output(_ place: String, _ weight: Int = 1) -> Self { arc(.output, place, weight) }
  /// Needs fewer tokens.
  public static func inhibitor(_ place: String, _ weight: Int = 1) -> Self { arc(.inhibitor, place, weight) }
  /// Needs tokens and leaves them.
  public static func read(_ place: String, _ weight: Int = 1) -> Self { arc(.read, place, weight) }
  /// Empties the place.
  public static func reset(_ place: String) -> Self { arc(.reset, place) }
}

extension Net {
  /// A net that a test writes down; an arc to a place that is not there ends nowhere.
  public init(_ name: String, _ places: [Place], _ transitions: [TransitionDraft], roles: [Role] = []) throws {
    try self.init(
      name: name, places: places, transitions: transitions.map(\.transition),
      arcs: transitions.enumerated().flatMap { number, draft in
        draft.arcs.map { arc in
          let place = places.firstIndex { $0.name == arc.place } ?? -1
          return Arc(arc.kind, place: place, transition: number, weight: arc.weight)
        }
      },
      roles: roles)
  }
}
