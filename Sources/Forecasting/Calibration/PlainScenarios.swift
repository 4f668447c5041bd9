internal import NumericMethods

/// Joint paths made in the two plain ways, to hold those of ``JointPaths`` against: a Gaussian copula of the empirical
/// correlation (Pinson et al., Wind Energy 12, 2009) and the Schaake shuffle on the last days (Clark et al., Journal of
/// Hydrometeorology 5, 2004). Both put past ranks on the same percentiles, so that only the dependence differs.
public struct PlainScenarios: Sendable {
  /// Days of the copula's correlation and, at the most, of the shuffle.
  public static let copulaDays = 180
  public static let shuffleDays = 200
  /// Days below which neither is made.
  public static let leastDays = 20
  /// How far the correlation is drawn towards independence.
  static let shrinkage = 0.05

  /// pastScores[day][interval]: normal score of a past day's truth among the percentiles forecast for it, oldest first.
  public private(set) var pastScores: [[Double]]
  private let seed: UInt64
  private var days: UInt64 = 0

  public init(pastScores: [[Double]] = [], seed: UInt64) {
    self.pastScores = pastScores
    self.seed = seed
  }

  /// Takes a day's percentiles, [99][interval], and its truth; a day of which a value is not known is passed over.
  public mutating func observe(quantiles: [[Double]], actual: [Double]) {
    precondition(quantiles.count == 99 && quantiles[0].count == actual.count, "99 percentiles for each value")
    days += 1
    guard actual.allSatisfy(\.isFinite) else { return }
    var random = SplitMix64(seed: seed &+ days &* 0x9E37_79B9)
    pastScores.append(
      actual.indices.map { interval in
        PathMarginals.normalScore(actual[interval], percentiles: quantiles.map { $0[interval] }, random: &random)
      })
    if pastScores.count > PlainScenarios.shuffleDays { pastScores.removeFirst() }
  }

  /// Paths of independent draws from the copula, values[path · intervals + interval]; nil with too few days.
  public func copulaPaths(count: Int, quantiles: [[Double]], seed: UInt64) -> [Double]? {
    let past = Array(pastScores.suffix(PlainScenarios.copulaDays))
    guard past.count >= PlainScenarios.leastDays else { return nil }
    let width = past[0].count
    let standardised = (0..<width).flatMap { interval -> [Double] in
      let own = past.map { $0[interval] }
      let (middle, spread) = (mean(own), max(standardDeviation(own), 1e-9))
      return own.map { ($0 - middle) / spread / Double(past.count - 1).squareRoot() }
    }
    var correlation = Matrix(rows: past.count, columns: width, columnMajor: standardised).gram()
    for row in 0..<width {
      for column in 0..<width {
        correlation[row, column] = row == column ? 1 : correlation[row, column] * (1 - PlainScenarios.shrinkage)
      }
    }
    guard let factor = try? Cholesky(of: correlation) else { return nil }
    var random = SplitMix64(seed: seed)
    let scores = (0..<count).flatMap { _ in factor.correlating((0..<width).map { _ in random.nextGaussian() }) }
    return PathMarginals.ranked(scores, count: count, quantiles: quantiles)
  }

  /// Paths with the ranks of the last days, each as often as another within one; nil with too few days.
  public func shuffledPaths(count: Int, quantiles: [[Double]], seed: UInt64) -> [Double]? {
    let past = Array(pastScores.suffix(min(count, PlainScenarios.shuffleDays)))
    guard pastScores.count >= PlainScenarios.leastDays else { return nil }
    var random = SplitMix64(seed: seed)
    // Copies of a day have no order among themselves but by chance.
    let scores = (0..<count).flatMap { path in
      past[past.count - 1 - path % past.count].map { $0 + 1e-7 * random.nextGaussian() }
    }
    return PathMarginals.ranked(scores, count: count, quantiles: quantiles)
  }
}
