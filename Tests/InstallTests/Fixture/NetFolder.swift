import Foundation

/// A folder of net files, gone when the test ends.
enum NetFolder {
  /// Runs a test with a folder that holds a small net of each name.
  static func with<Result>(_ names: [String], _ body: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "ptflow-nets-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in names {
      let net = """
        <document><subnet>
          <place><id>1</id><label>here</label><tokens>1</tokens></place>
          <transition><id>2</id><label>go</label></transition>
          <arc><sourceId>1</sourceId><destinationId>2</destinationId></arc>
        </subnet></document>
        """
      try Data(net.utf8).write(to: folder.appending(path: "\(name).pflow"))
    }
    return try body(folder.path)
  }
}
