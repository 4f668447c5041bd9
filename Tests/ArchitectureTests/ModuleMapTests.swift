import Foundation
import Testing

/// The module map of docs/architecture.md: what each target may import, compared with the sources and with Package.swift.
@Suite("Module map") struct ModuleMapTests {
  /// What the picture does not draw.
  static let system: Set<String> = ["Foundation", "Dispatch", "Synchronization"]
  /// Targets that do without Foundation.
  static let withoutFoundation = [
    "PowerSystem", "Optimization", "NumericMethods", "UnitScheduling", "UnitCommitment", "Settlement",
  ]

  /// Target → modules to which the picture draws an arrow.
  static let drawn: [String: Set<String>] = {
    let page = (try? String(contentsOf: root.appending(path: "docs/architecture.md"), encoding: .utf8)) ?? ""
    var arrows: [String: Set<String>] = [:]
    for line in page.split(separator: "\n") {
      let sides = line.components(separatedBy: " ─► ")
      guard sides.count == 2, let target = sides[0].split(separator: " ").last else { continue }
      let modules = sides[1].components(separatedBy: ", ").map { $0.trimmingCharacters(in: .whitespaces) }
      arrows[String(target), default: []].formUnion(modules.filter { $0 != "nothing" })
    }
    return arrows
  }()

  /// Target → what Package.swift declares for it: targets of the package and products of others.
  static let declared: [String: Set<String>] = {
    let text = (try? String(contentsOf: root.appending(path: "Package.swift"), encoding: .utf8)) ?? ""
    var found: [String: Set<String>] = [:]
    for part in text.components(separatedBy: "arget(").dropFirst() {
      let words = part.components(separatedBy: "\"")
      guard words.count > 1, let list = part.components(separatedBy: "dependencies: [").dropFirst().first else {
        continue
      }
      // The list ends with the first bracket that closes it; products stand in parentheses within.
      let entries = (list.components(separatedBy: "]").first ?? "").components(separatedBy: "\"")
      let named = stride(from: 1, to: entries.count, by: 2).filter { !entries[$0 - 1].hasSuffix("package: ") }
      found[words[1]] = Set(named.map { entries[$0] })
    }
    return found
  }()

  static let stages: Set<String> = ["Forecasting", "Bidding", "Compliance", "Clearing"]
  /// Outside libraries that exactly one target may import.
  static let soleImporters = [
    "CLAPACK": "NumericMethods", "CXGBoost": "NumericMethods", "CHiGHS": "Optimization", "GRDB": "MarketStore",
    "Yams": "MarketRules", "CZlib": "MarketData", "COpenSSL": "MarketData", "ArgumentParser": "spotdesk",
    "Hummingbird": "HTTPAPI", "NIOCore": "HTTPAPI", "CMalloc": "HTTPAPI",
    "CXLSXWriter": "Spreadsheets", "CLibZip": "Spreadsheets", "CExpat": "Spreadsheets",
  ]

  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Target → modules that its sources import.
  static let imports: [String: Set<String>] = {
    var found: [String: Set<String>] = [:]
    for file in SourceFile.all {
      for line in file.lines where line.first != " " {
        let words = line.split(separator: " ")
        guard let position = words.firstIndex(of: "import"), position + 1 < words.count,
          position == 0 || ["public", "internal", "private", "package", "fileprivate"].contains(words[position - 1]),
          position <= 1
        else { continue }
        found[file.target, default: []].insert(String(words[position + 1]))
      }
    }
    return found
  }()

  @Test("the picture draws every target of the sources")
  func targets() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: Self.root.appending(path: "Sources").path)
    // System libraries have a map of their own and no sources.
    #expect(Set(Self.drawn.keys) == Set(folders.filter { !Self.isSystemLibrary($0) }))
  }

  private static func isSystemLibrary(_ folder: String) -> Bool {
    FileManager.default.fileExists(atPath: root.appending(path: "Sources/\(folder)/module.modulemap").path)
  }

  @Test(
    "the arrows of the picture are those of the sources, and Package.swift declares them",
    arguments: drawn.keys.sorted())
  func edges(target: String) {
    let found = (Self.imports[target] ?? []).subtracting(Self.system)
    let drawn = Self.drawn[target] ?? []
    #expect(found.subtracting(drawn).isEmpty, "\(target) imports what docs/architecture.md does not draw")
    #expect(drawn.subtracting(found).isEmpty, "docs/architecture.md draws arrows that \(target) does not have")
    let declared = Self.declared[target] ?? []
    #expect(found.subtracting(declared).isEmpty, "Package.swift does not declare what \(target) imports")
    #expect(declared.subtracting(found).isEmpty, "Package.swift declares what \(target) does not import")
  }

  @Test("the lowest targets do without Foundation", arguments: withoutFoundation)
  func foundation(target: String) { #expect(Self.imports[target]?.contains("Foundation") != true) }

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
    let packs = try FileManager.default.contentsOfDirectory(atPath: Self.root.appending(path: "data/rules").path)
    let generic: Set<String> = ["west", "inner", "renewables", "readme"]
    let parts = packs.flatMap { $0.lowercased().split(whereSeparator: { !$0.isLetter }).map(String.init) }
    let names = Set(parts.filter { $0.count > 2 }).subtracting(generic).union(["山东"])
    #expect(names.count > 10)
    // A reader of files may know whose form they have.
    for file in SourceFile.all where !file.path.hasSuffix("MarketData/Register/SystemUnits.swift") {
      let all = file.text.lowercased()
      guard names.contains(where: all.contains) else { continue }
      for (number, line) in file.lines.enumerated() {
        // Comments may cite a source, and help texts may give an example.
        let code = line.split(separator: "//", maxSplits: 1, omittingEmptySubsequences: false).first ?? ""
        let text = code.lowercased()
        for name in names where text.contains(name) && !code.contains("spotdesk ") && Self.words(code).contains(name) {
          Issue.record("\(file.path):\(number + 1) names the market \(name)")
        }
      }
    }
  }

  /// "unitsOfNEM" → "units", "of", "nem".
  private static func words(_ code: Substring) -> Set<String> {
    Set(code.matches(of: /[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\x00-\x7F]+/).map { $0.output.lowercased() })
  }
}
