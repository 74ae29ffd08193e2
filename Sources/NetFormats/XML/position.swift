import PetriNet

extension Position {
  /// The point of a `position` element, or of whatever else has `x` and `y`; nil when it is not two numbers.
  init?(x: String?, y: String?) {
    guard let x = x.flatMap(Double.init), let y = y.flatMap(Double.init), x.isFinite, y.isFinite else { return nil }
    self.init(x: x, y: y)
  }

  /// The point of a node of PNML: `<graphics><position x="1" y="2"/></graphics>`.
  init?(ofPNML node: XMLElement) {
    guard let position = node.first("graphics")?.first("position") else { return nil }
    self.init(x: position[attribute: "x"]?.trimmed, y: position[attribute: "y"]?.trimmed)
  }
}
