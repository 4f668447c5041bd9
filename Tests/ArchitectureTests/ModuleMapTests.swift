import Foundation
import Testing

/// The module map of docs/architecture.md as a test: what each target may import, read from the sources themselves.
@Suite("Module map") struct ModuleMapTests {
  /// Modules of the system and of packages that a target imports besides the project's own.
  static let allowed: [String: Set<String>] = [
    "MarketModel": ["Foundation"],
    "NumericMethods": ["Foundation", "Dispatch", "Synchronization", "CLAPACK", "CXGBoost", "RealModule"],
    "Optimization": ["Foundation", "CHiGHS"],
    "MarketRules": ["Foundation", "MarketModel", "Yams"],
    "PowerSystem": [],
    "Spreadsheets": ["Foundation", "CXLSXWriter", "CLibZip", "CExpat"],
    "MarketData": ["Foundation", "MarketModel", "PowerSystem", "Spreadsheets", "CZlib", "COpenSSL"],
    "MarketStore": ["Foundation", "MarketModel", "GRDB"],
    "Forecasting": ["Foundation", "MarketModel", "NumericMethods"],
    "UnitScheduling": ["MarketModel", "Optimization"],
    "Bidding": [
      "Foundation", "Dispatch", "Synchronization", "MarketModel", "MarketRules", "Optimization", "UnitScheduling",
      "MarketGames",
    ],
    "Compliance": ["Foundation", "MarketModel", "MarketRules"],
    "UnitCommitment": ["Foundation", "Synchronization", "NumericMethods", "PowerSystem", "Optimization"],
    "Clearing": [
      "Foundation", "MarketModel", "MarketRules", "NumericMethods", "PowerSystem", "Optimization", "UnitScheduling",
      "UnitCommitment",
    ],
    "DayPipeline": [
      "Foundation", "MarketModel", "MarketRules", "Forecasting", "Bidding", "Compliance", "Clearing",
    ],
    "Settlement": ["MarketModel", "MarketRules"],
    "Review": ["Foundation", "MarketModel", "Clearing", "Optimization", "UnitScheduling"],
    "ProvinceSimulation": ["Foundation", "MarketModel", "NumericMethods"],
    "MarketGames": ["Foundation", "NumericMethods"],
    "FlexibleAssets": ["Foundation", "NumericMethods", "Optimization"],
    "HTTPAPI": [
      "Foundation", "Dispatch", "Synchronization", "MarketModel", "TradingDesk", "Hummingbird", "HummingbirdCore",
      "HTTPTypes", "NIOCore", "NIOHTTPTypes", "Logging", "ServiceLifecycle",
    ],
    "RetailValue": ["Foundation", "MarketModel", "NumericMethods", "Optimization"],
  ]
  static let stages: Set<String> = ["Forecasting", "Bidding", "Compliance", "Clearing"]
  /// Outside libraries that exactly one target may import.
  static let soleImporters = [
    "CLAPACK": "NumericMethods", "CXGBoost": "NumericMethods", "CHiGHS": "Optimization", "GRDB": "MarketStore",
    "Yams": "MarketRules", "CZlib": "MarketData", "COpenSSL": "MarketData", "ArgumentParser": "spotdesk",
    "Hummingbird": "HTTPAPI", "NIOCore": "HTTPAPI",
    "CXLSXWriter": "Spreadsheets", "CLibZip": "Spreadsheets", "CExpat": "Spreadsheets",
  ]

  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Target → modules that its sources import.
  static let imports: [String: Set<String>] = {
    var found: [String: Set<String>] = [:]
    let sources = root.appending(path: "Sources")
    let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
    while let file = files?.nextObject() as? URL {
      guard file.pathExtension == "swift" else { continue }
      let target = file.path.dropFirst(sources.path.count + 1).split(separator: "/")[0]
      let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
      for line in text.split(separator: "\n") where line.first != " " {
        let words = line.split(separator: " ")
        guard let position = words.firstIndex(of: "import"), position + 1 < words.count,
          position == 0 || ["public", "internal", "private", "package", "fileprivate"].contains(words[position - 1]),
          position <= 1
        else { continue }
        found[String(target), default: []].insert(String(words[position + 1]))
      }
    }
    return found
  }()

  @Test("every target imports only what the map allows", arguments: allowed.keys.sorted())
  func edges(target: String) {
    let found = Self.imports[target] ?? []
    let allowed = Self.allowed[target] ?? []
    #expect(!found.isEmpty || allowed.isEmpty, "\(target) has no sources")
    let surplus = found.subtracting(allowed)
    #expect(surplus.isEmpty, "\(target) imports \(surplus.sorted()); change the map on purpose or remove the import")
  }

  @Test("no stage of the day imports another")
  func star() {
    for stage in Self.stages {
      #expect((Self.imports[stage] ?? []).isDisjoint(with: Self.stages.subtracting([stage])))
    }
  }

  @Test("an outside library has one importer")
  func importers() {
    for (library, owner) in Self.soleImporters {
      let importing = Self.imports.filter { $0.value.contains(library) }.map(\.key).sorted()
      #expect(importing == [owner], "\(library) is imported by \(importing)")
    }
  }

  @Test("no market is named in code")
  func noMarketNames() throws {
    let names = ["shandong", "gansu", "shanxi", "guangdong", "pjm", "sdac", "omie", "山东"]
    let sources = Self.root.appending(path: "Sources")
    let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
    while let file = files?.nextObject() as? URL {
      guard file.pathExtension == "swift" else { continue }
      for (number, line) in try String(contentsOf: file, encoding: .utf8).split(
        separator: "\n", omittingEmptySubsequences: false
      ).enumerated() {
        // Comments may cite a source, and help texts may give an example.
        let code =
          line.split(separator: "//", maxSplits: 1, omittingEmptySubsequences: false).first.map(String.init) ?? ""
        for name in names where code.lowercased().contains(name) && !code.contains("spotdesk ") {
          Issue.record("\(file.lastPathComponent):\(number + 1) names the market \(name)")
        }
      }
    }
  }
}
