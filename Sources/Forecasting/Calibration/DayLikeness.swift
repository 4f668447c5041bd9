internal import Foundation
internal import NumericMethods

/// How like two days' forecasts are: level, width, shape over the day, weekday and age.
struct DayLikeness: Sendable {
  private static let blocks = 6
  private static let halfLife = 240.0
  private static let otherWeekday = 0.25
  /// What every day counts beside its likeness, so that no few days make the dependence.
  private static let floor = 0.5

  /// Level, width and shape of each target's median path.
  static func profile(_ quantiles: [[Double]], targets: Int, intervals: Int) -> [Double] {
    (0..<targets).flatMap { target -> [Double] in
      let range = (target * intervals)..<((target + 1) * intervals)
      let level = mean(range.map { quantiles[49][$0] })
      let width = mean(range.map { quantiles[89][$0] - quantiles[9][$0] })
      let count = min(blocks, intervals)
      let shape = (0..<count).map { block -> Double in
        let start = target * intervals + block * intervals / count
        let end = target * intervals + (block + 1) * intervals / count
        return mean((start..<end).map { quantiles[49][$0] }) - level
      }
      return [level, width] + shape
    }
  }

  /// Weights of past days, adding up to one; the kernel is as wide as the distance within which a fifth of the days lie.
  static func weights(
    of profiles: [[Double]], numbers: [Int], to profile: [Double], number: Int
  ) -> [Double] {
    let scale = profile.indices.map { index in max(standardDeviation(profiles.map { $0[index] }), 1e-9) }
    let distances = profiles.indices.map { day -> Double in
      let sum = profile.indices.reduce(0.0) {
        let gap = (profiles[day][$1] - profile[$1]) / scale[$1]
        return $0 + gap * gap
      }
      return sum / Double(profile.count) + ((number - numbers[day]) % 7 == 0 ? 0 : otherWeekday)
    }
    let near = max(quantile(distances, at: 0.2), 1e-9)
    let raw = distances.indices.map {
      (exp(-0.5 * distances[$0] / near) + DayLikeness.floor) * pow(0.5, Double(number - numbers[$0]) / halfLife)
    }
    let total = raw.reduce(0, +)
    return raw.map { $0 / total }
  }
}
