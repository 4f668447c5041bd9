/// Weights of several models for whole days by ML-Poly with the gradient of the absolute loss (``ExpertRegrets``); they stay
/// as they are while no model has done better than the mix. No parameters.
struct ExpertMix {
  private(set) var weights: [Double]
  private var regrets: ExpertRegrets

  init(count: Int) {
    weights = [Double](repeating: 1 / Double(count), count: count)
    regrets = ExpertRegrets(experts: count, columns: 1)
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
      let regret = actual.indices.reduce(0) { sum, interval in
        sum + ExpertRegrets.slope(mix: mix[interval], actual: actual[interval])
          * (mix[interval] - forecasts[model][interval])
      }
      regrets.add(regret / Double(actual.count), expert: model, column: 0)
    }
    if let learned = regrets.weights(at: 0) { weights = learned }
  }
}
