import Testing

@Suite struct GoldenTests {
  @Test(arguments: Golden.all)
  func `a net becomes what its folder says`(_ golden: Golden) throws {
    let (file, text) = try golden.outcome()
    if Golden.records { return try golden.record(file, text) }

    let other = file == "net.sql" ? "net.errors" : "net.sql"
    #expect(golden.kept(other) == nil, "\(golden.name) holds \(other), but the outcome is \(file)")
    guard let kept = golden.kept(file) else {
      Issue.record("\(golden.name) holds no \(file); RECORD=1 writes it, then read it")
      return
    }
    if kept != text { Issue.record("\(golden.name)/\(file) differs\n\(unifiedDifference(kept, text))") }
  }

  @Test func `the folders are found`() {
    #expect(Golden.all.count >= 7)
  }

  @Test func `a difference is shown with the lines around it`() {
    let old = (1...9).map { "line \($0)" }.joined(separator: "\n")
    let new = old.replacing("line 5", with: "line five").replacing("line 9", with: "line 9\nline 10")
    #expect(
      unifiedDifference(old, new, context: 1) == """
        @@ -4 +4 @@
         line 4
        -line 5
        +line five
         line 6
        @@ -9 +9 @@
         line 9
        +line 10
        """)
  }
}
