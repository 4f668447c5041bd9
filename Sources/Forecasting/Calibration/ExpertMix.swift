internal import NumericMethods

/// Weights of several models by what each would have lost less than the mix: ML-Poly with the gradient of the absolute
/// loss (Gaillard, Stoltz, van Erven, COLT 2014; `methods.md` 1.5). No parameters.
struct ExpertMix {
  private(set) var weights: [Double]
  private var regrets: [Double]
  private var variances: [Double]

  init(count: Int) {
    weights = [Double](repeating: 1 / Double(count), count: count)
    regrets = [Double](repeating: 0, count: count)
    variances = [Double](repeating: 0, count: count)
  }

  func mixed(_ forecasts: [[Double]]) -> [Double] {
    forecasts[0].indices.map { interval in
      zip(weights, forecasts).reduce(0) { $0 + $1.0 * $1.1[interval] }
    }
  }

  /// Learns from one day: the regret of each model, the mean over the day's intervals.
  mutating func learn(_ forecasts: [[Double]], actual: [Double]) {
    let mix = mixed(forecasts)
    for model in weights.indices {
      var regret = 0.0
      for interval in actual.indices {
        let gradient = mix[interval] > actual[interval] ? 1.0 : -1.0
        regret += gradient * (mix[interval] - forecasts[model][interval])
      }
      regret /= Double(actual.count)
      regrets[model] += regret
      variances[model] += regret * regret
    }
    let raw = weights.indices.map { max(regrets[$0], 0) / max(variances[$0].squareRoot(), 1e-12) }
    let total = raw.reduce(0, +)
    if total > 0 { weights = raw.map { $0 / total } }
  }
}
