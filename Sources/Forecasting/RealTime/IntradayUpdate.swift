internal import NumericMethods

/// How far an error that is seen within the day carries into the rest of it: a slope by lead, the least-absolute-error line
/// through the origin over past days, not rising with the lead.
struct IntradayUpdate: Sendable {
  /// Hours whose median error is what the update sees.
  static let seenHours = 2

  /// By lead, the first interval after the last observed one first.
  let slopes: [Double]
  /// Mean absolute error that remains, as a share of the one without the update, at most 1.
  let remaining: [Double]
  private let seen: Int
  private let limit: Double

  init(days: [SpreadDistribution.Day], intervals: Int) {
    let seen = max(1, IntradayUpdate.seenHours * intervals / 24)
    let errors = days.map { day in zip(day.actual, day.forecast).map { $0 - $1 } }
    let sizes = errors.joined().filter(\.isFinite).map { abs($0) }
    let limit = sizes.isEmpty ? 0 : 4 * median(sizes)
    self.seen = seen
    self.limit = limit
    // signals[day][h]: what an update after h intervals would see.
    let signals = errors.map { own in
      (0..<intervals).map { IntradayUpdate.signal(own[..<$0], seen: seen, limit: limit) }
    }
    var slopes: [Double] = []
    var remaining: [Double] = []
    for lead in 0..<intervals {
      var pairs: [(ratio: Double, weight: Double)] = []
      var points: [(signal: Double, error: Double)] = []
      for (own, signal) in zip(errors, signals) {
        for start in 1..<max(2, intervals - lead) where start + lead < intervals {
          let error = own[start + lead]
          guard error.isFinite, signal[start] != 0 else { continue }
          pairs.append((error / signal[start], abs(signal[start])))
          points.append((signal[start], error))
        }
      }
      let slope = min(max(IntradayUpdate.weightedMedian(pairs), 0), slopes.last ?? 1)
      slopes.append(slope)
      let before = points.reduce(0) { $0 + abs($1.error) }
      let after = points.reduce(0) { $0 + abs($1.error - slope * $1.signal) }
      remaining.append(before > 0 ? min(after / before, 1) : 1)
    }
    self.slopes = slopes
    self.remaining = remaining
  }

  private static func signal(_ errors: ArraySlice<Double>, seen: Int, limit: Double) -> Double {
    let known = errors.suffix(seen).filter(\.isFinite)
    return known.isEmpty ? 0 : min(max(median(known), -limit), limit)
  }

  /// What is added to each interval after the observed ones.
  func corrections(errors: [Double], remainingIntervals: Int) -> [Double] {
    let signal = IntradayUpdate.signal(errors[...], seen: seen, limit: limit)
    return (0..<remainingIntervals).map { slopes[$0] * signal }
  }

  static func weightedMedian(_ pairs: [(ratio: Double, weight: Double)]) -> Double {
    let sorted = pairs.sorted { ($0.ratio, $0.weight) < ($1.ratio, $1.weight) }
    let half = sorted.reduce(0) { $0 + $1.weight } / 2
    var sum = 0.0
    for pair in sorted {
      sum += pair.weight
      if sum >= half { return pair.ratio }
    }
    return 0
  }
}
