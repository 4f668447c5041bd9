/// How good one day's price forecast was; per MWh unless a share.
public struct ForecastSkill: Hashable, Sendable {
  public let meanAbsoluteError: Double
  public let rootMeanSquareError: Double
  /// Sum of absolute errors over the sum of absolute prices; nil where those are zero.
  public let weightedAbsolutePercentageError: Double?
  public let naiveMeanAbsoluteError: Double
  /// Mean of the losses at 10, 50 and 90 % (the median is taken as the point).
  public let pinballLoss: Double
  /// Share of prices within 10 to 90 %.
  public let coverage80: Double
  /// Share of prices within 5 to 95 %; nil without that band.
  public let coverage90: Double?
  /// Share of intervals in which the price moved from the interval before as was forecast.
  public let directionHit: Double
  /// Hours between the forecast and the true time of the highest price.
  public let peakTimeError: Double

  /// nil if a path has another length than the prices, or is not finite.
  public init?(
    point: [Double], low: [Double], high: [Double], naive: [Double], actual: [Double], intervalHours: Double,
    wideBand: (low: [Double], high: [Double])? = nil
  ) {
    let all = [point, low, high, naive, actual] + (wideBand.map { [$0.low, $0.high] } ?? [])
    guard !actual.isEmpty, all.allSatisfy({ $0.count == actual.count && $0.allSatisfy(\.isFinite) }) else { return nil }
    let count = Double(actual.count)
    let errors = zip(point, actual).map { $0 - $1 }
    let absolute = errors.reduce(0) { $0 + abs($1) }
    meanAbsoluteError = absolute / count
    rootMeanSquareError = (errors.reduce(0) { $0 + $1 * $1 } / count).squareRoot()
    let total = actual.reduce(0) { $0 + abs($1) }
    weightedAbsolutePercentageError = total > 0 ? absolute / total : nil
    naiveMeanAbsoluteError = zip(naive, actual).reduce(0) { $0 + abs($1.0 - $1.1) } / count
    func pinball(_ path: [Double], _ probability: Double) -> Double {
      zip(path, actual).reduce(0) { sum, pair in
        let error = pair.1 - pair.0
        return sum + max(probability * error, (probability - 1) * error)
      } / count
    }
    pinballLoss = (pinball(low, 0.1) + pinball(point, 0.5) + pinball(high, 0.9)) / 3
    func within(_ low: [Double], _ high: [Double]) -> Double {
      Double(actual.indices.count { actual[$0] >= low[$0] && actual[$0] <= high[$0] }) / count
    }
    coverage80 = within(low, high)
    coverage90 = wideBand.map { within($0.low, $0.high) }
    var (hits, moves) = (0, 0)
    for index in actual.indices.dropFirst() {
      let came = actual[index] - actual[index - 1]
      guard came != 0 else { continue }
      moves += 1
      if came * (point[index] - point[index - 1]) > 0 { hits += 1 }
    }
    directionHit = moves > 0 ? Double(hits) / Double(moves) : 1
    func peak(_ path: [Double]) -> Int { path.indices.max { path[$0] < path[$1] } ?? 0 }
    peakTimeError = abs(Double(peak(point) - peak(actual))) * intervalHours
  }
}
