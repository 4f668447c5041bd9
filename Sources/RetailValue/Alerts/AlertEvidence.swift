public import MarketModel

/// What registers and newspapers say to an alert: events and opinions of the half year before it.
public struct AlertEvidence: Sendable {
  /// Days before an alert, and after it, in which an event counts.
  public static let daysBefore = 180
  public static let daysAfter = 0

  static let moves: Set<String> = ["address_change", "new_branch", "relocation", "land", "project_filing"]
  static let stops: Set<String> = [
    "enforcement", "environmental_penalty", "safety_order", "liquidation", "bankruptcy", "penalty",
    "abnormal_operation",
  ]

  private let events: [String: [RegistryEvent]]
  private let opinions: [String: [RetailOpinion]]

  /// - Parameters:
  ///   - events: of customers by id or credit code.
  public init(customers: [RetailCustomer], events: [RegistryEvent], opinions: [RetailOpinion]) {
    var ids: [String: [String]] = [:]
    for customer in customers {
      ids[customer.id, default: []].append(customer.id)
      if let code = customer.creditCode, code != customer.id { ids[code, default: []].append(customer.id) }
    }
    var found: [String: [RegistryEvent]] = [:]
    for event in events { for id in ids[event.company] ?? [event.company] { found[id, default: []].append(event) } }
    self.events = found
    var told: [String: [RetailOpinion]] = [:]
    for opinion in opinions {
      for id in ids[opinion.company] ?? [opinion.company] { told[id, default: []].append(opinion) }
    }
    self.opinions = told
  }

  /// Events of a customer that count on a day.
  func events(of customer: String, on day: MarketDay) -> [RegistryEvent] {
    (events[customer] ?? []).filter { Self.counts($0.day, on: day) }
  }

  /// Negative opinions on a customer that count on a day.
  public func complaints(about customer: String, on day: MarketDay) -> Int {
    (opinions[customer] ?? []).count { Self.counts($0.day, on: day) && $0.polarity <= -0.3 }
  }

  private static func counts(_ event: MarketDay, on day: MarketDay) -> Bool {
    (day.dayNumber - daysBefore...day.dayNumber + daysAfter).contains(event.dayNumber)
  }

  /// The same alerts with what speaks for them; a fall without a pair after a change of address is a relocation.
  public func corroborated(_ alerts: [CustomerAlert]) -> [CustomerAlert] {
    alerts.map { alert in
      var alert = alert
      let past = events(of: alert.customer, on: alert.day)
      let relevant = past.filter { event in
        switch alert.kind {
        case .expansion: IndicatorValues.promises[event.kind] != nil
        case .relocation: Self.moves.contains(event.kind)
        case .productionStop, .decline: Self.stops.contains(event.kind) || Self.moves.contains(event.kind)
        case .churn, .paymentRisk: IndicatorValues.threats[event.kind] != nil
        case .planDeviation: false
        }
      }
      if [.productionStop, .decline].contains(alert.kind),
        relevant.contains(where: { ["address_change", "new_branch", "relocation"].contains($0.kind) })
      {
        alert.kind = .relocation
        alert.reason += "; the register knows of a new address"
      }
      alert.evidence = relevant.sorted { ($0.day, $0.kind) < ($1.day, $1.kind) }.map { "\($0.kind) \($0.day)" }
      let complaints = complaints(about: alert.customer, on: alert.day)
      if complaints > 0, alert.kind != .expansion { alert.evidence.append("negative opinions: \(complaints)") }
      return alert
    }
  }
}

extension AlertEvidence {
  /// Small rises that a register speaks for: the median residual of five weeks is at least a fifth of the load, and within half a
  /// year before there was a capital increase, a filing or the like. Told as "watch".
  public func smallExpansions(_ watch: LoadWatch, in loads: DailyLoads, besides alerts: [CustomerAlert])
    -> [CustomerAlert]
  {
    let known = Set(alerts.filter { $0.kind == .expansion }.map(\.customer))
    let last = loads.days - 1
    guard last >= 35 else { return [] }
    return loads.customers.enumerated().compactMap { position, customer in
      guard !known.contains(customer),
        events(of: customer, on: loads.day(last)).contains(where: { IndicatorValues.promises[$0.kind] != nil }),
        let rise = watch.rise(of: position, loads, days: 35), rise.residual >= 0.18
      else { return nil }
      return CustomerAlert(
        customer: customer, day: loads.day(last), kind: .expansion, severity: .watch, deviation: rise.residual,
        threshold: 0.18, baselineMWh: rise.baseline, observedMWh: rise.observed, valueAtStake: 0,
        reason: "a small rise over five weeks that the register speaks for")
    }
  }
}
