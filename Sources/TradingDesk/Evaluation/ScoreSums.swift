internal import Foundation
internal import NumericMethods

/// What one forecast value lost against what came.
struct IntervalLoss {
  let error: Double
  let actual: Double
  let forecast: Double
  /// |error| of the weekly naive; NaN if the week before is not known.
  let naive: Double
  /// Mean pinball loss over the 99 percentiles; nil without quantiles.
  let pinball: Double?
  /// Whether the central 50, 80 and 90 % intervals held the value, and the score of the 80 % interval.
  let inside: (fifty: Bool, eighty: Bool, ninety: Bool)?
  let winkler: Double?

  init(forecast: Double, percentiles: [Double]?, actual: Double, naive: Double) {
    self.forecast = forecast
    self.actual = actual
    self.naive = abs(naive - actual)
    error = forecast - actual
    pinball = percentiles.map { averagePinballLoss(ofPercentiles: $0, against: actual) }
    inside = percentiles.map { rows in
      func holds(_ lower: Int, _ upper: Int) -> Bool { rows[lower - 1] <= actual && actual <= rows[upper - 1] }
      return (holds(25, 75), holds(10, 90), holds(5, 95))
    }
    winkler = percentiles.map {
      intervalScore(lower: $0[9], upper: $0[89], probability: 0.8, against: actual)
    }
  }
}

/// Sums of losses over any set of intervals, and the scores that follow from them; nil where nothing was counted.
struct ScoreSums {
  private(set) var count = 0
  private var absolute = 0.0
  private var square = 0.0
  private var symmetric = 0.0
  private var percentage = 0.0
  private var percentageCount = 0
  private var comparable = 0.0
  private var naive = 0.0
  private var pinballCount = 0
  private var pinball = 0.0
  private var winkler = 0.0
  private var inside = (fifty: 0, eighty: 0, ninety: 0)

  mutating func add(_ loss: IntervalLoss) {
    count += 1
    absolute += abs(loss.error)
    square += loss.error * loss.error
    let size = abs(loss.forecast) + abs(loss.actual)
    symmetric += size == 0 ? 0 : 200 * abs(loss.error) / size
    if loss.actual != 0 {
      percentage += 100 * abs(loss.error) / abs(loss.actual)
      percentageCount += 1
    }
    if loss.naive.isFinite {
      comparable += abs(loss.error)
      naive += loss.naive
    }
    guard let value = loss.pinball, let held = loss.inside else { return }
    pinballCount += 1
    pinball += value
    winkler += loss.winkler ?? 0
    inside.fifty += held.fifty ? 1 : 0
    inside.eighty += held.eighty ? 1 : 0
    inside.ninety += held.ninety ? 1 : 0
  }

  var mae: Double? { count > 0 ? absolute / Double(count) : nil }
  var rmse: Double? { count > 0 ? (square / Double(count)).squareRoot() : nil }
  var smape: Double? { count > 0 ? symmetric / Double(count) : nil }
  var mape: Double? { percentageCount > 0 ? percentage / Double(percentageCount) : nil }
  /// Against the weekly naive, over the intervals on which both are known.
  var rmae: Double? { naive > 0 ? comparable / naive : nil }
  var crps: Double? { pinballCount > 0 ? pinball / Double(pinballCount) : nil }
  var winkler80: Double? { pinballCount > 0 ? winkler / Double(pinballCount) : nil }
  var coverage50: Double? { share(inside.fifty) }
  var coverage80: Double? { share(inside.eighty) }
  var coverage90: Double? { share(inside.ninety) }

  private func share(_ part: Int) -> Double? { pinballCount > 0 ? Double(part) / Double(pinballCount) : nil }
}
