public import MarketModel

/// How likely each price is over all intervals of a day, from the percentiles of the prepared day's forecast.
public struct PriceDensity: Sendable, Encodable {
  public var schema = "spotdesk.price-density/1"
  public var day: MarketDay
  public var currency: String
  /// Middles of the price classes, per MWh.
  public var pricePerMWh: [Double]
  /// Share of the day's intervals expected in the class, 0 to 1; the shares between the outer percentiles sum to 1.
  public var share: [Double]
}

private struct PreparedForecast: Decodable {
  var currency: String
  var forecast: Forecast
  struct Forecast: Decodable {
    var probabilities: [Double]
    var quantiles: [[Double]]
  }
}

extension TradingDesk {
  /// The density of the prices that the bids of a day were made with.
  ///
  /// - Parameter classes: number of price classes between the lowest and the highest percentile.
  public func priceDensity(of day: MarketDay, classes: Int = 80) throws -> PriceDensity {
    let content = try content(.bids, of: day)
    guard let prepared = try? decodedDocument(PreparedForecast.self, from: content) else {
      throw DeskProblem(
        .badData, "The bids of \(day) were written by another version. Run `spotdesk day \(day)` again.")
    }
    let (probabilities, quantiles) = (prepared.forecast.probabilities, prepared.forecast.quantiles)
    let all = quantiles.flatMap { $0 }
    guard let low = all.min(), let high = all.max(), classes > 0 else {
      throw DeskProblem(.notFound, "\(day) has no price forecast.")
    }
    let width = max((high - low) / Double(classes), 0.01)
    var shares = [Double](repeating: 0, count: classes)
    for interval in quantiles[0].indices {
      for row in 1..<quantiles.count {
        let (from, to) = (quantiles[row - 1][interval], quantiles[row][interval])
        let mass = probabilities[row] - probabilities[row - 1]
        spread(mass, from: (from - low) / width, to: (to - low) / width, over: &shares)
      }
    }
    let total = shares.reduce(0, +)
    return PriceDensity(
      day: day, currency: prepared.currency,
      pricePerMWh: shares.indices.map { DayReport.rounded(low + (Double($0) + 0.5) * width, 2) },
      share: shares.map { DayReport.rounded(total > 0 ? $0 / total : 0, 6) })
  }

  /// Spreads a probability evenly over the classes between two positions.
  private func spread(_ mass: Double, from: Double, to: Double, over shares: inout [Double]) {
    let last = shares.count - 1
    let (first, final) = (min(max(Int(from), 0), last), min(max(Int(to), 0), last))
    guard to > from, final > first else {
      shares[first] += mass
      return
    }
    for index in first...final {
      let overlap = min(to, Double(index + 1)) - max(from, Double(index))
      shares[index] += mass * max(overlap, 0) / (to - from)
    }
  }
}
