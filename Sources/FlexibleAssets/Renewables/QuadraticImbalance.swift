/// Settlement of a quantity that was sold ahead, where the deviation moves its own price:
/// revenue = ahead·bid + (output − bid)·(ahead − spread) − k·(output − bid)²
/// (rule of the Hybrid Energy Forecasting and Trading Competition, Browell et al. 2024, with k = 0.07).
///
/// The spread is the price ahead minus the imbalance price. The revenue is quadratic in the bid, so that the best bid under
/// uncertainty is the expectation of the best bid in hindsight: E[output] + E[spread]/2k. Quantiles do not enter.
public struct QuadraticImbalance: Hashable, Sendable {
  /// k, per MWh² of deviation.
  public let costPerSquaredMWh: Double
  /// What may be bid, in MWh an interval.
  public let bids: ClosedRange<Double>

  /// - Throws: ``AssetProblem`` if the cost is not above zero or the largest bid not above zero.
  public init(costPerSquaredMWh: Double, largestBid: Double) throws(AssetProblem) {
    guard costPerSquaredMWh.isFinite, costPerSquaredMWh > 0 else {
      throw AssetProblem("The cost of a deviation is \(costPerSquaredMWh) per MWh²; it is above 0.")
    }
    guard largestBid.isFinite, largestBid > 0 else {
      throw AssetProblem("The largest bid is \(largestBid) MWh; it is above 0.")
    }
    self.costPerSquaredMWh = costPerSquaredMWh
    bids = 0...largestBid
  }

  /// The bid that earns most if output and spread are as given or expected, not yet held within the limits.
  public func unboundedBid(output: Double, spread: Double) -> Double { output + spread / (2 * costPerSquaredMWh) }

  /// The same within the limits.
  public func bid(output: Double, spread: Double) -> Double { bounded(unboundedBid(output: output, spread: spread)) }

  public func bounded(_ bid: Double) -> Double { min(max(bid, bids.lowerBound), bids.upperBound) }

  public func revenue(bid: Double, output: Double, ahead: Double, spread: Double) -> Double {
    let deviation = output - bid
    return ahead * bid + deviation * (ahead - spread) - costPerSquaredMWh * deviation * deviation
  }

  /// Revenue below that of the best bid in hindsight; 0 or more, and free of the price ahead.
  public func regret(bid: Double, output: Double, spread: Double) -> Double {
    let best = self.bid(output: output, spread: spread)
    return revenue(bid: best, output: output, ahead: 0, spread: spread)
      - revenue(bid: bid, output: output, ahead: 0, spread: spread)
  }
}
