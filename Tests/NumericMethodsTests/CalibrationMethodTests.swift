import Foundation
import NumericMethods
import Testing

@Suite("Regressions of whole distributions") struct DistributionRegressionTests {
  @Test("isotonic distributional regression pools the violators of each threshold")
  func isotonicWorked() {
    // Ordered by x, the responses are 1, 3, 2, 4. At or below 2: 1, 0, 1, 0 pools the middle pair to 1, ½, ½, 0.
    let model = IsotonicDistributionalRegression(
      predictor: [3, 1, 4, 2], response: [2, 1, 4, 3], weights: [1, 1, 1, 1])
    let thresholds = [0.5, 1, 2, 3, 4]
    #expect(model.cumulativeProbabilities(ofAtMost: thresholds, at: 1) == [0, 1, 1, 1, 1])
    #expect(model.cumulativeProbabilities(ofAtMost: thresholds, at: 2) == [0, 0, 0.5, 1, 1])
    #expect(model.cumulativeProbabilities(ofAtMost: thresholds, at: 3) == [0, 0, 0.5, 1, 1])
    #expect(model.cumulativeProbabilities(ofAtMost: thresholds, at: 4) == [0, 0, 0, 0, 1])
    // Half way between x = 3 and x = 4; level beyond the ends.
    #expect(model.cumulativeProbabilities(ofAtMost: [2], at: 3.5) == [0.25])
    #expect(model.cumulativeProbabilities(ofAtMost: [2], at: 9) == [0])
  }

  @Test("weights and equal predictor values enter the pools")
  func isotonicWeights() {
    // At x = 1 the responses 5 (weight 3) and 1 (weight 1) make ¼ at or below 1; x = 2 has 1 with weight 4: pool (1 + 4)/8.
    let model = IsotonicDistributionalRegression(
      predictor: [1, 1, 2, .nan], response: [5, 1, 1, 0], weights: [3, 1, 4, 1])
    #expect(model.cumulativeProbabilities(ofAtMost: [1], at: 1) == [0.625])
    #expect(model.cumulativeProbabilities(ofAtMost: [1], at: 2) == [0.625])
  }

  @Test("isotonic quantiles rise with the level and with the predictor")
  func isotonicMonotone() {
    var random = SplitMix64(seed: 3)
    let x = (0..<600).map { _ in random.nextUniform() * 10 }
    let y = x.map { $0 + (1 + 0.2 * $0) * random.nextGaussian() }
    let model = IsotonicDistributionalRegression(predictor: x, response: y, weights: x.map { _ in 1 })
    let levels = (1...99).map { Double($0) / 100 }
    let low = model.quantiles(at: 2, levels: levels, thresholds: 200)
    let high = model.quantiles(at: 8, levels: levels, thresholds: 200)
    #expect(zip(low, low.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(abs(low[49] - 2) < 0.7 && abs(high[49] - 8) < 1)
    #expect(high[89] - high[9] > low[89] - low[9])
  }

  @Test("quantile regression finds the coefficients of a heteroscedastic line")
  func quantileRegression() {
    // y = 1 + 2x + (1 + x)·z: the quantile at level p is (1 + zₚ) + (2 + zₚ)·x.
    var random = SplitMix64(seed: 5)
    var rows: [Double] = []
    var response: [Double] = []
    for _ in 0..<6_000 {
      let x = random.nextUniform() * 2
      rows += [1, x]
      response.append(1 + 2 * x + (1 + x) * random.nextGaussian())
    }
    var model = QuantileRegression(levels: [0.1, 0.5, 0.9], penalties: [0, 0.01], bandwidth: 0.4)
    let weights = response.map { _ in 1.0 }
    for _ in 0..<3 { model.fit(rows: rows, response: response, weights: weights, steps: 10) }
    for (level, own) in zip(model.levels, model.coefficients) {
      let score = NormalDistribution.standard.quantile(at: level)
      #expect(abs(own[0] - (1 + score)) < 0.15 && abs(own[1] - (2 + score)) < 0.17)
    }
    let below = response.indices.count { response[$0] <= model.quantiles(at: [1, rows[2 * $0 + 1]])[0] }
    #expect(abs(Double(below) / 6_000 - 0.1) < 0.01)
    var threaded = QuantileRegression(levels: [0.1, 0.5, 0.9], penalties: [0, 0.01], bandwidth: 0.4)
    for _ in 0..<3 { threaded.fit(rows: rows, response: response, weights: weights, steps: 10, threads: 4) }
    #expect(threaded.coefficients == model.coefficients)
  }

