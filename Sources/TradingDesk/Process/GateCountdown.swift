internal import Foundation
internal import MarketData
public import MarketModel
internal import MarketRules

/// The deadlines of a market day with what is left until each.
public struct GateReport: Sendable, Encodable {
  public var schema = "spotdesk.gates/1"
  public var day: MarketDay
  /// "market version".
  public var pack: String
  public var zone: String
  /// UTC.
  public var now: String
  /// In the order in which they come.
  public var gates: [GateRow]
  /// Why there are no gates; "" if the pack knows them.
  public var unknown: String
  /// What the operator takes for a bid that did not come, with its clause.
  public var missingBid: String

  public struct GateRow: Sendable, Encodable {
    public var name: String
    /// "gate" for a deadline of ours, "information" for when something is known.
    public var kind: String
    /// "D-1T15:00" of the market's clock.
    public var rule: String
    /// UTC.
    public var at: String
    public var minutesLeft: Int
    /// "open", "closed", for information "due" or "past".
    public var state: String
    /// "", or the rung of the ladder that has been reached: "T-60", "T-30", "T-10".
    public var alarm: String
    public var locks: [String]
    public var clause: String
  }
}

extension TradingDesk {
  /// The gates of a day under a named pack, or under that of the workspace's market.
  ///
  /// - Parameters:
  ///   - day: nil for the next day of the market whose last gate is still open, tomorrow if no gate is known.
  ///   - at: a time to count from, for a replay; the present by default.
  public func gates(_ day: MarketDay?, rules: String?, at: String?) throws -> GateReport {
    var named = rules
    if named == nil { named = try inDeskTerms { try openStore().setting(Setting.market) } }
    guard let named else {
      throw DeskProblem(
        .missingInput, "\(workspace.directory.path) has no market. Name one with --rules; `spotdesk rules` lists them.")
    }
    let known = try namedPack(named, day: day ?? today(in: try onePack(named, day: nil).zone))
    let instant = try sentTime(at, zone: known.zone) ?? now()
    let day = try day ?? GateReport.nextDay(known, at: instant, today: today(in: known.zone, at: instant))
    return GateReport(day, pack: try namedPack(named, day: day), at: instant)
  }

  private func today(in zone: MarketZone) -> MarketDay { today(in: zone, at: now()) }

  /// The market day on whose date the market's clock stands.
  func today(in zone: MarketZone, at instant: Date) -> MarketDay {
    var day = MarketDay(dayNumber: Int((instant.timeIntervalSince1970 / 86_400).rounded(.down)))
    while zone.start(of: day) > instant { day = day.advanced(by: -1) }
    while zone.start(of: day.advanced(by: 1)) <= instant { day = day.advanced(by: 1) }
    return day
  }
}

extension GateReport {
  /// Tomorrow, or the day after while every gate of tomorrow is closed.
  fileprivate static func nextDay(_ pack: RulePack, at instant: Date, today: MarketDay) throws -> MarketDay {
    let tomorrow = today.advanced(by: 1)
    guard let last = pack.timetable.curveGate else { return tomorrow }
    for offset in 0...3 {
      let day = today.advanced(by: offset)
      if last.closes.instant(for: day, in: pack.zone) > instant { return day }
    }
    return tomorrow
  }

  init(_ day: MarketDay, pack: RulePack, at instant: Date) {
    self.day = day
    self.pack = pack.name
    zone = pack.zone.identifier
    now = LocalTime.text(instant)
    var rows: [(date: Date, row: GateRow)] = []
    func add(_ name: String, _ kind: String, _ time: GateClosure, _ locks: [String], _ clause: String) {
      let date = time.instant(for: day, in: pack.zone)
      rows.append((date, GateRow(name, kind, time, date: date, now: instant, locks: locks, clause: clause)))
    }
    unknown = ""
    switch pack.timetable.gates {
    case .known(let gates, let citation):
      for gate in gates { add(gate.name, "gate", gate.closes, gate.locks.map(\.rawValue), citation.clause) }
    case .unknown(let reason): unknown = reason
    }
    for (name, rule) in [
      ("information-cutoff", pack.timetable.informationCutoff), ("day-ahead-results", pack.timetable.dayAheadResults),
      ("dispatch-plan", pack.timetable.dispatchPlan),
    ] {
      if case .known(let time, let citation) = rule { add(name, "information", time, [], citation.clause) }
    }
    gates = rows.enumerated().sorted { ($0.element.date, $0.offset) < ($1.element.date, $1.offset) }
      .map(\.element.row)
    missingBid = pack.settlement.missingBidSentence
  }
}

extension GateReport.GateRow {
  /// Minutes before a gate at which an alarm is due.
  private static let ladder = [10, 30, 60]

  fileprivate init(
    _ name: String, _ kind: String, _ time: GateClosure, date: Date, now: Date, locks: [String], clause: String
  ) {
    let seconds = date.timeIntervalSince(now)
    let isGate = kind == "gate"
    let left = Int((seconds / 60).rounded(.down))
    let rung = GateReport.GateRow.ladder.first { seconds > 0 && seconds <= Double($0 * 60) }
    self.init(
      name: name, kind: kind, rule: "\(time)", at: LocalTime.text(date), minutesLeft: left,
      state: isGate ? (seconds > 0 ? "open" : "closed") : (seconds > 0 ? "due" : "past"),
      alarm: isGate ? rung.map { "T-\($0)" } ?? "" : "", locks: locks, clause: clause)
  }
}

extension SettlementRules {
  /// "the operator takes registered-default, then last-valid (…)".
  var missingBidSentence: String {
    switch missingBid {
    case .known(let rules, let citation):
      "the operator takes \(rules.map(\.rawValue).joined(separator: ", then ")) (\(citation.clause))"
    case .unknown(let reason): "what the operator takes is not known (\(reason))"
    }
  }
}
