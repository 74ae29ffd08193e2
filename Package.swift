// swift-tools-version: 6.1

import PackageDescription

/// Our own code is held to the strict settings; dependencies are left as they are.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "ptflow",
  products: [
    .executable(name: "ptflow", targets: ["ptflow"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),

    .target(name: "Diagnostics", swiftSettings: strict),
    .target(name: "JSON", swiftSettings: strict),
    .target(name: "JSONSchema", dependencies: ["JSON"], swiftSettings: strict),
    .target(name: "CEL", dependencies: ["JSON", "JSONSchema"], swiftSettings: strict),
    .target(name: "PetriNet", dependencies: ["Diagnostics", "JSON", "JSONSchema", "CEL"], swiftSettings: strict),
    .target(
      name: "NetFormats",
      dependencies: [
        "PetriNet", "Diagnostics", "JSON", "JSONSchema", "CEL", "CLibXML2", .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: strict),
    .target(name: "NetAnalysis", dependencies: ["PetriNet"], swiftSettings: strict),
    .target(name: "NetDrawing", dependencies: ["PetriNet", "NetAnalysis"], swiftSettings: strict),
    .target(name: "SQL", swiftSettings: strict),
    .target(name: "Rules", dependencies: ["SQL", "JSON", "JSONSchema", "CEL"], swiftSettings: strict),
    .target(
      name: "Plan",
      dependencies: ["PetriNet", "NetAnalysis", "Diagnostics", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: strict),
    .target(
      name: "Output", dependencies: ["Plan", "Rules", "SQL", "PetriNet", "NetAnalysis", "JSON", "JSONSchema", "CEL"],
      swiftSettings: strict),
    .target(
      name: "Compiler",
      dependencies: ["Plan", "Output", "SQL", "NetFormats", "NetAnalysis", "PetriNet", "Diagnostics"],
      swiftSettings: strict),
    .target(
      name: "Engine", dependencies: ["Rules", "SQL"], exclude: ["sql", "pgsql"], swiftSettings: strict,
      plugins: ["EmbedSQLPlugin"]),
    .target(
      name: "Chain", dependencies: ["PetriNet", "Diagnostics", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: strict),
    .target(name: "Postgres", dependencies: ["CLibPQ"], swiftSettings: strict),
    .target(name: "CFileIdentity"),
    .target(name: "EmbeddedServer", dependencies: ["CFileIdentity", "Postgres"], swiftSettings: strict),
    .target(
      name: "Installer",
      dependencies: [
        "Chain", "Compiler", "NetFormats", "Plan", "Output", "Engine", "Postgres", "PetriNet", "Diagnostics", "SQL",
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "ptflow",
      dependencies: [
        "Chain", "EmbeddedServer", "Installer", "NetFormats", "NetAnalysis", "NetDrawing", "Compiler", "Plan", "Output",
        "Rules",
        "Engine", "Postgres", "PetriNet", "Diagnostics", "JSON", "JSONSchema", "CEL",
        "SQL", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    .executableTarget(name: "embed-sql", swiftSettings: strict),
    .plugin(
      name: "EmbedSQLPlugin", capability: .buildTool(), dependencies: ["embed-sql"], path: "Sources/EmbedSQLPlugin"),

    .target(
      name: "TestServer", dependencies: ["EmbeddedServer", "Postgres"], path: "Tests/TestServer", swiftSettings: strict
    ),
    .target(
      name: "TestNets", dependencies: ["PetriNet", "Diagnostics", "JSON"], path: "Tests/TestNets", swiftSettings: strict
    ),
    .target(
      name: "Oracle", dependencies: ["NetAnalysis", "PetriNet", "TestNets"], path: "Tests/Oracle",
      swiftSettings: strict),
    .executableTarget(
      name: "analysis-fuzz", dependencies: ["Oracle", "NetAnalysis", "PetriNet", "TestNets"],
      path: "Tests/AnalysisFuzz", swiftSettings: strict),
    .target(
      name: "Reference",
      dependencies: ["PetriNet", "JSON", "JSONSchema", "TestNets", .product(name: "Crypto", package: "swift-crypto")],
      path: "Tests/Reference", swiftSettings: strict),
    .target(
      name: "Differential",
      dependencies: [
        "Reference", "TestNets", "TestServer", "Compiler", "Plan", "Installer", "Postgres", "PetriNet", "Diagnostics",
        "SQL",
      ],
      path: "Tests/Differential", swiftSettings: strict),
    .executableTarget(
      name: "torture", dependencies: ["Differential", "TestServer"], path: "Tests/Torture", swiftSettings: strict),
    .executableTarget(
      name: "bench-explorer", dependencies: ["NetAnalysis", "NetFormats", "PetriNet", "Diagnostics"],
      path: "bench/explorer", swiftSettings: strict),
    .testTarget(
      name: "PetriNetTests", dependencies: ["TestNets", "PetriNet", "CEL", "JSON", "Diagnostics"], swiftSettings: strict
    ),
    .testTarget(name: "JSONTests", dependencies: ["JSON"], swiftSettings: strict),
    .testTarget(
      name: "JSONSchemaTests", dependencies: ["JSONSchema", "JSON", "Rules", "SQL", "TestServer", "Postgres"],
      swiftSettings: strict),
    .testTarget(
      name: "CELTests", dependencies: ["CEL", "JSON", "Rules", "SQL", "TestServer", "Postgres"],
      swiftSettings: strict),
    .testTarget(
      name: "NetFormatsTests", dependencies: ["TestNets", "NetFormats", "PetriNet", "JSON", "Diagnostics"],
      exclude: ["read_pnml.py"], swiftSettings: strict),
    .testTarget(
      name: "NetAnalysisTests",
      dependencies: ["Oracle", "TestNets", "NetAnalysis", "NetFormats", "PetriNet", "Diagnostics"],
      swiftSettings: strict),
    .testTarget(
      name: "NetDrawingTests", dependencies: ["NetDrawing", "NetAnalysis", "TestNets", "PetriNet"],
      swiftSettings: strict),
    .testTarget(
      name: "ChainTests", dependencies: ["TestNets", "Reference", "Chain", "PetriNet", "Diagnostics"],
      swiftSettings: strict),
    .testTarget(name: "EngineTests", dependencies: ["Engine", "Rules", "SQL"], swiftSettings: strict),
    .testTarget(name: "SQLTests", dependencies: ["SQL"], swiftSettings: strict),
    .testTarget(
      name: "CompilerTests",
      dependencies: [
        "Compiler", "Installer", "Plan", "Output", "NetAnalysis", "NetFormats", "PetriNet", "Diagnostics", "SQL",
      ],
      exclude: ["Golden"], swiftSettings: strict),
    .testTarget(name: "PostgresTests", dependencies: ["TestServer", "Postgres"], swiftSettings: strict),
    .testTarget(name: "EmbeddedServerTests", dependencies: ["EmbeddedServer", "Postgres"], swiftSettings: strict),
    .testTarget(
      name: "DatabaseTests",
      dependencies: [
        "TestServer", "TestNets", "Differential", "Installer", "Compiler", "Plan", "Engine", "Postgres", "NetFormats",
        "Chain", "PetriNet", "Diagnostics", "SQL",
      ],
      exclude: ["check_chain.py"], swiftSettings: strict),
    .testTarget(
      name: "InstallTests",
      dependencies: [
        "ptflow", "TestServer", "EmbeddedServer", "Installer", "Compiler", "Plan", "Postgres", "NetFormats", "PetriNet",
        "Diagnostics", "SQL",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ConcurrencyTests",
      dependencies: [
        "ptflow", "TestServer", "TestNets", "EmbeddedServer", "Installer", "Compiler", "Plan", "Postgres", "PetriNet",
        "Diagnostics", "SQL",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "ptflow", "TestServer", "TestNets", "EmbeddedServer", "Postgres", "NetFormats", "JSON", "Diagnostics", "SQL",
      ],
      exclude: ["check_schema.py", "check_log.py"], swiftSettings: strict),
    .testTarget(
      name: "OperationsTests",
      dependencies: [
        "TestServer", "TestNets", "EmbeddedServer", "Installer", "Compiler", "Plan", "Postgres", "PetriNet", "SQL",
      ],
      swiftSettings: strict),
  ]
)

// Only scripts/fuzz.sh builds it: it links libFuzzer, which other builds lack.
if Context.environment["PTFLOW_FUZZ"] != nil {
  package.products.append(.executable(name: "fuzz", targets: ["Fuzz"]))
  package.targets.append(
    .executableTarget(
      name: "Fuzz",
      dependencies: [
        "Compiler", "NetFormats", "Output", "Plan", "PetriNet", "Diagnostics", "SQL", "JSON", "JSONSchema", "CEL",
      ],
      path: "Tests/Fuzz", exclude: ["Seeds", "schema.dict", "expression.dict"], swiftSettings: strict))
}
