import NumericMethods
import Testing

@Suite("Scores on worked numbers") struct ScoreTests {
  let forecast: [Double] = [10, 20, 30]
  let actual: [Double] = [12, 20, 26]

  @Test("point scores of errors −2, 0, 4")
  func points() {
    #expect(meanAbsoluteError(of: forecast, against: actual) == 2)
    #expect(rootMeanSquaredError(of: forecast, against: actual) == (20.0 / 3).squareRoot())
    // 200·2/22 = 18.1818, 0, 200·4/56 = 14.2857: mean 10.8225.
    #expect(abs(symmetricMeanAbsolutePercentageError(of: forecast, against: actual) - 10.822_510_822_510_8) < 1e-10)
    #expect(symmetricMeanAbsolutePercentageError(of: [0], against: [0]) == 0)
    // The naive errors 8, 0, 4 have the mean 4.
    #expect(relativeMeanAbsoluteError(of: forecast, against: actual, naive: [20, 20, 30]) == 0.5)
    #expect(relativeMeanAbsoluteError(of: forecast, against: actual, naive: actual).isNaN)
  }

  @Test("the pinball loss weighs the two sides by the level")
  func pinball() {
    #expect(pinballLoss(of: 10, at: 0.9, against: 14) == 3.6)
    #expect(abs(pinballLoss(of: 10, at: 0.9, against: 6) - 0.4) < 1e-12)
  }

  @Test("99 equal percentiles score half the absolute error")
  func percentiles() {
    let percentiles = [Double](repeating: 10, count: 99)
    #expect(abs(averagePinballLoss(ofPercentiles: percentiles, against: 14) - 2) < 1e-12)
  }

  @Test("the percentile score is half the ensemble score of the same normal distribution")
  func conventions() {
    // CRPS of N(0, 1) at 0 is (√2 − 1)/√π = 0.23369.
    let normal = NormalDistribution.standard
    let percentiles = (1...99).map { normal.quantile(at: Double($0) / 100) }
    let members = (0..<4000).map { normal.quantile(at: (Double($0) + 0.5) / 4000) }
    #expect(abs(continuousRankedProbabilityScore(ofEnsemble: members, against: 0) - 0.233_695) < 1e-4)
    #expect(abs(2 * averagePinballLoss(ofPercentiles: percentiles, against: 0) - 0.2337) < 3e-3)
  }

  @Test("the ensemble score of 0 and 2 at 1 is one half")
  func ensemble() {
    // E|X − 1| = 1, E|X − X′| = (0 + 2 + 2 + 0)/4 = 1.
    #expect(continuousRankedProbabilityScore(ofEnsemble: [2, 0], against: 1) == 0.5)
  }

  @Test("coverage counts values inside the closed interval")
  func coverage() {
    #expect(intervalCoverage(lower: [0, 0, 0, 0], upper: [1, 1, 1, 1], against: [0, 1, 2, -1]) == 0.5)
  }

  @Test("the energy score of two paths is the distance less half the spread")
  func energy() {
    // Paths (3, 4) and (0, 0) against (0, 0): distance (5 + 0)/2, pairs (0 + 5 + 5 + 0)/4 = 2.5.
    #expect(energyScore(of: [[3, 4], [0, 0]], against: [0, 0]) == 1.25)
  }

  @Test("the variogram score compares differences between intervals")
  func variogram() {
    // |y₁ − y₂|^½ = 2, paths give 3 and 1 (mean 2) or 1 and 1 (mean 1).
    #expect(variogramScore(of: [[9, 0], [1, 0]], against: [4, 0]) == 0)
    #expect(variogramScore(of: [[1, 0], [0, 1]], against: [4, 0]) == 1)
  }
}
