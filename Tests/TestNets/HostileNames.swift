/// Names that are hard on whoever writes SQL, each of them allowed for a place, a transition and a role.
public let hostileNames: [String] =
  [
    // letters, spaces, quotes
    "Abc", "aBC", "ABC", "abc", "a b", " ", "it's", "say \"hi\"", "'", "\"", "''", "\"\"", "größe", "Ünïcödé", "名前",
    "🐘", "👩‍👩‍👧 family", "1st", "-- no comment", "/* no comment */", "*/ neither", "; DROP TABLE states; --", "%s %I %1$s",
    // dollars, backslashes, control characters
    "$$", "$body1$", "$$ $body1$ $body2$", "$$\u{301}", "a$", "$1", ":name", "?", "\\", "\\'", "E'\\n'", "a\nb", "\n",
    "\r\n", "\ttab", "\u{7}bell", "\u{7f}", "U&\"\\0041\"", "\u{202e}right to left", "\u{a0}", "{}", "{a,b}", "NULL",
    "null",
    // reserved words, PostgreSQL's own columns
    "select", "order", "user", "table", "default", "array", "group", "any", "ctid", "xmin", "xmax", "cmin", "cmax",
    "tableoid", "oid", "found", "public", "token", "token_2",
    // our own columns, tables, functions, variables and aliases
    "id", "seq", "head", "net_version", "created_at", "updated_at", "action", "actions", "position", "states",
    "events", "places", "transitions", "arcs", "delta", "effects", "multiple", "payload", "key", "expected", "caller",
    "event", "moment", "body", "asked", "attempt", "fired", "holder", "role", "net", "marking", "hash", "at", "actor",
    "ptflow", "ptflow_dispatch", "ptflow_begin", "ptflow_create", "ptflow_marking", "ptflow_verify", "ptflow_settle",
    "id_2", "action_2", "ptflow_dispatch_2", "states_pkey",
    "a", "b", "c", "d", "e", "f", "h", "m", "n", "o", "p", "r", "s", "t", "w",
  ] + longNames

/// Names beyond PostgreSQL's 63 bytes, which begin alike; in one a character lies across the cut.
private let longNames: [String] = [
  String(repeating: "x", count: 63), String(repeating: "x", count: 64), String(repeating: "x", count: 100),
  String(repeating: "x", count: 100) + "y", String(repeating: "é", count: 40), String(repeating: "é", count: 41),
  String(repeating: "'", count: 70), String(repeating: "\n", count: 66),
]
