internal import Forecasting
internal import Foundation
internal import MarketModel
internal import NumericMethods

/// Weighted joint paths of a day, as they are written.
struct WrittenScenarios {
  let weights: [Double]
  /// One for each weight.
  let paths: [[Double]]

  /// - Parameter count: paths to keep; the others' weight goes to the nearest that is kept. nil: all.
  init(_ set: ScenarioSet, keeping count: Int?) {
    guard let count, count < set.count else {
      weights = set.weights
      paths = (0..<set.count).map { set.path($0, of: .dayAheadPrice) }
      return
    }
    let reduced = fastForwardSelection(
      set.values, length: set.grid.count, weights: set.weights, count: count)
    weights = reduced.weights
    paths = reduced.kept.map { set.path($0, of: .dayAheadPrice) }
  }

  /// scenarios.csv: weight, then one column for each interval, headed by its number.
  var text: String {
    let width = paths.first?.count ?? 0
    var lines = [(["weight"] + (1...max(width, 1)).map(String.init)).joined(separator: ",")]
    for (weight, path) in zip(weights, paths) {
      lines.append(([DayReport.rounded(weight, 6)] + path.map { DayReport.rounded($0, 2) }).csvRow)
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension ForecastReport {
  /// forecast.csv: interval, point, percentiles 1 to 99.
  var table: String {
    let names = probabilities.map { probability in
      let percent = Int((probability * 100).rounded())
      return "q" + (percent < 10 ? "0" : "") + "\(percent)"
    }
    var lines = [(["interval", "point"] + names).joined(separator: ",")]
    for index in point.indices {
      lines.append("\(index + 1)," + ([point[index]] + quantiles.map { $0[index] }).csvRow)
    }
    return lines.joined(separator: "\n") + "\n"
  }
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
