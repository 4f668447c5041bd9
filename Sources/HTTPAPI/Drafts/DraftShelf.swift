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

  /// The drafts of a day by unit.
  ///
  /// - Throws: `DeskProblem` if one cannot be read: left out, it would be missing from the bids.
  func list(_ day: MarketDay) throws -> [Draft] {
    let folder = folder(day)
    guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
    let names: [String]
    do { names = try FileManager.default.contentsOfDirectory(atPath: folder.path) } catch {
      throw DeskProblem(.badData, "The drafts of \(day) cannot be read: \(error.localizedDescription)")
    }
    return try names.filter { $0.hasSuffix(".json") }.sorted().compactMap { name in
      let file = folder.appending(path: name)
      return try read(file).map { try draft($0, in: file) }
    }
  }

  func content(_ day: MarketDay, _ unit: String) throws -> Data {
    guard let data = try read(file(day, unit)) else {
      throw APIProblem(.notFound, "There is no draft of \(unit) on \(day).", "\(day) 没有机组 \(unit) 的草稿。")
    }
    return data
  }

  /// What stands in a draft's file; nil if there is none.
  private func read(_ file: URL) throws -> Data? {
    guard FileManager.default.fileExists(atPath: file.path) else { return nil }
    do { return try Data(contentsOf: file) } catch {
      throw DeskProblem(
        .badData, "The draft \(file.lastPathComponent) cannot be read: \(error.localizedDescription)")
    }
  }

  private func draft(_ content: Data, in file: URL) throws -> Draft {
    do { return try JSONDecoder().decode(Draft.self, from: content) } catch {
      throw DeskProblem(
        .badData, "\(file.path) is not a draft as this server writes it; throw it away or give it back from a backup.")
    }
  }

  /// Keeps a draft.
  ///
  /// - Parameter condition: the tag that the trader saw; nil for a new draft.
  func keep(_ draft: Draft, ifMatch condition: String?) throws -> Data {
    try writing.withLock { _ in
      let file = file(draft.day, draft.unit)
      let known = try read(file)
      try check(known, condition, draft.day, draft.unit)
      var own = draft
      // Who names the tag of a broken draft means to replace it.
      let before = known.flatMap { try? self.draft($0, in: file) }
      own.version = (before?.version ?? 0) + 1
      let content = try own.encoded()
      do {
        try FileManager.default.createDirectory(at: folder(draft.day), withIntermediateDirectories: true)
        try content.write(to: file, options: .atomic)
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
      do { try FileManager.default.removeItem(at: file(day, unit)) } catch {
        throw DeskProblem(.cannotWrite, "The draft of \(unit) cannot be thrown away: \(error.localizedDescription)")
      }
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
