/// How much of the best of several tries is luck.
///
/// Rows of `differences` are the tries; columns are the same periods for all of them: what a try earned above the benchmark.
public enum MultipleTrials {
  /// The share of resamples in which the best of tries without any skill would look as good as the best one here.
  ///
  /// White, "A reality check for data snooping", Econometrica 68(5), 2000: the largest √n · mean over the tries, against its
  /// distribution when the means are taken away, by bootstrap over circular blocks (Politis, Romano 1992).
  ///
  /// - Parameter block: periods that stay together.
  /// - Returns: a p-value in 0…1; 1 without tries or periods.
  public static func realityCheck(_ differences: [[Double]], block: Int, resamples: Int, seed: UInt64) -> Double {
    precondition(block >= 1 && resamples >= 1, "a bootstrap needs blocks and resamples")
    guard let count = differences.first?.count, count > 0 else { return 1 }
    precondition(differences.allSatisfy { $0.count == count }, "every try covers the same periods")
    let means = differences.map(mean)
    guard let best = means.max() else { return 1 }
    var random = SplitMix64(seed: seed)
    var asGood = 0
    for _ in 0..<resamples {
      var sums = [Double](repeating: 0, count: differences.count)
      var taken = 0
      while taken < count {
        let start = Int(random.next() % UInt64(count))
        let length = min(block, count - taken)
        for (row, values) in differences.enumerated() {
          for offset in 0..<length { sums[row] += values[(start + offset) % count] }
        }
        taken += length
      }
      let largest = zip(sums, means).map { $0 / Double(count) - $1 }.max() ?? 0
      if largest >= best { asGood += 1 }
    }
    return Double(asGood) / Double(resamples)
  }

  /// The probability that a Sharpe ratio is above what the best of `trials` tries without skill would show.
  ///
  /// Bailey, López de Prado, "The deflated Sharpe ratio", Journal of Portfolio Management 40(5), 2014. All ratios are per period,
  /// not annualised.
  ///
  /// - Parameters:
  ///   - varianceOfRatios: of the Sharpe ratios of all tries.
  ///   - kurtosis: 3 for a normal distribution.
  public static func deflatedSharpeRatio(
    _ ratio: Double, periods: Int, skewness: Double, kurtosis: Double, trials: Int, varianceOfRatios: Double
  ) -> Double {
    guard periods > 1 else { return .nan }
    let threshold = expectedLargestRatio(trials: trials, variance: varianceOfRatios)
    let spread = 1 - skewness * ratio + (kurtosis - 1) / 4 * ratio * ratio
    guard spread > 0 else { return .nan }
    return NormalDistribution.standard.cumulativeProbability(
      of: (ratio - threshold) * Double(periods - 1).squareRoot() / spread.squareRoot())
  }

  /// What the largest of so many ratios with mean zero is expected to be.
  static func expectedLargestRatio(trials: Int, variance: Double) -> Double {
    guard trials > 1, variance > 0 else { return 0 }
    let euler = 0.577_215_664_901_532_9
    let normal = NormalDistribution.standard
    let number = Double(trials)
    return variance.squareRoot()
      * ((1 - euler) * normal.quantile(at: 1 - 1 / number)
        + euler * normal.quantile(at: 1 - 1 / (number * 2.718_281_828_459_045)))
  }

  /// Mean over standard deviation, skewness and kurtosis (3 for a normal one) of some values; nil if they do not vary.
  public static func shape(_ values: [Double]) -> (sharpe: Double, skewness: Double, kurtosis: Double)? {
    guard values.count > 2 else { return nil }
    let centre = mean(values)
    func moment(_ power: Int) -> Double {
      values.reduce(0) { sum, value in
        let deviation = value - centre
        return sum + (0..<power).reduce(1.0) { product, _ in product * deviation }
      } / Double(values.count)
    }
    let variance = moment(2)
    guard variance > 0 else { return nil }
    return (
      centre / standardDeviation(values), moment(3) / (variance * variance.squareRoot()),
      moment(4) / (variance * variance)
    )
  }
}
