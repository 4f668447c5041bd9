internal import NumericMethods

/// Percentiles from a quantile regression forest, grown in parts so that several threads can work.
struct ForestSpread: Sendable {
  static let parts = 4
  private let trees: [BoostedTrees]
  private let spread: ForestQuantiles

  /// - Throws: ``BoostingError`` if the library refuses.
  init(_ rows: FeatureRows, responses: [Double], treesInPart: Int, seed: UInt64, threads: Int) throws(BoostingError) {
    let targets = responses.map { Float($0) }
    let grown = concurrentMap(count: ForestSpread.parts, threads: threads) { part in
      Result { () throws(BoostingError) in
        let trees = try BoostedTrees.fit(
          rows, targets: targets,
          parameters: .forest(trees: treesInPart, leastLeafWeight: 8, seed: seed &+ UInt64(part)))
        return (try trees.withoutGrowth(), try trees.leaves(of: rows))
      }
    }
    var found: [(trees: BoostedTrees, leaves: LeafTable)] = []
    for part in grown { found.append(try part.get()) }
    trees = found.map(\.trees)
    spread = ForestQuantiles(leaves: LeafTable.joining(found.map(\.leaves)), responses: responses)
  }

  /// Percentiles of each row.
  ///
  /// - Throws: ``BoostingError`` if the rows have other columns.
  func percentiles(_ rows: FeatureRows) throws(BoostingError) -> [[Double]] {
    var leaves: [LeafTable] = []
    for part in trees { leaves.append(try part.leaves(of: rows)) }
    return spread.quantiles(of: LeafTable.joining(leaves), at: Percentiles.levels)
  }
}

/// Percentiles from trees boosted along the pinball loss at eleven levels.
struct BoostedSpread: Sendable {
  /// Below so many rows, fewer and shallower trees.
  static let fewRows = 3_000
  static let levels = [0.02, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.98]
  private let trees: [BoostedTrees]

  /// - Throws: ``BoostingError`` if the library refuses.
  init(_ rows: FeatureRows, responses: [Double], seed: UInt64, threads: Int) throws(BoostingError) {
    let targets = responses.map { Float($0) }
    let small = rows.count < BoostedSpread.fewRows
    let grown = concurrentMap(count: BoostedSpread.levels.count, threads: threads) { index in
      Result { () throws(BoostingError) in
        try BoostedTrees.fit(
          rows, targets: targets,
          parameters: BoostingParameters(
            objective: .quantile(BoostedSpread.levels[index]), rounds: small ? 50 : 100, depth: small ? 4 : 5,
            learningRate: small ? 0.12 : 0.07,
            subsample: 0.6, columnsByTree: 0.4, leastLeafWeight: small ? 30 : 60, bins: 64, seed: seed &+ UInt64(index))
        ).withoutGrowth()
      }
    }
    var found: [BoostedTrees] = []
    for level in grown { found.append(try level.get()) }
    trees = found
  }

  /// Percentiles of each row.
  ///
  /// - Throws: ``BoostingError`` if the rows have other columns.
  func percentiles(_ rows: FeatureRows, ceiling: Double) throws(BoostingError) -> [[Double]] {
    var byLevel: [[Float]] = []
    for fit in trees { byLevel.append(try fit.predicted(for: rows)) }
    return (0..<rows.count).map { row in
      Percentiles.interpolated(byLevel.map { Double($0[row]) }, at: BoostedSpread.levels, ceiling: ceiling)
    }
  }
}
