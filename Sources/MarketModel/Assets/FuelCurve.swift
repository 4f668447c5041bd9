/// Fuel that a unit burns per hour, in tonnes of standard coal (7,000 kcal/kg), against its gross output in MW.
public enum FuelCurve: Hashable, Sendable {
  /// a + b·P + c·P², in t/h for P in MW; c ≥ 0 makes the incremental cost rise.
  case quadratic(constant: Double, linear: Double, quadratic: Double)
  /// Points (output in MW, fuel in t/h) in rising order; linear between them and beyond the ends.
  case piecewise([FuelPoint])

  /// Tonnes of standard coal per hour at a gross output in MW.
  public func tonnesPerHour(atMegawatts output: Double) -> Double {
    switch self {
    case .quadratic(let constant, let linear, let quadratic):
      return constant + (linear + quadratic * output) * output
    case .piecewise(let points):
      guard let first = points.first else { return 0 }
      guard points.count > 1 else { return first.tonnesPerHour }
      let upper = min(max(points.firstIndex { $0.megawatts >= output } ?? points.count - 1, 1), points.count - 1)
      let (low, high) = (points[upper - 1], points[upper])
      let slope = (high.tonnesPerHour - low.tonnesPerHour) / (high.megawatts - low.megawatts)
      return low.tonnesPerHour + slope * (output - low.megawatts)
    }
  }
}

/// One measured point of a unit's input-output curve.
public struct FuelPoint: Hashable, Sendable {
  public let megawatts: Double
  public let tonnesPerHour: Double
  public init(megawatts: Double, tonnesPerHour: Double) {
    self.megawatts = megawatts
    self.tonnesPerHour = tonnesPerHour
  }
}

/// The coal that a unit burns.
public struct Coal: Hashable, Sendable {
  /// Price of one tonne as received, in the pack's currency.
  public let pricePerTonne: Double
  /// Net calorific value as received, in kcal/kg.
  public let kilocaloriesPerKilogram: Double
  /// Standard coal: 7,000 kcal/kg (GB/T 2589).
  public static let standardKilocaloriesPerKilogram = 7_000.0

  public init(pricePerTonne: Double, kilocaloriesPerKilogram: Double) {
    self.pricePerTonne = pricePerTonne
    self.kilocaloriesPerKilogram = kilocaloriesPerKilogram
  }

  /// price · 7000 / calorific value.
  public var pricePerTonneOfStandardCoal: Double {
    pricePerTonne * Coal.standardKilocaloriesPerKilogram / kilocaloriesPerKilogram
  }
}
