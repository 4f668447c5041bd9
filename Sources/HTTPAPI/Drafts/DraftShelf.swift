internal import Foundation
internal import MarketModel
internal import Synchronization
internal import TradingDesk

/// A curve that a trader is working on: one for each unit and day.
struct Draft: Codable, Sendable {
  var schema = "spotdesk.draft/1"
  var day: MarketDay
  var unit: String
  var segments: [DraftSegment]
  /// From 1; rises with every change.
  var version: Int
  var author: String
  var updatedAt: String
  /// Less the prepared offer's, in the market's currency.
  var expectedProfitDifference: Double
  /// "compliant" or "violated".
  var verdict: String

  enum CodingKeys: String, CodingKey {
    case schema, day, unit, segments, version, author, updatedAt = "updated_at",
      expectedProfitDifference = "expected_profit_difference", verdict
  }

  func encoded() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self) + Data("\n".utf8)
  }
}

/// The drafts of a workspace as files beside the day's bids; who changes one must name the version that he saw.
final class DraftShelf: Sendable {
  private let workspace: Workspace
  private let writing = Mutex(())

  init(workspace: Workspace) { self.workspace = workspace }

  func folder(_ day: MarketDay) -> URL { workspace.dayDirectory(day).appending(path: "drafts") }

  private func file(_ day: MarketDay, _ unit: String) -> URL { folder(day).appending(path: "\(unit).json") }

  static func tag(_ content: Data) -> String { "\"\(contentHash(content).prefix(32))\"" }

  func list(_ day: MarketDay) -> [Draft] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder(day).path)) ?? []
    return names.filter { $0.hasSuffix(".json") }.sorted().compactMap { name in
      (try? Data(contentsOf: folder(day).appending(path: name))).flatMap {
        try? JSONDecoder().decode(Draft.self, from: $0)
      }
    }
  }

  func content(_ day: MarketDay, _ unit: String) throws -> Data {
    guard let data = try? Data(contentsOf: file(day, unit)) else {
      throw APIProblem(.notFound, "There is no draft of \(unit) on \(day).", "\(day) 没有机组 \(unit) 的草稿。")
    }
    return data
  }

  /// Keeps a draft.
  ///
  /// - Parameter condition: the tag that the trader saw; nil for a new draft.
  func keep(_ draft: Draft, ifMatch condition: String?) throws -> Data {
    try writing.withLock { _ in
      let known = try? Data(contentsOf: file(draft.day, draft.unit))
      try check(known, condition, draft.day, draft.unit)
      var own = draft
      let before = known.flatMap { try? JSONDecoder().decode(Draft.self, from: $0) }
      own.version = (before?.version ?? 0) + 1
      let content = try own.encoded()
      do {
        try FileManager.default.createDirectory(at: folder(draft.day), withIntermediateDirectories: true)
        try content.write(to: file(draft.day, draft.unit), options: .atomic)
      } catch {
        throw DeskProblem(.cannotWrite, "The draft of \(draft.unit) cannot be written: \(error.localizedDescription)")
      }
      return content
    }
  }

  func remove(_ day: MarketDay, _ unit: String, ifMatch condition: String?) throws {
    try writing.withLock { _ in
      let known = try content(day, unit)
      try check(known, condition, day, unit)
      try? FileManager.default.removeItem(at: file(day, unit))
    }
  }

  private func check(_ known: Data?, _ condition: String?, _ day: MarketDay, _ unit: String) throws {
    guard let condition else {
      guard known == nil else {
        throw APIProblem(
          .conflict, "There is a draft of \(unit) on \(day) already; change it with PUT and If-Match.",
          "\(day) 机组 \(unit) 已有草稿；请用 PUT 与 If-Match 修改。")
      }
      return
    }
    guard let known else {
      throw APIProblem(.changedMeanwhile, "The draft of \(unit) on \(day) is gone.", "\(day) 机组 \(unit) 的草稿已被删除。")
    }
    guard
      condition == "*"
        || condition.split(separator: ",").contains(where: {
          $0.trimmingCharacters(in: .whitespaces) == DraftShelf.tag(known)
        })
    else {
      let other = try? JSONDecoder().decode(Draft.self, from: known)
      throw APIProblem(
        .changedMeanwhile,
        "\(other?.author ?? "Somebody") changed the draft of \(unit) on \(day) at \(other?.updatedAt ?? "an unknown time") (version \(other?.version ?? 0)); read it again.",
        "\(other?.author ?? "他人") 已于 \(other?.updatedAt ?? "") 修改了 \(day) 机组 \(unit) 的草稿（第 \(other?.version ?? 0) 版），请重新读取。"
      )
    }
  }
}
