import NumericMethods
import RetailValue
import Testing

@Suite("Weights") struct WeightTests {
  @Test("consistent judgements give their ratios and no inconsistency")
  func consistent() throws {
    let weights = [0.5, 0.3, 0.2]
    let hierarchy = try AnalyticHierarchy(matrix: weights.map { row in weights.map { row / $0 } })
    for (found, expected) in zip(hierarchy.weights, weights) { #expect(abs(found - expected) < 1e-9) }
    #expect(hierarchy.consistencyRatio < 1e-9)
  }

  @Test("Saaty's ratio by hand, and the refusal of contradictions")
  func inconsistent() throws {
    // 1, 3, 5 / 1/3, 1, 3 / 1/5, 1/3, 1: λmax = 3.0385, CR = 0.0332.
    let hierarchy = try AnalyticHierarchy(matrix: [[1, 3, 5], [1.0 / 3, 1, 3], [0.2, 1.0 / 3, 1]])
    #expect(abs(hierarchy.consistencyRatio - 0.0332) < 5e-4)
    #expect(abs(hierarchy.weights[0] - 0.637) < 1e-3)
    #expect(throws: RetailProblem.self) { try AnalyticHierarchy(matrix: [[1, 5, 0.2], [0.2, 1, 5], [5, 0.2, 1]]) }
    #expect(throws: RetailProblem.self) { try AnalyticHierarchy(matrix: [[1, 2], [2, 1]]) }
  }

  @Test("a column that is zero for 95 % stays on the leash: its entropy counts as 2/m at most")
  func leash() {
    var random = SplitMix64(seed: 1)
    let dense = (0..<3).map { _ in (0..<1_000).map { _ in 0.2 + random.nextUniform() } }
    let sparse = (0..<1_000).map { $0 % 20 == 0 ? 1.0 : 0.0 }
    let entropy = EntropyWeights.weights(of: dense + [sparse])
    #expect(entropy[3] > 0.9)
    let combined = EntropyWeights.combined(prior: [0.25, 0.25, 0.25, 0.25], entropy: entropy)
    // Equal priors: at most (2/m)^0.3 against three times (0.5/m)^0.3.
    let most = 1 / (1 + 3 * 0.6597539554)
    #expect(combined[3] <= most + 1e-6)
    #expect(abs(combined.reduce(0, +) - 1) < 1e-12)
    #expect(EntropyWeights.weights(of: [[1, 1, 1], [0, 1, 2]])[0] == 0)
  }
}
