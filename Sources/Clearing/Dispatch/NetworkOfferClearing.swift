public import MarketModel
public import PowerSystem

/// One interval of offers cleared on a network.
public struct NetworkIntervalClearing: Sendable, Equatable {
  /// Number of the interval, from 1.
  public var interval: Int
  /// Price of each bus, per MWh, in the order of the network.
  public var prices: [NodalPrice]
  /// What is sold and what is bought at each bus, MW.
  public var sold: [Double]
  public var bought: [Double]
  /// Flow of each branch, MW, and the price of its limit for each MWh.
  public var flow: [Double]
  public var branchPrice_perMWh: [Double]
  /// What buyers pay less what sellers are paid, for an hour.
  public var congestionRentPerHour: Double
  /// Value of what is bought as bid less cost of what is sold as asked, for an hour.
  public var welfarePerHour: Double
  /// "passed", or what the audit found.
  public var audit: String
}

/// Offers cleared on a network, by interval.
public struct NetworkOfferClearing: Sendable, Equatable {
  public var intervals: [NetworkIntervalClearing]
  /// What each offer sells or buys, MW, in the order in which the offers were given.
  public var cleared: [Double]
}

/// Clears everybody's offers at nodal prices: the greatest welfare under the linear power flow and the branches' limits, each
/// interval on its own (Schweppe and others, "Spot Pricing of Electricity", 1988).
///
/// A buyer's offer is a load that is dispatched, so that demand at the cap is cut, and supply at the floor held back, where
/// the network leaves no other way; no interval is infeasible.
///
/// - Parameters:
///   - offers: by interval and participant; each participant must stand on the network
/// - Throws: ``DispatchError`` if the network does not fit together or an interval cannot be solved.
public func clearOffers(
  _ offers: [MarketOffer], on network: MarketNetwork
) throws(DispatchError) -> NetworkOfferClearing {
  let strangers = offers.filter { network.busOfParticipant[$0.participant] == nil }
  guard strangers.isEmpty else {
    throw .unfit(
      strangers.prefix(3).map {
        ProblemFinding(
          element: $0.participant, text: "stands at no bus of the network; add it to the network's participants.")
      })
  }
  var rows: [Int: [Int]] = [:]
  for (row, offer) in offers.enumerated() { rows[offer.interval, default: []].append(row) }
  var cleared = [Double](repeating: 0, count: offers.count)
  var intervals: [NetworkIntervalClearing] = []
  for interval in rows.keys.sorted() {
    let own = rows[interval] ?? []
    let system = DispatchCase(
      name: "interval \(interval)", buses: network.buses.map { Bus(name: $0, demand: [0]) },
      generators: own.map { generator(of: offers[$0], on: network, row: $0) }, branches: network.branches,
      referenceBus: network.referenceBus)
    let solution = try dispatch(system)
    for (row, output) in zip(own, solution.output) { cleared[row] = abs(output) }
    intervals.append(
      NetworkIntervalClearing(interval, solution, of: system, audit: DispatchAudit(system, solution).verdict))
  }
  return NetworkOfferClearing(intervals: intervals, cleared: cleared)
}

/// A seller as a generator, a buyer as one of negative output; a slope costs with the square.
private func generator(of offer: MarketOffer, on network: MarketNetwork, row: Int) -> DispatchedGenerator {
  let quantity = offer.quantity.megawatts
  let (first, last) = (offer.price.perMegawattHour, offer.endPrice.perMegawattHour)
  let curvature = quantity > 0 ? abs(last - first) / (2 * quantity) : 0
  let isSeller = offer.side == .sell
  return DispatchedGenerator(
    name: "\(offer.participant) \(row + 1)", bus: network.busOfParticipant[offer.participant] ?? 0,
    minimumOutput: isSeller ? 0 : -quantity, maximumOutput: isSeller ? quantity : 0,
    cost: .polynomial(constant: 0, linear: first, quadratic: curvature))
}

extension NetworkIntervalClearing {
  fileprivate init(_ interval: Int, _ solution: DispatchSolution, of system: DispatchCase, audit: String) {
    var sold = [Double](repeating: 0, count: system.buses.count)
    var bought = sold
    for (generator, output) in zip(system.generators, solution.output) {
      if output >= 0 { sold[generator.bus] += output } else { bought[generator.bus] -= output }
    }
    let rent = system.buses.indices.reduce(0.0) {
      $0 + (bought[$1] - sold[$1]) * solution.prices[$1].total
    }
    self.init(
      interval: interval, prices: solution.prices, sold: sold, bought: bought, flow: solution.flow,
      branchPrice_perMWh: solution.branchPrice_perMWh, congestionRentPerHour: rent,
      welfarePerHour: -solution.costPerHour, audit: audit)
  }
}
