import Foundation
import MarketRules
import Testing

/// Inputs of the fuzzed pack decoder that once did harm, or that are worth a look, and mutations of a shipped pack.
@Suite("Packs from anywhere") struct FuzzCorpusTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private func base() throws -> String {
    try String(contentsOf: Self.root.appending(path: "data/rules/shandong/2021-10.yaml"), encoding: .utf8)
  }

  @Test("the corpus is decoded or refused") func corpus() throws {
    let folder = Self.root.appending(path: "Benchmarks/Fuzzing/corpus/packs")
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    #expect(!files.isEmpty)
    for file in files {
      let text = try String(contentsOf: file, encoding: .utf8)
      _ = try? RulePack(text: text, name: "fuzzed.yaml", beside: ["base.yaml": try base()])
    }
    let inherits = try String(contentsOf: folder.appending(path: "inherits.yaml"), encoding: .utf8)
    let pack = try RulePack(text: inherits, name: "fuzzed.yaml", beside: ["base.yaml": try base()])
    #expect(pack.bids.cap.value == nil && pack.bids.floor.value != nil)
    #expect(pack.timetable.curveGate?.name == "last")
    #expect(throws: RulePackProblem.self) { try RulePack(text: inherits, name: "fuzzed.yaml") }
  }

  @Test("a pack with a few bytes changed is decoded or refused, and what was decoded can be told")
  func mutations() throws {
    let bytes = Array(try base().utf8)
    var state: UInt64 = 7
    func next(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    for _ in 0..<60 {
      var mutated = bytes
      for _ in 0...next(3) {
        let place = next(mutated.count)
        switch next(3) {
        case 0: mutated[place] = UInt8(next(256))
        case 1: mutated.removeSubrange(place..<min(place + next(40), mutated.count))
        default:
          mutated.insert(contentsOf: mutated[place..<min(place + next(40), mutated.count)], at: next(mutated.count))
        }
      }
      guard let pack = try? RulePack(text: String(decoding: mutated, as: UTF8.self), name: "mutated.yaml") else {
        continue
      }
      #expect(!pack.statements.isEmpty)
      _ = pack.contradictions
    }
  }
}
