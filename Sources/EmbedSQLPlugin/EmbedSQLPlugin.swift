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
    let inputs = try ["sql", "pgsql"].flatMap { folder in
      let directory = target.directoryURL.appending(path: folder)
      return try FileManager.default.contentsOfDirectory(atPath: directory.path)
        .filter { $0.hasSuffix(".sql") }
        .sorted()
        .map { directory.appending(path: $0) }
    }
    let output = context.pluginWorkDirectoryURL.appending(path: "SQLFiles.swift")
    return [
      .buildCommand(
        displayName: "Embedding the engine's SQL",
        executable: try context.tool(named: "embed-sql").url,
        arguments: [output.path] + inputs.map(\.path),
        inputFiles: inputs,
        outputFiles: [output])
    ]
  }
}
