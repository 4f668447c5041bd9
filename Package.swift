// swift-tools-version: 6.1
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("ExistentialAny"),
]
/// A program exports nothing, so its imports need no access level.
let program: [SwiftSetting] = [.swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny")]
/// Numeric kernels are optimised in debug builds too, so that tests run near release speed.
let kernel: [SwiftSetting] = strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]
/// HiGHS comes from a PyPI wheel; `.ci/setup` puts its library and headers here.
let highs = Context.packageDirectory + "/.vendor/highs"

let package = Package(
  name: "SpotDesk",
  products: [.executable(name: "spotdesk", targets: ["spotdesk"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    // System libraries: OpenBLAS with LAPACKE, XGBoost (boosted trees), HiGHS, zlib (gzip), OpenSSL (SHA-256),
    // libxlsxwriter, libzip and expat (workbooks).
    .systemLibrary(name: "CLAPACK", providers: [.apt(["libopenblas-dev", "liblapacke-dev"])]),
    .systemLibrary(name: "CXGBoost", providers: [.apt(["libxgboost-dev"])]),
    .systemLibrary(name: "CHiGHS"),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CMalloc"),
    .systemLibrary(name: "COpenSSL", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CXLSXWriter", providers: [.apt(["libxlsxwriter-dev"])]),
    .systemLibrary(name: "CLibZip", providers: [.apt(["libzip-dev"])]),
    .systemLibrary(name: "CExpat", providers: [.apt(["libexpat1-dev"])]),

    // The nouns.
    .target(name: "MarketModel", exclude: ["README.md"], swiftSettings: strict),

    .target(name: "PowerSystem", exclude: ["README.md"], swiftSettings: strict),

    // Numbers only; no market words.
    .target(
      name: "NumericMethods",
      dependencies: ["CLAPACK", "CXGBoost", .product(name: "RealModule", package: "swift-numerics")],
      exclude: ["README.md"], swiftSettings: kernel),
    .target(
      name: "Optimization", dependencies: ["CHiGHS"], exclude: ["README.md"],
      swiftSettings: kernel + [.unsafeFlags(["-Xcc", "-I\(highs)/include/highs"])],
      linkerSettings: [
        .unsafeFlags(["-L\(highs)/lib", "-Xlinker", "-rpath", "-Xlinker", "\(highs)/lib"])
      ]),

    // Rules, files, store.
    .target(
      name: "Spreadsheets", dependencies: ["CXLSXWriter", "CLibZip", "CExpat"], exclude: ["README.md"],
      swiftSettings: kernel),
    .target(
      name: "MarketRules", dependencies: ["MarketModel", .product(name: "Yams", package: "Yams")],
      exclude: ["README.md"], swiftSettings: strict),
    .target(
      name: "MarketData", dependencies: ["MarketModel", "PowerSystem", "Spreadsheets", "CZlib", "COpenSSL"],
      exclude: ["README.md"],
      swiftSettings: kernel),
    .target(
      name: "MarketStore", dependencies: ["MarketModel", .product(name: "GRDB", package: "GRDB.swift")],
      exclude: ["README.md"], swiftSettings: strict),

    // The stages of the day: none imports another.
    .target(
      name: "Forecasting", dependencies: ["MarketModel", "NumericMethods"], exclude: ["README.md"],
      swiftSettings: kernel),
    .target(
      name: "UnitScheduling", dependencies: ["MarketModel", "Optimization"], exclude: ["README.md"],
      swiftSettings: kernel),
    .target(
      name: "Bidding",
      dependencies: ["MarketModel", "MarketRules", "Optimization", "UnitScheduling", "MarketGames"],
      exclude: ["README.md"], swiftSettings: kernel),
    .target(
      name: "Compliance", dependencies: ["MarketModel", "MarketRules"], exclude: ["README.md"],
      swiftSettings: kernel),
    .target(
      name: "UnitCommitment", dependencies: ["PowerSystem", "Optimization", "NumericMethods"], exclude: ["README.md"],
      swiftSettings: kernel),
    .target(
      name: "Clearing",
      dependencies: [
        "MarketModel", "PowerSystem", "Optimization", "UnitScheduling", "UnitCommitment", "NumericMethods",
      ],
      exclude: ["README.md"], swiftSettings: kernel),

    // What is paid.
    .target(
      name: "Settlement", dependencies: ["MarketModel", "MarketRules"], exclude: ["README.md"], swiftSettings: kernel),
    // Customers of the retail arm: scores, churn, alerts, packages. Numbers and market words, no files.
    .target(
      name: "RetailValue", dependencies: ["MarketModel", "NumericMethods", "Optimization"], exclude: ["README.md"],
      swiftSettings: kernel),

    // The order of the day, the look back, the application.
    .target(
      name: "DayPipeline",
      dependencies: ["MarketModel", "MarketRules", "Forecasting", "Bidding", "Compliance", "Clearing"],
      exclude: ["README.md"], swiftSettings: strict),
    .target(
      name: "Review", dependencies: ["MarketModel", "Clearing", "Optimization", "UnitScheduling"],
      exclude: ["README.md"],
      swiftSettings: kernel),
    .target(
      name: "ProvinceSimulation", dependencies: ["MarketModel", "NumericMethods"],
      exclude: ["README.md"], swiftSettings: kernel),
    // Owners who move the price: residual demands, best answers, equilibria. Numbers only.
    .target(
      name: "MarketGames", dependencies: ["NumericMethods"], exclude: ["README.md"], swiftSettings: kernel),
    // Assets beside thermal units: storage, wind and solar, virtual power plants; all of it as one position. Numbers only.
    .target(
      name: "FlexibleAssets", dependencies: ["NumericMethods", "Optimization"], exclude: ["README.md"],
      swiftSettings: kernel),
    .target(
      name: "TradingDesk",
      dependencies: [
        "MarketModel", "MarketRules", "MarketData", "MarketStore", "Forecasting", "Bidding", "Compliance", "Clearing",
        "PowerSystem", "UnitCommitment", "DayPipeline", "Review", "ProvinceSimulation", "NumericMethods", "MarketGames",
        "Spreadsheets", "FlexibleAssets", "Settlement", "RetailValue", "Optimization", "UnitScheduling",
      ], exclude: ["README.md"], swiftSettings: strict),
    // The same use cases over HTTP, and the pages that show them.
    .target(
      name: "HTTPAPI",
      dependencies: [
        "MarketModel", "TradingDesk", "CMalloc", .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"), .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
        .product(name: "HTTPTypes", package: "swift-http-types"), .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ],
      exclude: ["README.md"], swiftSettings: strict),
    // Times of the numerics beside the machine's limits; built by `make bench` alone.
    .executableTarget(
      name: "kernels", dependencies: ["NumericMethods", "Clearing", "MarketModel"], path: "Benchmarks/Kernels",
      swiftSettings: program),
    // The readers of rule packs, bid files, registers and workbooks under libFuzzer; built by `make fuzz` alone.
    .target(
      name: "FuzzedReaders", dependencies: ["Compliance", "MarketData", "MarketModel", "MarketRules", "Spreadsheets"],
      path: "Benchmarks/Fuzzing", exclude: ["README.md", "run", "packs.dict", "corpus"], swiftSettings: strict),
    .executableTarget(
      name: "spotdesk",
      dependencies: [
        "MarketModel", "Optimization", "TradingDesk", "HTTPAPI",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: program),

    // Tests: worked numbers, laws with seeds, independent checkers, goldens.
    .target(
      name: "MarketTestSupport", dependencies: ["MarketModel"], path: "Tests/MarketTestSupport",
      swiftSettings: strict),
    .testTarget(name: "MarketModelTests", dependencies: ["MarketModel", "MarketTestSupport"], swiftSettings: strict),
    .testTarget(name: "SpreadsheetsTests", dependencies: ["Spreadsheets"], swiftSettings: strict),
    .testTarget(name: "NumericMethodsTests", dependencies: ["NumericMethods"], swiftSettings: strict),
    .testTarget(name: "OptimizationTests", dependencies: ["Optimization"], swiftSettings: strict),
    .testTarget(name: "MarketRulesTests", dependencies: ["MarketRules", "MarketTestSupport"], swiftSettings: strict),
    .testTarget(
      name: "MarketDataTests", dependencies: ["MarketData", "PowerSystem", "MarketTestSupport"], swiftSettings: strict),
    .testTarget(name: "MarketStoreTests", dependencies: ["MarketStore", "MarketTestSupport"], swiftSettings: strict),
    .testTarget(
      name: "ForecastingTests", dependencies: ["Forecasting", "NumericMethods", "MarketTestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "UnitSchedulingTests", dependencies: ["UnitScheduling", "Optimization", "MarketTestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "UnitCommitmentTests",
      dependencies: [
        "UnitCommitment", "PowerSystem", "Optimization", "NumericMethods", "MarketData", "MarketTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "BiddingTests",
      dependencies: ["Bidding", "MarketGames", "MarketRules", "UnitScheduling", "MarketTestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ComplianceTests", dependencies: ["Compliance", "MarketRules", "MarketTestSupport"], swiftSettings: strict),
    .testTarget(
      name: "ClearingTests",
      dependencies: ["Clearing", "UnitCommitment", "PowerSystem", "MarketData", "Optimization", "MarketTestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "SettlementTests", dependencies: ["Settlement", "MarketModel", "MarketRules", "MarketTestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ReviewTests", dependencies: ["Review", "Clearing", "MarketTestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ProvinceSimulationTests",
      dependencies: ["ProvinceSimulation", "Forecasting", "Clearing", "MarketTestSupport"], swiftSettings: strict),
    .testTarget(
      name: "RetailValueTests", dependencies: ["RetailValue", "MarketModel", "NumericMethods", "MarketTestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "FlexibleAssetsTests", dependencies: ["FlexibleAssets", "NumericMethods"], swiftSettings: strict),
    .testTarget(name: "MarketGamesTests", dependencies: ["MarketGames", "NumericMethods"], swiftSettings: strict),
    .testTarget(
      name: "TradingDeskTests",
      dependencies: [
        "TradingDesk", "Bidding", "Clearing", "Forecasting", "MarketData", "MarketGames", "MarketModel", "MarketRules",
        "MarketTestSupport", "PowerSystem", "ProvinceSimulation", "Review", "UnitCommitment", "MarketStore",
        "Spreadsheets", "Settlement",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "HTTPAPITests", dependencies: ["HTTPAPI", "TradingDesk", "MarketModel", "MarketTestSupport"],
      swiftSettings: strict),
    .testTarget(name: "ArchitectureTests", swiftSettings: strict),
    .testTarget(name: "AcceptanceTests", dependencies: ["MarketTestSupport", "spotdesk"], swiftSettings: strict),
  ]
)
