internal import Foundation
internal import NumericMethods

/// The correlation of normal scores over the dimensions of a day (targets × intervals), shrunk towards one that falls
/// exponentially with the lag to a constant, the same for all targets, times the mean correlation between targets.
///
/// The share of the target follows Schäfer and Strimmer (Statistical Applications in Genetics and Molecular Biology 4,
/// 2005): the sampling variance of the correlations over their squared distance from the target.
struct DependenceModel: Sendable, Codable {
  let targets: Int
  let intervals: Int
  /// Share of the parametric correlation, 0…1.
  let shrinkage: Double
  let correlation: Matrix
  /// Eigenvectors times the square roots of their eigenvalues.
  private let factor: Matrix

  /// - Parameters:
  ///   - scores: one row of normal scores for each day.
  ///   - weights: of the days.
  init(
    scores: [[Double]], weights: [Double], targets: Int, intervals: Int, perHour: Int
  ) throws(LinearAlgebraError) {
    self.targets = targets
    self.intervals = intervals
    let empirical = DependenceModel.empirical(scores, weights)
    let kernel = DependenceModel.fittedKernel(empirical, targets: targets, intervals: intervals, perHour: perHour)
    let between = DependenceModel.betweenTargets(empirical, targets: targets, intervals: intervals)
    let total = weights.reduce(0, +)
    let size = total * total / weights.reduce(0) { $0 + $1 * $1 }
    let width = targets * intervals
    var mixed = Matrix(rows: width, columns: width, repeating: 0)
    var variance = 0.0
    var distance = 0.0
    func aim(_ row: Int, _ column: Int) -> Double {
      between[(row / intervals) * targets + column / intervals] * kernel[abs(row % intervals - column % intervals)]
    }
    for row in 0..<width {
      for column in 0..<row {
        let own = empirical[row, column]
        variance += (1 - own * own) * (1 - own * own) / size
        distance += (own - aim(row, column)) * (own - aim(row, column))
      }
    }
    shrinkage = min(max(variance / max(distance, 1e-12), 0.05), 1)
    for row in 0..<width {
      for column in 0..<width {
        mixed[row, column] =
          row == column ? 1 : (1 - shrinkage) * empirical[row, column] + shrinkage * aim(row, column)
      }
    }
    correlation = mixed
    let system = try mixed.symmetricEigensystem()
    var scaled = system.vectors
    for column in 0..<width {
      let root = max(system.values[column], 0).squareRoot()
      scaled.withMutableColumn(column) { for index in $0.indices { $0[index] *= root } }
    }
    factor = scaled
  }

  /// Normal values with the correlation, path · width + dimension; each principal component is stratified (Latin hypercube,
  /// McKay, Beckman, Conover 1979), so that few paths spread evenly.
  func sample(count: Int, random: inout SplitMix64) -> [Double] {
    let width = targets * intervals
    var independent = Matrix(rows: width, columns: count, repeating: 0)
    for component in 0..<width {
      let strata = random.nextPermutation(of: count)
      for path in 0..<count {
        let level = (Double(strata[path]) + random.nextUniform()) / Double(count)
        independent[component, path] = NormalDistribution.standard.quantile(at: level)
      }
    }
    return factor.multiplied(by: independent).elements
  }

  private static func empirical(_ scores: [[Double]], _ weights: [Double]) -> Matrix {
    let width = scores[0].count
    let total = weights.reduce(0, +)
    var table = Matrix(rows: scores.count, columns: width, repeating: 0)
    for dimension in 0..<width {
      let centre = scores.indices.reduce(0) { $0 + weights[$1] * scores[$1][dimension] } / total
      var square = 0.0
      for day in scores.indices {
        let value = (scores[day][dimension] - centre) * weights[day].squareRoot()
        table[day, dimension] = value
        square += value * value
      }
      let size = max(square.squareRoot(), 1e-9)
      table.withMutableColumn(dimension) { for day in $0.indices { $0[day] /= size } }
    }
    return table.gram()
  }

  /// By lag, c + (1 − c)·exp(−lag/θ) with the c and θ closest to the mean correlations within targets.
  private static func fittedKernel(_ empirical: Matrix, targets: Int, intervals: Int, perHour: Int) -> [Double] {
    let means = (0..<intervals).map { lag -> Double in
      var sum = 0.0
      for target in 0..<targets {
        for first in 0..<(intervals - lag) {
          sum += empirical[target * intervals + first, target * intervals + first + lag]
        }
      }
      return sum / Double(targets * (intervals - lag))
    }
    var best: [Double] = []
    var least = Double.infinity
    for constant in stride(from: 0.0, through: 0.9, by: 0.1) {
      for hours in [0.5, 1, 1.5, 2, 3, 4, 6, 8, 12, 18] {
        let kernel = (0..<intervals).map { constant + (1 - constant) * exp(-Double($0) / (hours * Double(perHour))) }
        let cost = (1..<intervals).reduce(0.0) {
          $0 + Double(intervals - $1) * (kernel[$1] - means[$1]) * (kernel[$1] - means[$1])
        }
        if cost < least {
          least = cost
          best = kernel
        }
      }
    }
    return best
  }

  /// Mean correlation of each pair of targets at the same interval, targets × targets; ones for one target.
  private static func betweenTargets(_ empirical: Matrix, targets: Int, intervals: Int) -> [Double] {
    (0..<(targets * targets)).map { pair in
      let (first, second) = (pair / targets, pair % targets)
      if first == second { return 1 }
      let sum = (0..<intervals).reduce(0) {
        $0 + empirical[first * intervals + $1, second * intervals + $1]
      }
      return sum / Double(intervals)
    }
  }
}
