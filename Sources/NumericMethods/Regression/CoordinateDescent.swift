/// Minimises ½·βᵀGβ − cᵀβ + λ·‖β‖₁ by covariance-update coordinate descent on a growing active set.
///
/// G = XᵀX/n and c = Xᵀy/n. Friedman, Hastie, Tibshirani, "Regularization paths for generalized linear models via
/// coordinate descent", Journal of Statistical Software 33 (2010), section 2.2. The Gram matrix of the active
/// predictors is kept in a contiguous block, so that one update costs as many operations as there are active
/// predictors; the full gradient is formed once per set. The state stays between calls: falling λ start warm.
struct CoordinateDescent {
  let gram: Matrix
  let correlation: [Double]
  private(set) var coefficients: [Double]
  /// c − Gβ for every predictor.
  private(set) var gradient: [Double]

  private var active: [Int] = []
  private var isActive: [Bool]
  /// Gram values between active predictors: the row of active predictor a starts at a · stride.
  private var block: [Double] = []
  private var stride = 0

  init(gram: Matrix, correlation: [Double], startingFrom coefficients: [Double]) {
    self.gram = gram
    self.correlation = correlation
    self.coefficients = coefficients
    gradient = correlation
    isActive = [Bool](repeating: false, count: correlation.count)
    for predictor in coefficients.indices where coefficients[predictor] != 0 { admit(predictor) }
    renewGradient()
  }

  /// Moves the coefficients to the minimum for one λ.
  ///
  /// A sweep ends the descent on the active set once no step changed the objective by more than `tolerance` (in the
  /// squared unit of the response); predictors that violate |gradient| ≤ λ then join, until none does.
  mutating func minimise(penalty: Double, tolerance: Double, sweepLimit: Int = 1_000) {
    var sweepsLeft = sweepLimit
    repeat {
      for predictor in gradient.indices
      where !isActive[predictor] && abs(gradient[predictor]) > penalty && gram[predictor, predictor] > 1e-12 {
        admit(predictor)
      }
      let sweeps = descend(penalty: penalty, tolerance: tolerance, sweepLimit: sweepsLeft)
      sweepsLeft -= max(sweeps, 1)
      renewGradient()
    } while sweepsLeft > 0 && hasViolation(penalty)
  }

  private func hasViolation(_ penalty: Double) -> Bool {
    gradient.indices.contains {
      !isActive[$0] && abs(gradient[$0]) > penalty * (1 + 1e-9) && gram[$0, $0] > 1e-12
    }
  }

  /// Puts a predictor into the active set and its Gram values into the block.
  private mutating func admit(_ predictor: Int) {
    let size = active.count
    if size == stride { widenBlock() }
    for (index, other) in active.enumerated() {
      let value = gram.elements[other * gram.rows + predictor]
      block[index * stride + size] = value
      block[size * stride + index] = value
    }
    block[size * stride + size] = gram.elements[predictor * gram.rows + predictor]
    active.append(predictor)
    isActive[predictor] = true
  }

  private mutating func widenBlock() {
    let wider = min(max(32, stride * 2), max(correlation.count, 1))
    var larger = [Double](repeating: 0, count: wider * wider)
    for row in 0..<active.count {
      for column in 0..<active.count { larger[row * wider + column] = block[row * stride + column] }
    }
    block = larger
    stride = wider
  }

  /// gradient = c − Gβ, anew, so that rounding does not pile up.
  private mutating func renewGradient() {
    gradient = correlation
    let count = gradient.count
    gradient.withUnsafeMutableBufferPointer { target in
      gram.elements.withUnsafeBufferPointer { source in
        for predictor in active where coefficients[predictor] != 0 {
          subtract(coefficients[predictor], times: source.baseAddress, at: predictor * count, from: target, count)
        }
      }
    }
  }

  /// Cyclic sweeps over the active set; returns how many.
  private mutating func descend(penalty: Double, tolerance: Double, sweepLimit: Int) -> Int {
    var local = active.map { coefficients[$0] }
    var slope = active.map { gradient[$0] }
    var sweeps = 0
    local.withUnsafeMutableBufferPointer { local in
      slope.withUnsafeMutableBufferPointer { slope in
        block.withUnsafeBufferPointer { block in
          while sweeps < sweepLimit {
            sweeps += 1
            if sweep(local, slope, block, stride: stride, penalty: penalty) <= tolerance { break }
          }
        }
      }
    }
    for (index, predictor) in active.enumerated() { coefficients[predictor] = local[index] }
    return sweeps
  }
}

/// One pass over the active predictors; returns the largest G·Δβ², the change a step made to the objective.
private func sweep(
  _ coefficients: UnsafeMutableBufferPointer<Double>, _ slope: UnsafeMutableBufferPointer<Double>,
  _ block: UnsafeBufferPointer<Double>, stride: Int, penalty: Double
) -> Double {
  var largest = 0.0
  for index in coefficients.indices {
    let curvature = block[index * stride + index]
    let old = coefficients[index]
    let target = slope[index] + curvature * old
    let new =
      target > penalty ? (target - penalty) / curvature : target < -penalty ? (target + penalty) / curvature : 0
    let change = new - old
    if change == 0 { continue }
    coefficients[index] = new
    subtract(change, times: block.baseAddress, at: index * stride, from: slope, coefficients.count)
    largest = max(largest, curvature * change * change)
  }
  return largest
}

/// target −= factor · source[offset…], `count` values: the only hot loop, written so that it vectorises.
private func subtract(
  _ factor: Double, times source: UnsafePointer<Double>?, at offset: Int,
  from target: UnsafeMutableBufferPointer<Double>,
  _ count: Int
) {
  guard let source, let target = target.baseAddress else { return }
  let row = source + offset
  for index in 0..<count { target[index] -= factor * row[index] }
}
