import Foundation
import Postgres
import Testing

@testable import EmbeddedServer

/// Clusters that somebody else brought, in a project that was unpacked, copied or cloned. Whoever starts one runs what its
/// configuration says.
@Suite(.enabled(if: serverIsInstalled, whyNot))
struct ForeignClusterTests {
  private let files = FileManager.default

  @Test func `a cluster that came with the project is not started, stopped or removed`() throws {
    try TestProject.with { maker in
      let canary = try setTrap(in: maker)
      // The trap works: in the project in which it was set, the server falls into it.
      try maker.server.start()
      #expect(files.fileExists(atPath: canary))
      try maker.server.stop()
      try disarm(canary, in: maker)

      try TestProject.with { project in
        try unpack(maker, into: project)
        let home = project.path + "/.ptflow/postgres"
        #expect(project.server.status() == EmbeddedServer.Status(state: .foreign))
        #expect(throws: EmbeddedServerError.notMadeHere(home)) { try project.server.start() }
        #expect(throws: EmbeddedServerError.notMadeHere(home)) { try project.server.stop() }
        #expect(throws: EmbeddedServerError.notMadeHere(home)) { try project.server.remove() }
        #expect(!files.fileExists(atPath: canary))
        #expect(files.fileExists(atPath: home + "/data/PG_VERSION"))

        try files.moveItem(atPath: home, toPath: project.path + "/away")
        #expect(try Connection(project.server.start()).query("SELECT to_regclass('t')")[0][0] == nil)
        #expect(!files.fileExists(atPath: canary))
      }
    }
  }

  @Test func `a cluster is not taken for the one that lay at the same path`() throws {
    try TestProject.with { project in
      let canary = try setTrap(in: project)
      let state = project.path + "/.ptflow"
      try run("cp", "-a", state, state + ".packed")
      try run("rm", "-r", state)
      // Numbers of files are given again: some of these get the old ones.
      for _ in 0..<3 {
        try run("cp", "-a", state + ".packed", state)
        #expect(throws: EmbeddedServerError.notMadeHere(state + "/postgres")) { try project.server.start() }
        try run("rm", "-r", state)
      }
      #expect(!files.fileExists(atPath: canary))
    }
  }

  @Test func `a link to another project's server gives way to a server of this one`() throws {
    try TestProject.with { other in
      try Connection(other.server.start()).execute("CREATE TABLE t ()")
      try TestProject.with { project in
        try files.createDirectory(atPath: project.path + "/.ptflow", withIntermediateDirectories: false)
        let link = project.path + "/.ptflow/postgres"
        try files.createSymbolicLink(atPath: link, withDestinationPath: other.path + "/.ptflow/postgres")
        let server = EmbeddedServer(project: project.path, environment: other.environment)
        #expect(server.status().state == .none)
        #expect(try Connection(server.start()).query("SELECT to_regclass('t')")[0][0] == nil)
        try server.remove()
        #expect(other.server.status().state == .running)
      }
    }
  }

  @Test func `a link in the place of the folder is refused`() throws {
    try TestProject.with { other in
      try other.server.start()
      try TestProject.with { project in
        let link = project.path + "/.ptflow"
        try files.createSymbolicLink(atPath: link, withDestinationPath: other.path + "/.ptflow")
        let server = EmbeddedServer(project: project.path, environment: other.environment)
        #expect(throws: EmbeddedServerError.notMadeHere(link)) { try server.start() }
        try files.removeItem(atPath: link)
      }
    }
  }

  @Test func `nobody else can keep the server from being started`() throws {
    try TestProject.with { project in
      // A lock in the project, as earlier versions had it, may be held by whoever can read it.
      try files.createDirectory(atPath: project.path + "/.ptflow", withIntermediateDirectories: false)
      let old = project.path + "/.ptflow/server.lock"
      let descriptor = open(old, O_RDWR | O_CREAT, 0o644)
      defer { close(descriptor) }
      try #require(flock(descriptor, LOCK_EX) == 0)

      let steps = Collected()
      try EmbeddedServer(project: project.path, environment: project.environment) { steps.add($0) }.start()
      #expect(!steps.all.contains("waiting for another ptflow"))

      let records = project.server.records.directory
      for path in [records] + (try files.contentsOfDirectory(atPath: records).map { "\(records)/\($0)" }) {
        let mode = try files.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect((mode ?? 0o777) & 0o077 == 0, "\(path)")
      }
    }
  }

