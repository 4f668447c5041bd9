/// Weights of experts by what each would have lost less than the mix, ML-Poly with the gradient of the absolute loss
/// (``ExpertRegrets``), kept twice, once for the day as a whole and once for each
/// interval; the mix is the mean of both, less a part of its own recent errors. No parameter is fitted.
struct ExpertPool: Sendable, Codable {
  /// Share of the smoothed recent error that is taken out, and how much of it lasts a day.
  static let correctionShare = 0.2
  static let errorMemory = 0.9

  let experts: Int
  let intervals: Int
  private var day: ExpertRegrets
  private var interval: ExpertRegrets
  /// Smoothed signed error of the mix by interval, and smoothed absolute error over all.
  private var error: [Double]
  private var scale = 0.0

  init(experts: Int, intervals: Int) {
    self.experts = experts
    self.intervals = intervals
    day = ExpertRegrets(experts: experts, columns: 1)
    interval = ExpertRegrets(experts: experts, columns: intervals)
    error = [Double](repeating: 0, count: intervals)
  }

  /// Weight of each expert, the mean over the day; those without a path have none.
  func weights(of paths: [[Double]?]) -> [Double] {
    let present = paths.map { $0 != nil }
    var sums = [Double](repeating: 0, count: experts)
    for column in 0..<intervals {
      let own = weights(at: column, present)
      for expert in sums.indices { sums[expert] += own[expert] / Double(intervals) }
    }
    return sums
  }

  private func weights(at column: Int, _ present: [Bool]) -> [Double] {
    zip(learned(day, at: 0, present), learned(interval, at: column, present)).map { ($0 + $1) / 2 }
  }

  /// Equal weights until an expert has done better than the mix.
  private func learned(_ regrets: ExpertRegrets, at column: Int, _ present: [Bool]) -> [Double] {
    if let weights = regrets.weights(at: column, present: { present[$0] }) { return weights }
    let share = 1 / Double(max(present.count { $0 }, 1))
    return present.map { $0 ? share : 0 }
  }

  /// The mix of the experts that have a path; empty if none has.
  func mixed(_ paths: [[Double]?]) -> [Double] {
    let plain = mixedWithoutCorrection(paths)
    return zip(plain, error).map { $0 + ExpertPool.correctionShare * $1 }
  }

  private func mixedWithoutCorrection(_ paths: [[Double]?]) -> [Double] {
    let present = paths.map { $0 != nil }
    guard present.contains(true) else { return [] }
    return (0..<intervals).map { column in
      let weights = weights(at: column, present)
      var sum = 0.0
      for (expert, path) in paths.enumerated() {
        if let path { sum += weights[expert] * path[column] }
      }
      return sum
    }
  }

  /// Learns from a day; intervals whose price is not known teach nothing.
  mutating func learn(_ paths: [[Double]?], actual: [Double]) {
    let mix = mixedWithoutCorrection(paths)
    guard !mix.isEmpty else { return }
    let known = actual.indices.filter { actual[$0].isFinite }
    guard !known.isEmpty else { return }
    let usual = scale > 0 ? scale : known.reduce(0) { $0 + abs(actual[$1] - mix[$1]) } / Double(known.count)
    for (expert, path) in paths.enumerated() {
      guard let path else { continue }
      var total = 0.0
      for column in known {
        let regret = ExpertRegrets.slope(mix: mix[column], actual: actual[column]) * (mix[column] - path[column])
        interval.add(regret, expert: expert, column: column)
        total += regret
      }
      day.add(total / Double(known.count), expert: expert, column: 0)
    }
    for column in known {
      let own = min(max(actual[column] - mix[column], -3 * usual), 3 * usual)
      error[column] = ExpertPool.errorMemory * error[column] + (1 - ExpertPool.errorMemory) * own
      scale = 0.999 * usual + 0.001 * abs(actual[column] - mix[column])
    }
  }
}
