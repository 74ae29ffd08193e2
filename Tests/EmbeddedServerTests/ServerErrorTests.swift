import Foundation
import Testing

@testable import EmbeddedServer

@Suite(.enabled(if: serverIsInstalled, whyNot))
struct ServerErrorTests {
  @Test func `a directory without the binaries is named`() throws {
    try TestProject.with { project in
      let server = EmbeddedServer(
        project: project.path, environment: project.environment.merging(["PG_BIN": "/nonexistent"]) { $1 })
      #expect(throws: EmbeddedServerError.noBinariesIn("/nonexistent")) { try server.start() }
      #expect(!EmbeddedServer.isInstalled(environment: ["PG_BIN": "/nonexistent"]))
    }
  }

  @Test func `a directory is found from where the caller is`() throws {
    let binaries = try ServerBinaries.find(ofVersion: nil, ProcessInfo.processInfo.environment).directory
    let relative = String(repeating: "../", count: 40) + binaries.dropFirst()
    #expect(try ServerBinaries.find(ofVersion: nil, ["PG_BIN": relative]).directory == realPath(binaries))
  }

  @Test func `a cluster of a version that is not installed is left alone`() throws {
    try TestProject.with { project in
      try project.server.start()
      try project.server.stop()
      let data = try #require(project.server.status().dataDirectory)
      try "9\n".write(toFile: data + "/PG_VERSION", atomically: false, encoding: .utf8)
      #expect(throws: EmbeddedServerError.noBinariesOfVersion(9)) { try project.server.start() }
    }
  }

  @Test func `when the server does not start the error has what its log says`() throws {
    try TestProject.with { project in
      try project.server.start()
      try project.server.stop()
      let status = project.server.status()
      let settings = try #require(status.dataDirectory) + "/postgresql.conf"
      let file = try #require(FileHandle(forWritingAtPath: settings))
      try file.seekToEnd()
      try file.write(contentsOf: Data("max_connections = plenty\n".utf8))
      try file.close()
      let error = #expect(throws: EmbeddedServerError.self) { try project.server.start() }
      guard case .died(let log, let file) = error else { throw error ?? EmbeddedServerError.noBinaries }
      #expect(log.contains(#"invalid value for parameter "max_connections": "plenty""#))
      #expect(file == status.logFile)
      // What earlier runs said is not the reason.
      #expect(!log.contains("database system is ready"))
      #expect(project.server.status().state == .stopped)
    }
  }

  @Test(arguments: [
    ("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n", 15), ("postgres (PostgreSQL) 19devel\n", 19),
    ("postgres (PostgreSQL) 9.6.24\n", 9), ("postgres (PostgreSQL) 18beta1\n", 18), ("nonsense\n", nil), ("", nil),
  ])
  func `the version is read off what postgres prints`(_ text: String, _ version: Int?) {
    #expect(majorVersion(text) == version)
  }
}
