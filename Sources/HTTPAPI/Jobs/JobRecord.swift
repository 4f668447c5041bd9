internal import Foundation
internal import MarketModel

/// One piece of long work as it is kept in the workspace and shown.
struct JobRecord: Codable, Sendable {
  enum Kind: String, Codable, Sendable, CaseIterable {
    case day, forecast, clear, review, position, market, backtest
    /// Strategies beside each other, and variants of one: both keep every day that is done.
    case comparison, sweep

    /// Asked for again, it goes on where it was stopped.
    var goesOn: Bool { self == .comparison || self == .sweep }
    /// It says itself how far it is.
    var tellsProgress: Bool { goesOn }
  }
  enum State: String, Codable, Sendable {
    case queued, running, done, failed, cancelled
    /// The server stopped while it ran; nothing of it was kept.
    case interrupted

    var isOver: Bool { self != .queued && self != .running }
  }

  var schema = "spotdesk.job/1"
  var id: String
  var kind: Kind
  var request: JobRequest
  var state = State.queued
  /// 0 to 1.
  var progress = 0.0
  /// The last thing that the work said.
  var stage = ""
  var requestedBy: String
  var createdAt: String
  var startedAt: String?
  var endedAt: String?
  /// Where the result is, once the work is done.
  var resultUrl: String?
  /// What went wrong, in one sentence.
  var problem: String?
  /// Rises with every change.
  var version = 0

  enum CodingKeys: String, CodingKey {
    case schema, id, kind, request, state, progress, stage, requestedBy = "requested_by", createdAt = "created_at",
      startedAt = "started_at", endedAt = "ended_at", resultUrl = "result_url", problem, version
  }

  func encoded() -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return ((try? encoder.encode(self)) ?? Data("{}".utf8)) + Data("\n".utf8)
  }

  /// In one line, for an event stream.
  func line() -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }
}

/// What is to be done: which days, with which choices. What does not belong to the kind is refused.
struct JobRequest: Codable, Sendable, Hashable {
  var day: MarketDay?
  var from: MarketDay?
  var to: MarketDay?
  var seed: UInt64?
  var scenarios: Int?
  var riskAversion: Double?
  /// By name; both baselines and perfect foresight are added.
  var strategies: [String]?
  /// Whether price models are fitted anew once a week alone.
  var weekly: Bool?
  /// The text of a sweep file.
  var sweep: String?

  enum CodingKeys: String, CodingKey {
    case day, from, to, seed, scenarios, riskAversion = "risk_aversion", strategies, weekly, sweep
  }
}
