internal import Foundation

/// A program run as a user would run it: in a folder, with an environment that has nothing of ours in it.
public struct Program: Sendable {
  /// What a run left.
  public struct Outcome: Sendable {
    /// The exit code; for a program that was killed, the signal's negative number.
    public let code: Int32
    /// Standard output.
    public let output: String
    /// Standard error.
    public let errors: String
  }

  private let executable: String
  private let leading: [String]

  /// The program that these tests were built with.
  public static var ptflow: Program {
    let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    return Program(executable: tests.deletingLastPathComponent().appending(path: "ptflow").path, leading: [])
  }

  /// A program of the system, found by PATH.
  public static func named(_ name: String) -> Program { Program(executable: "/usr/bin/env", leading: [name]) }

  /// Runs the program to its end.
  public func run(
    _ arguments: [String], in folder: String = "/tmp", environment: [String: String] = [:], input: String? = nil
  ) throws -> Outcome {
    try start(arguments, in: folder, environment: environment, input: input).end()
  }

  /// Starts the program, with a file as its standard input, or none.
  public func start(
    _ arguments: [String], in folder: String = "/tmp", environment: [String: String] = [:], input: String? = nil
  ) throws -> Running {
    try Running(executable, leading + arguments, in: folder, environment, input)
  }
}

/// A program that runs.
public final class Running {
  private let process = Process()
  private let output: URL
  private let errors: URL

  init(
    _ executable: String, _ arguments: [String], in folder: String, _ environment: [String: String], _ input: String?
  ) throws {
    let name = FileManager.default.temporaryDirectory.appending(path: "ptflow-run-\(UUID().uuidString)").path
    output = URL(fileURLWithPath: name + ".out")
    errors = URL(fileURLWithPath: name + ".err")
    for file in [output, errors] { try Data().write(to: file) }

    let kept = ["PATH", "HOME", "PG_BIN", "LD_LIBRARY_PATH"]
    var own = ProcessInfo.processInfo.environment.filter { kept.contains($0.key) }
    // The client programs of the server's version: an older pg_dump refuses a newer server.
    if let programs = own["PG_BIN"] { own["PATH"] = programs + ":" + (own["PATH"] ?? "/usr/bin:/bin") }
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = own.merging(environment) { $1 }
    process.standardInput = try input.map { try FileHandle(forReadingFrom: URL(fileURLWithPath: $0)) } ?? .nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    // A program gets the signal mask of the thread that starts it, and threads of a pool block nearly all signals.
    var none = sigset_t()
    var mask = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &mask)
    defer { pthread_sigmask(SIG_SETMASK, &mask, nil) }
    try process.run()
  }

  /// Its number.
  public var pid: Int32 { process.processIdentifier }

  /// Whether it has not ended.
  public var isRunning: Bool { process.isRunning }

  /// What it has written to standard error by now.
  public var errorsSoFar: String {
    get throws { String(decoding: try Data(contentsOf: errors), as: UTF8.self) }
  }

  /// Whether it handles control-C itself by now.
  public var catchesInterrupts: Bool {
    get throws {
      let status = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
      guard let mask = status.firstMatch(of: /SigCgt:\s+([0-9a-f]+)/).flatMap({ UInt64($0.1, radix: 16) }) else {
        return false
      }
      return mask & 1 << UInt64(SIGINT - 1) != 0
    }
  }

  /// Kills it; one that has ended stays as it is, and its number may be somebody else's by now.
  public func kill() {
    if process.isRunning { Foundation.kill(pid, SIGKILL) }
  }

  /// Stops it as control-C does.
  public func interrupt() {
    if process.isRunning { Foundation.kill(pid, SIGINT) }
  }

  /// Waits for its end.
  public func end() throws -> Program.Outcome {
    process.waitUntilExit()
    defer { for file in [output, errors] { try? FileManager.default.removeItem(at: file) } }
    let code = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    return Program.Outcome(
      code: code, output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
  }
}
