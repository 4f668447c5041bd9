internal import RealModule

/// Cosines of random directions, whose inner product approximates the Gaussian kernel exp(−‖x − y‖²/2).
///
/// A linear ridge regression on them approximates Gaussian-process regression at the cost of a linear one (Rahimi,
/// Recht, "Random features for large-scale kernel machines", NIPS 2007); the error falls as 1/√count. Inputs are
/// divided by their length scale beforehand.
public struct RandomFeatures: Equatable, Sendable {
  public let count: Int
  public let inputs: Int
  /// Feature after feature, one value for each input.
  private let directions: [Double]
  private let phases: [Double]

  public init(count: Int, inputs: Int, seed: UInt64) {
    precondition(count > 0 && inputs > 0, "At least one feature of one input")
    self.count = count
    self.inputs = inputs
    var generator = SplitMix64(seed: seed)
    directions = (0..<(count * inputs)).map { _ in generator.nextGaussian() }
    phases = (0..<count).map { _ in 2 * Double.pi * generator.nextUniform() }
  }

  /// √(2/count)·cos(ω·x + φ) for each feature.
  public func values(at point: [Double]) -> [Double] {
    precondition(point.count == inputs, "A point has \(inputs) values, was given \(point.count)")
    let scale = (2 / Double(count)).squareRoot()
    return (0..<count).map { feature in
      var angle = phases[feature]
      for input in 0..<inputs { angle += directions[feature * inputs + input] * point[input] }
      return scale * Double.cos(angle)
    }
  }
}
