internal import Foundation
internal import NumericMethods

/// The frozen population against which customers are scored: percentiles of each indicator, weights, pool figures, segments.
public struct ScoreReference: Sendable, Codable, Equatable {
  /// Program's layout of this document.
  public var schema = 1
  /// Last day of the loads from which it was made.
  public let asOf: String
  public let customers: Int
  /// Indicator → its values, ascending, after transformation; at most ``limit`` of them, evenly spaced in rank.
  public let values: [String: [Double]]
  /// Weight of each indicator within its dimension.
  public let weights: [String: Double]
  public let dimensionWeights: [String: Double]
  public let consistencyRatios: [String: Double]
  public let entropy: [String: Double]
  public let pool: PoolFigures
  /// Segment → indicator → median score.
  public let segments: [String: [String: Double]]
  /// Upper ends of the size deciles, MWh a year.
  public let sizeLimits: [Double]

  static let limit = 4_001
}

/// Turns raw indicator values into 0…100 within a reference.
struct IndicatorScale: Sendable {
  let indicator: Indicator
  /// Ascending.
  let sorted: [Double]
  let isConstant: Bool

  init(_ indicator: Indicator, sorted: [Double]) {
    self.indicator = indicator
    self.sorted = sorted
    isConstant = sorted.first == sorted.last
  }

  /// The scale on which values are compared: logs for money, distance to the best range.
  static func transformed(_ value: Double, _ indicator: Indicator) -> Double {
    switch indicator.scale {
    case .plain: value
    case .signedLog(let unit): (value < 0 ? -1 : 1) * log(1 + abs(value) / unit)
    case .best(let range): value < range.lowerBound ? value - range.lowerBound : min(0, range.upperBound - value)
    }
  }

  /// The mid-rank percentile, 0…100, higher is better; 50 where the reference is constant.
  func score(_ value: Double) -> Double {
    guard !isConstant, !sorted.isEmpty else { return 50 }
    let target = Self.transformed(value, indicator)
    let below = position(of: target, orEqual: false)
    let isKnown = below < sorted.count && sorted[below] == target
    let upTo = isKnown ? position(of: target, orEqual: true) : below
    let share = (Double(below) + Double(upTo)) / 2 / Double(sorted.count)
    return 100 * (indicator.higherIsBetter ? share : 1 - share)
  }

  /// How many values lie below the target, or at or below it.
  private func position(of target: Double, orEqual: Bool) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < target || (orEqual && sorted[middle] == target) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Winsorised at the 2nd and 98th percentile and brought to 0…1.
  static func winsorised(_ sorted: [Double], _ values: [Double]) -> [Double] {
    guard !sorted.isEmpty else { return [] }
    let low = quantile(ofSorted: sorted, at: 0.02)
    let high = quantile(ofSorted: sorted, at: 0.98)
    return high > low ? values.map { (min(max($0, low), high) - low) / (high - low) } : values.map { _ in 1 }
  }
}
