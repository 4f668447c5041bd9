internal import Foundation
internal import NumericMethods

/// A ridge regression for each interval on `width` of the ``LoadFeatures``, by recursive least squares: a day counts less the longer
/// it lies back, with a memory in days.
struct RecencyModel: Sendable {
  private let intervals: Int
  let width: Int
  private let keep: Double
  private let penalty: Double
  private let threads: Int
  private var equations: [NormalEquations]
  private var coefficients: [[Double]] = []

  init(intervals: Int, width: Int, memoryDays: Double, penalty: Double, threads: Int) {
    self.intervals = intervals
    self.width = width
    self.penalty = penalty
    self.threads = threads
    keep = exp(-1 / memoryDays)
    equations = [NormalEquations](repeating: NormalEquations(count: width), count: intervals)
  }

  /// One value for each interval; nil before the first fit.
  func predicted(_ rows: [Double]) -> [Double]? {
    if coefficients.isEmpty { return nil }
    return (0..<intervals).map { interval in
      var sum = 0.0
      let start = interval * width
      for column in 0..<width { sum += coefficients[interval][column] * rows[start + column] }
      return sum
    }
  }

  mutating func observe(_ rows: [Double], actual: [Double]) {
    rows.withUnsafeBufferPointer { rows in
      for interval in 0..<intervals {
        equations[interval].forget(keep)
        guard actual[interval].isFinite else { continue }
        let row = UnsafeBufferPointer(rebasing: rows[(interval * width)..<((interval + 1) * width)])
        equations[interval].add(row, target: actual[interval])
      }
    }
  }

  mutating func fit() {
    let equations = equations
    let penalty = penalty
    let solved = concurrentMap(count: intervals, threads: threads) { interval in
      try? equations[interval].coefficients(penalty: penalty)
    }
    if solved.allSatisfy({ $0 != nil }) { coefficients = solved.compactMap { $0 } }
  }
}
