public import MarketModel

/// What plants may burn in the week from the market day on, and what the days behind the day after may bring.
public struct FuelWeek: Sendable {
  public let budgets: [FuelBudget]
  /// The days behind the day after, first to last; each with the units of the market day in their order.
  public let laterUnitDays: [[UnitDay]]
  /// Prices of recent days that were known at the gate, the last one first, per MWh; a later day finds those of its own weekday.
  public let recentDays: [[Double]]

  public init(budgets: [FuelBudget], laterUnitDays: [[UnitDay]], recentDays: [[Double]] = []) {
    self.budgets = budgets
    self.laterUnitDays = laterUnitDays
    self.recentDays = recentDays
  }

  /// The same with prices of recent days, the last one first.
  public func with(recentDays: [[Double]]) -> FuelWeek {
    FuelWeek(budgets: budgets, laterUnitDays: laterUnitDays, recentDays: recentDays)
  }

  /// The same for some of the units, whose plants are whole.
  func restricted(to units: [UnitID]) -> FuelWeek {
    let members = Set(units)
    return FuelWeek(
      budgets: budgets, laterUnitDays: laterUnitDays.map { day in day.filter { members.contains($0.unit.id) } },
      recentDays: recentDays)
  }
}

/// What a tonne of standard coal more would be worth to a plant whose budget binds.
public struct FuelValue: Hashable, Sendable {
  /// The budget that asks for the highest value.
  public let budget: FuelBudget
  /// In currency units per tonne of standard coal, above its price.
  public let perStandardTonne: Double
  /// What the plant would burn in the budget's days if coal were not scarce, and at this value; expected, in tonnes of standard coal.
  public let freeTonnes: Double
  public let plannedTonnes: Double

  /// Whether the plant's duties leave it within its budget.
  public var isKept: Bool { plannedTonnes <= budget.standardTonnes * (1 + FuelValue.tolerance) }

  static let tolerance = 0.005
}
