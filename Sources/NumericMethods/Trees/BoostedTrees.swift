internal import Synchronization

/// Gradient-boosted regression trees (Friedman 2001) by XGBoost's histogram method (Chen, Guestrin 2016), or a random
/// forest when one round grows many trees.
///
/// A fit runs on one thread and is the same on every run with the same seed; fit several at once with
/// ``concurrentMap(count:threads:_:)``. The booster behind it stands under a lock, so a value may go to any thread.
/// NaN predictors are missing values: each split learns where they go.
public final class BoostedTrees: Sendable {
  public let columns: Int
  /// Values that replace the library's in leaves, [tree][node]; empty for squared error.
  let leafValues: [[Float]]
  let baseScore: Float
  private let booster: Mutex<Booster>

  init(columns: Int, leafValues: [[Float]], baseScore: Float, booster: consuming sending Booster) {
    self.columns = columns
    self.leafValues = leafValues
    self.baseScore = baseScore
    self.booster = Mutex(booster)
  }

  /// Fits trees to targets, one for each row, with weights that are not negative (equal ones if nil).
  ///
  /// - Throws: ``BoostingError`` if the counts differ, a target or weight is no number, or the library refuses.
  public static func fit(
    _ rows: FeatureRows, targets: [Float], weights: [Float]? = nil, parameters: BoostingParameters
  ) throws(BoostingError) -> BoostedTrees {
    try check(rows, targets, weights, parameters)
    let data = try TreeData(rows)
    try data.set("label", targets)
    if let weights { try data.set("weight", weights) }
    let order = targets.indices.sorted { targets[$0] < targets[$1] }
    let base =
      parameters.objective.level.map { level in
        weightedQuantile(order, of: targets, weights: weights, at: level)
      } ?? weightedMean(targets, weights)
    let booster = try Booster.empty(data, settings: parameters.settings(baseScore: Double(base)))
    guard let level = parameters.objective.level else {
      for round in 0..<parameters.rounds { try booster.grow(round: round, data) }
      return BoostedTrees(columns: rows.columns, leafValues: [], baseScore: base, booster: booster)
    }
    var descent = QuantileDescent(targets: targets, weights: weights, level: level, start: base)
    for round in 0..<parameters.rounds {
      descent.differentiate()
      try booster.grow(data, gradient: &descent.gradient, curvature: &descent.curvature)
      let tree = try booster.round(round)
      descent.step(leaves: try tree.leaves(data), rate: Float(parameters.learningRate))
    }
    return BoostedTrees(columns: rows.columns, leafValues: descent.leafValues, baseScore: base, booster: booster)
  }

  /// The same trees without the memory of their growth (histograms of every node), which the library otherwise keeps as long
  /// as they live: for forests of deep trees a hundred times their own size.
  ///
  /// - Throws: ``BoostingError`` if the library refuses.
  public func withoutGrowth() throws(BoostingError) -> BoostedTrees {
    let bytes = try locked { (booster) throws(BoostingError) in try booster.bytes() }
    return BoostedTrees(
      columns: columns, leafValues: leafValues, baseScore: baseScore, booster: try Booster.read(bytes[...]))
  }

  /// One value for each row.
  ///
  /// - Throws: ``BoostingError`` if the rows have other columns than those of the fit.
  public func predicted(for rows: FeatureRows) throws(BoostingError) -> [Float] {
    guard rows.columns == columns else {
      throw BoostingError("The trees were fitted on \(columns) columns; rows of \(rows.columns) were handed.")
    }
    if rows.count == 0 { return [] }
    guard !leafValues.isEmpty else {
      let data = try TreeData(rows)
      return try locked { (booster) throws(BoostingError) in try booster.predicted(data) }
    }
    let table = try leaves(of: rows)
    return (0..<rows.count).map { row in
      var sum = baseScore
      for tree in 0..<table.trees { sum += leafValues[tree][Int(table.leaves[row * table.trees + tree])] }
      return sum
    }
  }

  /// The leaf of each row in each tree.
  ///
  /// - Throws: ``BoostingError`` if the rows have other columns than those of the fit.
  public func leaves(of rows: FeatureRows) throws(BoostingError) -> LeafTable {
    guard rows.columns == columns else {
      throw BoostingError("The trees were fitted on \(columns) columns; rows of \(rows.columns) were handed.")
    }
    let data = try TreeData(rows)
    let found = try locked { (booster) throws(BoostingError) in try booster.leaves(data) }
    return LeafTable(trees: found.count / rows.count, leaves: found.map { Int32($0) })
  }

  func locked<Answer: Sendable>(
    _ body: (borrowing Booster) throws(BoostingError) -> Answer
  ) throws(BoostingError) -> Answer {
    try booster.withLock { (booster) throws(BoostingError) in try body(booster) }
  }

  private static func check(
    _ rows: FeatureRows, _ targets: [Float], _ weights: [Float]?, _ parameters: BoostingParameters
  ) throws(BoostingError) {
    guard rows.count == targets.count, weights.map({ $0.count == targets.count }) ?? true else {
      throw BoostingError("\(rows.count) rows, \(targets.count) targets and weights must be as many.")
    }
    guard rows.count > 0 else { throw BoostingError("Trees need at least one row of predictors.") }
    guard targets.allSatisfy(\.isFinite) else { throw BoostingError("A target of the trees is no number.") }
    guard weights?.allSatisfy({ $0.isFinite && $0 >= 0 }) ?? true, weights.map({ $0.contains { $0 > 0 } }) ?? true
    else { throw BoostingError("Weights of rows are numbers, not negative, not all zero.") }
    if let level = parameters.objective.level, !(level > 0 && level < 1) {
      throw BoostingError("A quantile's level lies inside 0…1, not at \(level).")
    }
    guard parameters.rounds >= 1 else { throw BoostingError("Trees need at least one round.") }
    guard parameters.objective.level == nil || parameters.parallelTrees == 1 else {
      throw BoostingError("A quantile is boosted by one tree a round, not \(parameters.parallelTrees).")
    }
  }
}
