internal import Foundation
internal import NumericMethods

/// The probability of leaving as a discrete-time hazard: one intercept for each span of months to the contract's end, and
/// slopes on standardised predictors. logit h(k) = a_k + β·x (Singer, Willett, Journal of Educational Statistics 18, 1993).
struct ExpiryHazard: Sendable {
  /// Months to the contract's end at which a new intercept begins.
  static let spans: [Double] = [1, 3, 6, 9, 12]

  private let regression: LogisticRegression
  private let scales: [(centre: Double, spread: Double)]

  /// - Parameters:
  ///   - predictors: rows of numbers; NaN counts as the middle.
  ///   - monthsLeft: months to the end of each row's contract; NaN where there is none.
  init(_ predictors: FeatureRows, monthsLeft: [Double], left: [Bool]) {
    let scales = (0..<predictors.columns).map { column -> (centre: Double, spread: Double) in
      let known = (0..<predictors.count).map { Double(predictors[$0, column]) }.filter(\.isFinite).sorted()
      guard known.count > 10 else { return (0, 0) }
      let low = quantile(ofSorted: known, at: 0.1)
      let high = quantile(ofSorted: known, at: 0.9)
      let spread = high > low ? (high - low) / 2.563 : standardDeviation(known)
      return (median(ofSorted: known), spread)
    }
    self.scales = scales
    let width = Self.spans.count + 2 + predictors.columns
    var rows: [Double] = []
    rows.reserveCapacity(width * predictors.count)
    for row in 0..<predictors.count { rows += Self.row(predictors, row, monthsLeft[row], scales) }
    let penalties = (0..<width).map { $0 == 0 ? 1e-6 : 20.0 }
    var regression = LogisticRegression(prior: [Double](repeating: 0, count: width), penalties: penalties)
    regression.fit(
      rows: rows, outcomes: left.map { $0 ? 1 : 0 }, weights: [Double](repeating: 1, count: left.count), steps: 12)
    self.regression = regression
  }

  func probabilities(_ predictors: FeatureRows, monthsLeft: [Double]) -> [Double] {
    (0..<predictors.count).map { regression.probability(at: Self.row(predictors, $0, monthsLeft[$0], scales)) }
  }

  private static func row(
    _ predictors: FeatureRows, _ row: Int, _ months: Double, _ scales: [(centre: Double, spread: Double)]
  ) -> [Double] {
    var values = [1.0]
    let span = months.isFinite ? spans.firstIndex { months < $0 } ?? spans.count : -1
    for index in 0...spans.count { values.append(index == span ? 1 : 0) }
    for (column, scale) in scales.enumerated() {
      let value = Double(predictors[row, column])
      guard value.isFinite, scale.spread > 0 else { values.append(0); continue }
      values.append(min(max((value - scale.centre) / scale.spread, -3), 3))
    }
    return values
  }
}
