public import MarketModel

/// What a unit's day cost and brought, for make-whole payments.
public struct CommitmentAccount: Hashable, Sendable {
  public let startUp: Money
  public let noLoad: Money
  /// ∫C(P), the offered or approved cost of the energy.
  public let energyCost: Money
  public let energyRevenue: Money

  public init(startUp: Money, noLoad: Money = .zero, energyCost: Money, energyRevenue: Money) {
    self.startUp = startUp
    self.noLoad = noLoad
    self.energyCost = energyCost
    self.energyRevenue = energyRevenue
  }
}

/// Day-ahead make-whole: max(0, start-up + no-load + energy cost − energy revenue).
///
/// Worked: 600,000 + 5,000 MWh × 260 − 5,000 MWh × 300 = 400,000.
public func dayAheadMakeWhole(_ account: CommitmentAccount) throws(SettlementError) -> Money {
  let cost = try adding(try adding(account.startUp, account.noLoad), account.energyCost)
  return max(.zero, try adding(cost, account.energyRevenue.negated))
}

/// Real-time make-whole: max(0, cost − real-time revenue − day-ahead revenue).
public func realTimeMakeWhole(
  cost: Money, realTimeRevenue: Money, dayAheadRevenue: Money
) throws(SettlementError) -> Money {
  max(.zero, try adding(cost, try adding(realTimeRevenue, dayAheadRevenue).negated))
}

/// What an order to run lower costs: (Q_should − Q_ordered) · P_R − the offered cost that is saved.
public func opportunityCost(
  should: Energy, ordered: Energy, realTimePrice: EnergyPrice, savedCost: Money
) throws(SettlementError) -> Money {
  try adding((should - ordered).value(at: realTimePrice), savedCost.negated)
}
