internal import Foundation
public import MarketModel

/// What is assumed of customers whose contracts end, who pay late or who miss their plans; printed with the alerts.
public struct RecordAlertSettings: Sendable, Equatable, Codable {
  /// Probability of not renewing at the end of a contract when nothing speaks for it or against it; ASSUMED.
  public var baseHazard = 0.15
  /// Added to the log odds: days paid late above 15, negative opinions, a fall of the load, no fee for leaving, a price above
  /// the market's; ASSUMED.
  public var lateLogit = 0.6
  public var complaintLogit = 0.5
  public var fallLogit = 0.7
  public var freeExitLogit = 0.3
  public var dearLogit = 0.5
  /// Months to the end of a contract in which it is told of.
  public var expiryMonths = 3.0
  /// Probability from which a churn alert is more than a watch.
  public var churnAlert = 0.25
  /// Days past due from which an unpaid bill is watched and told of.
  public var lateWatchDays = 7.0
  public var lateAlertDays = 30.0
  /// Relative error of plans over the last days.
  public var planDays = 14
  public var planWatch = 0.10
  public var planAlert = 0.15
  /// Cost of a MWh of imbalance where no prices say; ASSUMED.
  public var imbalanceCost = 20.0

  public init() {}

  /// Ended contracts whose outcome is known, and how many of them were lost.
  public var ended = 0
  public var lost = 0
  /// So many contracts of the assumed hazard stand beside the book's own.
  static let assumedContracts = 20.0

  /// The share that leaves at the end of a contract: the assumed one, moved by the book's own outcomes as they come in.
  public var hazard: Double {
    (baseHazard * Self.assumedContracts + Double(lost)) / (Self.assumedContracts + Double(ended))
  }

  /// Counts the outcomes of contracts that ended by a day.
  public mutating func learn(_ contracts: [RetailContract], until day: MarketDay) {
    let known = contracts.filter { contract in
      contract.end.map { $0 <= day } ?? false && ["renewed", "lost"].contains(contract.state ?? "")
    }
    ended = known.count
    lost = known.count { $0.state == "lost" }
  }
}

/// What the records say of one customer on the last day.
public struct CustomerStanding: Sendable {
  public var customer: String
  public var contract: RetailContract?
  public var payments: [RetailPayment]
  /// Planned energy by day number.
  public var plan: [Int: Double]
  /// Energy of each day, the last being `day`; NaN is not known.
  public var daily: [Double]
  public var day: MarketDay
  public var unitMargin: Double
  /// The market's mean price, if known.
  public var marketPrice: Double?
  public var complaints: Int
  public var hasFallen: Bool

  public init(
    customer: String, contract: RetailContract? = nil, payments: [RetailPayment] = [], plan: [Int: Double] = [:],
    daily: [Double], day: MarketDay, unitMargin: Double = 6, marketPrice: Double? = nil, complaints: Int = 0,
    hasFallen: Bool = false
  ) {
    self.customer = customer
    self.contract = contract
    self.payments = payments
    self.plan = plan
    self.daily = daily
    self.day = day
    self.unitMargin = unitMargin
    self.marketPrice = marketPrice
    self.complaints = complaints
    self.hasFallen = hasFallen
  }

  /// Mean energy of the known days of the last four weeks.
  var level: Double {
    let known = daily.suffix(28).filter(\.isFinite)
    return known.isEmpty ? 0 : known.reduce(0, +) / Double(known.count)
  }
}

/// Alerts that contracts, bills and plans give.
public struct RecordAlerts: Sendable {
  public let settings: RecordAlertSettings

  public init(settings: RecordAlertSettings = RecordAlertSettings()) { self.settings = settings }

  public func alerts(_ standing: CustomerStanding) -> [CustomerAlert] {
    [churn(standing), payment(standing), plan(standing)].compactMap { $0 }
  }

