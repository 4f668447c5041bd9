import NumericMethods
import Testing

@Suite("Sampling and distributions") struct SamplingTests {
  @Test("the generator gives the published first numbers of seed 1234567")
  func published() {
    // Reference output of the public-domain splitmix64.c.
    var random = SplitMix64(seed: 1_234_567)
    let found = (0..<3).map { _ in random.next() }
    #expect(found == [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423])
  }

  @Test("uniform values lie inside 0…1 and Gaussian values have mean 0 and deviation 1")
  func moments() {
    var random = SplitMix64(seed: 42)
    let uniform = (0..<20_000).map { _ in random.nextUniform() }
    let gaussian = (0..<20_000).map { _ in random.nextGaussian() }
    #expect(uniform.allSatisfy { $0 > 0 && $0 < 1 })
    #expect(abs(mean(uniform) - 0.5) < 0.01)
    #expect(abs(mean(gaussian)) < 0.03)
    #expect(abs(standardDeviation(gaussian) - 1) < 0.02)
  }

  @Test("a permutation holds every index once and depends on the seed alone")
  func permutation() {
    var first = SplitMix64(seed: 1)
    var second = SplitMix64(seed: 1)
    let order = first.nextPermutation(of: 50)
    #expect(order.sorted() == Array(0..<50))
    #expect(order == second.nextPermutation(of: 50))
  }

  @Test(
    "normal quantiles are the tabulated ones",
    arguments: zip(
      [0.5, 0.75, 0.975, 0.999, 1e-10],
      [0, 0.674489750196082, 1.959963984540054, 3.090232306167814, -6.361340902404056]))
  func quantiles(level: Double, expected: Double) {
    #expect(abs(NormalDistribution.standard.quantile(at: level) - expected) < 1e-12)
  }

  @Test("the normal distribution function undoes the quantile")
  func roundTrip() {
    let distribution = NormalDistribution(mean: 3, standardDeviation: 2)
    for step in 1..<1000 {
      let level = Double(step) / 1000
      #expect(abs(distribution.cumulativeProbability(of: distribution.quantile(at: level)) - level) < 1e-13)
    }
  }
}

@Suite("Statistics") struct StatisticsTests {
  @Test("type 7 quantiles of 1, 2, 3, 4 are those of R")
  func quantiles() {
    #expect(quantile([4, 1, 3, 2], at: 0) == 1)
    #expect(quantile([4, 1, 3, 2], at: 0.25) == 1.75)
    #expect(median([4, 1, 3, 2]) == 2.5)
    #expect(quantile([4, 1, 3, 2], at: 1) == 4)
    #expect(standardDeviation([2, 4, 4, 4, 5, 5, 7, 9]) == (32.0 / 7).squareRoot())
  }

  @Test("the empirical distribution counts values at or below")
  func empirical() {
    let distribution = EmpiricalDistribution(of: [3, 1, 2, 2])
    #expect(distribution.cumulativeProbability(of: 0.9) == 0)
    #expect(distribution.cumulativeProbability(of: 2) == 0.75)
    #expect(distribution.cumulativeProbability(of: 3) == 1)
  }

  @Test("conformal quantiles of 1…9 are the ranks of ten times the level")
  func conformal() {
    let distribution = EmpiricalDistribution(of: (1...9).map(Double.init))
    #expect(distribution.conformalQuantile(at: 0.9) == 9)
    #expect(distribution.conformalQuantile(at: 0.85) == 9)
    #expect(distribution.conformalQuantile(at: 0.8) == 8)
    #expect(distribution.conformalQuantile(at: 0.15) == 1)
    #expect(distribution.conformalQuantile(at: 0.99) == 9)
  }
}

@Suite("Work on several threads") struct ConcurrentMapTests {
  @Test("results stand in index order for any number of threads", arguments: [1, 2, 5])
  func order(threads: Int) {
    #expect(concurrentMap(count: 100, threads: threads) { "\($0 * $0)" } == (0..<100).map { "\($0 * $0)" })
    #expect(concurrentMap(count: 0, threads: threads) { $0 } == [])
  }
}
