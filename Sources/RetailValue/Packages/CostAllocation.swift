/// What the customers of a pool cost at wholesale; every method adds up to the bill.
public enum CostAllocation {
  /// Method B: c_i = Σ_t q_it · C_t/Q_t. Periods without energy leave their cost as the residual.
  ///
  /// - Parameters:
  ///   - loads: energies of each customer by period.
  ///   - costs: cost of each period.
  public static func byPeriod(loads: [[Double]], costs: [Double]) -> (shares: [Double], residual: Double) {
    var shares = [Double](repeating: 0, count: loads.count)
    for period in costs.indices {
      let energy = loads.reduce(0) { $0 + $1[period] }
      guard energy > 0 else { continue }
      for customer in loads.indices { shares[customer] += loads[customer][period] * costs[period] / energy }
    }
    return (shares, costs.reduce(0, +) - shares.reduce(0, +))
  }

  /// Method C: c_i = Σ_t q_it·P_t + q_i/Q · hedge result.
  public static func atSpot(
    loads: [[Double]], prices: [Double], hedgeCost: Double
  ) -> (shares: [Double], residual: Double) {
    let energies = loads.map { $0.reduce(0, +) }
    let total = energies.reduce(0, +)
    let shares = loads.indices.map { customer in
      zip(loads[customer], prices).reduce(0) { $0 + $1.0 * $1.1 }
        + (total > 0 ? hedgeCost * energies[customer] / total : 0)
    }
    let bill = prices.indices.reduce(hedgeCost) { sum, period in
      sum + prices[period] * loads.reduce(0) { $0 + $1[period] }
    }
    return (shares, bill - shares.reduce(0, +))
  }

  /// Method A: c_i = C · q_i/Q.
  public static func poolAverage(loads: [[Double]], cost: Double) -> [Double] {
    ExcessRefund.byEnergy(cost, energies: loads.map { $0.reduce(0, +) })
  }

  /// Euler shares of a penalty on the pool's deviation D_t: who deviates against it pays nothing.
  public static func penalty(deviations: [[Double]], penalties: [Double]) -> [Double] {
    var shares = [Double](repeating: 0, count: deviations.count)
    for period in penalties.indices {
      let pool = deviations.reduce(0) { $0 + $1[period] }
      let parts = deviations.map { max(0, $0[period] * (pool < 0 ? -1 : 1)) }
      let sum = parts.reduce(0, +)
      guard sum > 0 else { continue }
      for customer in parts.indices { shares[customer] += penalties[period] * parts[customer] / sum }
    }
    return shares
  }
}
