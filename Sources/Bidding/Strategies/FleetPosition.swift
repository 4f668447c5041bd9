public import MarketModel

/// One company's day: what its offers together bring, and where they differ from each unit on its own.
public struct FleetPosition: Sendable {
  /// Expected profit of the offers and their contracts, in currency units.
  public let expectedProfit: Double
  /// Mean of the worst share of the scenarios of the whole company, contracts included.
  public let conditionalValueAtRisk: Double
  /// The same two for the offers of each unit on its own.
  public let unitByUnitProfit: Double
  public let unitByUnitConditionalValueAtRisk: Double
  /// Units whose commitment is another than on their own.
  public let differing: [UnitID]
  /// What a tonne of standard coal more would be worth, by plant with a binding limit.
  public let coalValues: [PlantID: Double]
  /// Mean net output less what is sold by contract, in MW, by interval: negative where contracts are not covered.
  public let openMegawatts: [Double]
  public let iterations: Int
}
