public import MarketModel
public import MarketRules

/// A price series that settlement reads.
public enum PricePoint: String, Hashable, Sendable, Codable, CaseIterable {
  case dayAheadNode = "day-ahead-node"
  case dayAheadUnified = "day-ahead-unified"
  case realTimeNode = "real-time-node"
  case realTimeUnified = "real-time-unified"
  /// Real-time price of a zone.
  case zone
}

/// The prices of a day by settlement period, per net MWh; a series that is not known is absent.
public struct SettlementPrices: Hashable, Sendable {
  public let day: MarketDay
  public private(set) var series: [PricePoint: [EnergyPrice]]
  /// Why the prices are not those that were disclosed; nil if they are.
  public private(set) var reason: String?

  public init(day: MarketDay, series: [PricePoint: [EnergyPrice]]) {
    self.day = day
    self.series = series
  }

  /// The prices of a point.
  ///
  /// - Throws: ``SettlementError`` if the series is absent or does not have `count` periods.
  public func prices(_ point: PricePoint, count: Int, for unit: UnitID) throws(SettlementError) -> [EnergyPrice] {
    guard let own = series[point] else {
      throw SettlementError(
        .missing,
        "The \(point.rawValue) prices of \(day), which the settlement of \(unit) needs, are not known; import them.")
    }
    guard own.count == count else {
      throw SettlementError(
        .missing,
        "The \(point.rawValue) prices of \(day) cover \(own.count) of \(count) settlement periods; import the whole day."
      )
    }
    return own
  }

  /// The same with every price changed, and why.
  func settled(_ reason: String, _ change: (PricePoint, EnergyPrice) -> EnergyPrice) -> SettlementPrices {
    var copy = self
    copy.series = Dictionary(
      uniqueKeysWithValues: series.map { point, prices in (point, prices.map { change(point, $0) }) })
    copy.reason = [self.reason, reason].compactMap { $0 }.joined(separator: "; ")
    return copy
  }
}

/// The price of each settlement period from those of its trading intervals, to six decimals, half to even.
///
/// Worked: 100, 200, 300, 400 make 250 as a mean; with 1, 1, 1 and 5 MWh the weighted mean is 325.
///
/// - Parameter energies: by interval, for the weighted mean; a period without energy takes the mean.
public func periodPrices(
  _ prices: [EnergyPrice], intervalsPerPeriod count: Int, rule: PeriodPriceRule, energies: [Energy]
) throws(SettlementError) -> [EnergyPrice] {
  guard count > 1 else { return prices }
  guard prices.count.isMultiple(of: count), energies.count == prices.count else {
    throw SettlementError(
      .wrong, "\(prices.count) prices and \(energies.count) quantities do not make periods of \(count) intervals.")
  }
  var found: [EnergyPrice] = []
  for start in stride(from: 0, to: prices.count, by: count) {
    let range = start..<start + count
    let weights = range.map { rule == .weightedMean ? Int128(energies[$0].wattMinutes) : 1 }
    let total = weights.reduce(0, +)
    let used = total > 0 ? weights : [Int128](repeating: 1, count: count)
    let sum = zip(range, used).reduce(Int128(0)) { $0 + Int128(prices[$1.0].microPerMegawattHour) * $1.1 }
    guard let price = EnergyPrice(quotient: sum, used.reduce(0, +)) else {
      throw SettlementError(.wrong, "The price of settlement period \(start / count + 1) leaves the range of prices.")
    }
    found.append(price)
  }
  return found
}

/// The energies of settlement periods: sums of those of the trading intervals.
public func periodEnergies(_ energies: [Energy], intervalsPerPeriod count: Int) -> [Energy] {
  stride(from: 0, to: energies.count, by: count).map { start in
    energies[start..<min(start + count, energies.count)].reduce(.zero) { $0 + $1 }
  }
}

/// The unified price of one period: Σ Q·P / Σ Q over the nodes, to six decimals; nil without energy.
public func unifiedPrice(_ nodes: [(energy: Energy, price: EnergyPrice)]) -> EnergyPrice? {
  let total = nodes.reduce(Int128(0)) { $0 + Int128($1.energy.wattMinutes) }
  guard total > 0 else { return nil }
  let sum = nodes.reduce(Int128(0)) { $0 + Int128($1.energy.wattMinutes) * Int128($1.price.microPerMegawattHour) }
  return EnergyPrice(quotient: sum, total)
}

/// Congestion surplus of a period: what users pay less what generators are paid; users share it.
public func congestionSurplus(usersPay: [Money], generatorsEarn: [Money]) throws(SettlementError) -> Money {
  var sum = Money.zero
  for amount in usersPay { sum = try adding(sum, amount) }
  for amount in generatorsEarn { sum = try adding(sum, amount.negated) }
  return sum
}
