/// A first net to begin with, in the native format: it can be installed as it stands.
///
/// - Parameter name: the name of the net.
/// - Returns: the text of a file.
public func starter(name: String) -> String {
  """
  # A request that somebody makes and somebody else decides. docs/language.md has all that can be said.
  net: \(nativeText(name))
  about: A request and its answer.

  # Who may do what. `ptflow grant` says which roles of the database these are.
  roles:
    applicant: {creates: true}
    clerk:

  # Where tokens lie; the number is how many there are at the beginning.
  places:
    draft: 1
    submitted:
    granted:
    refused:

  # What can happen: a transition takes tokens from places, and gives tokens to places.
  transitions:
    submit: {by: applicant, takes: draft, gives: submitted}
    withdraw: {by: applicant, takes: submitted, gives: draft}
    grant: {by: clerk, takes: submitted, gives: granted}
    refuse: {by: clerk, takes: submitted, gives: refused}

  """
}
