internal import MarketModel
internal import MarketRules

/// Commits the units of a company that is large enough to move the price, each at the price that comes with it.
///
/// A forecast of the price holds for a company that offers as it did in the past. Units are taken one after the other, the cheapest
/// first; each is offered at the forecast moved by the difference between two meetings of supply and bidding space: with the units that
/// are committed already and itself on line all day, and with everybody as in the past. Then all are asked once more with the others as they
/// stand (best responses in turn; Topkis, SIAM Journal on Control and Optimization 17, 1979). A unit stays off line only where it would not
/// earn at that price itself: nothing is withheld to lift the price for the others.
struct AnticipatedCommitment {
  private static let rounds = 2
  private let inputs: BiddingInputs
  private let market: RestOfMarket
  private let pack: RulePack
  private let rules: OfferRules
  private let riskAversion: Double
  private let fuel: [PlantID: FuelValue]
  /// MW that the others offer up to each price.
  private let others: [Double]
  /// Price at which everybody, offering as in the past, meets each interval's bidding space.
  private let pastPrices: [Double]

  init(_ inputs: BiddingInputs, market: RestOfMarket, under pack: RulePack, riskAversion: Double) throws {
    self.inputs = inputs
    self.market = market
    self.pack = pack
    self.riskAversion = riskAversion
    rules = try OfferRules(pack)
    fuel = try FuelPlan(inputs, rules: rules)?.values() ?? [:]
    others = market.middle.map { max($0, 0) * (1 - (market.ownShare ?? 0)) }
    pastPrices = market.demand.map(market.price(meeting:))
  }

  func book() throws -> BidBook {
    var candidates: [UnitID: UnitCandidates] = [:]
    var chosen: [UnitID: UnitBid] = [:]
    let first = try UnitCandidates.all(inputs, under: pack, riskAversion: riskAversion, fuel: fuel)
    let full = first.fullyCommitted(inputs.grid)
    let order = first.units.sorted { (cost($0), $0.id) < (cost($1), $1.id) }
    for _ in 0..<Self.rounds {
      for unit in order {
        guard let ownFull = full[unit.id] else { continue }
        let rest = chosen.filter { $0.key != unit.id }.sorted { $0.key < $1.key }.map(\.value)
        let own = try UnitCandidates.all(
          moved(for: unit, with: rest + [ownFull]), under: pack, riskAversion: riskAversion, fuel: fuel)
        candidates[unit.id] = own
        let best = try PlantStartLimits.choose(own.offers, units: [unit], plants: [])
        chosen[unit.id] = own.book(best, inputs).bids.first
      }
    }
    let offers = candidates.values.reduce(into: [UnitID: [DrawnOffer]]()) { all, own in
      all.merge(own.offers) { $1 }
    }
    let within = try PlantStartLimits.choose(offers, units: first.units, plants: inputs.plants)
    return BidBook(
      day: inputs.grid.day, strategy: .optimised,
      bids: first.units.compactMap { unit in candidates[unit.id].flatMap { $0.book(within, inputs).bids.first } })
  }

  private func cost(_ unit: ThermalUnit) -> Double { unit.averageCost(atMegawatts: unit.ratedCapacity.megawatts) }

  /// The day of one unit at the prices that come with some bids.
  private func moved(for unit: ThermalUnit, with bids: [UnitBid]) -> BiddingInputs {
    let shift = zip(prices(with: bids), pastPrices).map { $0 - $1 }
    let (low, high) = (rules.floor.perMegawattHour, rules.cap.perMegawattHour)
    func moved(_ path: [Double]) -> [Double] {
      path.indices.map { min(max(path[$0] + shift[min($0, shift.count - 1)], low), high) }
    }
    let after = inputs.dayAfter
    let scenarios = inputs.scenarios
    return BiddingInputs(
      unitDays: inputs.unitDays.filter { $0.unit.id == unit.id },
      nextUnitDays: inputs.nextUnitDays.filter { $0.unit.id == unit.id }, plants: [],
      scenarios: ScenarioSet(
        grid: inputs.grid, targets: [.dayAheadPrice], weights: scenarios.weights,
        values: inputs.paths.flatMap { moved($0) }),
      expectedPrices: moved(inputs.expectedPrices),
      dayAfter: DayAfter(
        outlooks: after.outlooks.map(moved), deviations: after.deviations, beyond: moved(after.beyond)),
      riskAversion: riskAversion, threads: 1)
  }

  /// Where the others and these bids meet the bidding space, by interval.
  private func prices(with bids: [UnitBid]) -> [Double] {
    let units = Dictionary(uniqueKeysWithValues: inputs.unitDays.map { ($0.unit.id, $0.unit) })
    let offered = bids.map { bid in market.prices.map { bid.netMegawatts(upTo: $0, of: units[bid.unit]) } }
    return market.demand.indices.map { interval in
      var supply = others
      for (bid, own) in zip(bids, offered) where bid.commitment.values[interval] {
        for index in supply.indices { supply[index] += own[index] }
      }
      return market.price(meeting: market.demand[interval], of: supply)
    }
  }
}

extension UnitBid {
  /// Net MW that the curve offers up to a price per MWh.
  fileprivate func netMegawatts(upTo price: Double, of unit: ThermalUnit?) -> Double {
    guard let unit else { return 0 }
    let offered = curve.points.last { $0.price.perMegawattHour <= price }?.output ?? .zero
    return unit.netOutput(ofGross: offered).megawatts
  }
}

extension UnitCandidates {
  /// Every unit's first candidate, always on line.
  fileprivate func fullyCommitted(_ grid: IntervalGrid) -> [UnitID: UnitBid] {
    desks.reduce(into: [:]) { bids, desk in
      let id = desk.day.unit.id
      bids[id] = offers[id]?.first?.bid(desk.desk, on: grid)
    }
  }
}
