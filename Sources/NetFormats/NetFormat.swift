/// A format in which a net can be written, told apart by what is in the file, because many share an extension.
///
/// Where a file could be in two of them, it is in the one that stands first.
public enum NetFormat: String, Sendable, CaseIterable {
  /// The project's own, `.ptflow.yaml`.
  case native
  /// PNEditor's `.pflow` and `.pflowx`.
  case pflow
  /// PNML as TAPAAL and verifypn write it.
  case tapaal
  /// PNML as PIPE and bitwrap write it.
  case pipe
  /// PNML as the standard has it, and as WoPeD, TINA, pm4py and ProM write it.
  case pnml
  /// TINA's `.net`.
  case tina
  /// LoLA's place/transition nets.
  case lola
  /// The machines of bitwrap.
  case bitwrap
  /// The models of petri-pilot.
  case petriPilot = "petri-pilot"
  /// The JSON of pflow.xyz.
  case pflowXYZ = "pflow-xyz"
  /// The configuration of PureBPMN.
  case pureBPMN = "purebpmn"

  /// The format's name in a sentence.
  public var title: String {
    switch self {
    case .native: ".ptflow.yaml"
    case .pflow: "PNEditor's .pflow"
    case .tapaal: "TAPAAL"
    case .pipe: "PIPE's PNML"
    case .pnml: "PNML"
    case .tina: "TINA's .net"
    case .lola: "LoLA"
    case .pflowXYZ: "pflow.xyz"
    case .pureBPMN: "PureBPMN"
    case .petriPilot: "petri-pilot"
    case .bitwrap: "bitwrap"
    }
  }
}

extension NetFormat {
  /// The extensions of files that are nets wherever they lie, in lower case. JSON, YAML and configurations often are not.
  public static let extensions = [
    "ptflow.yaml", "ptflow.yml", "pflow", "pflowx", "pnml", "xml", "tapn", "net", "lola", "jsonld",
  ]

  /// Whether a file is a net by its extension, wherever it lies.
  public static func isNet(_ file: String) -> Bool { name(ofNetIn: file) != nil }

  /// Whether a file has an extension that many files have which are no nets.
  public static func mayBeNoNet(_ file: String) -> Bool { file.lowercased().hasSuffix(".xml") }

  /// The name of a file without the extension that makes it a net; nil when it has none of these.
  public static func name(ofNetIn file: String) -> String? {
    let lower = file.lowercased()
    return extensions.first { lower.hasSuffix(".\($0)") }.map { String(file.dropLast($0.count + 1)) }
  }

  /// What recognises and reads files in this format.
  var reader: any NetReader.Type {
    switch self {
    case .native: NativeReader.self
    case .pflow: PFlowReader.self
    case .tapaal: TAPAALReader.self
    case .pipe: PIPEReader.self
    case .pnml: PNMLReader.self
    case .tina: TINAReader.self
    case .lola: LoLAReader.self
    case .pflowXYZ: PFlowXYZReader.self
    case .pureBPMN: PureBPMNReader.self
    case .petriPilot: PetriPilotReader.self
    case .bitwrap: BitwrapReader.self
    }
  }
}
