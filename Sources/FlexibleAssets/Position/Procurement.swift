/// How a retailer buys its customers' energy: by contract, day-ahead and in real time, for each block of the day.
///
/// Contracts are bought for their price; of the energy that is expected in a block a part is bought ahead, what the customers then take
/// more or less is settled in real time. Both are chosen together so that (1 − w)·mean + w·CVaR of the margin is largest, a linear
/// programme over the paths (Conejo, Carrión and Morales, Decision Making Under Uncertainty in Electricity Markets, 2010, ch. 6 and 8).
public struct ProcurementProgramme: Hashable, Sendable {
  /// Customers' load in MW and prices per MWh, by path and interval.
  public let load: [[Double]]
  public let dayAhead: [[Double]]
  public let realTime: [[Double]]
  public let hours: Double
  public let tariffPerMWh: Double
  public let contracts: [HedgeProduct]
  /// Share of a block's expected energy by which the purchase ahead may lie above or below it.
  public let largestDeviation: Double

  public init(
    load: [[Double]], dayAhead: [[Double]], realTime: [[Double]], hours: Double, tariffPerMWh: Double,
    contracts: [HedgeProduct], largestDeviation: Double
  ) {
    precondition(load.count == dayAhead.count && load.count == realTime.count, "one load and price for each path")
    self.load = load
    self.dayAhead = dayAhead
    self.realTime = realTime
    self.hours = hours
    self.tariffPerMWh = tariffPerMWh
    self.contracts = contracts
    self.largestDeviation = largestDeviation
  }

  /// Expected load, MW by interval.
  public var expected: [Double] {
    (load.first ?? []).indices.map { interval in load.reduce(0) { $0 + $1[interval] } / Double(max(load.count, 1)) }
  }

  /// What is bought.
  public struct Plan: Hashable, Sendable {
    /// MW by contract; sold below zero.
    public let contracts: [Double]
    /// Share of the expected energy that is bought ahead in each contract's intervals, less one.
    public let shifts: [Double]

    public init(contracts: [Double], shifts: [Double]) {
      self.contracts = contracts
      self.shifts = shifts
    }
  }

  /// Margin by path of a plan: the tariff less what energy and contracts cost.
  public func margins(_ plan: Plan) -> [Double] {
    let expected = expected
    var ahead = expected
    for (product, shift) in zip(contracts, plan.shifts) {
      for interval in product.intervals { ahead[interval] += shift * expected[interval] }
    }
    let bought = load.indices.map { path in margin(path, ahead: ahead) }
    return Hedge(megawatts: plan.contracts.map { -$0 }).profits(
      bought, products: contracts, prices: dayAhead, hours: hours)
  }

  private func margin(_ path: Int, ahead: [Double]) -> Double {
    load[path].indices.reduce(0.0) { sum, interval in
      let (taken, own) = (load[path][interval], ahead[interval])
      return sum + hours
        * (taken * tariffPerMWh - own * dayAhead[path][interval] - (taken - own) * realTime[path][interval])
    }
  }

  /// - Throws: ``AssetProblem`` if the programme has no solution.
  public func best(riskWeight: Double) throws(AssetProblem) -> Plan {
    let expected = expected
    let base = load.indices.map { margin($0, ahead: expected) }
    var positions: [TradedPosition] = []
    for product in contracts {
      positions.append(
        TradedPosition(
          name: product.name, payoffs: product.payoffs(prices: dayAhead, hours: hours),
          cost: product.cost(megawatts: 1, hours: hours), largest: product.largestMegawatts))
      // Selling a unit of this is buying the whole block's expected energy in real time in place of ahead.
      let later = load.indices.map { path in
        product.intervals.reduce(0.0) {
          $0 + expected[$1] * hours * (dayAhead[path][$1] - realTime[path][$1])
        }
      }
      positions.append(
        TradedPosition(name: "later \(product.name)", payoffs: later, cost: 0, largest: largestDeviation))
    }
    let units = try TradedPosition.best(positions, with: base, riskWeight: riskWeight)
    return Plan(
      contracts: contracts.indices.map { -units[2 * $0] }, shifts: contracts.indices.map { -units[2 * $0 + 1] })
  }
}
