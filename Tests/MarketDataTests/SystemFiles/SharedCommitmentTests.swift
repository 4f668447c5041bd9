import Foundation
import PowerSystem
import Testing

@testable import MarketData

/// Every shared instance reads, with totals that are plausible.
@Suite("Shared commitment problems", .enabled(if: Fixture.sharedData() != nil)) struct SharedCommitmentTests {
  static func files(_ folder: String) throws -> [URL] {
    let data = try #require(Fixture.sharedData())
    let found = FileManager.default.enumerator(at: data.appending(path: folder), includingPropertiesForKeys: nil)
    let urls = found?.compactMap { $0 as? URL } ?? []
    return urls.filter { $0.pathExtension == "gz" }.sorted { $0.path < $1.path }
  }

  /// Demand lies between the least and the greatest that the system could serve, with reserve.
  static func isPlausible(_ problem: CommitmentProblem) -> Bool {
    let thermal = problem.units.reduce(0) { $0 + $1.maximumOutput }
    return problem.demand.indices.allSatisfy { interval in
      let profiled = problem.profiledUnits.reduce(0) { $0 + $1.maximumOutput[interval] }
      return problem.demand[interval] > 0 && problem.demand[interval] < thermal + profiled
    }
  }

  @Test("PGLib-UC") func pglib() throws {
    let files = try Self.files("pglib_uc")
    #expect(files.count >= 20)
    for file in files {
      let problem = try readCommitmentProblem(at: file, format: .pglib)
      let expected: ClosedRange<Int> =
        file.path.contains("/ca/") ? 610...610 : file.path.contains("/ferc/") ? 934...978 : 73...73
      #expect(problem.intervalCount == 48 && expected.contains(problem.units.count), "\(file.path)")
      #expect(Self.isPlausible(problem), "\(file.path)")
    }
    let total = { (name: String) in
      try #require(files.first { $0.path.hasSuffix(name) }.map { try readCommitmentProblem(at: $0, format: .pglib) })
    }
    #expect(abs(try total("rts_gmlc/2020-01-27.json.gz").demand.reduce(0, +) - 183_143.01) < 1e-6)
    let ferc = try total("ferc/2015-01-01_hw.json.gz")
    #expect(ferc.units.count == 934 && abs(ferc.reserves[0].requirement.reduce(0, +) - 205_542.1) < 1e-6)
  }
}
