import NumericMethods
import Testing

@Suite("Luck among several tries") struct MultipleTrialsTests {
  @Test("the worked example of Bailey and López de Prado: 2.5 a year, 100 tries, five years of days")
  func publishedExample() {
    let daily = 2.5 / Double(250).squareRoot()
    let probability = MultipleTrials.deflatedSharpeRatio(
      daily, periods: 1_250, skewness: -3, kurtosis: 10, trials: 100, varianceOfRatios: 0.5 / 250)
    #expect(abs(probability - 0.9004) < 5e-4)
    // With 46 tries the same ratio would have passed at 95 %.
    let fewer = MultipleTrials.deflatedSharpeRatio(
      daily, periods: 1_250, skewness: -3, kurtosis: 10, trials: 46, varianceOfRatios: 0.5 / 250)
    #expect(abs(fewer - 0.9505) < 5e-4)
  }

  @Test("the best of many tries without skill is not sold as skill; a real one is found among them")
  func realityCheck() {
    var random = SplitMix64(seed: 8)
    var tries = (0..<40).map { _ in (0..<250).map { _ in random.nextGaussian() } }
    let luck = MultipleTrials.realityCheck(tries, block: 5, resamples: 500, seed: 1)
    #expect(luck > 0.1, "\(luck)")
    let alone = MultipleTrials.realityCheck(
      [tries.max { mean($0) < mean($1) } ?? []], block: 5, resamples: 500, seed: 1)
    #expect(alone < luck / 2, "looked at alone, the luckiest try seems to have skill: \(alone)")
    tries.append((0..<250).map { _ in 0.5 + random.nextGaussian() })
    #expect(MultipleTrials.realityCheck(tries, block: 5, resamples: 500, seed: 1) < 0.01)
  }

  @Test("skewness and kurtosis of numbers worked by hand")
  func shape() throws {
    let shape = try #require(MultipleTrials.shape([0, 0, 0, 4]))
    // Mean 1, deviations −1, −1, −1, 3: moments 3, 6, 21; sample standard deviation 2.
    #expect(abs(shape.sharpe - 0.5) < 1e-12)
    #expect(abs(shape.skewness - 6 / (3 * 3.0.squareRoot())) < 1e-12)
    #expect(abs(shape.kurtosis - 21.0 / 9) < 1e-12)
    #expect(MultipleTrials.shape([1, 1, 1]) == nil)
  }
}
