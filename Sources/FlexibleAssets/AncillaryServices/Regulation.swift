/// A regulation market in which capacity follows signals: paid by its mileage and how well it is followed, and for being held.
///
/// Payment of a MW held over an hour: capacity price + mileage · performance · mileage price
/// (the mileage part as in the automatic generation control of Chinese provinces, D·K·Y).
public struct RegulationTerms: Hashable, Sendable {
  /// Per MW and hour of capacity held.
  public let capacityPrice: Double
  /// MW of signal that a MW of capacity is expected to follow in an hour.
  public let mileagePerMegawattHour: Double
  /// K of the unit.
  public let performance: Double
  /// Per MW of mileage.
  public let mileagePrice: Double
  /// What following a MW of mileage wears or burns beside the energy.
  public let mileageCost: Double

  /// - Throws: ``AssetProblem`` if a number is negative or not finite.
  public init(
    capacityPrice: Double, mileagePerMegawattHour: Double, performance: Double, mileagePrice: Double,
    mileageCost: Double
  ) throws(AssetProblem) {
    try requireFinite("Regulation: capacity price", [capacityPrice], in: 0...1e6)
    try requireFinite("Regulation: mileage of a MW", [mileagePerMegawattHour], in: 0...1e4)
    try requireFinite("Regulation: performance", [performance], in: 0...10)
    try requireFinite("Regulation: mileage price and cost", [mileagePrice, mileageCost], in: 0...1e5)
    self.capacityPrice = capacityPrice
    self.mileagePerMegawattHour = mileagePerMegawattHour
    self.performance = performance
    self.mileagePrice = mileagePrice
    self.mileageCost = mileageCost
  }

  /// Of a MW over an hour, costs taken off.
  public var margin: Double { capacityPrice + mileagePerMegawattHour * (performance * mileagePrice - mileageCost) }
}

/// A unit that sells energy and regulation in the same interval: cost a·p + b·p²/2 an hour between its limits.
public struct RegulatingUnit: Hashable, Sendable {
  public let lowest: Double
  public let highest: Double
  public let costPerMWh: Double
  public let costSlope: Double
  /// MW that it can move either way as fast as the market asks.
  public let largestRegulation: Double

  /// - Throws: ``AssetProblem`` if the limits contradict each other.
  public init(
    lowest: Double, highest: Double, costPerMWh: Double, costSlope: Double, largestRegulation: Double
  ) throws(AssetProblem) {
    try requireFinite("Regulating unit: output", [lowest, highest], in: 0...1e6)
    try requireFinite("Regulating unit: cost", [costPerMWh, costSlope], in: 0...1e6)
    try requireFinite("Regulating unit: largest regulation", [largestRegulation], in: 0...1e6)
    guard highest > lowest else {
      throw AssetProblem("Regulating unit: its highest output \(highest) MW is not above its lowest, \(lowest) MW.")
    }
    self.lowest = lowest
    self.highest = highest
    self.costPerMWh = costPerMWh
    self.costSlope = costSlope
    self.largestRegulation = min(largestRegulation, (highest - lowest) / 2)
  }

  /// Best output at a price when `regulation` MW are kept free above and below.
  public func output(price: Double, regulation: Double) -> Double {
    let free =
      costSlope > 0 ? (price - costPerMWh) / costSlope : price > costPerMWh ? highest : lowest
    return min(max(free, lowest + regulation), highest - regulation)
  }

  /// Profit of an hour from energy.
  public func profit(price: Double, regulation: Double) -> Double {
    let output = output(price: price, regulation: regulation)
    return (price - costPerMWh - costSlope * output / 2) * output
  }

  /// What an hour of energy loses by keeping `regulation` MW free: the least that it must earn.
  public func opportunityCost(price: Double, regulation: Double) -> Double {
    profit(price: price, regulation: 0) - profit(price: price, regulation: regulation)
  }

  /// Regulation and output that together earn most: the margin is linear and the opportunity cost convex in what is held.
  public func best(price: Double, terms: RegulationTerms) -> (regulation: Double, output: Double, profit: Double) {
    func total(_ regulation: Double) -> Double {
      profit(price: price, regulation: regulation) + regulation * terms.margin
    }
    var (low, high) = (0.0, largestRegulation)
    for _ in 0..<80 {
      let (left, right) = (low + (high - low) / 3, high - (high - low) / 3)
      if total(left) >= total(right) { high = right } else { low = left }
    }
    let candidates = [0, (low + high) / 2, largestRegulation]
    var best = 0.0
    for candidate in candidates where total(candidate) > total(best) + 1e-9 { best = candidate }
    return (best, output(price: price, regulation: best), total(best))
  }
}
