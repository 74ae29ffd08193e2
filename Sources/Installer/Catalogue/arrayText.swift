/// Texts as PostgreSQL reads an array of them.
func arrayText(_ texts: [String]) -> String { "{\(texts.map(element).joined(separator: ","))}" }

/// An element in quotes. By scalars, as PostgreSQL looks: to Swift a quote with an accent after it is another character.
private func element(_ text: String) -> String {
  var element = "\""
  for scalar in text.unicodeScalars {
    if scalar == "\"" || scalar == "\\" { element += "\\" }
    element.unicodeScalars.append(scalar)
  }
  return element + "\""
}
