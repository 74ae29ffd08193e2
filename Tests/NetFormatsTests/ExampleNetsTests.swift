import Foundation
import NetFormats
import PetriNet
import Testing

@Suite struct ExampleNetsTests {
  private static var folder: URL {
    var repository = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { repository.deleteLastPathComponent() }
    return repository.appending(path: "nets")
  }

  private func reading(_ path: String) throws -> Reading {
    let file = Self.folder.appending(path: path)
    return Reading(bytes: Array(try Data(contentsOf: file)), name: file.lastPathComponent)
  }

  @Test func `the nets are native, and nothing is said of them`() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).filter(NetFormat.isNet)
    #expect(files.count == 9)
    for file in files {
      let reading = try reading(file)
      #expect(reading.told == "", "\(file)")
      #expect(reading.file?.format == .native)
      #expect(reading.file?.net.about != nil)
    }
  }

  @Test(arguments: [
    ("order.pflow", NetFormat.pflow), ("tictactoe.pflow", .pflow), ("philosophers.pnml", .pnml),
  ])
  func `the samples of other formats are the same nets, line by line`(_ file: String, _ format: NetFormat) throws {
    let sample = try reading("samples/\(file)")
    #expect(sample.file?.format == format)
    let name = try #require(NetFormat.name(ofNetIn: file))
    let native = try reading("\(name).ptflow.yaml")
    #expect(sample.net == native.net)
    #expect(sample.places.sorted() == native.places.sorted())
  }
}
