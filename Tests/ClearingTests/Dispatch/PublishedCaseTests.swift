import Clearing
import Foundation
import MarketData
import PowerSystem
import Testing

/// The cases of PGLib-OPF against their published linear bounds.
@Suite("Dispatch of published cases") struct PublishedCaseTests {
  static let folder = sharedData?.appending(path: "pglib_opf")

  /// Case → published cost as it is printed.
  static let published: [String: String] = {
    guard let folder, let text = try? String(contentsOf: folder.appending(path: "BASELINE.md"), encoding: .utf8)
    else { return [:] }
    let rows = text.split(separator: "\n").map {
      $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }
    return Dictionary(rows.filter { $0.count > 4 }.map { ($0[0], $0[3]) }, uniquingKeysWith: { first, _ in first })
  }()

  static let files: [URL] = {
    guard let folder else { return [] }
    let found = try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    return (found ?? []).filter { $0.pathExtension == "m" }.sorted { $0.path < $1.path }
  }()

  @Test("cost to five digits, and the audit passes", arguments: files)
  func published(file: URL) throws {
    let system = try readMatpowerCase(file)
    let solution = try dispatch(system)
    #expect(String(format: "%.4e", solution.costPerHour) == Self.published[system.name])
    #expect(DispatchAudit(system, solution).verdict == "passed")
  }

  static let quadratic = files.filter { file in
    ["3_lmbd", "24_ieee_rts", "500_goc"].contains { file.path.contains($0) }
  }

  @Test("squares by tangents come to the same", arguments: quadratic)
  func tangents(file: URL) throws {
    let system = try readMatpowerCase(file)
    let solution = try dispatch(system, settings: DispatchSettings(triesQuadraticProgram: false))
    #expect(String(format: "%.4e", solution.costPerHour) == Self.published[system.name])
    #expect(DispatchAudit(system, solution).verdict == "passed")
  }
}
