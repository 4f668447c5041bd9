import NumericMethods
import Testing

@Suite("Boosted trees") struct TreeTests {
  /// y = step of x₀ + slope of x₁ + noise; x₂ says nothing.
  static func sample(rows: Int, seed: UInt64, noise: Double = 0.1) -> (rows: FeatureRows, targets: [Float]) {
    var random = SplitMix64(seed: seed)
    var features = FeatureRows(columns: 3)
    var targets: [Float] = []
    for _ in 0..<rows {
      let x = [random.nextUniform(), random.nextUniform(), random.nextUniform()]
      features.append(x.map { Float($0) })
      targets.append(Float((x[0] > 0.5 ? 2 : 0) + x[1] + noise * random.nextGaussian()))
    }
    return (features, targets)
  }

  @Test("squared error finds the step and the slope")
  func squaredError() throws {
    let (rows, targets) = Self.sample(rows: 2_000, seed: 1)
    let trees = try BoostedTrees.fit(
      rows, targets: targets, parameters: BoostingParameters(rounds: 150, depth: 4, learningRate: 0.1))
    let found = try trees.predicted(
      for: FeatureRows(columns: 3, values: [0.2, 0.5, 0.5, 0.8, 0.5, 0.5, 0.8, 0.9, 0.5]))
    #expect(abs(found[0] - 0.5) < 0.12 && abs(found[1] - 2.5) < 0.12 && abs(found[2] - 2.9) < 0.12)
  }

  @Test("a quantile fit lies above that share of new responses", arguments: [0.1, 0.5, 0.9])
  func quantile(level: Double) throws {
    let (rows, targets) = Self.sample(rows: 3_000, seed: 2, noise: 0.3)
    let trees = try BoostedTrees.fit(
      rows, targets: targets,
      parameters: BoostingParameters(
        objective: .quantile(level), rounds: 120, depth: 3, learningRate: 0.1, leastLeafWeight: 40))
    let (fresh, truth) = Self.sample(rows: 3_000, seed: 3, noise: 0.3)
    let found = try trees.predicted(for: fresh)
    let share = Double(zip(found, truth).count { $0 >= $1 }) / 3_000
    #expect(abs(share - level) < 0.035, "level \(level): \(share)")
  }

  @Test("absolute error is not moved by a tenth of wild targets")
  func absoluteError() throws {
    var (rows, targets) = Self.sample(rows: 2_000, seed: 4)
    for row in stride(from: 0, to: 2_000, by: 10) { targets[row] = 1_000 }
    let parameters = BoostingParameters(objective: .absoluteError, rounds: 100, depth: 3, learningRate: 0.1)
    let trees = try BoostedTrees.fit(rows, targets: targets, parameters: parameters)
    let found = try trees.predicted(for: FeatureRows(columns: 3, values: [0.2, 0.5, 0.5]))
    #expect(abs(found[0] - 0.5) < 0.25)
  }

  @Test("the same seed gives the same trees on any number of threads, another seed others")
  func determinism() throws {
    let (rows, targets) = Self.sample(rows: 500, seed: 5)
    let fits = { (threads: Int) -> [[Float]] in
      concurrentMap(count: 6, threads: threads) { index in
        let objective: BoostingObjective = index.isMultiple(of: 2) ? .squaredError : .quantile(0.3)
        let parameters = BoostingParameters(objective: objective, rounds: 20, depth: 3, seed: UInt64(7 + index / 4))
        return (try? BoostedTrees.fit(rows, targets: targets, parameters: parameters).predicted(for: rows)) ?? []
      }
    }
    let once = fits(1)
    #expect(once == fits(2) && once == fits(1))
    #expect(once[0] == once[2] && once[1] == once[3] && once[0] != once[4] && once[0].count == 500)
  }

