internal import MarketModel
internal import Review

/// What one offer brought: net MWh and money in the report's currency, rounded to hundredths.
public struct ResultView: Sendable, Encodable {
  public var clearedEnergyMWh: Double
  public var revenue: Double
  public var cost: Double
  public var profit: Double
  public var starts: Int
}

extension ResultView {
  init(_ result: UnitResult) {
    clearedEnergyMWh = (result.clearedEnergy.megawattHours * 1_000).rounded() / 1_000
    revenue = result.revenue.rounded.amount
    cost = result.cost.rounded.amount
    profit = result.profit.rounded.amount
    starts = result.starts
  }
}