  @Test("the dispersion regression finds how errors grow")
  func dispersion() {
    var random = SplitMix64(seed: 7)
    var rows: [Double] = []
    var sizes: [Double] = []
    for _ in 0..<5_000 {
      let x = random.nextUniform() * 2 - 1
      rows += [1, x]
      // |e| exponential with mean exp(0.5 + 1.5x).
      sizes.append(-log(random.nextUniform()) * exp(0.5 + 1.5 * x))
    }
    var model = DispersionRegression(prior: [0, 0], penalties: [0, 0])
    model.fit(rows: rows, sizes: sizes, weights: sizes.map { _ in 1 }, steps: 12)
    #expect(abs(model.coefficients[0] - 0.5) < 0.05 && abs(model.coefficients[1] - 1.5) < 0.08)
    #expect(abs(model.scales(rows: [1, 0])[0] - exp(model.coefficients[0])) < 1e-12)
  }

  @Test("the logistic regression finds the odds of an event")
  func logistic() {
    var random = SplitMix64(seed: 9)
    var rows: [Double] = []
    var outcomes: [Double] = []
    for _ in 0..<5_000 {
      let x = random.nextGaussian()
      rows += [1, x]
      outcomes.append(random.nextUniform() < 1 / (1 + exp(1 - 2 * x)) ? 1 : 0)
    }
    var model = LogisticRegression(prior: [0, 0], penalties: [0, 0])
    model.fit(rows: rows, outcomes: outcomes, weights: outcomes.map { _ in 1 }, steps: 10)
    #expect(abs(model.coefficients[0] + 1) < 0.15 && abs(model.coefficients[1] - 2) < 0.2)
    #expect(model.probability(at: [1, 3]) > 0.98)
  }

  @Test("weighted quantiles stretch levels by the effective size")
  func weightedQuantiles() {
    // Equal weights of 1…4 have midpoints ⅛, ⅜, ⅝, ⅞; the level ¾ becomes ¾ + ¼/5 = 0.8, 0.7 of the way from 3 to 4.
    let found = weightedConformalQuantiles(
      [4, 1, .nan, 3, 2], weights: [1, 1, 1, 1, 1], at: [0.5, 0.75, 0.99])
    #expect(abs(found[0] - 2.5) < 1e-12 && abs(found[1] - 3.7) < 1e-12 && found[2] == 4)
    #expect(weightedConformalQuantiles([1, 2], weights: [0, 3], at: [0.1]) == [2])
  }
}

@Suite("Few paths for many") struct PathSelectionTests {
  @Test("the buffer kernels give the numbers of the plain scores")
  func kernels() {
    var random = SplitMix64(seed: 11)
    let paths = (0..<30).map { _ in (0..<13).map { _ in 20 * random.nextGaussian() } }
    let actual = (0..<13).map { _ in 20 * random.nextGaussian() }
    let flat = paths.flatMap { $0 }
    #expect(
      abs(energyScore(ofPaths: flat, count: 30, against: actual) - energyScore(of: paths, against: actual)) < 1e-9)
    #expect(
      abs(variogramScore(ofPaths: flat, count: 30, against: actual) - variogramScore(of: paths, against: actual)) < 1e-9
    )
  }

  @Test("forward selection keeps the middle of each cluster with the cluster's weight")
  func forwardWorked() {
    // 0, 1, 2 and 10, 11 (weight ½ each of the last two): the first choice is 2 (cost 0.2·(2 + 1) + 0.2·8 + 0.2·9 = 4).
    let reduced = fastForwardSelection([0, 1, 2, 10, 11], length: 1, weights: [1, 1, 1, 1, 1], count: 2)
    #expect(reduced.kept == [2, 3])
    #expect(abs(reduced.weights[0] - 0.6) < 1e-12 && abs(reduced.weights[1] - 0.4) < 1e-12)
    #expect(reduced.representative == [0, 0, 0, 1, 1])
  }

  @Test("a reduced sample keeps weight one and about the mean; a representative one does so with equal weights")
  func means() {
    var random = SplitMix64(seed: 13)
    let length = 8
    let values = (0..<(400 * length)).map { _ in random.nextGaussian() }
    let reduced = fastForwardSelection(values, length: length, weights: (0..<400).map { _ in 1 }, count: 40)
    #expect(abs(reduced.weights.reduce(0, +) - 1) < 1e-12 && reduced.kept.count == 40)
    let chosen = representativePaths(values, length: length, count: 40)
    #expect(Set(chosen).count == 40)
    for position in 0..<length {
      let all = mean((0..<400).map { values[$0 * length + position] })
      let few = zip(reduced.kept, reduced.weights).reduce(0) { $0 + $1.1 * values[$1.0 * length + position] }
      let equal = mean(chosen.map { values[$0 * length + position] })
      #expect(abs(few - all) < 0.25 && abs(equal - all) < 0.2)
    }
  }
}
