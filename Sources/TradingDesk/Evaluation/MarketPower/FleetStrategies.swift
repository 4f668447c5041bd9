internal import Bidding
internal import Compliance
internal import Forecasting
internal import MarketGames
internal import MarketModel
internal import MarketRules
internal import ProvinceSimulation

/// The offers of our fleet on one day, from what was known before the gate.
struct FleetStrategies: Sendable {
  let fleet: FleetDay
  let pack: RulePack
  let estimate: SupplyStackEstimate
  /// What we offered up to a price in the history, in MW.
  let ownBefore: @Sendable (Double) -> Double
  /// Of every contract, per MWh: the mean price of the days before.
  let contractPrice: Double

  private var day: SimulatedMarketDay { fleet.market.day }

  private var levelWeights: [Double] { estimate.levelWeights }

  /// The desk's standard offer of every unit on line: equal segments at cost plus 5 %.
  func standard() throws -> BidBook { try draftStandardBids(for: inputs(), under: pack) }

  /// The desk's price taker's offer of every unit on line: points placed along marginal cost.
  func priceTaker() throws -> BidBook { try draftPlannedBids(for: inputs(), committing: .always, under: pack) }

  /// What the others leave to us, at each level of the estimated supply stack and in each interval.
  func estimatedDemands(on grid: OfferGrid, contracted: [Double]) -> [ResidualDemand] {
    let hours = 24 / Double(day.demand.count)
    var demands: [ResidualDemand] = []
    for (level, weight) in levelWeights.enumerated() {
      // The space that leaves nothing undetermined: what the others offer does not depend on it.
      let all = 1e7
      let others = estimate.residualDemand(space: all, at: grid.prices, level: level, own: ownBefore).map { all - $0 }
      for (interval, space) in day.expectedSpace.enumerated() {
        demands.append(
          ResidualDemand(
            megawatts: others.map { space - $0 }, contracted: contracted[interval], weight: weight * hours))
      }
    }
    return demands
  }

  /// What the others really leave to us: known only afterwards.
  func trueDemands(on grid: OfferGrid, contracted: [Double], others: [MarketPart]) -> [ResidualDemand] {
    let supply = grid.prices.map { price in
      others.reduce(0.0) { sum, part in
        let (low, high) = (part.from.perMegawattHour, part.to.perMegawattHour)
        guard price < high else { return sum + part.quantity.megawatts }
        return price <= low ? sum : sum + part.quantity.megawatts * (price - low) / (high - low)
      }
    }
    let hours = 24 / Double(day.demand.count)
    return day.demand.enumerated().map { interval, demand in
      ResidualDemand(megawatts: supply.map { demand - $0 }, contracted: contracted[interval], weight: hours)
    }
  }

  /// A fleet's offer as bids of its units within the pack's rules.
  func book(_ offer: GridOffer, on grid: OfferGrid) throws -> BidBook {
    let curves = UnitCurves(rules: try Bidding.OfferRules(pack))
    let split = fleet.split(offer, on: grid)
    let intervals = IntervalGrid(ordinary: day.day, length: .quarterHour)
    let bids = try zip(fleet.units, split).map { unit, blocks in
      let own = thermalUnit(unit)
      let curve = try curves.curve(lowest: own.minimumStableOutput, highest: own.ratedCapacity, blocks: blocks)
      return UnitBid(
        unit: own.id, curve: curve, commitment: IntervalSeries(intervals, repeating: true),
        plannedMegawatts: [Double](repeating: own.minimumStableOutput.megawatts, count: intervals.count))
    }
    return BidBook(day: day.day, strategy: .optimised, bids: bids)
  }

  /// A book as parts of the whole market.
  func parts(_ book: BidBook) -> [MarketPart] {
    book.bids.flatMap { bid -> [MarketPart] in
      guard let unit = fleet.units.first(where: { name($0) == bid.unit }) else { return [] }
      return WholeMarket.parts(bid.curve, unit: unit)
    }
  }

  /// Bids that break a rule of the pack.
  func violations(_ book: BidBook) throws -> Int {
    guard let basis = pack.bids.priceBasis.value else { return 0 }
    let units = Dictionary(uniqueKeysWithValues: unitDays(day.day).map { ($0.unit.id, $0) })
    let context = ComplianceContext(units: units, plants: [], pack: pack, submissionTime: nil)
    let submitted = book.bids.map { SubmittedBid($0, currency: pack.currency, basis: basis) }
    return DayReport.ComplianceView(checkBids(submitted, in: context)).violated
  }

  private func name(_ unit: Int) -> UnitID { UnitID("unit-\(1_000 + day.offers[unit].unit)") }

  private func thermalUnit(_ unit: Int) -> ThermalUnit {
    let offer = day.offers[unit]
    let id = name(unit)
    let stage = StartUpStage(temperature: .hot, afterOffMinutes: 0, cost: .estimate(0), minutesToSynchronise: 0)
    let capacity = Power.megawatts(offer.capacity)
    let minimum = Power.megawatts(offer.minimum)
    return ThermalUnit(
      id: id, plant: PlantID(id.text), ratedCapacity: capacity, minimumStableOutput: minimum,
      rampUp: .megawattsPerMinute(offer.capacity), rampDown: .megawattsPerMinute(offer.capacity), minimumUpMinutes: 0,
      minimumDownMinutes: 0, maximumStartsPerDay: 24, startUp: StartUpStages([stage]), noLoadCostPerHour: .zero,
      fuelCurve: .quadratic(constant: 0, linear: 0, quadratic: 0),
      coal: Coal(pricePerTonne: 1, kilocaloriesPerKilogram: 7_000), auxiliaryPowerPartsPerMillion: 0,
      otherVariableCost: .perMegawattHour(offer.cost), heatSupply: nil,
      initialState: .on(minutes: 100_000, output: minimum))
  }

  private func unitDays(_ day: MarketDay) -> [UnitDay] {
    let grid = IntervalGrid(ordinary: day, length: .quarterHour)
    return fleet.units.map { unit in
      let own = thermalUnit(unit)
      return UnitDay.unrestricted(own, on: grid, state: own.initialState)
    }
  }

  private func inputs() -> BiddingInputs {
    let paths = estimate.levels.indices.map { level in
      day.expectedSpace.map { estimate.price(meeting: $0, level: level) }
    }
    let expected = day.expectedSpace.indices.map { interval in
      zip(paths, levelWeights).reduce(0) { $0 + $1.0[interval] * $1.1 }
    }
    let grid = IntervalGrid(ordinary: day.day, length: .quarterHour)
    return BiddingInputs(
      unitDays: unitDays(day.day), nextUnitDays: unitDays(day.day.advanced(by: 1)), plants: [],
      scenarios: ScenarioSet(
        grid: grid, targets: [.dayAheadPrice], weights: levelWeights, values: paths.flatMap { $0 }),
      expectedPrices: expected, lookAheadPrices: expected, riskAversion: 0, threads: 1)
  }
}
