/// What the market bought from one unit on one day, for money. The dispatch plan is another thing.
public struct ClearedSchedule: Hashable, Sendable {
  public let unit: UnitID
  /// Gross output; zero where the unit is off line.
  public let output: IntervalSeries<Power>
  public let commitment: IntervalSeries<Bool>
  /// Net of auxiliary power.
  public let clearedEnergy: Energy
  public let revenue: Money
  public let operatingCost: Money
  public let startUpCost: Money
  public let starts: Int
  /// The unit as the day leaves it.
  public let finalState: UnitState

  public init(
    unit: UnitID, output: IntervalSeries<Power>, commitment: IntervalSeries<Bool>, clearedEnergy: Energy,
    revenue: Money, operatingCost: Money, startUpCost: Money, starts: Int, finalState: UnitState
  ) {
    self.unit = unit
    self.output = output
    self.commitment = commitment
    self.clearedEnergy = clearedEnergy
    self.revenue = revenue
    self.operatingCost = operatingCost
    self.startUpCost = startUpCost
    self.starts = starts
    self.finalState = finalState
  }

  public var profit: Money {
    get throws(QuantityError) { try revenue - operatingCost - startUpCost }
  }
}
