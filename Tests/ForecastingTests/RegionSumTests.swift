import Forecasting
import NumericMethods
import Testing

@Suite("Region as a sum of sites") struct RegionSumTests {
  /// Standard normal percentiles in each of two intervals.
  static let normal = ModelForecast(
    model: "ensemble", point: [0, 0],
    quantiles: (1...99).map { level in
      [Double](repeating: NormalDistribution.standard.quantile(at: Double(level) / 100), count: 2)
    })

  /// The 10 % and 90 % quantiles of a sum of two sites whose truths correlate like this.
  static func spread(correlation: Double) throws -> (lower: Double, upper: Double) {
    var region = RegionSum(sites: 2, intervals: 2)
    var random = SplitMix64(seed: 11)
    for _ in 0..<200 {
      let first = [random.nextGaussian(), random.nextGaussian()]
      let rest = (1 - correlation * correlation).squareRoot()
      let second = first.map { correlation * $0 + rest * random.nextGaussian() }
      try region.observe([normal, normal], actuals: [first, second])
    }
    let said = try region.forecast([normal, normal])
    return (said.quantiles[9][0], said.quantiles[89][1])
  }

  @Test("sites that move together add quantiles; independent ones add variances; opposite ones cancel")
  func dependence() throws {
    let together = try Self.spread(correlation: 1)
    #expect(abs(together.upper - 2 * 1.2816) < 0.1 && abs(together.lower + 2 * 1.2816) < 0.1)
    let apart = try Self.spread(correlation: 0)
    #expect(abs(apart.upper - 1.2816 * 2.0.squareRoot()) < 0.3 && abs(apart.lower + 1.2816 * 2.0.squareRoot()) < 0.3)
    let opposite = try Self.spread(correlation: -1)
    #expect(abs(opposite.upper) < 0.1 && abs(opposite.lower) < 0.1)
  }

  @Test("with too few days all sites are taken to move together; what does not fit is refused")
  func beginnings() throws {
    var region = RegionSum(sites: 2, intervals: 2)
    #expect(!region.knowsDependence)
    let said = try region.forecast([Self.normal, Self.normal])
    #expect(abs(said.quantiles[89][0] - 2 * Self.normal.quantiles[89][0]) < 0.05)
    try region.observe([Self.normal, Self.normal], actuals: [[0, .nan], [1, 1]])
    #expect(throws: ForecastingError.self) { try region.forecast([Self.normal]) }
    #expect(throws: ForecastingError.self) { try region.observe([Self.normal, Self.normal], actuals: [[0, 0]]) }
  }
}
