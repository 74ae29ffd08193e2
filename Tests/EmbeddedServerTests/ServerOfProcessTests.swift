// Exit tests, which need a process of their own, came with Swift 6.2.
#if compiler(>=6.2)
  import EmbeddedServer
  import Foundation
  import Postgres
  import Testing

  @Suite(.enabled(if: serverIsInstalled, whyNot))
  struct ServerOfProcessTests {
    @Test func `a server outlives the program that started it, and keeps nothing of it open`() async throws {
      // The output is read to its end, which comes only when nobody has it open any more.
      let result = try #require(
        await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
          let project = try TestProject()
          var inherited: [Int32] = [-1, -1]
          // Files that the server would inherit: the standard ones, and one that is open by chance.
          #expect(pipe(&inherited) == 0)
          try project.server.start()
          print("project=\(project.path)")
          exit(EXIT_SUCCESS)
        })
      let output = String(decoding: result.standardOutputContent, as: UTF8.self)
      let line = output.split(separator: "\n").first { $0.hasPrefix("project=") }
      let project = TestProject(existing: String(try #require(line).dropFirst("project=".count)))
      defer { project.remove() }
      let status = project.server.status()
      #expect(status.state == .running)
      #expect(try Connection(try #require(status.url)).query("SELECT 1").count == 1)

      let files = "/proc/\(status.pid ?? 0)/fd"
      for file in try FileManager.default.contentsOfDirectory(atPath: files) {
        let target = (try? FileManager.default.destinationOfSymbolicLink(atPath: "\(files)/\(file)")) ?? ""
        #expect(!target.hasSuffix(".lock"))
      }
    }

    @Test(.enabled(if: geteuid() == 0, "only root can become somebody else"))
    func `an ordinary user runs the server as himself`() async {
      await #expect(processExitsWith: .success) {
        let nobody: uid_t = 65534
        try #require(setgroups(0, nil) == 0 && setgid(nobody) == 0 && setuid(nobody) == 0)
        let project = try TestProject()
        let url = try project.server.start()
        let user = try Connection(url).query("SELECT current_user")
        let data = try #require(project.server.status().dataDirectory)
        let owner = try FileManager.default.attributesOfItem(atPath: data)[.ownerAccountID] as? UInt
        let stopped = try project.server.stop()
        project.remove()
        exit(user[0][0] == "ptflow" && owner == UInt(nobody) && stopped ? EXIT_SUCCESS : EXIT_FAILURE)
      }
    }

    @Test(.enabled(if: geteuid() == 0, "only root can become somebody else"))
    func `the server of one user is closed to another, but not to root`() async throws {
      let result = try #require(
        await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
          let project = try TestProject()
          print("project=\(project.path)")
          let url = try project.server.start()
          try #require(setgroups(0, nil) == 0 && setgid(65534) == 0 && setuid(65534) == 0)
          let status = project.server.status()
          let refused = (try? Connection(url)) == nil
          let stopped = try? project.server.stop()
          exit(status.state == .inaccessible && refused && stopped == nil ? EXIT_SUCCESS : EXIT_FAILURE)
        })
      let output = String(decoding: result.standardOutputContent, as: UTF8.self)
      let line = output.split(separator: "\n").first { $0.hasPrefix("project=") }
      TestProject(existing: String(try #require(line).dropFirst("project=".count))).remove()
    }
  }
#endif
