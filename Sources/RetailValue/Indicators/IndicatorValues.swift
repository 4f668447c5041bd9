internal import Foundation
internal import MarketModel
internal import NumericMethods

/// Computes the indicators of one customer from its facts; NaN is "not known".
struct IndicatorValues: Sendable {
  let facts: CustomerFacts
  let customer: RetailCustomer
  let contract: RetailContract?
  let pool: PoolFigures
  let assumptions: ScoreAssumptions
  let lastDay: MarketDay
  /// Indicators that do not depend on which months count, by position.
  private var fixed: [Double]
  let hasHours: Bool

  /// Σ_k S(k)/(1 + r)^(k/12) over 36 months.
  private let lifetimeMonths: Double

  /// - Parameter known: values of the full window that were computed before; those that do not depend on months are taken from it.
  init(
    _ records: PortfolioRecords, customer: Int, pool: PoolFigures, assumptions: ScoreAssumptions,
    known: ArraySlice<Double>? = nil
  ) {
    facts = CustomerFacts(records, customer: customer)
    self.customer = records.customers[customer]
    let contract = records.contracts[customer]
    self.contract = contract
    self.pool = pool
    self.assumptions = assumptions
    lastDay = records.loads.lastDay
    hasHours = records.loads.hasHours
    lifetimeMonths = Self.lifetimeMonths(contract, lastDay: lastDay, assumptions)
    fixed = [Double](repeating: .nan, count: Indicator.all.count)
    if let known {
      for position in Indicator.withoutMonths { fixed[position] = known[known.startIndex + position] }
      return
    }
    set("E7", self.customer.channelKeeps.map { $0 * 100 })
    set("R3", records.payments.flatMap { Self.daysLate($0[customer], lastDay: lastDay)?.mean })
    set("R4", records.registry.map { risk($0[customer]) })
    set("R5", contract.flatMap { lock($0) })
    set("R6", priceCorrelation(records.loads))
    set("M1", switchResponse(records.loads, customer))
    set("P1", facts.growth(common: pool.commonDaily))
    set("P2", headroom)
    set("P3", records.registry.map { growthSignals($0[customer]) })
    set("M6", capability(self.customer.storageKW, self.customer.controllableKW))
    set("G6", capability(self.customer.solarKW, self.customer.storageKW))
    set("G7", self.customer.certification)
    if let plan = records.plans?[customer] { set("M7", planDiscipline(plan, records.loads)) }
    set("E5", records.hourlyPlans?[self.customer.id].flatMap { imbalanceCost($0, records.loads, customer) })
    set("M5", records.demandResponse?[self.customer.id].flatMap { demandResponse($0) })
    set("G4", records.hourlyGreen?[self.customer.id].flatMap { hourlyMatching($0, records.loads, customer) })
  }

  private mutating func set(_ id: String, _ value: Double?) {
    if let value { fixed[Indicator.position(id)] = value }
  }

  /// Values with every month counted so many times.
  func values(_ counts: [Double]) -> [Double] {
    var values = fixed
    func put(_ position: Int, _ value: Double?) { values[position] = value ?? .nan }
    let energy = facts.sum(facts.energy, counts)
    let year = counts.reduce(0, +) / 12
    put(Place.energy, energy > 0 ? energy / year : nil)
    guard energy > 0 else { return values }
    let margin = margin(counts)
    put(Place.netMargin, margin.map { $0 / year })
    put(Place.unitMargin, margin.map { $0 / energy })
    put(Place.profileAdvantage, profileAdvantage(counts))
    put(Place.lifetimeValue, margin.map { $0 / year / 12 * lifetimeMonths })
    let forecast = facts.sum(facts.forecastEnergy, counts)
    put(Place.forecastError, forecast > 0 ? 100 * facts.sum(facts.forecastError, counts) / forecast : nil)
    if hasHours {
      let hours = facts.sum(facts.hourEnergy, counts)
      put(Place.peakAvoidance, ratio(facts.sum(facts.peakEnergy, counts), hours, pool.peakShare).map { 1 - $0 })
      put(Place.middayAbsorption, pool.middayShare.map { 100 * (facts.sum(facts.middayEnergy, counts) / hours - $0) })
    }
    let priced = facts.sum(facts.priced, counts)
    if priced > 0 {
      put(Place.surplusAbsorption, pool.surplusShare.map { 100 * (facts.sum(facts.surplus, counts) / priced - $0) })
      put(
        Place.crossSell,
        facts.peakMW.map { peak in
          max(0, 0.1 * peak * 2 * assumptions.storageEfficiency * facts.sum(facts.crossSell, counts) / year)
        })
      if contract?.linkedShare ?? 0 > 0 { put(Place.elasticity, elasticity(counts)) }
    }
    return values
  }

