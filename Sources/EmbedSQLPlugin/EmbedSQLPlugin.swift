import Foundation
import PackagePlugin

/// Puts the .sql files of the repository's `sql` and `pgsql` folders into the program at build time, so that the binary
/// is one file.
///
/// The folders are symbolic links inside the target: only then does the package manager notice a file that is removed
/// or renamed.
@main
struct EmbedSQLPlugin: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    guard let target = target.sourceModule else { return [] }
    let names = try ["sql", "pgsql", "pgsql/facade", "pgsql/doctor"].flatMap { folder in
      try FileManager.default.contentsOfDirectory(atPath: target.directoryURL.appending(path: folder).path)
        .filter { $0.hasSuffix(".sql") }
        .sorted()
        .map { "\(folder)/\($0)" }
    }
    let output = context.pluginWorkDirectoryURL.appending(path: "SQLFiles.swift")
    return [
      .buildCommand(
        displayName: "Embedding the engine's SQL",
        executable: try context.tool(named: "embed-sql").url,
        arguments: [output.path, target.directoryURL.path] + names,
        inputFiles: names.map { target.directoryURL.appending(path: $0) },
        outputFiles: [output])
    ]
  }
}
