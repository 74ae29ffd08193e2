import Foundation

/// What a dispatch, a creation or a reading of the state answers.
struct Answer: Decodable {
  let net: String
  let id: String
  let seq: Int
  let action: String?
  let multiple: Int?
  let state: [String: Int]
  let at: String
  let hash: String?
  let replayed: Bool?

  init(_ json: String) throws {
    self = try JSONDecoder().decode(Answer.self, from: Data(json.utf8))
  }

  /// The places that hold tokens, by name.
  var marking: String {
    let marked = state.filter { $0.value != 0 }.sorted { $0.key < $1.key }
    guard !marked.isEmpty else { return "no tokens" }
    return marked.map { $0.value == 1 ? $0.key : "\($0.key) \($0.value)" }.joined(separator: ", ")
  }
}
