internal import RealModule

/// Regression by the similarity of rows: the mean of a Gaussian process with the covariance
///
///     k(x, x′) = c·xₗ·x′ₗ + (1 + ‖xᵣ − x′ᵣ‖²/(2a))⁻ᵃ
///
/// a linear part on one scaling of the predictors and a rational quadratic part on another (Rasmussen, Williams 2006,
/// chapters 2 and 4). Each row has its own noise variance, so that old rows can count less. One factorisation serves all
/// responses: n³/3 operations for n rows, exact, with nothing random.
public struct KernelRegression: Sendable, Codable {
  /// The covariance function.
  public struct Kernel: Hashable, Sendable, Codable {
    /// c: weight of the linear part.
    public var linear: Double
    /// a: small for heavy tails; the squared exponential in the limit.
    public var shape: Double

    public init(linear: Double, shape: Double) {
      precondition(linear >= 0 && shape > 0, "A kernel has a linear weight of at least zero and a shape above zero")
      self.linear = linear
      self.shape = shape
    }
  }

  private let kernel: Kernel
  private let linearRows: Matrix
  private let radialRows: Matrix
  private let radialNorms: [Double]
  private let means: [Double]
  /// n × responses.
  private let coefficients: Matrix

  /// Fits all responses.
  ///
  /// - Parameters:
  ///   - linearRows: predictors of the linear part, a row's values in a *column* (p × n).
  ///   - radialRows: predictors of the radial part, likewise (q × n).
  ///   - responses: n × m.
  ///   - means: what each response is away from the rows, m values; the process models the rest.
  ///   - noise: noise variance of each row, n values above zero.
  /// - Throws: ``LinearAlgebraError`` if the covariance is not positive definite.
  public init(
    linearRows: Matrix, radialRows: Matrix, responses: Matrix, means: [Double], noise: [Double], kernel: Kernel
  ) throws(LinearAlgebraError) {
    let count = responses.rows
    precondition(
      linearRows.columns == count && radialRows.columns == count && noise.count == count
        && means.count == responses.columns, "One column of predictors, one noise and one response for each row")
    self.kernel = kernel
    self.linearRows = linearRows
    self.radialRows = radialRows
    self.means = means
    var covariance = linearRows.gram().elements
    let products = radialRows.gram().elements
    let norms = (0..<count).map { products[$0 * count + $0] }
    radialNorms = norms
    covariance.withUnsafeMutableBufferPointer { covariance in
      products.withUnsafeBufferPointer { products in
        for column in 0..<count {
          for row in column..<count {
            let place = column * count + row
            let distance = max(norms[row] + norms[column] - 2 * products[place], 0)
            covariance[place] = kernel.linear * covariance[place] + kernel.radial(distance)
          }
          covariance[column * count + column] += noise[column]
        }
      }
    }
    let factor = try Cholesky(of: Matrix(rows: count, columns: count, columnMajor: covariance))
    var centred = responses.elements
    for column in 0..<responses.columns {
      for row in 0..<count { centred[column * count + row] -= means[column] }
    }
    coefficients = factor.solve(Matrix(rows: count, columns: responses.columns, columnMajor: centred))
  }

  /// All responses for one row of predictors.
  public func predicted(linear: [Double], radial: [Double]) -> [Double] {
    let products = linearRows.transposeMultiplied(by: linear)
    let similar = radialRows.transposeMultiplied(by: radial)
    let own = radial.reduce(0) { $0 + $1 * $1 }
    let covariances = products.indices.map { row in
      kernel.linear * products[row] + kernel.radial(max(own + radialNorms[row] - 2 * similar[row], 0))
    }
    let found = coefficients.transposeMultiplied(by: covariances)
    return zip(means, found).map { $0 + $1 }
  }
}

extension KernelRegression.Kernel {
  /// (1 + d/(2a))⁻ᵃ for the squared distance d.
  func radial(_ squaredDistance: Double) -> Double {
    let base = 1 + squaredDistance / (2 * shape)
    return shape == 1 ? 1 / base : Double.pow(base, -shape)
  }
}
