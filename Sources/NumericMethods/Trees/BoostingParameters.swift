/// What a boosted-tree fit minimises.
public enum BoostingObjective: Hashable, Sendable {
  /// Σ (y − f)²: the fit estimates the mean.
  case squaredError
  /// Σ |y − f|: the fit estimates the median.
  case absoluteError
  /// The pinball loss at a level inside 0…1: the fit estimates that quantile.
  case quantile(Double)

  /// Level of the pinball loss; nil for squared error.
  var level: Double? {
    switch self {
    case .squaredError: nil
    case .absoluteError: 0.5
    case .quantile(let level): level
    }
  }
}

/// How trees are grown. Defaults suit some ten thousand rows and some tens of columns.
public struct BoostingParameters: Hashable, Sendable {
  public var objective: BoostingObjective
  /// Trees that follow one another (each of them `parallelTrees` at once).
  public var rounds: Int
  /// Trees of one round, averaged; more than one with one round and learning rate 1 is a random forest.
  public var parallelTrees: Int
  public var depth: Int
  public var learningRate: Double
  /// Share of the rows that a tree sees.
  public var subsample: Double
  /// Share of the columns that a tree sees.
  public var columnsByTree: Double
  /// Share of those that a split sees.
  public var columnsByNode: Double
  /// Least sum of weights (squared error) or of rows (other objectives) in a leaf.
  public var leastLeafWeight: Double
  /// Ridge penalty on leaf values (squared error).
  public var lambda: Double
  /// Bins of a column's values.
  public var bins: Int
  public var seed: UInt64

  public init(
    objective: BoostingObjective = .squaredError, rounds: Int = 200, parallelTrees: Int = 1, depth: Int = 6,
    learningRate: Double = 0.05, subsample: Double = 0.7, columnsByTree: Double = 0.7, columnsByNode: Double = 1,
    leastLeafWeight: Double = 10, lambda: Double = 1, bins: Int = 256, seed: UInt64 = 1
  ) {
    self.objective = objective
    self.rounds = rounds
    self.parallelTrees = parallelTrees
    self.depth = depth
    self.learningRate = learningRate
    self.subsample = subsample
    self.columnsByTree = columnsByTree
    self.columnsByNode = columnsByNode
    self.leastLeafWeight = leastLeafWeight
    self.lambda = lambda
    self.bins = bins
    self.seed = seed
  }

  /// A forest of this many trees, each on a sample of the rows, a third of the columns at each split (Breiman 2001).
  public static func forest(trees: Int, leastLeafWeight: Double = 10, seed: UInt64) -> BoostingParameters {
    BoostingParameters(
      rounds: 1, parallelTrees: trees, depth: 14, learningRate: 1, subsample: 0.63, columnsByTree: 1,
      columnsByNode: 1.0 / 3, leastLeafWeight: leastLeafWeight, lambda: 0, bins: 64, seed: seed)
  }

  /// Names and values of the library; it sees one thread, and the seed again in every round.
  func settings(baseScore: Double) -> [(name: String, value: String)] {
    [
      ("booster", "gbtree"), ("tree_method", "hist"), ("nthread", "1"), ("verbosity", "0"),
      ("objective", "reg:squarederror"), ("base_score", "\(Float(baseScore))"), ("max_depth", "\(depth)"),
      ("eta", "\(Float(learningRate))"), ("subsample", "\(Float(subsample))"),
      ("colsample_bytree", "\(Float(columnsByTree))"), ("colsample_bynode", "\(Float(columnsByNode))"),
      ("min_child_weight", "\(Float(leastLeafWeight))"), ("lambda", "\(Float(lambda))"), ("max_bin", "\(bins)"),
      ("num_parallel_tree", "\(parallelTrees)"), ("seed", "\(seed % 2_147_483_647)"), ("seed_per_iteration", "1"),
      ("disable_default_eval_metric", "1"),
    ]
  }
}

/// Why trees could not be fitted or read, in the library's words where it has some.
public struct BoostingError: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}
