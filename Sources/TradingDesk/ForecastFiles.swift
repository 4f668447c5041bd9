internal import Forecasting
internal import Foundation
internal import MarketModel
internal import NumericMethods

/// Weighted joint paths of a day, as they are written.
struct WrittenScenarios {
  let weights: [Double]
  /// What the paths are of, in their order.
  let targets: [ForecastTarget]
  /// One for each weight, the targets one after another.
  let paths: [[Double]]

  /// - Parameter count: paths to keep; the others' weight goes to the nearest that is kept. nil: all.
  init(_ set: ScenarioSet, keeping count: Int?) {
    targets = set.targets
    guard let count, count < set.count else {
      weights = set.weights
      paths = (0..<set.count).map { set.path($0) }
      return
    }
    let reduced = fastForwardSelection(
      set.comparableValues, length: set.grid.count * set.targets.count, weights: set.weights, count: count)
    weights = reduced.weights
    paths = reduced.kept.map { set.path($0) }
  }

  /// Of several targets: path, target, weight, then one column for each interval; a row for each path and target.
  var jointText: String {
    let width = (paths.first?.count ?? 0) / max(targets.count, 1)
    var lines = [(["path", "target", "weight"] + (1...max(width, 1)).map(String.init)).joined(separator: ",")]
    for (number, (weight, path)) in zip(weights, paths).enumerated() {
      for (index, target) in targets.enumerated() {
        let own = path[index * width..<(index + 1) * width].map { DayReport.rounded($0, 2) }
        lines.append("\(number + 1),\(target.rawValue)," + ([DayReport.rounded(weight, 6)] + own).csvRow)
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Of one target: weight, then one column for each interval, headed by its number.
  var text: String {
    let width = paths.first?.count ?? 0
    var lines = [(["weight"] + (1...max(width, 1)).map(String.init)).joined(separator: ",")]
    for (weight, path) in zip(weights, paths) {
      lines.append(([DayReport.rounded(weight, 6)] + path.map { DayReport.rounded($0, 2) }).csvRow)
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension ScenarioSet {
  /// A path with all targets one after another.
  func path(_ path: Int) -> [Double] {
    let width = grid.count * targets.count
    return Array(values[path * width..<(path + 1) * width])
  }

  /// The values with every target in standard deviations of its own, so that none decides a distance by its unit; as they are
  /// of one target.
  var comparableValues: [Double] {
    guard targets.count > 1 else { return values }
    let scales = targets.indices.map { target -> Double in
      let deviations = (0..<grid.count).map { interval in
        standardDeviation((0..<count).map { values[($0 * targets.count + target) * grid.count + interval] })
      }
      return max(mean(deviations), 1e-9)
    }
    return values.indices.map { values[$0] / scales[$0 / grid.count % targets.count] }
  }
}

/// interval, point, percentiles 1 to 99.
struct WrittenPercentiles {
  let point: [Double]
  let probabilities: [Double]
  let quantiles: [[Double]]

  var text: String {
    let names = probabilities.map { probability in
      let percent = Int((probability * 100).rounded())
      return "q" + padded(percent, 2)
    }
    var lines = [(["interval", "point"] + names).joined(separator: ",")]
    for index in point.indices {
      lines.append("\(index + 1)," + ([point[index]] + quantiles.map { $0[index] }).csvRow)
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension ForecastReport {
  /// forecast.csv.
  var table: String { WrittenPercentiles(point: point, probabilities: probabilities, quantiles: quantiles).text }
}

extension [Double] {
  /// Without needless zeros.
  fileprivate var csvRow: String {
    map { value in
      let text = "\(value)"
      return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }.joined(separator: ",")
  }
}
