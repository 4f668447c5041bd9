internal import Foundation
internal import NumericMethods

/// Corrects a regression by its errors of the last days: for each interval a ridge regression of the error on those of
/// the day before (same interval, its neighbours, the last hours, the mean), of two, three and seven days before, and
/// on their running means. Only errors of forecasts made ahead of the day are learned from.
struct ErrorCorrection: Sendable {
  private static let predictors = 15
  private static let memory = 28
  /// About the standard deviation of the errors, so that the ridge penalty counts days.
  private static let unit = 0.05
  private static let penalty = 15.0
  private static let keep = exp(-1.0 / 730)
  /// Days before the correction is used.
  private static let trial = 56

  private let intervals: Int
  private var equations: [NormalEquations]
  private var coefficients: [[Double]] = []
  /// Errors of the last days, newest last; what is not known is taken as no error.
  private var errors: [[Double]] = []
  private var learned = 0

  init(intervals: Int) {
    self.intervals = intervals
    equations = [NormalEquations](
      repeating: NormalEquations(count: ErrorCorrection.predictors), count: intervals)
  }

  /// What to add to the next day's forecast.
  func correction() -> [Double] {
    guard !coefficients.isEmpty, learned >= ErrorCorrection.trial else {
      return [Double](repeating: 0, count: intervals)
    }
    let rows = rows()
    return (0..<intervals).map { interval in
      zip(coefficients[interval], rows[interval]).reduce(0) { $0 + $1.0 * $1.1 } * ErrorCorrection.unit
    }
  }

  /// Learns from a day's errors (actual − forecast without this correction, NaN is not known).
  mutating func observe(_ dayErrors: [Double]) {
    if errors.count == ErrorCorrection.memory {
      let rows = rows()
      for interval in 0..<intervals {
        equations[interval].forget(ErrorCorrection.keep)
        guard dayErrors[interval].isFinite else { continue }
        // An error of many times the usual (an outage, a wrong reading) must not bend the coefficients.
        let target = min(max(dayErrors[interval] / ErrorCorrection.unit, -6), 6)
        equations[interval].add(rows[interval], target: target)
      }
      learned += 1
      errors.removeFirst()
    }
    errors.append(dayErrors.map { $0.isFinite ? min(max($0, -0.5), 0.5) : 0 })
  }

  mutating func fit() {
    guard learned > 0 else { return }
    let solved = equations.map { try? $0.coefficients(penalty: ErrorCorrection.penalty) }
    if solved.allSatisfy({ $0 != nil }) { coefficients = solved.compactMap { $0 } }
  }

  /// Interval × predictor, from the errors of the last 28 days.
  private func rows() -> [[Double]] {
    let perHour = max(1, intervals / 24)
    let count = errors.count
    guard count == ErrorCorrection.memory else { return [] }
    let day = (1...7).map { errors[count - $0] }
    let means = day.map { mean($0) }
    let week = (0..<intervals).map { interval in day.reduce(0) { $0 + $1[interval] } / 7 }
    let month = (0..<intervals).map { interval in errors.reduce(0) { $0 + $1[interval] } / Double(count) }
    let lastHour = mean(Array(day[0].suffix(perHour)))
    let lastHours = mean(Array(day[0].suffix(3 * perHour)))
    let lastQuarter = mean(Array(day[0].suffix(6 * perHour)))
    return (0..<intervals).map { interval in
      let values = [
        day[0][interval], day[0][max(0, interval - perHour)], day[0][min(intervals - 1, interval + perHour)],
        means[0], lastHour, lastHours, lastQuarter, day[1][interval], means[1], day[2][interval], day[6][interval],
        week[interval], month[interval], mean(means),
      ]
      return values.map { $0 / ErrorCorrection.unit } + [1]
    }
  }
}
