internal import Foundation
internal import NumericMethods

/// The scale on which load is regressed: its logarithm, or, where it may fall to zero or below (a net load), its
/// share of the typical load. Either way an error of 0.01 is about one per cent.
struct LoadScale: Sendable, Equatable {
  let isLogarithmic: Bool
  /// Mean of the logarithm, or the typical load.
  let centre: Double

  init(fittedTo actuals: [[Double]]) {
    let known = actuals.flatMap { $0 }.filter { $0.isFinite }
    let size = known.isEmpty ? 1 : mean(known.map { abs($0) })
    isLogarithmic = !known.isEmpty && known.count { $0 <= 0.05 * size } <= known.count / 1000
    if isLogarithmic {
      let positive = known.filter { $0 > 0 }
      centre = positive.reduce(0) { $0 + log($1) } / Double(positive.count)
    } else {
      centre = max(size, 1e-9)
    }
  }

  /// NaN for a value that the scale does not know.
  func scaled(_ load: Double) -> Double {
    if !isLogarithmic { return (load - centre) / centre }
    return load > 0 ? log(load) - centre : .nan
  }

  func restored(_ value: Double) -> Double {
    isLogarithmic ? exp(min(value, 5) + centre) : (value + 1) * centre
  }
}
