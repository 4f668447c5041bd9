import Foundation
import Testing

/// docs/errors.md against the sources: every kind of error has its row, and no row is left of one that is gone.
@Suite("The list of errors") struct ErrorListTests {
  /// Heading of a section (the name in backticks) → first cells of its tables (the names in backticks).
  static let listed: [String: [String]] = {
    let page = ModuleMapTests.root.appending(path: "docs/errors.md")
    let text = (try? String(contentsOf: page, encoding: .utf8)) ?? ""
    var sections: [String: [String]] = [:]
    var heading = ""
    for line in text.split(separator: "\n") {
      if line.hasPrefix("#") { heading = quoted(line) ?? String(line.drop { $0 == "#" || $0 == " " }) }
      if line.hasPrefix("| `"), let name = quoted(line) { sections[heading, default: []].append(name) }
    }
    return sections
  }()

  /// Rows of the page as they stand, by section and name.
  static func row(_ name: String, in section: String) -> Substring? {
    let page = ModuleMapTests.root.appending(path: "docs/errors.md")
    let text = (try? String(contentsOf: page, encoding: .utf8)) ?? ""
    guard let start = text.range(of: "`\(section)`\n")?.upperBound else { return nil }
    let rest = text[start...]
    let end = rest.range(of: "\n#")?.lowerBound ?? rest.endIndex
    return rest[..<end].split(separator: "\n").first { $0.hasPrefix("| `\(name)` |") }
  }

  static func quoted(_ line: some StringProtocol) -> String? {
    let parts = line.split(separator: "`", omittingEmptySubsequences: false)
    return parts.count >= 3 ? String(parts[1]) : nil
  }

  static let sources: [(file: URL, text: String)] = {
    let folder = ModuleMapTests.root.appending(path: "Sources")
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    var found: [(URL, String)] = []
    while let file = files?.nextObject() as? URL {
      guard file.pathExtension == "swift" else { continue }
      found.append((file, (try? String(contentsOf: file, encoding: .utf8)) ?? ""))
    }
    return found.sorted { $0.0.path < $1.0.path }
  }()

