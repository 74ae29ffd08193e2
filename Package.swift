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
  ],
  targets: [
    .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),

    .target(name: "Diagnostics", swiftSettings: strict),
    .target(name: "PetriNet", dependencies: ["Diagnostics"], swiftSettings: strict),
    .target(name: "NetFormats", dependencies: ["PetriNet", "Diagnostics", "CLibXML2"], swiftSettings: strict),
    .target(name: "NetAnalysis", dependencies: ["PetriNet"], swiftSettings: strict),
    .target(name: "SQL", swiftSettings: strict),
    .target(
      name: "Compiler",
      dependencies: [
        "PetriNet", "NetAnalysis", "SQL", "Diagnostics", .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: strict),
    .target(
      name: "Engine", dependencies: ["SQL"], exclude: ["sql", "pgsql"], swiftSettings: strict,
      plugins: ["EmbedSQLPlugin"]),
    .target(name: "Postgres", dependencies: ["CLibPQ"], swiftSettings: strict),
    .target(
      name: "Installer",
      dependencies: [
        "Compiler", "Engine", "Postgres", "PetriNet", "Diagnostics", "SQL",
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "ptflow",
      dependencies: [
        "Installer", "NetFormats", "NetAnalysis", "Compiler", "Engine", "Postgres", "PetriNet", "Diagnostics", "SQL",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    .executableTarget(name: "embed-sql", swiftSettings: strict),
    .plugin(
      name: "EmbedSQLPlugin", capability: .buildTool(), dependencies: ["embed-sql"], path: "Sources/EmbedSQLPlugin"),

    .target(
      name: "TestServer", dependencies: ["Installer", "Postgres"], path: "Tests/TestServer", swiftSettings: strict),
    .target(name: "TestNets", dependencies: ["PetriNet"], path: "Tests/TestNets", swiftSettings: strict),
    .testTarget(
      name: "PetriNetTests", dependencies: ["TestNets", "PetriNet", "Diagnostics"], swiftSettings: strict),
    .testTarget(
      name: "NetFormatsTests", dependencies: ["NetFormats", "PetriNet", "Diagnostics"], swiftSettings: strict),
    .testTarget(
      name: "NetAnalysisTests", dependencies: ["NetAnalysis", "NetFormats", "PetriNet", "Diagnostics"],
      swiftSettings: strict),
    .testTarget(name: "EngineTests", dependencies: ["Engine", "SQL"], swiftSettings: strict),
    .testTarget(name: "SQLTests", dependencies: ["SQL"], swiftSettings: strict),
    .testTarget(
      name: "CompilerTests", dependencies: ["Compiler", "NetFormats", "PetriNet", "Diagnostics", "SQL"],
      exclude: ["Golden"], swiftSettings: strict),
    .testTarget(name: "PostgresTests", dependencies: ["Postgres", "Installer"], swiftSettings: strict),
    .testTarget(
      name: "DatabaseTests",
      dependencies: [
        "TestServer", "TestNets", "Installer", "Compiler", "Engine", "Postgres", "NetFormats", "PetriNet",
        "Diagnostics", "SQL",
      ],
      exclude: ["check_chain.py"], swiftSettings: strict),
    .testTarget(
      name: "InstallTests",
      dependencies: ["ptflow", "TestServer", "Installer", "Compiler", "Postgres", "PetriNet", "SQL"],
      swiftSettings: strict),
    .testTarget(
      name: "ConcurrencyTests",
      dependencies: [
        "ptflow", "TestServer", "TestNets", "Installer", "Compiler", "Postgres", "PetriNet", "Diagnostics", "SQL",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "CommandTests", dependencies: ["ptflow", "TestServer", "Installer", "Postgres"], swiftSettings: strict),
  ]
)
