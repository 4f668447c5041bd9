import Foundation
import MarketModel
import MarketStore
import MarketTestSupport
import Testing

@testable import TradingDesk

@Suite("The audit trail's chain") struct AuditChainTests {
  private static func trail(_ count: Int) -> [AuditEntry] {
    var entries: [AuditEntry] = []
    for number in 1...count {
      entries.append(
        entry(
          number, actor: number.isMultiple(of: 2) ? "wang" : "lin", content: "{\"n\":\(number)}",
          previous: entries.last?.hash ?? AuditEntry.origin))
    }
    return entries
  }

  private static func entry(
    _ sequence: Int, at: Double = 1_000, day: MarketDay? = MarketDay("2026-03-05"), actor: String = "lin",
    action: String = "checked", content: String = "{}", previous: String, hash: String? = nil
  ) -> AuditEntry {
    let draft = AuditEntry(
      sequence: sequence, at: Date(timeIntervalSince1970: at), day: day, actor: actor, action: action,
      content: content, previousHash: previous, hash: "")
    return AuditEntry(
      sequence: sequence, at: draft.at, day: day, actor: actor, action: action, content: content,
      previousHash: previous, hash: hash ?? sha256(Data(draft.sealedText.utf8)))
  }

  @Test("a trail as it was written has no problem") func intact() {
    #expect(AuditChain.problems(of: []).isEmpty)
    #expect(AuditChain.problems(of: Self.trail(9)).isEmpty)
  }

  @Test("a change of any field of any entry is found, also with its hash computed again")
  func altered() {
    let trail = Self.trail(6)
    for (index, old) in trail.enumerated() {
      let (next, hash) = (old.sequence, old.hash)
      let changes: [(String, AuditEntry)] = [
        (
          "sequence",
          Self.entry(next + 100, actor: old.actor, content: old.content, previous: old.previousHash, hash: hash)
        ),
        (
          "time",
          Self.entry(next, at: 1_001, actor: old.actor, content: old.content, previous: old.previousHash, hash: hash)
        ),
        (
          "day",
          Self.entry(next, day: nil, actor: old.actor, content: old.content, previous: old.previousHash, hash: hash)
        ),
        ("actor", Self.entry(next, actor: "zhao", content: old.content, previous: old.previousHash, hash: hash)),
        (
          "action",
          Self.entry(
            next, actor: old.actor, action: "sealed", content: old.content, previous: old.previousHash, hash: hash)
        ),
        ("content", Self.entry(next, actor: old.actor, content: "{}", previous: old.previousHash, hash: hash)),
        ("previous", Self.entry(next, actor: old.actor, content: old.content, previous: hash, hash: hash)),
        (
          "hash",
          Self.entry(next, actor: old.actor, content: old.content, previous: old.previousHash, hash: old.previousHash)
        ),
      ]
      for (field, changed) in changes {
        var altered = trail
        altered[index] = changed
        #expect(!AuditChain.problems(of: altered).isEmpty, "\(field) of entry \(next)")
      }
      guard index < trail.count - 1 else { continue }
      var resealed = trail
      resealed[index] = Self.entry(next, actor: "zhao", content: old.content, previous: old.previousHash)
      #expect(!AuditChain.problems(of: resealed).isEmpty, "entry \(next) sealed again")
      var removed = trail
      removed.remove(at: index)
      #expect(!AuditChain.problems(of: removed).isEmpty, "entry \(next) removed")
    }
  }

  @Test("two entries swapped, and one put in, are found") func order() {
    var trail = Self.trail(5)
    trail.swapAt(1, 2)
    #expect(!AuditChain.problems(of: trail).isEmpty)
    var longer = Self.trail(5)
    longer.insert(Self.entry(3, previous: longer[1].hash), at: 2)
    #expect(!AuditChain.problems(of: longer).isEmpty)
  }

  @Test("fields that run into each other do not share a hash") func lengths() {
    let one = Self.entry(1, actor: "ab", action: "c", previous: AuditEntry.origin)
    let other = Self.entry(1, actor: "a", action: "bc", previous: AuditEntry.origin)
    #expect(one.hash != other.hash)
  }

  @Test("the file of heads finds removed and rewritten ends") func heads() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "heads-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "audit-heads.txt")
    let trail = Self.trail(5)
    try AuditHeads(file).append(Array(trail.prefix(3)))
    #expect(try AuditHeads(file).problems(of: Array(trail.prefix(3))).isEmpty)
    #expect(try AuditHeads(file).remarks(of: trail).count == 1, "a line that is missing is no proof")
    try AuditHeads(file).append(trail)
    #expect(try AuditHeads(file).problems(of: trail).isEmpty && AuditHeads(file).remarks(of: trail).isEmpty)
    #expect(try !AuditHeads(file).problems(of: Array(trail.prefix(4))).isEmpty)
    var rewritten = trail
    rewritten[4] = Self.entry(5, actor: "zhao", previous: trail[3].hash)
    #expect(AuditChain.problems(of: rewritten).isEmpty, "the chain alone does not see a new end")
    #expect(try !AuditHeads(file).problems(of: rewritten).isEmpty)
    try Data([0xFF, 0xFE, 0xFF]).write(to: file)
    #expect(throws: DeskProblem.self, "what cannot be read is not empty") { try AuditHeads(file) }
  }
}
