/// An identifier as SQL writes it: bare where PostgreSQL takes it bare, in quotes otherwise.
func identifier(_ name: String) -> String {
  if isBare(name) { return name }
  if name.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7f }) { return escaped(name) }
  return "\"\(doubled(name, "\""))\""
}

/// Whether a name is a lower-case word that is no keyword.
private func isBare(_ name: String) -> Bool {
  guard let first = name.utf8.first, first == UInt8(ascii: "_") || isLetter(first) else { return false }
  return name.utf8.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "_") } && !keywords.contains(name)
}

private func isLetter(_ byte: UInt8) -> Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte }

private func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }

/// A name with line ends or other control characters, all on one line.
private func escaped(_ name: String) -> String {
  var text = "U&\""
  for scalar in name.unicodeScalars {
    switch scalar {
    case "\"": text += "\"\""
    case "\\": text += "\\\\"
    case _ where scalar.value < 0x20 || scalar.value == 0x7f:
      let hexadecimal = String(scalar.value, radix: 16, uppercase: true)
      text += "\\" + String(repeating: "0", count: 4 - hexadecimal.count) + hexadecimal
    default: text.unicodeScalars.append(scalar)
    }
  }
  return text + "\""
}

/// The words that PostgreSQL 15 to 18 do not take as the name of a column or a function without quotes: every keyword
/// that is not classed as unreserved (appendix C of its manual).
private let keywords: Set<String> = Set(
  """
  all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both case cast \
  char character check coalesce collate collation column concurrently constraint create cross current_catalog \
  current_date current_role current_schema current_time current_timestamp current_user dec decimal default deferrable \
  desc distinct do else end except exists extract false fetch float for foreign freeze from full grant greatest group \
  grouping having ilike in initially inner inout int integer intersect interval into is isnull join json json_array \
  json_arrayagg json_exists json_object json_objectagg json_query json_scalar json_serialize json_table json_value \
  lateral leading least left like limit localtime localtimestamp merge_action national natural nchar none normalize not \
  notnull null nullif numeric offset on only or order out outer overlaps overlay placing position precision primary \
  real references returning right row select session_user setof similar smallint some substring symmetric system_user \
  table tablesample then time timestamp to trailing treat trim true union unique user using values varchar variadic \
  verbose when where window with xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi \
  xmlroot xmlserialize xmltable
  """.split(separator: " ").map(String.init))