  @Test func `records that others could have written are not believed`() throws {
    try TestProject.with { project in
      try project.server.start()
      try project.server.stop()
      let records = project.server.records.directory
      try files.setAttributes([.posixPermissions: 0o777], ofItemAtPath: records)
      #expect(project.server.status().state == .foreign)
      #expect(throws: EmbeddedServerError.noRecords(records)) { try project.server.start() }
      try files.setAttributes([.posixPermissions: 0o700], ofItemAtPath: records)
      try project.server.start()
    }
  }

  @Test(.enabled(if: geteuid() == 0, "only root can make files of somebody else"))
  func `records of somebody else are not believed, and a home that the environment names has to be the caller's`()
    throws
  {
    try TestProject.with { project in
      try files.createDirectory(atPath: project.path + "/home", withIntermediateDirectories: false)
      try run("chown", "65534", project.path + "/home")
      let records = Records(["HOME": project.path + "/home"])
      #expect(records.directory == OSUser.current.home + "/.local/state/ptflow")
      try files.createDirectory(atPath: project.path + "/state/ptflow", withIntermediateDirectories: true)
      try run("chown", "65534", project.path + "/state/ptflow")
      let server = EmbeddedServer(project: project.path, environment: ["XDG_STATE_HOME": project.path + "/state"])
      #expect(throws: EmbeddedServerError.noRecords(project.path + "/state/ptflow")) { try server.start() }
    }
  }

  @Test(.enabled(if: geteuid() == 0, "only root can make files of somebody else"))
  func `root uses no folder of somebody else's`() throws {
    try TestProject.with { project in
      let state = project.path + "/.ptflow"
      try files.createDirectory(atPath: state, withIntermediateDirectories: false)
      try run("chown", "65534", state)
      #expect(project.server.status().state == .inaccessible)
      #expect(throws: EmbeddedServerError.notYours(state, owner: "nobody")) { try project.server.start() }
      #expect(try files.contentsOfDirectory(atPath: state).isEmpty)
    }
  }

  /// Makes a server with a table that touches a file as soon as it starts; returns the file.
  private func setTrap(in project: TestProject) throws -> String {
    try Connection(project.server.start()).execute("CREATE TABLE t ()")
    try project.server.stop()
    let data = try #require(project.server.status().dataDirectory)
    let canary = "/tmp/ptflow-canary-\(UUID().uuidString)"
    let settings = "restore_command = 'touch \(canary); false'\n"
    try append(settings, to: data + "/postgresql.auto.conf")
    try append("", to: data + "/recovery.signal")
    try run("chown", "--reference=\(data)", data + "/recovery.signal")
    return canary
  }

  /// Removes the file, and sets the trap again, of which a server that fell into it has removed the signal.
  private func disarm(_ canary: String, in project: TestProject) throws {
    try files.removeItem(atPath: canary)
    let data = project.path + "/.ptflow/postgres/data"
    try append("", to: data + "/recovery.signal")
    try run("chown", "--reference=\(data)", data + "/recovery.signal")
  }

  /// Packs a project, and unpacks it as whoever runs the tests.
  private func unpack(_ maker: TestProject, into project: TestProject) throws {
    let archive = maker.path + ".tar"
    try run("tar", "-cf", archive, "-C", maker.path, ".")
    try run("tar", "-xf", archive, "-C", project.path)
  }

  private func append(_ text: String, to path: String) throws {
    if !files.fileExists(atPath: path) { try #require(files.createFile(atPath: path, contents: nil)) }
    let file = try #require(FileHandle(forWritingAtPath: path))
    try file.seekToEnd()
    try file.write(contentsOf: Data(text.utf8))
    try file.close()
  }

  private func run(_ words: String...) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "\(words)")
  }
}
