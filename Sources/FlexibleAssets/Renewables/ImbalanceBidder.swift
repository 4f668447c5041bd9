internal import Foundation
internal import NumericMethods

/// Learns the best bid from forecasts of output and spread, and goes on learning day by day.
///
/// A ridge regression with exponential forgetting of the best bid in hindsight on the forecasts, drawn towards the forecast of
/// output alone: how far a spread forecast is to be trusted is learned from what following it would have earned, not from its
/// error. As output and spread are forecast jointly, their dependence (wind that surprises lowers the price) is learned too.
public struct ImbalanceBidder: Sendable {
  public struct Settings: Hashable, Sendable {
    /// Days after which a day counts half.
    public var halfLifeDays = 60.0
    /// Ridge penalty, in units of the variance of a standardised forecast.
    public var penalty = 0.3

    public init() {}
  }

  /// Forecasts of an interval and, once they are known, what came.
  public struct Interval: Hashable, Sendable {
    public let output: Double
    public let spread: Double
    public let outputForecast: Double
    public let spreadForecasts: [Double]

    public init(output: Double, spread: Double, outputForecast: Double, spreadForecasts: [Double]) {
      self.output = output
      self.spread = spread
      self.outputForecast = outputForecast
      self.spreadForecasts = spreadForecasts
    }

    /// Whether both forecasts and outcome are finite.
    public var isWhole: Bool { output.isFinite && spread.isFinite && hasForecasts }
    public var hasForecasts: Bool { outputForecast.isFinite && spreadForecasts.allSatisfy(\.isFinite) }
  }

  public let settlement: QuadraticImbalance
  private let settings: Settings
  private let centres: [Double]
  private let scales: [Double]
  private var bids: NormalEquations
  private var outputs: NormalEquations
  private var bidWeights: [Double]
  private var outputWeights: [Double]

  /// - Parameter history: intervals from which forecasts are standardised; they are not learned from yet.
  /// - Throws: ``AssetProblem`` if the history holds no whole interval.
  public init(
    _ settlement: QuadraticImbalance, settings: Settings = Settings(), scaledBy history: [Interval]
  ) throws(AssetProblem) {
    let rows = history.filter(\.hasForecasts).map { [$0.outputForecast] + $0.spreadForecasts }
    guard let width = rows.first?.count, rows.count > 1 else {
      throw AssetProblem("There is no interval with both forecasts before the first bid; nothing can be learned.")
    }
    let count = Double(rows.count)
    let centres = (0..<width).map { column in rows.reduce(0) { $0 + $1[column] } / count }
    scales = (0..<width).map { column in
      let variance = rows.reduce(0) { $0 + ($1[column] - centres[column]) * ($1[column] - centres[column]) } / count
      return variance > 0 ? variance.squareRoot() : 1
    }
    self.centres = centres
    self.settlement = settlement
    self.settings = settings
    (bids, outputs) = (NormalEquations(count: width + 1), NormalEquations(count: width + 1))
    bidWeights = [Double](repeating: 0, count: width + 1)
    outputWeights = bidWeights
  }

  /// Learns from a day; intervals that are not whole are passed over.
  public mutating func learn(_ day: [Interval]) throws(AssetProblem) {
    let kept = settings.halfLifeDays.isFinite ? exp2(-1 / max(settings.halfLifeDays, 1)) : 1
    bids.forget(kept)
    outputs.forget(kept)
    for interval in day where interval.isWhole {
      let row = row(interval)
      let best = settlement.unboundedBid(output: interval.output, spread: interval.spread)
      bids.add(row, target: best - interval.outputForecast)
      outputs.add(row, target: interval.output - interval.outputForecast)
    }
    guard bids.totalWeight > 0 else { return }
    var penalties = [Double](repeating: settings.penalty * bids.totalWeight, count: bids.count)
    penalties[0] = 0
    do {
      bidWeights = try bids.coefficients(penalties: penalties)
      outputWeights = try outputs.coefficients(penalties: penalties)
    } catch {
      throw AssetProblem("The forecasts do not determine a bid: \(error).")
    }
  }

  /// What to bid, in MWh; the smallest bid if a forecast is missing.
  public func bid(_ interval: Interval) -> Double {
    guard interval.hasForecasts else { return settlement.bids.lowerBound }
    return settlement.bounded(interval.outputForecast + dot(bidWeights, row(interval)))
  }

  /// Expected output, in MWh: the forecast without what it was wrong by on earlier days.
  public func expectedOutput(_ interval: Interval) -> Double {
    guard interval.hasForecasts else { return settlement.bids.lowerBound }
    return settlement.bounded(interval.outputForecast + dot(outputWeights, row(interval)))
  }

  private func row(_ interval: Interval) -> [Double] {
    var row = [1.0]
    for (column, value) in ([interval.outputForecast] + interval.spreadForecasts).enumerated() {
      row.append((value - centres[column]) / scales[column])
    }
    return row
  }

  private func dot(_ left: [Double], _ right: [Double]) -> Double { zip(left, right).reduce(0) { $0 + $1.0 * $1.1 } }
}
