/// Fuel that several units draw on. A unit that burns it has no other costs than this fuel, so that its fuel is its cost
/// (starts included, adders not) divided by the price.
public struct FuelSupply: Sendable, Equatable {
  /// A unit that burns the fuel.
  public struct User: Sendable, Equatable {
    /// Index into the problem's units.
    public var unit: Int
    /// Price of the fuel in the unit's costs, for each unit of fuel; above 0.
    public var price: Double

    public init(unit: Int, price: Double) {
      self.unit = unit
      self.price = price
    }
  }

  public var name: String
  /// Fuel that is there in each interval, in the unit of the price; ∞ where there is no limit.
  public var available: [Double]
  public var users: [User]

  public init(name: String, available: [Double], users: [User]) {
    self.name = name
    self.available = available
    self.users = users
  }
}

/// A band for a weighted sum of outputs, as operators use them for stability limits: Σ factor · output.
public struct OutputConstraint: Sendable, Equatable {
  /// One unit's part.
  public struct Term: Sendable, Equatable {
    /// Index into the problem's units.
    public var unit: Int
    public var factor: Double

    public init(unit: Int, factor: Double) {
      self.unit = unit
      self.factor = factor
    }
  }

  public var name: String
  public var terms: [Term]
  /// Band of the sum, MW.
  public var limits: ClosedRange<Double>
  /// Cost of each MW outside for an hour; nil where the band holds.
  public var violationCost_perMWh: Double?

  public init(name: String, terms: [Term], limits: ClosedRange<Double>, violationCost_perMWh: Double? = nil) {
    self.name = name
    self.terms = terms
    self.limits = limits
    self.violationCost_perMWh = violationCost_perMWh
  }
}
