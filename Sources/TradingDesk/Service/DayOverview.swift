internal import Foundation
internal import MarketData
public import MarketModel
internal import MarketRules
internal import MarketStore

/// One day at a glance: deadlines, how fresh the data are, compliance, expected profit.
public struct DayOverview: Sendable, Encodable {
  public var schema = "spotdesk.overview/1"
  public var day: MarketDay
  public var simulated: Bool
  public var market: String
  public var rulePack: String
  public var rulePackSource: String
  public var currency: String
  public var zone: String
  public var intervalMinutes: Int
  public var documents: [String]
  public var informationCutoff: Deadline?
  /// In order of time; empty if the pack knows none.
  public var gates: [Deadline]
  public var dayAheadResults: Deadline?
  public var series: [Freshness]
  /// nil if the day has no bids.
  public var compliance: Lights?
  public var expectedProfit: ExpectedProfit?
  public var notes: [String]

  /// A deadline as the pack says it, "D-1T09:45", and the instant that it means for this day.
  public struct Deadline: Sendable, Encodable {
    public var name: String
    public var rule: String
    /// ISO 8601 in UTC.
    public var at: String
    /// What no longer changes after it.
    public var locks: [String]
  }

  public struct Freshness: Sendable, Encodable {
    public var series: String
    public var lastDay: MarketDay
    /// The last day that the day's preparation needs of it.
    public var neededDay: MarketDay
    /// 0 where nothing is missing.
    public var missingDays: Int
    /// "fresh", "late" (one or two days missing) or "stale".
    public var state: String
  }

  public struct Lights: Sendable, Decodable, Encodable {
    public var verdict: String
    public var bids: Int
    public var violated: Int
    public var checksPassed: Int
    public var checksNotEvaluated: Int
  }

  public struct ExpectedProfit: Sendable, Encodable {
    public var standard: ExpectedRange
    public var optimised: ExpectedRange
    public var difference: Double
    public var conditionalValueAtRisk_5: Double
  }
}

/// The parts of `bids.json` that an overview shows.
struct PreparedSummary: Decodable {
  var fleet: Fleet
  var compliance: DayOverview.Lights
  var notes: [String]
  var provenance: Provenance

  struct Fleet: Decodable {
    var standard: Offer
    var optimised: Offer
    var expectedDifference: Double
  }
  struct Offer: Decodable {
    var profit: ExpectedRange
    var conditionalValueAtRisk: Double
  }
  struct Provenance: Decodable {
    var seed: UInt64
    var scenarios: Int
    var riskAversion: Double
    /// Absent of days that were prepared before it was kept.
    var secondOpinion: Double?
    var recentDays: Double?
    var dataHash: String
  }
}

extension TradingDesk {
  /// What is known and to be done of a day.
  public func overview(of day: MarketDay) throws -> DayOverview {
    let store = try openStore()
    let pack = try rulePack(on: day, market: nil, store: store)
    let present = documents(of: day)
    let prepared = present.contains(.bids) ? try preparedSummary(of: day) : nil
    let timetable = pack.timetable
    func deadline(_ name: String, _ closes: GateClosure, _ locks: [BidPart] = []) -> DayOverview.Deadline {
      DayOverview.Deadline(
        name: name, rule: closes.description, at: LocalTime.text(closes.instant(for: day, in: pack.zone)),
        locks: locks.map(\.rawValue))
    }
    return DayOverview(
      day: day, simulated: try isSimulated(store), market: pack.market, rulePack: "\(pack.market) \(pack.version)",
      rulePackSource: pack.source, currency: pack.currency, zone: pack.zone.identifier,
      intervalMinutes: pack.zone.length.minutes, documents: present.map(\.rawValue),
      informationCutoff: timetable.informationCutoff.value.map { deadline("information cutoff", $0) },
      gates: (timetable.gates.value ?? []).map { deadline($0.name, $0.closes, $0.locks) }.sorted { $0.at < $1.at },
      dayAheadResults: timetable.dayAheadResults.value.map { deadline("day-ahead results", $0) },
      series: try freshness(for: day, store), compliance: prepared?.compliance,
      expectedProfit: prepared.map { DayOverview.ExpectedProfit($0.fleet) }, notes: prepared?.notes ?? [])
  }

  func preparedSummary(of day: MarketDay) throws -> PreparedSummary {
    do {
      return try decodedDocument(PreparedSummary.self, from: try content(.bids, of: day))
    } catch let problem as DeskProblem {
      throw problem
    } catch {
      throw DeskProblem(
        .badData, "The bids of \(day) were written by another version. Run `spotdesk day \(day)` again.")
    }
  }

  private func freshness(for day: MarketDay, _ store: MarketStore) throws -> [DayOverview.Freshness] {
    try inDeskTerms {
      try store.seriesKeys(asOf: .distantFuture).compactMap { key in
        guard let last = try store.lastDay(of: key, asOf: .distantFuture) else { return nil }
        let needed = key.stage == .forecast ? day : day.advanced(by: -1)
        let missing = max(0, needed.dayNumber - last.dayNumber)
        return DayOverview.Freshness(
          series: key.description, lastDay: last, neededDay: needed, missingDays: missing,
          state: missing == 0 ? "fresh" : (missing <= 2 ? "late" : "stale"))
      }
    }
  }
}

extension DayOverview.ExpectedProfit {
  fileprivate init(_ fleet: PreparedSummary.Fleet) {
    standard = fleet.standard.profit
    optimised = fleet.optimised.profit
    difference = fleet.expectedDifference
    conditionalValueAtRisk_5 = fleet.optimised.conditionalValueAtRisk
  }
}