  /// Sets the green indicators, which need to know whether there is a file of green energy.
  func greenValues(_ values: inout [Double], hasGreen: Bool, _ counts: [Double]) {
    guard hasGreen else { return }
    let energy = facts.sum(facts.energy, counts)
    let green = facts.sum(facts.green, counts)
    guard energy > 0 else { return }
    values[Place.greenShare] = 100 * green / energy
    values[Place.avoidedEmissions] = green * assumptions.gridFactor * 12 / counts.reduce(0, +)
    if let target = customer.greenTarget, target > 0 {
      values[Place.obligation] = min(1, green / energy / target)
    }
  }

  private func ratio(_ part: Double, _ whole: Double, _ share: Double?) -> Double? {
    guard let share, share > 0, whole > 0 else { return nil }
    return part / whole / share
  }

  /// Revenue less cost at real-time prices less the channel's share of it; nil where the contract or the prices do not say.
  func margin(_ counts: [Double]) -> Double? {
    guard let contract else { return nil }
    let energy = facts.sum(facts.energy, counts)
    let kept = 1 - (customer.channelKeeps ?? 0)
    if let unit = contract.unitMargin { return kept * unit * energy }
    let linked = contract.linkedShare ?? (contract.fixedPrice == nil ? 1 : assumptions.linkedShare)
    let uplift = (contract.uplift ?? 0) * energy
    let passThrough = contract.passThrough ?? assumptions.passThrough
    if linked == 1, passThrough == 1 { return contract.uplift == nil ? nil : kept * uplift }
    let priced = facts.sum(facts.priced, counts)
    guard priced > 0.5 * energy, let poolPrice = pool.loadWeightedPrice else { return nil }
    let own = facts.sum(facts.cost, counts) / priced
    guard linked == 1 || contract.fixedPrice != nil else { return nil }
    let index = passThrough * own + (1 - passThrough) * poolPrice
    let price = (1 - linked) * (contract.fixedPrice ?? 0) + linked * index
    let gross = (price - own) * energy + uplift
    return gross > 0 ? kept * gross : gross
  }

  private func profileAdvantage(_ counts: [Double]) -> Double? {
    let priced = facts.sum(facts.priced, counts)
    guard priced > 0, let poolPrice = pool.loadWeightedPrice else { return nil }
    let linked = contract.map { $0.linkedShare ?? ($0.fixedPrice == nil ? 1 : assumptions.linkedShare) } ?? 0
    let theta = linked * (contract?.passThrough ?? assumptions.passThrough)
    return (1 - theta) * (poolPrice - facts.sum(facts.cost, counts) / priced)
  }

  private static func lifetimeMonths(
    _ contract: RetailContract?, lastDay: MarketDay, _ assumptions: ScoreAssumptions
  ) -> Double {
    let left = contract?.end.map { max(0, Double($0.dayNumber - lastDay.dayNumber) / 30.4) } ?? 12
    var (survival, months) = (1.0, 0.0)
    for month in 1...36 {
      // Contracts are renewed for a year at a time.
      let sinceEnd = Double(month) - left
      if sinceEnd > 0, Int(sinceEnd.rounded(.up)) % 12 == 1 { survival *= assumptions.renewal }
      months += survival / pow(1 + assumptions.discountRate, Double(month) / 12)
    }
    return months
  }

  private func elasticity(_ counts: [Double]) -> Double? {
    let square = facts.sum(facts.elasticitySquare, counts)
    return square > 1 ? -facts.sum(facts.elasticityCross, counts) / square : nil
  }
}

/// Positions of the indicators whose values depend on which months count; found once.
private enum Place {
  static let netMargin = Indicator.position("E1")
  static let unitMargin = Indicator.position("E2")
  static let energy = Indicator.position("E3")
  static let profileAdvantage = Indicator.position("E4")
  static let lifetimeValue = Indicator.position("E6")
  static let forecastError = Indicator.position("R2")
  static let peakAvoidance = Indicator.position("M3")
  static let middayAbsorption = Indicator.position("M4")
  static let surplusAbsorption = Indicator.position("G5")
  static let crossSell = Indicator.position("P6")
  static let elasticity = Indicator.position("M2")
  static let greenShare = Indicator.position("G1")
  static let obligation = Indicator.position("G2")
  static let avoidedEmissions = Indicator.position("G3")
}

extension Indicator {
  /// Positions of the indicators that do not depend on which months count.
  static let withoutMonths = [
    "E7", "R3", "R4", "R5", "R6", "M1", "P1", "P2", "P3", "M6", "G6", "G7", "M7", "E5", "M5", "G4",
  ].map(
    position)
  /// Positions of those that are set for the portfolio as a whole.
  static let ofPortfolio = ["R1", "P4", "P5", "P7"].map(position)
}