  @Test("bytes and back give the same predictions", arguments: [BoostingObjective.squaredError, .quantile(0.2)])
  func serialised(objective: BoostingObjective) throws {
    let (rows, targets) = Self.sample(rows: 300, seed: 6)
    let trees = try BoostedTrees.fit(
      rows, targets: targets, parameters: BoostingParameters(objective: objective, rounds: 10, depth: 3))
    let bytes = try trees.serialized()
    let again = try BoostedTrees(serialized: bytes)
    #expect(try again.predicted(for: rows) == trees.predicted(for: rows))
    #expect(try again.leaves(of: rows) == trees.leaves(of: rows))
    let bare = try trees.withoutGrowth()
    #expect(try bare.predicted(for: rows) == trees.predicted(for: rows))
    #expect(try bare.leaves(of: rows) == trees.leaves(of: rows) && bare.serialized() == bytes)
    for count in [5, 11, bytes.count / 2, bytes.count - 1] {
      #expect(throws: BoostingError.self) { try BoostedTrees(serialized: Array(bytes.prefix(count))) }
    }
    var damaged = bytes
    damaged[bytes.count / 2] ^= 1
    #expect(throws: BoostingError.self) { try BoostedTrees(serialized: damaged) }
    #expect(throws: BoostingError.self) { try BoostedTrees(serialized: [1, 2, 3]) }
  }

  @Test("weights count rows; not-known predictors are survived; what does not fit is said")
  func inputs() throws {
    let rows = FeatureRows(columns: 1, values: [0, 0, 0, .nan])
    let parameters = BoostingParameters(rounds: 1, depth: 1, subsample: 1, columnsByTree: 1, leastLeafWeight: 0)
    let trees = try BoostedTrees.fit(rows, targets: [1, 2, 3, 2], weights: [3, 1, 0, 0], parameters: parameters)
    #expect(abs(try trees.predicted(for: rows)[0] - 1.25) < 1e-5)
    #expect(throws: BoostingError.self) { try trees.predicted(for: FeatureRows(columns: 2, values: [1, 2])) }
    #expect(throws: BoostingError.self) { try BoostedTrees.fit(rows, targets: [1], parameters: parameters) }
    #expect(throws: BoostingError.self) {
      try BoostedTrees.fit(rows, targets: [1, .nan, 3, 4], parameters: parameters)
    }
    #expect(throws: BoostingError.self) {
      try BoostedTrees.fit(
        rows, targets: [1, 2, 3, 4], parameters: BoostingParameters(objective: .quantile(1.5), rounds: 1))
    }
    #expect {
      try BoostedTrees.fit(rows, targets: [1, 2, 3, 4], parameters: BoostingParameters(rounds: 1, subsample: 7))
    } throws: { "\($0)".contains("subsample") }
  }
}

@Suite("Quantiles of a forest") struct ForestQuantileTests {
  @Test("by hand: two trees, weights by shared leaves")
  func byHand() {
    // Row weights for the new row in leaves (1, 2): tree 1 shares rows 0 and 1, tree 2 row 1 alone: ¼, ¾.
    let forest = ForestQuantiles(
      leaves: LeafTable(trees: 2, leaves: [1, 1, 1, 2, 2, 1]), responses: [10, 20, 70])
    let found = forest.quantiles(of: LeafTable(trees: 2, leaves: [1, 2]), at: [0.05, 0.125, 0.375, 0.625, 0.9])
    #expect(found == [[10, 10, 15, 20, 20]])
  }

  @Test("on responses whose spread grows with the predictor, quantiles do")
  func heteroscedastic() throws {
    var random = SplitMix64(seed: 9)
    var rows = FeatureRows(columns: 1)
    var responses: [Double] = []
    for _ in 0..<4_000 {
      let x = random.nextUniform()
      rows.append([Float(x)])
      responses.append(x + x * random.nextGaussian())
    }
    let trees = try BoostedTrees.fit(
      rows, targets: responses.map { Float($0) }, parameters: .forest(trees: 60, leastLeafWeight: 40, seed: 1))
    let forest = ForestQuantiles(leaves: try trees.leaves(of: rows), responses: responses)
    let levels = (1...99).map { Double($0) / 100 }
    let new = try trees.leaves(of: FeatureRows(columns: 1, values: [0.3, 0.8]))
    let found = forest.quantiles(of: new, at: levels)
    for (quantiles, x) in zip(found, [0.3, 0.8]) {
      #expect(zip(quantiles, quantiles.dropFirst()).allSatisfy { $0 <= $1 })
      #expect(abs(quantiles[49] - x) < 0.1)
      #expect(abs((quantiles[83] - quantiles[15]) / 2 - x) < 0.12)
    }
    #expect(forest.quantiles(of: new, at: levels, threads: 2) == found)
  }
}
