public import MarketModel
internal import NumericMethods

/// An alert as somebody works on it, with the numbers of the day on which it was told.
public struct AlertCase: Sendable, Codable, Equatable {
  public enum Status: String, Sendable, Codable, CaseIterable { case open, acknowledged, resolved, reopened }

  public var id: String
  public var customer: String
  public var kind: LoadAlertKind
  public var severity: AlertSeverity
  public var status: Status
  public var openedOn: MarketDay
  public var lastToldOn: MarketDay
  public var owner: String?
  /// "confirmed", "false", "explained" or "recovered".
  public var resolution: String?
  public var resolvedOn: MarketDay?
  public var deviation: Double
  public var threshold: Double
  public var cusum: Double
  public var baselineMWh: Double
  public var observedMWh: Double
  /// |Δq| a day · days left · margin per MWh.
  public var valueAtStake: Double

  /// Open, acknowledged or reopened.
  public var isActive: Bool { status != .resolved }
}

/// All cases of a portfolio: one active case for a customer and kind.
public struct AlertLedger: Sendable, Codable, Equatable {
  public private(set) var cases: [AlertCase] = []
  /// A case that was resolved so many days ago or less is reopened by the same kind of alert.
  public static let reopeningDays = 60
  /// Days back near the baseline after which a case that nobody has acknowledged resolves itself.
  public static let recoveryDays = 14

  public init() {}

  /// Takes alerts in the order of their days; what is known already changes nothing.
  ///
  /// - Parameters:
  ///   - value: value at stake of an alert.
  public mutating func take(_ alerts: [LoadAlert], in loads: DailyLoads, value: (LoadAlert) -> Double) {
    for alert in alerts.sorted(by: { ($0.day, $0.customer, $0.kind.rawValue) < ($1.day, $1.customer, $1.kind.rawValue) }
    ) {
      take(alert, customer: loads.customers[alert.customer], day: loads.day(alert.day), value: value(alert))
    }
  }

  private mutating func take(_ alert: LoadAlert, customer: String, day: MarketDay, value: Double) {
    let own = cases.indices.filter { cases[$0].customer == customer && Self.agree(cases[$0].kind, alert.kind) }
    if let last = own.last {
      guard day > cases[last].lastToldOn || (cases[last].severity == .watch && alert.severity == .alert) else { return }
      if cases[last].isActive {
        cases[last].lastToldOn = max(day, cases[last].lastToldOn)
        if alert.severity == .alert, cases[last].severity == .watch { cases[last].kind = alert.kind }
        if alert.severity == .alert { cases[last].severity = .alert }
        return
      }
      if let resolved = cases[last].resolvedOn, day > resolved,
        day.dayNumber - resolved.dayNumber <= Self.reopeningDays
      {
        cases[last].status = .reopened
        cases[last].lastToldOn = day
        cases[last].resolution = nil
        cases[last].resolvedOn = nil
        return
      }
    }
    cases.append(
      AlertCase(
        id: "\(customer)/\(alert.kind.rawValue)/\(day)", customer: customer, kind: alert.kind, severity: alert.severity,
        status: .open, openedOn: day, lastToldOn: day, deviation: alert.deviation, threshold: alert.threshold,
        cusum: alert.cusum, baselineMWh: alert.baseline, observedMWh: alert.observed, valueAtStake: value))
  }

  /// Falls are one family: a stop that turns out to be a relocation is the same case.
  private static func agree(_ left: LoadAlertKind, _ right: LoadAlertKind) -> Bool {
    (left == .expansion) == (right == .expansion)
  }

  /// Resolves open cases whose load has been back near its baseline for long enough.
  public mutating func resolveRecovered(_ watch: LoadWatch, in loads: DailyLoads) {
    var positions: [String: Int] = [:]
    for (position, name) in loads.customers.enumerated() { positions[name] = position }
    for index in cases.indices where cases[index].isActive && cases[index].status != .acknowledged {
      guard let customer = positions[cases[index].customer] else { continue }
      let last = cases[index].lastToldOn.dayNumber - loads.firstDay.dayNumber
      guard let day = watch.recovery(of: customer, after: last, limit: cases[index].threshold / 2) else { continue }
      cases[index].status = .resolved
      cases[index].resolution = "recovered"
      cases[index].resolvedOn = loads.day(day)
    }
  }

  /// - Throws: ``RetailProblem`` if there is no such active case.
  public mutating func acknowledge(_ id: String, owner: String) throws(RetailProblem) {
    let index = try active(id)
    cases[index].status = .acknowledged
    cases[index].owner = owner
  }

  /// - Throws: ``RetailProblem`` if there is no such active case, or the resolution is none.
  public mutating func resolve(_ id: String, as resolution: String, on day: MarketDay) throws(RetailProblem) {
    guard ["confirmed", "false", "explained"].contains(resolution) else {
      throw RetailProblem("A case is resolved as confirmed, false or explained, not as \"\(resolution)\".")
    }
    let index = try active(id)
    cases[index].status = .resolved
    cases[index].resolution = resolution
    cases[index].resolvedOn = day
  }

  private func active(_ id: String) throws(RetailProblem) -> Int {
    guard let index = cases.lastIndex(where: { $0.id == id && $0.isActive }) else {
      throw RetailProblem("There is no open case \"\(id)\".")
    }
    return index
  }

  /// Active cases, the most valuable first.
  public var active: [AlertCase] {
    cases.filter(\.isActive).sorted { (-$0.valueAtStake, $0.id) < (-$1.valueAtStake, $1.id) }
  }
}

extension LoadWatch {
  /// The first day on which the median of the window has stayed within a limit for the days of a recovery.
  func recovery(of customer: Int, after last: Int, limit: Double) -> Int? {
    var calm = 0
    for day in max(last + 1, 0)..<max(days, last + 1, 0) {
      let deviation = deviations[customer * days + day]
      calm = deviation.isFinite && abs(deviation) <= limit ? calm + 1 : deviation.isNaN ? calm : 0
      if calm >= AlertLedger.recoveryDays { return day }
    }
    return nil
  }
}
