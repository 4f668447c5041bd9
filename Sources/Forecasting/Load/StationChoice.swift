internal import Foundation
internal import MarketModel
internal import NumericMethods

/// Chooses and weighs weather stations by how well their blend explains the load.
///
/// Stations are added one at a time, again and again if they earn it, as long as the cross-validated error of a small
/// load regression on the blend's temperature falls: Hong, Wang, White, "Weather station selection for electric load
/// forecasting", IJF 31, 2015, with the forward selection with replacement of Caruana et al., ICML 2004 in place of
/// the mean of the best. The share of the additions is the weight. Nothing is chosen by name or place.
struct StationChoice {
  static let rounds = 12
  static let candidates = 12
  private static let folds = 4
  private static let predictors = 34

  /// One of the intervals that stand for the day: what every blend shares.
  private struct Probe {
    /// Calendar predictors, day by day.
    var calendar: [Double] = []
    var targets: [Double] = []
    var fold: [Int] = []
    /// By station, mean temperature of three hours and of a day.
    var short: [[Double]]
    var long: [[Double]]
  }

  private let probes: [Probe]
  private let stations: [Int]
  private let threads: Int

  /// - Parameters:
  ///   - temperatures: station × (day · intervals + interval), standardised, nothing missing.
  ///   - loads: day × interval on the ``LoadScale``; NaN is not known.
  ///   - stations: those that may be chosen.
  init(days: [LoadDay], temperatures: [[Double]], loads: [[Double]], stations: [Int], threads: Int) {
    self.stations = stations
    self.threads = threads
    let intervals = loads.first?.count ?? 0
    let perHour = max(1, intervals / 24)
    probes = (0..<6).map { part in
      let interval = min(intervals - 1, part * intervals / 6 + intervals / 24)
      return StationChoice.probe(interval, days, temperatures, loads, perHour: perHour)
    }
  }

  private static func probe(
    _ interval: Int, _ days: [LoadDay], _ temperatures: [[Double]], _ loads: [[Double]], perHour: Int
  ) -> Probe {
    var probe = Probe(
      short: [[Double]](repeating: [], count: temperatures.count),
      long: [[Double]](repeating: [], count: temperatures.count))
    for index in days.indices.dropFirst() where loads[index][interval].isFinite {
      let end = index * loads[index].count + interval + 1
      let angle = 2 * Double.pi * Double(days[index].day.dayOfYear) / 365.25
      var row = [Double](repeating: 0, count: 13)
      row[0] = 1
      row[1] = Double(index) / 365.25
      row[1 + days[index].weekday] = 1
      row[9] = cos(angle)
      row[10] = sin(angle)
      row[11] = cos(2 * angle)
      row[12] = sin(2 * angle)
      probe.calendar += row
      probe.targets.append(loads[index][interval])
      probe.fold.append(index / 28 % folds)
      for station in temperatures.indices {
        probe.short[station].append(mean(Array(temperatures[station][max(0, end - 3 * perHour)..<end])))
        probe.long[station].append(mean(Array(temperatures[station][max(0, end - 24 * perHour)..<end])))
      }
    }
    return probe
  }

  /// One weight for each station that was handed in, with sum one; zeros and the stations' mean if nothing can be judged.
  func weights(of count: Int) -> [Double] {
    guard !stations.isEmpty else { return [Double](repeating: 0, count: count) }
    var counts = [Double](repeating: 0, count: count)
    let single = concurrentMap(count: stations.count, threads: threads) { error(of: [stations[$0]: 1]) }
    let ranked = stations.indices.sorted { (single[$0], $0) < (single[$1], $1) }.prefix(StationChoice.candidates)
    var chosen: [Int: Double] = [:]
    var best = (error: Double.infinity, counts: counts)
    for _ in 0..<StationChoice.rounds {
      let current = chosen
      let candidates = Array(ranked)
      let errors = concurrentMap(count: candidates.count, threads: threads) { position in
        var blend = current
        blend[stations[candidates[position]], default: 0] += 1
        return error(of: blend)
      }
      guard let winner = errors.indices.min(by: { (errors[$0], $0) < (errors[$1], $1) }) else { break }
      let station = stations[candidates[winner]]
      chosen[station, default: 0] += 1
      counts[station] += 1
      if errors[winner] < best.error { best = (errors[winner], counts) }
    }
    let total = best.counts.reduce(0, +)
    if total > 0 { return best.counts.map { $0 / total } }
    return counts.indices.map { stations.contains($0) ? 1 / Double(stations.count) : 0 }
  }

  /// Cross-validated sum of squared errors of the blend in which each station has a number of shares.
  private func error(of shares: [Int: Double]) -> Double {
    let order = shares.keys.sorted()
    let total = shares.values.reduce(0, +)
    let blend = order.map { (station: $0, weight: (shares[$0] ?? 0) / total) }
    return probes.reduce(0) { $0 + StationChoice.error($1, blend) }
  }

  private static func error(_ probe: Probe, _ blend: [(station: Int, weight: Double)]) -> Double {
    let width = predictors
    var rows = [Double](repeating: 0, count: probe.targets.count * width)
    for index in probe.targets.indices {
      var short = 0.0
      var long = 0.0
      for (station, weight) in blend {
        short += weight * probe.short[station][index]
        long += weight * probe.long[station][index]
      }
      fill(&rows, at: index * width, probe.calendar, from: index * 13, short, long)
    }
    var equations = [NormalEquations](repeating: NormalEquations(count: width), count: folds)
    rows.withUnsafeBufferPointer { rows in
      for index in probe.targets.indices {
        let row = UnsafeBufferPointer(rebasing: rows[(index * width)..<((index + 1) * width)])
        equations[probe.fold[index]].add(row, target: probe.targets[index])
      }
    }
    return (0..<folds).reduce(0) { $0 + heldOutError(probe, rows, equations, fold: $1) }
  }

  private static func heldOutError(_ probe: Probe, _ rows: [Double], _ equations: [NormalEquations], fold: Int)
    -> Double
  {
    var others = NormalEquations(count: predictors)
    for other in 0..<folds where other != fold { others.add(equations[other]) }
    guard let coefficients = try? others.coefficients(penalty: 0.1) else { return .infinity }
    var sum = 0.0
    for index in probe.targets.indices where probe.fold[index] == fold {
      var residual = probe.targets[index]
      for column in coefficients.indices { residual -= coefficients[column] * rows[index * predictors + column] }
      sum += residual * residual
    }
    return sum
  }

  private static func fill(
    _ rows: inout [Double], at start: Int, _ calendar: [Double], from source: Int, _ short: Double, _ long: Double
  ) {
    for column in 0..<13 { rows[start + column] = calendar[source + column] }
    var column = start + 13
    for value in [short, long] {
      rows[column] = value
      rows[column + 1] = value * value
      rows[column + 2] = value * value * value
      rows[column + 3] = max(0, value + 0.6)
      rows[column + 4] = max(0, value)
      rows[column + 5] = max(0, value - 0.6)
      for season in 0..<4 { rows[column + 6 + season] = value * calendar[source + 9 + season] }
      column += 10
    }
    rows[column] = short * long
  }
}
