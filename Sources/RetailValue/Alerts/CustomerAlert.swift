public import MarketModel

/// What may be wrong, or right, with a customer.
public enum CustomerAlertKind: String, Sendable, Hashable, Codable, CaseIterable {
  case expansion
  case productionStop = "production_stop"
  case relocation
  case decline
  /// The contract ends soon and may not be renewed.
  case churn
  case paymentRisk = "payment_risk"
  case planDeviation = "plan_deviation"

  public init(_ kind: LoadAlertKind) {
    switch kind {
    case .expansion: self = .expansion
    case .productionStop: self = .productionStop
    case .relocation: self = .relocation
    case .decline: self = .decline
    }
  }

  /// Whether it is told from the load; the others are told from records.
  public var isOfLoad: Bool { [.expansion, .productionStop, .relocation, .decline].contains(self) }

  /// Falls are one family: a stop that turns out to be a relocation is the same case.
  func isSameFamily(as other: CustomerAlertKind) -> Bool { family == other.family }
  private var family: CustomerAlertKind { [.productionStop, .decline].contains(self) ? .relocation : self }
}

/// One alert of one customer, with the numbers at the time it was told.
public struct CustomerAlert: Sendable, Equatable {
  public var customer: String
  public var day: MarketDay
  public var kind: CustomerAlertKind
  public var severity: AlertSeverity
  /// What was measured and what it must exceed: log points of load, probability of leaving, days late, or relative error of plans.
  public var deviation: Double
  public var threshold: Double
  public var cusum = 0.0
  /// Energy a day as expected and as seen; for alerts from records both are what the customer uses.
  public var baselineMWh: Double
  public var observedMWh: Double
  /// In the currency of the contracts.
  public var valueAtStake: Double
  /// Why, in one sentence.
  public var reason: String
  /// The other site of a relocation.
  public var partner: String?
  /// What registers and newspapers say to it: "capital_increase 2025-11-02".
  public var evidence: [String] = []

  public init(
    customer: String, day: MarketDay, kind: CustomerAlertKind, severity: AlertSeverity, deviation: Double,
    threshold: Double, baselineMWh: Double, observedMWh: Double, valueAtStake: Double, reason: String
  ) {
    self.customer = customer
    self.day = day
    self.kind = kind
    self.severity = severity
    self.deviation = deviation
    self.threshold = threshold
    self.baselineMWh = baselineMWh
    self.observedMWh = observedMWh
    self.valueAtStake = valueAtStake
    self.reason = reason
  }

  /// An alert of the load.
  public init(_ alert: LoadAlert, in loads: DailyLoads, valueAtStake: Double) {
    self.init(
      customer: loads.customers[alert.customer], day: loads.day(alert.day), kind: CustomerAlertKind(alert.kind),
      severity: alert.severity, deviation: alert.deviation, threshold: alert.threshold, baselineMWh: alert.baseline,
      observedMWh: alert.observed, valueAtStake: valueAtStake, reason: Self.sentence(alert))
    cusum = alert.cusum
  }

  private static func sentence(_ alert: LoadAlert) -> String {
    let change = alert.baseline > 0 ? 100 * (alert.observed / alert.baseline - 1) : 0
    return "\(signedPercent(change)) against the same weekdays, without what all customers did"
  }
}

/// "+12 %" or "−80 %".
func signedPercent(_ value: Double) -> String { "\(value < 0 ? "−" : "+")\(Int(abs(value).rounded())) %" }
