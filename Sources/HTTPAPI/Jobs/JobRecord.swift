internal import Foundation
internal import MarketModel

/// One piece of long work as it is kept in the workspace and shown.
struct JobRecord: Codable, Sendable {
  enum Kind: String, Codable, Sendable, CaseIterable { case day, forecast, clear, review, backtest }
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

  enum CodingKeys: String, CodingKey {
    case day, from, to, seed, scenarios, riskAversion = "risk_aversion"
  }
}

struct JobBody: Decodable {
  var kind: JobRecord.Kind
  var day: MarketDay?
  var from: MarketDay?
  var to: MarketDay?
  var seed: UInt64?
  var scenarios: Int?
  var riskAversion: Double?

  enum CodingKeys: String, CodingKey {
    case kind, day, from, to, seed, scenarios, riskAversion = "risk_aversion"
  }

  /// Days of one backtest at most.
  static let longestBacktest = 1_100

  func request() throws -> JobRequest {
    if let scenarios, !(20...2_000).contains(scenarios) {
      throw APIProblem.body(
        "/scenarios", "scenarios is \(scenarios); use 20 to 2000.", "scenarios 为 \(scenarios)，应为 20 至 2000。")
    }
    if let riskAversion, !(0...1).contains(riskAversion) {
      throw APIProblem.body(
        "/risk_aversion", "risk_aversion is \(riskAversion); use 0 to 1.", "risk_aversion 为 \(riskAversion)，应为 0 至 1。")
    }
    switch kind {
    case .backtest:
      guard let from, let to, from <= to, from.distance(to: to) < JobBody.longestBacktest else {
        throw APIProblem.body(
          "/from", "A backtest needs from and to, in order, at most \(JobBody.longestBacktest) days.",
          "回测需要 from 与 to，先后有序，最多 \(JobBody.longestBacktest) 天。")
      }
    case .clear, .review:
      guard day != nil else {
        throw APIProblem.body("/day", "\(kind.rawValue) needs the market day.", "\(kind.rawValue) 需要运行日。")
      }
    case .day, .forecast: break
    }
    return JobRequest(day: day, from: from, to: to, seed: seed, scenarios: scenarios, riskAversion: riskAversion)
  }
}