  /// Every type of the sources that is an `Error`, with its text.
  static let errorTypes: [(name: String, isEnum: Bool, body: String)] = {
    var found: [(String, Bool, String)] = []
    for source in sources {
      let lines = source.text.split(separator: "\n", omittingEmptySubsequences: false)
      for (number, line) in lines.enumerated() {
        let pattern = /(enum|struct|class) (?<name>[A-Za-z]+): (?<kinds>[^{]*)\{/
        guard let match = line.firstMatch(of: pattern),
          match.kinds.split(whereSeparator: { ", ".contains($0) }).contains("Error")
        else { continue }
        let body = lines[(number + 1)...].prefix { !$0.hasPrefix("}") }.joined(separator: "\n")
        found.append((String(match.name), match.1 == "enum", body))
      }
    }
    return found
  }()

  /// Names of the cases that a text declares; patterns of a `switch` begin with a dot or a word of its own.
  static func cases(_ text: Substring) -> [String] {
    var names: [String] = []
    for line in text.split(separator: "\n") {
      guard let match = line.wholeMatch(of: /\s*case (?<list>[a-z][A-Za-z0-9, ]*)(\(.*| = .*)?/) else { continue }
      names += match.list.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    }
    return names
  }

  private static func text(of file: String) throws -> String {
    try String(contentsOf: ModuleMapTests.root.appending(path: "Sources/" + file), encoding: .utf8)
  }

  /// The part of a text from a declaration to the end of its block.
  private static func block(_ declaration: String, in text: String) throws -> Substring {
    let start = try #require(text.range(of: declaration)).upperBound
    let end = text[start...].range(of: "\n  }\n")?.lowerBound ?? text.endIndex
    let last = text[start...].range(of: "\n}\n")?.lowerBound ?? text.endIndex
    return text[start..<min(end, last)]
  }

  @Test("every type that is an error stands on the page, and every type on the page is one")
  func types() {
    #expect(Self.errorTypes.count > 25, "the sources could not be read")
    let single = Self.listed["Errors that are one sentence each"] ?? []
    for type in Self.errorTypes {
      let isListed = Self.listed[type.name] != nil || single.contains(type.name)
      #expect(isListed, "docs/errors.md does not list \(type.name)")
    }
    let known = Self.errorTypes.map(\.name)
    for name in single { #expect(known.contains(name), "docs/errors.md lists \(name), which is no error any more") }
  }

  @Test("every kind of every enumerated error has its row, and no other has")
  func kinds() throws {
    for type in Self.errorTypes where type.isEnum {
      expectRows(of: type.name, to: Self.cases(type.body[...]))
    }
    expectRows(
      of: "DeskProblem", to: Self.cases(try Self.block("enum Kind", in: Self.text(of: "TradingDesk/DeskProblem.swift")))
    )
    expectRows(
      of: "RulePackProblem",
      to: Self.cases(try Self.block("enum Kind", in: Self.text(of: "MarketRules/RulePackProblem.swift"))))
    expectRows(
      of: "SettlementError",
      to: Self.cases(try Self.block("enum Kind", in: Self.text(of: "Settlement/SettlementError.swift"))))
    expectRows(
      of: "ProblemKind",
      to: Self.cases(
        try Self.block("enum ProblemKind", in: Self.text(of: "HTTPAPI/Exchange/APIProblem.swift"))))
    expectRows(
      of: "spotdesk doctor",
      to: Self.cases(
        try Self.block("enum HealthCheck", in: Self.text(of: "TradingDesk/Upkeep/HealthReport.swift"))))
  }

  @Test("exit codes and statuses are those of the code")
  func codes() throws {
    let exits = try Self.text(of: "spotdesk/Commands/DeskOptions.swift").matches(of: /case \.([A-Za-z]+): (\d+)\n/)
    #expect(exits.count == Self.listed["DeskProblem"]?.count)
    for match in exits {
      let row = try #require(Self.row(String(match.1), in: "DeskProblem"))
      #expect(row.contains("| \(match.2) |"), "\(row)")
    }
    let statuses = try Self.text(of: "HTTPAPI/Exchange/APIProblem.swift").matches(of: /case \.([A-Za-z]+): (\d{3})\n/)
    #expect(statuses.count == Self.listed["ProblemKind"]?.count)
    for match in statuses {
      let row = try #require(Self.row(String(match.1), in: "ProblemKind"))
      #expect(row.contains("| \(match.2) |"), "\(row)")
    }
  }

  @Test("every check of a bid has its row with its class")
  func checks() {
    var found: [String: Substring] = [:]
    for source in Self.sources where source.file.path.contains("/Compliance/") {
      for match in source.text.matches(of: /"([A-Z]\d\d)", "[^"]*", \.(block|stop|warn)/) {
        found[String(match.1)] = match.2
      }
    }
    let listed = Self.listed["Checks of a bid"] ?? []
    #expect(found.count == 77 && listed.sorted() == found.keys.sorted())
    let page = (try? String(contentsOf: ModuleMapTests.root.appending(path: "docs/errors.md"), encoding: .utf8)) ?? ""
    for (name, severity) in found {
      let row = page.split(separator: "\n").first { $0.hasPrefix("| `\(name)` |") } ?? ""
      #expect(row.contains("| \(severity) |"), "\(name): \(row)")
    }
  }

  private func expectRows(of section: String, to cases: [String]) {
    #expect(!cases.isEmpty, "no case of \(section) was found in the sources")
    let rows = Self.listed[section] ?? []
    #expect(Set(rows).count == rows.count, "\(section) has a row twice")
    let missing = cases.filter { !rows.contains($0) }
    #expect(missing.isEmpty, "docs/errors.md has no row of \(section) for \(missing)")
    let surplus = rows.filter { !cases.contains($0) }
    #expect(surplus.isEmpty, "docs/errors.md lists \(surplus) of \(section), which are gone")
  }
}
