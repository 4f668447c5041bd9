import NumericMethods
import Testing

@Suite("Comparing and calibrating forecasts") struct ForecastComparisonTests {
  @Test("Diebold and Mariano on differences −1, −3")
  func dieboldMarianoWorked() throws {
    // Mean −2, variance 1, so −2/√(1/2) = −2.8284; Φ = 0.00234.
    let result = try #require(dieboldMariano(losses: [1, 2, .nan], against: [2, 5, 1]))
    #expect(result.meanDifference == -2 && result.days == 2)
    #expect(abs(result.statistic + 2.828_427_124_7) < 1e-9)
    #expect(abs(result.probability - 0.002_338_867) < 1e-8)
    let turned = try #require(dieboldMariano(losses: [2, 5], against: [1, 2]))
    #expect(abs(result.probability + turned.probability - 1) < 1e-12 && turned.probability > 0.99)
  }

  @Test("equal losses are even; constant gains are certain; one day says nothing")
  func dieboldMarianoEdges() {
    #expect(dieboldMariano(losses: [1, 2, 3], against: [1, 2, 3])?.probability == 0.5)
    #expect(dieboldMariano(losses: [1, 2, 3], against: [2, 3, 4])?.probability == 0)
    #expect(dieboldMariano(losses: [2, 3, 4], against: [1, 2, 3])?.probability == 1)
    #expect(dieboldMariano(losses: [1], against: [2]) == nil)
  }

  @Test("values drawn from the forecast are reliable and their PIT is flat")
  func reliable() {
    var generator = SplitMix64(seed: 3)
    let normal = NormalDistribution(mean: 5, standardDeviation: 2)
    let percentiles = (1...99).map { normal.quantile(at: Double($0) / 100) }
    var right = Reliability()
    var narrow = Reliability()
    for _ in 0..<20_000 {
      let uniform = Double(generator.next() >> 11) / Double(1 << 53)
      let value = normal.quantile(at: min(max(uniform, 1e-12), 1 - 1e-12))
      right.add(percentiles: percentiles, actual: value)
      narrow.add(percentiles: percentiles.map { 5 + ($0 - 5) / 2 }, actual: value)
    }
    for (index, share) in right.observedFrequencies.enumerated() {
      #expect(abs(share - Double(index + 1) / 100) < 0.015)
    }
    #expect(right.histogram(bins: 10).allSatisfy { abs($0 - 0.1) < 0.01 })
    // Too narrow: more than a quarter of the values in each outer tenth, as Φ(½·Φ⁻¹(0.1)) = 0.261.
    let bowl = narrow.histogram(bins: 10)
    #expect(abs(bowl[0] - 0.261) < 0.015 && abs(bowl[9] - 0.261) < 0.015)
  }

  @Test("a value on a heap of percentiles counts evenly for them")
  func heap() {
    var reliability = Reliability()
    // Percentiles 1…49 at the floor 0, the rest above: PIT uniform on the first 50 bins.
    reliability.add(percentiles: (1...99).map { $0 <= 49 ? 0 : Double($0) }, actual: 0)
    #expect(abs(reliability.histogram(bins: 2)[0] - 1) < 1e-12)
    #expect(reliability.histogram(bins: 10).prefix(5).allSatisfy { abs($0 - 0.2) < 1e-12 })
    #expect(abs(reliability.observedFrequencies[24] - 0.5) < 1e-12 && reliability.observedFrequencies[49] == 1)
    reliability.add(percentiles: [Double](repeating: 0, count: 99), actual: .nan)
    #expect(reliability.count == 1)
  }

  @Test("the interval score pays for width and misses; percentage errors leave zeros out")
  func others() {
    #expect(abs(intervalScore(lower: 0, upper: 10, probability: 0.8, against: -2) - 30) < 1e-9)
    #expect(intervalScore(lower: 0, upper: 10, probability: 0.8, against: 10) == 10)
    #expect(meanAbsolutePercentageError(of: [11, 5, 18], against: [10, 0, 20]) == 10)
    #expect(meanAbsolutePercentageError(of: [1], against: [0]).isNaN)
  }
}
