import Installer
import Postgres
import Testing

/// One server for all tests of a suite, which is removed after the last of them.
struct ServerForSuite: SuiteTrait, TestScoping {
  @TaskLocal static var url = ""

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    let project = try TestProject()
    defer { project.remove() }
    try await Self.$url.withValue(project.server.start()) { try await function() }
  }
}

extension Trait where Self == ServerForSuite {
  static var server: Self { ServerForSuite() }
}

/// A session with the suite's server.
func connect(onNotice: @escaping (PostgresNotice) -> Void = { _ in }) throws(PostgresError) -> Connection {
  try Connection(ServerForSuite.url, onNotice: onNotice)
}
