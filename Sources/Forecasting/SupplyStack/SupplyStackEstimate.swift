internal import Foundation
public import MarketModel
internal import NumericMethods

/// What the whole market offered, estimated from public history: the distribution of the price at every bidding space.
///
/// Bidding space is the demand that is left for offers: load less wind, solar, imports and all that does not bid, in MW. The
/// price is stochastically larger where the space is (isotonic distributional regression: Henzi, Ziegel, Gneiting 2021), older
/// intervals count less. A quantile level is that of the price: a low level is a generous stack. Between the smallest and
/// the largest space of the history the curves are estimates; beyond them there is no evidence and they are level.
public struct SupplyStackEstimate: Sendable {
  /// Ascending, in MW.
  public let spaces: [Double]
  /// Ascending, between 0 and 1.
  public let levels: [Double]
  /// Currency per MWh by level and space; non-decreasing in both.
  public let prices: [[Double]]

  /// Learns from intervals of the past; NaN rows do not count.
  ///
  /// - Parameters:
  ///   - age: days from each interval to the day for which the estimate is made, so 1 or more.
  ///   - memoryDays: age at which an interval counts 1/e.
  ///   - points: spaces at which the distribution is taken, at equal ranks of the history.
  public init(
    biddingSpace: [Double], price: [Double], age: [Double], levels: [Double] = [0.1, 0.25, 0.5, 0.75, 0.9],
    memoryDays: Double = 30, points: Int = 40
  ) throws(ForecastingError) {
    guard biddingSpace.count == price.count, age.count == price.count else {
      throw ForecastingError(
        "The supply stack was given \(biddingSpace.count) spaces, \(price.count) prices and \(age.count) ages; give one of each."
      )
    }
    let rows = price.indices.filter { price[$0].isFinite && biddingSpace[$0].isFinite && age[$0] > 0 }
    guard rows.count >= SupplyStackEstimate.leastRows else {
      throw ForecastingError(
        "The supply stack needs \(SupplyStackEstimate.leastRows) intervals with bidding space and price; \(rows.count) are known."
      )
    }
    precondition(points >= 2 && levels == levels.sorted() && levels.allSatisfy { $0 > 0 && $0 < 1 }, "levels ascend")
    let fit = IsotonicDistributionalRegression(
      predictor: rows.map { biddingSpace[$0] }, response: rows.map { price[$0] },
      weights: rows.map { exp(-age[$0] / memoryDays) })
    let known = rows.map { biddingSpace[$0] }.sorted()
    var spaces: [Double] = []
    for point in 0..<points {
      let space = known[point * (known.count - 1) / (points - 1)]
      if spaces.last.map({ $0 < space }) ?? true { spaces.append(space) }
    }
    self.spaces = spaces
    self.levels = levels
    let found = spaces.map { fit.quantiles(at: $0, levels: levels, thresholds: 80) }
    prices = levels.indices.map { level in
      var highest = -Double.infinity
      return found.map { quantiles in
        highest = max(highest, quantiles[level])
        return highest
      }
    }
  }

  static let leastRows = 480

  /// Currency per MWh at which the market meets a bidding space, at the level of an index; NaN for NaN.
  public func price(meeting space: Double, level: Int) -> Double {
    interpolated(space, spaces, prices[level])
  }

  /// The largest bidding space, in MW, that the market meets at or below a price; the smallest known one below its price.
  public func supply(upTo price: Double, level: Int) -> Double {
    let curve = prices[level]
    guard let last = curve.lastIndex(where: { $0 <= price }) else { return spaces[0] }
    guard last + 1 < curve.count else { return spaces[last] }
    let share = (price - curve[last]) / (curve[last + 1] - curve[last])
    return spaces[last] + share * (spaces[last + 1] - spaces[last])
  }

  /// Rise of the price with one more megawatt of bidding space, by level, over `width` MW around a space: what a fleet that
  /// holds capacity back moves.
  public func slopes(at space: Double, width: Double) -> [Double] {
    levels.indices.map { level in
      (price(meeting: space + width / 2, level: level) - price(meeting: space - width / 2, level: level)) / width
    }
  }

  /// The demand that is left to our fleet at each price, in MW, when the space is `space`: the space less what the others
  /// offer, never below 0 and not rising; the prices ascend. `own` is what we offered up to a price in the history, which the estimate contains.
  public func residualDemand(
    space: Double, at prices: [Double], level: Int, own: (_ price: Double) -> Double
  ) -> [Double] {
    var others = 0.0
    return prices.map { price in
      // The others do not offer less at a higher price, whatever the difference of two estimates says.
      others = max(others, supply(upTo: price, level: level) - own(price))
      return max(0, space - others)
    }
  }

  /// The others' offers of an interval as steps and slopes, to be cleared together with ours.
  ///
  /// - Parameter own: MW that we offered up to a price in the history, non-decreasing.
  public func othersOffers(interval: Int, level: Int, own: (_ price: Double) -> Double) -> [MarketOffer] {
    var offered = max(0, spaces[0] - own(prices[level][0]))
    var offers = [offer(interval, offered, from: prices[level][0], to: prices[level][0])]
    for point in 1..<spaces.count {
      let (low, high) = (prices[level][point - 1], prices[level][point])
      let total = max(offered, spaces[point] - own(high))
      if total > offered { offers.append(offer(interval, total - offered, from: low, to: high)) }
      offered = total
    }
    return offers
  }

  private func offer(_ interval: Int, _ megawatts: Double, from low: Double, to high: Double) -> MarketOffer {
    MarketOffer(
      interval: interval, side: .sell, participant: "others", price: .perMegawattHour(low),
      endPrice: .perMegawattHour(high), quantity: .megawatts(megawatts))
  }
}

/// Linear between known points, level beyond them.
private func interpolated(_ value: Double, _ knots: [Double], _ values: [Double]) -> Double {
  guard let above = knots.firstIndex(where: { $0 > value }) else {
    return value.isNaN ? .nan : values[values.count - 1]
  }
  guard above > 0 else { return values[0] }
  let share = (value - knots[above - 1]) / (knots[above] - knots[above - 1])
  return values[above - 1] + share * (values[above] - values[above - 1])
}
