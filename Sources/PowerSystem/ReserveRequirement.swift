/// Capacity to be held free.
public struct ReserveRequirement: Sendable, Equatable {
  /// What the capacity is for.
  public enum Kind: Sendable, Equatable {
    /// Rise of units on line within the interval; its providers must be able to ramp by it.
    case spinning
    /// Rise and fall of units on line from one interval to the next (Wang and Hobbs 2016).
    case flexibleRamp
  }

  public var name: String
  public var kind: Kind
  /// By interval, MW.
  public var requirement: [Double]
  /// Cost of each MW that is missing for an hour; nil where none may be.
  public var shortfallCost_perMWh: Double?
  /// Units (indices) that provide it; nil where all do.
  public var providers: [Int]?

  public init(
    name: String, kind: Kind = .spinning, requirement: [Double], shortfallCost_perMWh: Double? = nil,
    providers: [Int]? = nil
  ) {
    self.name = name
    self.kind = kind
    self.requirement = requirement
    self.shortfallCost_perMWh = shortfallCost_perMWh
    self.providers = providers
  }
}
