internal import MarketModel
internal import NumericMethods

/// LEAR on one window: a LASSO for each interval of the day over one common table of predictors, all scaled by median,
/// absolute deviation and asinh, so that spikes do not rule the fit.
///
/// Where the window holds more days than predictors, λ has the least Akaike criterion; where it holds fewer, the
/// variant that knows the noise (`methods.md` 1.3).
struct LassoAutoregression: Sendable, Codable {
  private let columnScaling: [RobustScaling?]
  private let fits: [ScaledFit]

  private struct ScaledFit: Sendable, Codable {
    let scaling: RobustScaling
    let fit: LassoFit
  }

  /// λ by interval, to fit again on a similar window without searching.
  var penalties: [Double] { fits.map(\.fit.penalty) }

  /// - Parameters:
  ///   - rows: predictors of the days of the window.
  ///   - prices: prices of the same days, one for each interval.
  ///   - penalties: λ by interval, if it is known.
  init(rows: [[Double]], prices: [[Double]], penalties: [Double]?, threads: Int) {
    let columns = rows[0].count
    let firstDummy = columns - LearPriceModel.dummies
    columnScaling = (0..<columns).map { column in
      column >= firstDummy ? nil : RobustScaling(fittedTo: rows.map { $0[column] })
    }
    let scaling = columnScaling
    let design = LassoDesign(
      Matrix(rows: rows.map { LassoAutoregression.scaled($0, by: scaling) }))
    let rule: LassoPenalty = rows.count > columns ? .akaike : .akaikeWithResponseVariance
    fits = concurrentMap(count: prices[0].count, threads: threads) { interval in
      let own = prices.map { $0[interval] }
      let responseScaling = RobustScaling(fittedTo: own)
      let response = own.map { responseScaling.scaled($0) }
      // A λ of zero comes from a window on which the price never moved; it says nothing about another one.
      let known = penalties.map { $0[interval] } ?? 0
      let fit = design.fit(response, penalty: known > 0 ? .fixed(known) : rule)
      return ScaledFit(scaling: responseScaling, fit: fit)
    }
  }

  private static func scaled(_ row: [Double], by scaling: [RobustScaling?]) -> [Double] {
    zip(row, scaling).map { value, scaling in scaling.map { $0.scaled(value) } ?? value }
  }

  /// Prices of a day by its predictors; a scaled value is held within the range of asinh that the window knows.
  func predicted(for row: [Double]) -> [Double] {
    let scaled = LassoAutoregression.scaled(row, by: columnScaling)
    return fits.map { $0.scaling.restored(min(max($0.fit.predicted(for: scaled), -6), 6)) }
  }
}
