internal import NumericMethods

extension RealTimeForecaster {
  /// Errors that climatology is worth beside the weighted past ones.
  private static let priorWorth = 10.0

  /// Probabilities of the sign, the floor and a spike of a day, from the same errors as the quantiles; frequencies of past
  /// days stand in while there are too few.
  public mutating func spreadProbabilities(for published: RealTimeDay) throws(ForecastingError) -> SpreadProbabilities {
    if current?.published.day != published.day || current?.published.dayAheadPrice != published.dayAheadPrice {
      _ = try forecasts(for: published)
    }
    guard let current else { throw ForecastingError("No forecast of \(published.day) could be made") }
    let known = history.suffix(RealTimeForecaster.spikeDays).flatMap(\.actual).filter(\.isFinite)
    let spike = known.isEmpty ? .infinity : quantile(known, at: RealTimeForecaster.spikeLevel)
    let floor = lowestPrice ?? 0
    let spreads = history.flatMap(\.spread).filter(\.isFinite)
    let usual = (
      positive: RealTimeForecaster.share(spreads, or: 0.5) { $0 > 0 },
      floor: RealTimeForecaster.share(known, or: 0) { $0 <= floor },
      spike: RealTimeForecaster.share(known, or: 0) { $0 > spike }
    )
    func probability(_ prior: Double, _ isTrue: (_ price: Double, _ interval: Int) -> Bool) -> [Double] {
      published.dayAheadPrice.indices.map { interval in
        guard current.errors.indices.contains(interval) else { return prior }
        let errors = current.errors[interval]
        let share = errors.share { isTrue(current.ensemble[interval] + $0, interval) }
        return (errors.worth * share + RealTimeForecaster.priorWorth * prior)
          / (errors.worth + RealTimeForecaster.priorWorth)
      }
    }
    return SpreadProbabilities(
      positive: probability(usual.positive) { $0 > published.dayAheadPrice[$1] },
      floor: probability(usual.floor) { price, _ in price <= floor },
      spike: probability(usual.spike) { price, _ in price > spike }, floorPrice: floor, spikePrice: spike)
  }

  private static func share(_ values: [Double], or prior: Double, _ isTrue: (Double) -> Bool) -> Double {
    values.isEmpty ? prior : Double(values.count(where: isTrue)) / Double(values.count)
  }

  /// The last forecast with the real-time prices that have been seen within the day: an intraday forecast, not to be compared
  /// with what was known the evening before.
  ///
  /// Seen intervals hold what was observed. For the others the error of the last two hours is carried on by slopes that fall with
  /// the lead, and the quantiles draw in as past days' errors did after the same update.
  ///
  /// - Parameters:
  ///   - count: intervals of the day that have passed.
  ///   - observed: their real-time prices, NaN where one is not known.
  /// - Throws: ``ForecastingError`` if no forecast was made of the day or the numbers do not fit.
  public func updated(afterIntervals count: Int, observed: [Double]) throws(ForecastingError) -> ModelForecast {
    guard let current else { throw ForecastingError("Forecast the day before updating it within the day") }
    guard (0...intervals).contains(count), observed.count == count else {
      throw ForecastingError("\(observed.count) prices were given for \(count) of \(intervals) intervals")
    }
    let start = stopwatch()
    let rule = IntradayUpdate(days: distribution.days, intervals: intervals)
    let errors = (0..<count).map { observed[$0] - current.ensemble[$0] }
    let corrections = rule.corrections(errors: errors, remainingIntervals: intervals - count)
    let anySeen = errors.contains(where: \.isFinite)
    func value(_ interval: Int, _ base: Double) -> Double {
      if interval < count { return observed[interval].isFinite ? observed[interval] : base }
      let lead = interval - count
      let share = anySeen ? rule.remaining[lead] : 1
      let point = current.ensemble[interval]
      return limited(point + corrections[lead] + share * (base - point))
    }
    let point = (0..<intervals).map { value($0, current.ensemble[$0]) }
    let quantiles = current.quantiles.map { row in (0..<intervals).map { value($0, row[$0]) } }
    return ModelForecast(
      model: "ensemble-intraday", point: point, quantiles: quantiles, seconds: stopwatch() - start)
  }
}
