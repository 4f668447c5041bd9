internal import Foundation
internal import NumericMethods

/// What a churn model is fitted with.
public struct ChurnSettings: Sendable, Equatable {
  /// Name of the date on which a contract ends.
  public var expiryColumn: String
  /// Rows that agree in these columns belong together and never stand on both sides of a split.
  public var groupColumns: [String]
  public var seed: UInt64
  public var folds = 5
  public var rounds = 200
  public var depth = 7
  public var forestTrees = 200

  public init(expiryColumn: String = "date_end", groupColumns: [String] = [], seed: UInt64 = 1) {
    self.expiryColumn = expiryColumn
    self.groupColumns = groupColumns
    self.seed = seed
  }
}

/// The probability that a customer leaves: an expiry hazard, boosted trees and a forest, averaged on the logit scale and
/// calibrated on predictions that no model made of its own training rows (Platt 1999).
public struct ChurnModel: Sendable {
  private let members: ChurnMembers
  private let calibration: LogisticRegression
  /// Weights of hazard, boosted trees and forest; chosen on the training rows.
  public let weights: [Double]

  /// - Throws: ``RetailProblem`` if the rows hold fewer than 20 customers who left or stayed.
  public static func fit(
    _ table: ChurnTable, rows: [Int], settings: ChurnSettings, threads: Int = 1
  ) throws(RetailProblem) -> ChurnModel {
    let left = rows.count { table.left[$0] }
    guard left >= 20, rows.count - left >= 20 else {
      throw RetailProblem(
        "The training part has \(left) customers who left and \(rows.count - left) who stayed; 20 of each are needed.")
    }
    let folds = table.folds(rows, settings: settings)
    let count = settings.folds
    let tasks: [(train: [Int], rows: [Int])] = (0..<count).map { fold in
      (rows.filter { folds[$0] != fold }, rows.filter { folds[$0] == fold })
    }
    var scores = [[Double]](repeating: [0, 0, 0], count: table.count)
    let fitted = concurrentMap(count: count + 1, threads: threads) { index -> Result<ChurnMembers, RetailProblem> in
      Result { () throws(RetailProblem) in
        try ChurnMembers(table, rows: index == count ? rows : tasks[index].train, settings: settings)
      }
    }
    for (fold, task) in tasks.enumerated() {
      for (row, logits) in zip(task.rows, try fitted[fold].get().logits(table, task.rows)) { scores[row] = logits }
    }
    let weights = bestWeights(rows.map { scores[$0] }, rows.map { table.left[$0] })
    var calibration = LogisticRegression(prior: [0, 1], penalties: [1e-6, 1])
    calibration.fit(
      rows: rows.flatMap { [1, combined(scores[$0], weights)] }, outcomes: rows.map { table.left[$0] ? 1 : 0 },
      weights: [Double](repeating: 1, count: rows.count), steps: 20)
    return ChurnModel(members: try fitted[count].get(), calibration: calibration, weights: weights)
  }

  public func probabilities(_ table: ChurnTable, rows: [Int]) throws(RetailProblem) -> [Double] {
    try members.logits(table, rows).map { calibration.probability(at: [1, Self.combined($0, weights)]) }
  }

  private static func combined(_ logits: [Double], _ weights: [Double]) -> Double {
    zip(logits, weights).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// The weights on a coarse grid with the best ranking of the training rows.
  private static func bestWeights(_ logits: [[Double]], _ left: [Bool]) -> [Double] {
    var best = (score: -1.0, weights: [0.0, 0.5, 0.5])
    for hazard in stride(from: 0.0, through: 0.4, by: 0.1) {
      for forest in stride(from: 0.0, through: 1 - hazard, by: 0.1) {
        let weights = [hazard, max(0, 1 - hazard - forest), forest]
        let scores = BinaryScores(probabilities: logits.map { combined($0, weights) }, outcomes: left)
        let score = scores.areaUnderCurve + 0.5 * scores.averagePrecision
        if score > best.score + 1e-9 { best = (score, weights) }
      }
    }
    return best.weights
  }
}

/// The three models of one fit.
private struct ChurnMembers: Sendable {
  let features: ChurnFeatures
  let hazard: ExpiryHazard
  let trees: [BoostedTrees]
  let forest: BoostedTrees
  let expiryColumn: String
  let reference: Double

  init(_ table: ChurnTable, rows: [Int], settings: ChurnSettings) throws(RetailProblem) {
    features = ChurnFeatures(table, rows: rows)
    expiryColumn = settings.expiryColumn
    // The table was drawn up before the first contract of the training rows ends.
    let expiry = table.values(expiryColumn)
    reference = rows.compactMap { expiry?[$0] }.filter(\.isFinite).min() ?? 0
    let predictors = features.rows(table, rows)
    let left = rows.map { table.left[$0] }
    hazard = ExpiryHazard(
      predictors, monthsLeft: Self.monthsLeft(table, rows, expiryColumn, reference), left: left)
    let targets = left.map { Float($0 ? 1 : 0) }
    do {
      var trees: [BoostedTrees] = []
      for member in 0..<2 {
        let parameters = BoostingParameters(
          rounds: settings.rounds, depth: settings.depth, learningRate: 0.04, subsample: 0.7, columnsByTree: 0.5,
          leastLeafWeight: 5, lambda: 5, seed: settings.seed &+ UInt64(member) &* 101)
        trees.append(try BoostedTrees.fit(predictors, targets: targets, parameters: parameters))
      }
      self.trees = trees
      forest = try BoostedTrees.fit(
        predictors, targets: targets,
        parameters: .forest(trees: settings.forestTrees, leastLeafWeight: 3, seed: settings.seed)
      ).withoutGrowth()
    } catch {
      throw RetailProblem("The churn trees could not be fitted: \(error.description)")
    }
  }

  /// Logits of hazard, boosted trees and forest for each row.
  func logits(_ table: ChurnTable, _ rows: [Int]) throws(RetailProblem) -> [[Double]] {
    guard !rows.isEmpty else { return [] }
    let predictors = features.rows(table, rows)
    let hazards = hazard.probabilities(
      predictors, monthsLeft: Self.monthsLeft(table, rows, expiryColumn, reference))
    do {
      var boosted = [Double](repeating: 0, count: rows.count)
      for tree in trees {
        for (row, value) in try tree.predicted(for: predictors).enumerated() {
          boosted[row] += Double(value) / Double(trees.count)
        }
      }
      let grown = try forest.predicted(for: predictors)
      return rows.indices.map { [logit(hazards[$0]), logit(boosted[$0]), logit(Double(grown[$0]))] }
    } catch {
      throw RetailProblem("The churn trees could not be read: \(error.description)")
    }
  }

  private func logit(_ probability: Double) -> Double {
    let held = min(max(probability, 0.005), 0.995)
    return log(held / (1 - held))
  }

  private static func monthsLeft(_ table: ChurnTable, _ rows: [Int], _ column: String, _ reference: Double) -> [Double]
  {
    guard let ends = table.values(column) else { return [Double](repeating: .nan, count: rows.count) }
    return rows.map { (ends[$0] - reference) / 30.4 }
  }
}
