internal import RealModule

/// How the penalty λ of a LASSO is chosen.
public enum LassoPenalty: Equatable, Sendable {
  /// The λ of the path with the least n·ln(MSE) + 2·df. For many more rows than predictors.
  case akaike
  /// The λ of the path with the least n·MSE/var(y) + 2·df; the fit returned is then the one at λ/√n.
  ///
  /// For few rows. The division by √n reproduces the published LEAR forecasts of Lago et al. (2021), which chose λ on
  /// predictors of unit norm and used it on predictors of unit variance.
  case akaikeWithResponseVariance
  /// This λ.
  case fixed(Double)
}

/// One LASSO fit: y ≈ intercept + Σ coefficientⱼ·xⱼ.
public struct LassoFit: Equatable, Sendable, Codable {
  public let intercept: Double
  public let coefficients: [Double]
  /// The λ of these coefficients.
  public let penalty: Double
  /// Mean squared residual on the rows of the fit, divisor n.
  public let meanSquaredError: Double

  /// The number of coefficients that are not zero (Zou, Hastie, Tibshirani 2007).
  public var degreesOfFreedom: Int { coefficients.count { $0 != 0 } }

  /// The fitted value for one row of predictors.
  public func predicted(for row: [Double]) -> Double {
    precondition(row.count == coefficients.count, "The fit has \(coefficients.count) predictors, not \(row.count)")
    return zip(row, coefficients).reduce(intercept) { $0 + $1.0 * $1.1 }
  }
}

/// Predictors shared by many LASSO problems, with their Gram matrix formed once:
///
///     min ‖y − a − Xβ‖² / (2n) + λ·‖β‖₁        (the intercept a is not penalised)
///
/// Forming costs n·p² operations, a fit n·p for the response and then nothing that depends on n. Fits of several
/// responses are independent of each other and may run on several threads.
public struct LassoDesign: Sendable {
  /// The number of grid values of λ, from λmax down to `smallestPenaltyShare`·λmax, geometrically.
  static let pathLength = 70
  static let smallestPenaltyShare = 1e-3
  /// Steps that lower the objective by less than this share of var(y) end a descent.
  static let pathTolerance = 1e-6
  static let finalTolerance = 1e-8

  private let centred: Matrix
  private let means: [Double]
  private let gram: Matrix

  public init(_ predictors: Matrix) {
    precondition(predictors.rows >= 2, "A LASSO needs at least two rows, was given \(predictors.rows)")
    var matrix = predictors
    let rows = Double(predictors.rows)
    means = (0..<predictors.columns).map { column in
      matrix.withMutableColumn(column) { values in
        let centre = values.reduce(0, +) / rows
        for row in values.indices { values[row] -= centre }
        return centre
      }
    }
    centred = matrix
    let products = matrix.gram()
    gram = Matrix(rows: products.rows, columns: products.columns, columnMajor: products.elements.map { $0 / rows })
  }

  /// Fits one response. `start` may hold the coefficients of a similar problem, which shortens a fit at a fixed λ.
  public func fit(_ response: [Double], penalty: LassoPenalty, startingFrom start: [Double]? = nil) -> LassoFit {
    precondition(
      response.count == centred.rows, "The design has \(centred.rows) rows, the response \(response.count) values")
    let target = LassoTarget(response, design: centred)
    switch penalty {
    case .akaike:
      let chosen = bestOnPath(target) { error, freedom in
        target.rows * Double.log(max(error, target.variance * 1e-12)) + 2 * freedom
      }
      return polished(chosen, at: chosen.penalty, target)
    case .akaikeWithResponseVariance:
      let chosen = bestOnPath(target) { error, freedom in target.rows * error / target.variance + 2 * freedom }
      return polished(chosen, at: chosen.penalty / target.rows.squareRoot(), target)
    case .fixed(let value):
      precondition(value >= 0, "A penalty is at least zero, was \(value)")
      let zeros = [Double](repeating: 0, count: gram.rows)
      return polished(
        PathPoint(penalty: start == nil ? target.largestPenalty : value, coefficients: start ?? zeros), at: value,
        target)
    }
  }

  private struct PathPoint {
    let penalty: Double
    let coefficients: [Double]
  }

  /// The path point with the least criterion; the path ends once it has not improved for ten values of λ.
  private func bestOnPath(_ target: LassoTarget, _ criterion: (Double, Double) -> Double) -> PathPoint {
    let zeros = [Double](repeating: 0, count: gram.rows)
    var best = PathPoint(penalty: target.largestPenalty, coefficients: zeros)
    guard target.variance > 0, target.largestPenalty > 0 else { return best }
    var lowest = criterion(target.variance, 0)
    var solver = CoordinateDescent(gram: gram, correlation: target.correlation, startingFrom: zeros)
    let ratio = Double.pow(Self.smallestPenaltyShare, 1 / Double(Self.pathLength - 1))
    var penalty = target.largestPenalty
    var sinceBest = 0
    for _ in 1..<Self.pathLength {
      penalty *= ratio
      solver.minimise(penalty: penalty, tolerance: Self.pathTolerance * target.variance)
      let freedom = Double(solver.coefficients.count { $0 != 0 })
      let value = criterion(target.meanSquaredError(solver), freedom)
      sinceBest += 1
      if value < lowest {
        lowest = value
        best = PathPoint(penalty: penalty, coefficients: solver.coefficients)
        sinceBest = 0
      } else if sinceBest >= 10 {
        break
      }
    }
    return best
  }

  /// Descends from a path point to `penalty`, in steps when it lies far below, and settles there.
  private func polished(_ start: PathPoint, at penalty: Double, _ target: LassoTarget) -> LassoFit {
    var solver = CoordinateDescent(gram: gram, correlation: target.correlation, startingFrom: start.coefficients)
    var current = start.penalty
    while current > penalty * 1.5 && current > target.largestPenalty * 1e-6 {
      solver.minimise(penalty: current, tolerance: Self.pathTolerance * target.variance)
      current /= 1.5
    }
    solver.minimise(penalty: penalty, tolerance: Self.finalTolerance * target.variance, sweepLimit: 5_000)
    return LassoFit(
      intercept: target.mean - zip(means, solver.coefficients).reduce(0) { $0 + $1.0 * $1.1 },
      coefficients: solver.coefficients, penalty: penalty, meanSquaredError: target.meanSquaredError(solver))
  }
}

/// What a fit needs to know of its response: its mean, variance and correlation with the centred predictors.
private struct LassoTarget {
  let rows: Double
  let mean: Double
  /// Divisor n.
  let variance: Double
  /// c = Xᵀ(y − ȳ)/n.
  let correlation: [Double]

  init(_ response: [Double], design: Matrix) {
    let count = Double(response.count)
    let centre = response.reduce(0, +) / count
    let centred = response.map { $0 - centre }
    rows = count
    mean = centre
    variance = centred.reduce(0) { $0 + $1 * $1 } / count
    correlation = design.transposeMultiplied(by: centred).map { $0 / count }
  }

  /// The least λ at which every coefficient is zero.
  var largestPenalty: Double { correlation.reduce(0) { max($0, abs($1)) } }

  /// var(y) − βᵀ(c + g), which equals ‖y − Xβ‖²/n.
  func meanSquaredError(_ solver: CoordinateDescent) -> Double {
    var explained = 0.0
    for index in solver.coefficients.indices where solver.coefficients[index] != 0 {
      explained += solver.coefficients[index] * (correlation[index] + solver.gradient[index])
    }
    return max(0, variance - explained)
  }
}
