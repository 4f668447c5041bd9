public import MarketModel
internal import NumericMethods

/// An alert as somebody works on it, with the numbers of the day on which it was told.
public struct AlertCase: Sendable, Codable, Equatable {
  public enum Status: String, Sendable, Codable, CaseIterable { case open, acknowledged, resolved, reopened }

  public var id: String
  public var customer: String
  public var kind: CustomerAlertKind
  public var severity: AlertSeverity
  public var status: Status
  public var openedOn: MarketDay
  public var lastToldOn: MarketDay
  public var owner: String?
  /// "confirmed", "false", "explained"; by itself "recovered", or "settled" where the new load has become the usual one.
  public var resolution: String?
  public var resolvedOn: MarketDay?
  public var deviation: Double
  public var threshold: Double
  public var cusum: Double
  public var baselineMWh: Double
  public var observedMWh: Double
  /// |Δq| a day · days left · margin per MWh; for other kinds as their reason says.
  public var valueAtStake: Double
  /// Why, the other site of a relocation, and what registers say to it.
  public var reason: String?
  public var partner: String?
  public var evidence: [String]?

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

  /// Takes alerts of loads in the order of their days; what is known already changes nothing.
  ///
  /// - Parameters:
  ///   - value: value at stake of an alert.
  public mutating func take(_ alerts: [LoadAlert], in loads: DailyLoads, value: (LoadAlert) -> Double) {
    take(alerts.map { CustomerAlert($0, in: loads, valueAtStake: value($0)) })
  }

  /// Takes alerts in the order of their days; what is known already changes nothing but the words and, for records, the value.
  public mutating func take(_ alerts: [CustomerAlert]) {
    let order = alerts.enumerated().sorted {
      ($0.element.day, $0.element.customer, $0.element.kind.rawValue, $0.offset)
        < ($1.element.day, $1.element.customer, $1.element.kind.rawValue, $1.offset)
    }
    for alert in order { take(alert.element) }
  }

  private mutating func take(_ alert: CustomerAlert) {
    let own = cases.indices.filter {
      cases[$0].customer == alert.customer && cases[$0].kind.isSameFamily(as: alert.kind)
    }
    guard let last = own.last else { return open(alert) }
    let isNew = alert.day > cases[last].lastToldOn
    let isRaised = cases[last].severity == .watch && alert.severity == .alert
    if cases[last].isActive {
      if alert.partner != nil || (isNew && !alert.kind.isOfLoad) { describe(last, alert) }
      if !alert.evidence.isEmpty { cases[last].evidence = alert.evidence }
      guard isNew || isRaised else { return }
      cases[last].lastToldOn = max(alert.day, cases[last].lastToldOn)
      if isRaised { cases[last].kind = alert.kind }
      if alert.severity == .alert { cases[last].severity = .alert }
      return
    }
    guard isNew || isRaised else { return }
    guard let resolved = cases[last].resolvedOn, alert.day > resolved,
      alert.day.dayNumber - resolved.dayNumber <= Self.reopeningDays
    else { return open(alert) }
    cases[last].status = .reopened
    cases[last].lastToldOn = alert.day
    cases[last].resolution = nil
    cases[last].resolvedOn = nil
    describe(last, alert)
  }

  private mutating func describe(_ index: Int, _ alert: CustomerAlert) {
    cases[index].reason = alert.reason
    cases[index].evidence = alert.evidence
    if let partner = alert.partner {
      cases[index].partner = partner
      cases[index].kind = alert.kind
      cases[index].valueAtStake = alert.valueAtStake
    }
    if !alert.kind.isOfLoad { cases[index].valueAtStake = alert.valueAtStake }
  }

  private mutating func open(_ alert: CustomerAlert) {
    cases.append(
      AlertCase(
        id: "\(alert.customer)/\(alert.kind.rawValue)/\(alert.day)", customer: alert.customer, kind: alert.kind,
        severity: alert.severity, status: .open, openedOn: alert.day, lastToldOn: alert.day,
        deviation: alert.deviation, threshold: alert.threshold, cusum: alert.cusum, baselineMWh: alert.baselineMWh,
        observedMWh: alert.observedMWh, valueAtStake: alert.valueAtStake, reason: alert.reason, partner: alert.partner,
        evidence: alert.evidence))
  }

  /// Resolves open cases whose load has been back near its baseline for long enough.
  public mutating func resolveRecovered(_ watch: LoadWatch, in loads: DailyLoads) {
    var positions: [String: Int] = [:]
    for (position, name) in loads.customers.enumerated() { positions[name] = position }
    for index in cases.indices
    where cases[index].isActive && cases[index].status != .acknowledged && cases[index].kind.isOfLoad {
      guard let customer = positions[cases[index].customer] else { continue }
      let last = cases[index].lastToldOn.dayNumber - loads.firstDay.dayNumber
      guard let day = watch.recovery(of: customer, after: last, limit: cases[index].threshold / 2) else { continue }
      cases[index].status = .resolved
      cases[index].resolution = isBack(cases[index], customer, day, loads) ? "recovered" : "settled"
      cases[index].resolvedOn = loads.day(day)
    }
  }

  /// Whether the load of the days of a recovery is again near what it was before the case.
  private func isBack(_ entry: AlertCase, _ customer: Int, _ day: Int, _ loads: DailyLoads) -> Bool {
    let known = (max(0, day - Self.recoveryDays + 1)...day).map { loads[customer, $0] }.filter(\.isFinite)
    guard !known.isEmpty, entry.baselineMWh > 0 else { return true }
    let ratio = known.reduce(0, +) / Double(known.count) / entry.baselineMWh
    return abs(ratio - 1) <= 0.4
  }

  /// Resolves cases from records that the records no longer give: paid, renewed, planned better.
  ///
  /// - Parameters:
  ///   - kinds: kinds of which there were records to look at.
  public mutating func resolveGone(_ kinds: Set<CustomerAlertKind>, but alerts: [CustomerAlert], on day: MarketDay) {
    let current = Set(alerts.map { "\($0.customer)/\($0.kind.rawValue)" })
    for index in cases.indices
    where cases[index].isActive && cases[index].status != .acknowledged && kinds.contains(cases[index].kind)
      && !current.contains("\(cases[index].customer)/\(cases[index].kind.rawValue)") && cases[index].lastToldOn < day
    {
      cases[index].status = .resolved
      cases[index].resolution = "recovered"
      cases[index].resolvedOn = day
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
