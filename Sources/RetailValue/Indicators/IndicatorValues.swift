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

  init(
    _ records: PortfolioRecords, customer: Int, pool: PoolFigures, assumptions: ScoreAssumptions
  ) {
    facts = CustomerFacts(records, customer: customer)
    self.customer = records.customers[customer]
    contract = records.contracts[customer]
    self.pool = pool
    self.assumptions = assumptions
    lastDay = records.loads.lastDay
    hasHours = records.loads.hasHours
    fixed = [Double](repeating: .nan, count: Indicator.all.count)
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
  }

  private mutating func set(_ id: String, _ value: Double?) {
    if let value { fixed[Indicator.position(id)] = value }
  }

  /// Values with every month counted so many times.
  func values(_ counts: [Double]) -> [Double] {
    var values = fixed
    func put(_ id: String, _ value: Double?) { values[Indicator.position(id)] = value ?? .nan }
    let energy = facts.sum(facts.energy, counts)
    let year = counts.reduce(0, +) / 12
    put("E3", energy > 0 ? energy / year : nil)
    guard energy > 0 else { return values }
    let margin = margin(counts)
    put("E1", margin.map { $0 / year })
    put("E2", margin.map { $0 / energy })
    put("E4", profileAdvantage(counts))
    put("E6", margin.map { lifetime(yearly: $0 / year) })
    let forecast = facts.sum(facts.forecastEnergy, counts)
    put("R2", forecast > 0 ? 100 * facts.sum(facts.forecastError, counts) / forecast : nil)
    if hasHours {
      let hours = facts.sum(facts.hourEnergy, counts)
      put("M3", ratio(facts.sum(facts.peakEnergy, counts), hours, pool.peakShare).map { 1 - $0 })
      put("M4", pool.middayShare.map { 100 * (facts.sum(facts.middayEnergy, counts) / hours - $0) })
    }
    let priced = facts.sum(facts.priced, counts)
    if priced > 0 {
      put("G5", pool.surplusShare.map { 100 * (facts.sum(facts.surplus, counts) / priced - $0) })
      put(
        "P6",
        facts.peakMW.map { peak in
          max(0, 0.1 * peak * 2 * assumptions.storageEfficiency * facts.sum(facts.crossSell, counts) / year)
        })
      if contract?.linkedShare ?? 0 > 0 { put("M2", elasticity(counts)) }
    }
    return values
  }

  /// Sets the green indicators, which need to know whether there is a file of green energy.
  func greenValues(_ values: inout [Double], hasGreen: Bool, _ counts: [Double]) {
    guard hasGreen else { return }
    let energy = facts.sum(facts.energy, counts)
    let green = facts.sum(facts.green, counts)
    guard energy > 0 else { return }
    values[Indicator.position("G1")] = 100 * green / energy
    values[Indicator.position("G3")] = green * assumptions.gridFactor * 12 / counts.reduce(0, +)
    if let target = customer.greenTarget, target > 0 {
      values[Indicator.position("G2")] = min(1, green / energy / target)
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

  private func lifetime(yearly margin: Double) -> Double {
    let left = contract?.end.map { max(0, Double($0.dayNumber - lastDay.dayNumber) / 30.4) } ?? 12
    var (survival, value) = (1.0, 0.0)
    for month in 1...36 {
      // Contracts are renewed for a year at a time.
      let sinceEnd = Double(month) - left
      if sinceEnd > 0, Int(sinceEnd.rounded(.up)) % 12 == 1 { survival *= assumptions.renewal }
      value += survival * margin / 12 / pow(1 + assumptions.discountRate, Double(month) / 12)
    }
    return value
  }

  private func elasticity(_ counts: [Double]) -> Double? {
    let square = facts.sum(facts.elasticitySquare, counts)
    return square > 1 ? -facts.sum(facts.elasticityCross, counts) / square : nil
  }
}