  /// P(leave at the end) = logistic(logit(base) + what speaks for it): an expiry hazard whose slopes are assumed; its base is moved by the
  /// outcomes of the book's own contracts. Value: probability × margin of the next year.
  public func leavingProbability(_ standing: CustomerStanding) -> Double {
    var logit = log(settings.hazard / (1 - settings.hazard))
    if let late = IndicatorValues.daysLate(standing.payments, lastDay: standing.day)?.mean, late > 15 {
      logit += settings.lateLogit
    }
    if standing.complaints > 0 { logit += settings.complaintLogit * Double(min(standing.complaints, 3)) }
    if standing.hasFallen { logit += settings.fallLogit }
    if standing.contract?.exitFee ?? 0 <= 0 { logit += settings.freeExitLogit }
    if let price = standing.contract?.fixedPrice, let market = standing.marketPrice, price > market * 1.05 {
      logit += settings.dearLogit
    }
    return 1 / (1 + exp(-logit))
  }

  func churn(_ standing: CustomerStanding) -> CustomerAlert? {
    guard let end = standing.contract?.end else { return nil }
    let months = Double(end.dayNumber - standing.day.dayNumber) / 30.4
    guard months >= 0, months <= settings.expiryMonths else { return nil }
    let probability = leavingProbability(standing)
    let percent = Int((100 * probability).rounded())
    return CustomerAlert(
      customer: standing.customer, day: standing.day, kind: .churn,
      severity: probability >= settings.churnAlert ? .alert : .watch, deviation: probability,
      threshold: settings.churnAlert, baselineMWh: standing.level, observedMWh: standing.level,
      valueAtStake: probability * standing.level * 365 * abs(standing.unitMargin),
      reason:
        "the contract ends on \(end); \(percent) % leave at the end (\(settings.ended == 0 ? "assumed" : "base of \(settings.ended) ended contracts, slopes assumed"))"
    )
  }

  /// Bills that were due and not paid by the day. Value: what is owed.
  func payment(_ standing: CustomerStanding) -> CustomerAlert? {
    let day = standing.day
    let owed = standing.payments.filter { bill in
      bill.amount > 0 && bill.due < day && day.dayNumber - bill.due.dayNumber <= 730
        && (bill.paid.map { $0 > day } ?? true)
    }
    guard let oldest = owed.map(\.due).min() else { return nil }
    let late = Double(day.dayNumber - oldest.dayNumber)
    guard late >= settings.lateWatchDays else { return nil }
    let amount = owed.reduce(0) { $0 + $1.amount }
    return CustomerAlert(
      customer: standing.customer, day: day, kind: .paymentRisk,
      severity: late >= settings.lateAlertDays ? .alert : .watch, deviation: late, threshold: settings.lateWatchDays,
      baselineMWh: standing.level, observedMWh: standing.level, valueAtStake: amount,
      reason: "bills not paid: \(owed.count), the oldest \(Int(late)) days past due")
  }

  /// Σ|q − plan|/Σq over the last days. Value: a month of such errors at the cost of imbalance.
  func plan(_ standing: CustomerStanding) -> CustomerAlert? {
    var (days, error, signed, energy, planned) = (0, 0.0, 0.0, 0.0, 0.0)
    for back in 0..<min(settings.planDays, standing.daily.count) {
      let value = standing.daily[standing.daily.count - 1 - back]
      guard let plan = standing.plan[standing.day.dayNumber - back], value.isFinite else { continue }
      days += 1
      error += abs(value - plan)
      signed += value - plan
      energy += value
      planned += plan
    }
    guard days >= settings.planDays / 2, energy > 0 || planned > 0 else { return nil }
    let relative = error / max(energy, planned * 0.1)
    guard relative >= settings.planWatch else { return nil }
    return CustomerAlert(
      customer: standing.customer, day: standing.day, kind: .planDeviation,
      severity: relative >= settings.planAlert ? .alert : .watch, deviation: relative, threshold: settings.planWatch,
      baselineMWh: planned / Double(days), observedMWh: energy / Double(days),
      valueAtStake: error / Double(days) * 30 * settings.imbalanceCost,
      reason: "plans of \(days) days missed by \(Int((100 * relative).rounded())) %, in sum by "
        + signedPercent(100 * signed / max(planned, 1e-9)))
  }
}
