internal import RealModule

/// The robust variance-stabilising scaling z = asinh((x − median) / spread), and its inverse.
///
/// The spread is the median absolute deviation from the median divided by Φ⁻¹(0.75), which estimates a standard
/// deviation (Uniejewski, Weron, Ziel 2018; "Invariant" in Lago et al. 2021).
///
/// If more than half of the values are equal, the median absolute deviation is zero. Then the spread is the mean
/// absolute deviation times √(π/2), which also estimates a standard deviation; if all values are equal it is 1, so the
/// values map to 0 and the inverse is still exact.
public struct RobustScaling: Equatable, Sendable, Codable {
  /// In the unit of the values.
  public let median: Double
  /// In the unit of the values; above zero.
  public let spread: Double

  public init(median: Double, spread: Double) {
    precondition(spread > 0, "A spread is above zero, was \(spread)")
    self.median = median
    self.spread = spread
  }

  public init(fittedTo values: [Double]) {
    let centre = NumericMethods.median(values)
    let deviations = values.map { abs($0 - centre) }
    let typical = NumericMethods.median(deviations)
    let mad = typical / 0.674_489_750_196_081_743_2  // Φ⁻¹(0.75)
    let fallback = mean(deviations) * 1.253_314_137_315_500_25  // √(π/2)
    let chosen = mad > 0 ? mad : fallback
    self.init(median: centre, spread: chosen > 0 && chosen.isFinite ? chosen : 1)
  }

  /// asinh((x − median) / spread).
  public func scaled(_ value: Double) -> Double {
    Double.asinh((value - median) / spread)
  }

  /// median + spread · sinh(z), the inverse of ``scaled(_:)``.
  public func restored(_ scaled: Double) -> Double {
    median + spread * Double.sinh(scaled)
  }

  /// The spread in original units that one unit of z stands for at the value `z`: spread · cosh(z).
  public func slope(at scaled: Double) -> Double {
    spread * Double.cosh(scaled)
  }
}
