import NumericMethods
import Testing

@Suite("Linear quantiles and weighted quantiles") struct QuantileRegressionTests {
  @Test("where the spread grows with the predictor, each level has its own slope")
  func slopes() throws {
    // y = 1 + 2x + x·z: the quantile at level α is 1 + (2 + Φ⁻¹(α))·x.
    var random = SplitMix64(seed: 21)
    let rows = (0..<4_000).map { _ in random.nextUniform() }
    let responses = rows.map { 1 + 2 * $0 + $0 * random.nextGaussian() }
    let design = Matrix(rows: 4_000, columns: 2, columnMajor: [Double](repeating: 1, count: 4_000) + rows)
    let levels = [0.1, 0.5, 0.9]
    let fit = try LinearQuantiles(predictors: design, responses: responses, levels: levels, smoothing: 0.01)
    for (level, coefficients) in zip(levels, fit.coefficients) {
      #expect(abs(coefficients[0] - 1) < 0.08)
      #expect(abs(coefficients[1] - 2 - NormalDistribution.standard.quantile(at: level)) < 0.2)
      let below = zip(rows, responses).count { $1 <= coefficients[0] + coefficients[1] * $0 }
      #expect(abs(Double(below) / 4_000 - level) < 0.02)
    }
    #expect(zip(fit.predicted(for: [1, 0.5]), [1.36, 2, 2.64]).allSatisfy { abs($0 - $1) < 0.1 })
  }

  @Test("weighted quantiles by hand: linear between the middles of the steps, level outside")
  func weighted() {
    // Middles of the steps of weights 1, 2, 1: 1/8, 1/2, 7/8.
    let found = weightedQuantiles(ofSorted: [0, 10, 20], weights: [1, 2, 1], at: [0.05, 0.125, 0.3125, 0.5, 0.95])
    #expect(found == [0, 0, 5, 10, 20])
    #expect(weightedQuantiles(ofSorted: [3, 4], weights: [0, 1], at: [0.1, 0.9]) == [4, 4])
    #expect(weightedQuantiles(ofSorted: [3], weights: [0], at: [0.5])[0].isNaN)
  }
}
