internal import MarketModel
internal import MarketRules
internal import Optimization
internal import UnitScheduling

/// Coordinates the units of a company by prices instead of one large programme.
///
/// - Risk: with CVaR at level α the company's objective is linear in the profits once its worst scenarios are known (Rockafellar,
///   Uryasev, Journal of Risk 2, 2000): weights (1 − β)/S + β·[s worst]/(αS). Every unit then chooses by itself; the worst
///   scenarios are found anew from the total, contracts included, until nothing changes. The best choice met is kept.
/// - Plant starts: an integer programme for each plant (``PlantStartLimits``).
/// - Coal: a value of a tonne for each plant, from the week's budgets (``FuelPlan``) and raised until the day's expected use keeps within its
///   own limit (Lagrangian decomposition; Geoffrion, Mathematical Programming Study 2, 1974).
struct FleetOptimiser {
  private let inputs: StrategyInputs
  private let strategy: Strategy
  private let pack: RulePack
  private let rules: OfferRules
  /// What the contracts pay on each path.
  private let hedge: [Double]
  static let largestIterations = 8
  private static let coalSteps = 7

  init(_ inputs: StrategyInputs, strategy: Strategy, pack: RulePack) throws {
    self.inputs = inputs
    self.strategy = strategy
    self.pack = pack
    rules = try OfferRules(pack)
    let grid = inputs.bidding.grid
    let hours = grid.length.hours
    hedge = inputs.bidding.paths.map { path in
      inputs.contracts.reduce(0) { sum, contract in
        zip(grid.intervals, path).reduce(sum) { total, each in
          total + contract.power(in: each.0).megawatts * hours * (contract.price.perMegawattHour - each.1)
        }
      }
    }
  }

  func solve() throws -> (BidBook, FleetPosition) {
    var candidates = try UnitCandidates.all(inputs.bidding, under: pack, riskAversion: 0)
    let alone = try PlantStartLimits.choose(candidates.offers, units: candidates.units, plants: [])
    let coal = try withinCoal(&candidates)
    let (chosen, iterations) = try coordinated(&candidates)
    return (
      candidates.book(chosen, inputs.bidding), position(chosen, alone, candidates, coal: coal, iterations: iterations)
    )
  }

  private var plants: [Plant] {
    let limit = Int(strategy[.startsPerPlant])
    guard limit > 0 else { return inputs.bidding.plants }
    return Set(inputs.bidding.unitDays.map(\.unit.plant)).sorted().map { Plant(id: $0, maximumStartsPerDay: limit) }
  }

  private func coordinated(_ candidates: inout UnitCandidates) throws -> ([UnitID: DrawnOffer], Int) {
    let count = hedge.count
    var chosen = try PlantStartLimits.choose(candidates.offers, units: candidates.units, plants: plants)
    var best = chosen
    var iterations = 1
    guard strategy[.riskAversion] > 0 else { return (best, iterations) }
    var weights = [Double](repeating: 1 / Double(count), count: count)
    while iterations < Self.largestIterations {
      let target = tailWeights(total(chosen))
      // Averaged steps, so that two sets of worst scenarios do not take turns for ever.
      weights = zip(weights, target).map { $0 + ($1 - $0) / Double(iterations) }
      try addDefensive(&candidates, weights: weights)
      let scored = candidates.offers.mapValues { offers in offers.map { weighted($0, weights) } }
      let next = try PlantStartLimits.choose(scored, units: candidates.units, plants: plants)
      iterations += 1
      if objective(next) > objective(best) { best = next }
      if next.mapValues(\.commitment) == chosen.mapValues(\.commitment) { break }
      chosen = next
    }
    return (best, iterations)
  }

  private func addDefensive(_ candidates: inout UnitCandidates, weights: [Double]) throws {
    for desk in candidates.desks {
      let unit = desk.day.unit.id
      let commitment = try desk.bestCommitment(weights: weights)
      let known = candidates.offers[unit]?.contains { $0.commitment == commitment } ?? true
      guard !known else { continue }
      candidates.add(try desk.draw(rules: rules, commitment: commitment), for: unit)
    }
  }

  private func total(_ chosen: [UnitID: DrawnOffer]) -> [Double] {
    chosen.sorted { $0.key < $1.key }.reduce(hedge) { sum, entry in
      zip(sum, entry.value.outcome.values(entry.value.outcome.profits)).map { $0 + $1 }
    }
  }

  private var tailCount: Int { max(1, Int((strategy[.tailShare] * Double(hedge.count)).rounded())) }

  private func conditionalValueAtRisk(_ total: [Double]) -> Double {
    total.sorted().prefix(tailCount).reduce(0, +) / Double(tailCount)
  }

  private func tailWeights(_ total: [Double]) -> [Double] {
    let aversion = strategy[.riskAversion]
    let order = total.indices.sorted { (total[$0], $0) < (total[$1], $1) }
    var weights = [Double](repeating: (1 - aversion) / Double(total.count), count: total.count)
    for index in order.prefix(tailCount) { weights[index] += aversion / Double(tailCount) }
    return weights
  }

  /// An offer with its worth under other weights of the scenarios; under equal ones it is the same.
  private func weighted(_ offer: DrawnOffer, _ weights: [Double]) -> DrawnOffer {
    let profits = offer.outcome.values(offer.outcome.profits)
    let even = 1 / Double(profits.count)
    return offer.scored(as: zip(profits, weights).reduce(offer.score) { $0 + $1.0 * ($1.1 - even) })
  }

  private func objective(_ chosen: [UnitID: DrawnOffer]) -> Double {
    let all = total(chosen)
    let mean = OfferOutcome.mean(all)
    let ends = chosen.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value.continuation }
    return mean - strategy[.riskAversion] * (mean - conditionalValueAtRisk(all)) + ends
  }

  private func position(
    _ chosen: [UnitID: DrawnOffer], _ alone: [UnitID: DrawnOffer], _ candidates: UnitCandidates,
    coal: [PlantID: Double], iterations: Int
  ) -> FleetPosition {
    let own = total(chosen)
    let other = total(alone)
    return FleetPosition(
      expectedProfit: OfferOutcome.mean(own), conditionalValueAtRisk: conditionalValueAtRisk(own),
      unitByUnitProfit: OfferOutcome.mean(other), unitByUnitConditionalValueAtRisk: conditionalValueAtRisk(other),
      differing: candidates.units.map(\.id).filter {
        chosen[$0]?.commitment != alone[$0]?.commitment || chosen[$0]?.curve != alone[$0]?.curve
      },
      coalValues: coal, openMegawatts: openMegawatts(chosen, candidates), iterations: iterations)
  }

  private func openMegawatts(_ chosen: [UnitID: DrawnOffer], _ candidates: UnitCandidates) -> [Double] {
    let grid = inputs.bidding.grid
    var open = grid.intervals.map { interval in
      inputs.contracts.reduce(0) { $0 - $1.power(in: interval).megawatts }
    }
    for desk in candidates.desks {
      guard let schedules = chosen[desk.day.unit.id]?.outcome.schedules, !schedules.isEmpty else { continue }
      let share = 1 / Double(schedules.count)
      for schedule in schedules {
        for (index, level) in schedule.levelIndex.enumerated() where level >= 0 {
          open[index] += share * desk.desk.problem.levels.netMegawatts[level]
        }
      }
    }
    return open
  }

  // MARK: Coal

  /// Offers of every plant within its limit of coal for the day, with the value of a tonne where that or the week's budget binds.
  private func withinCoal(_ candidates: inout UnitCandidates) throws -> [PlantID: Double] {
    let limit = strategy[.coalTonnesPerPlant]
    var values = candidates.fuel.mapValues(\.perStandardTonne)
    guard limit > 0 else { return values }
    for plant in Set(candidates.units.map(\.plant)).sorted() {
      let members = candidates.desks.indices.filter { candidates.desks[$0].day.unit.plant == plant }
      guard try tonnes(members, candidates) > limit else { continue }
      // Bisection on the value of a tonne; the upper end keeps every unit at the lowest output that its duties allow.
      var (low, high) = (values[plant] ?? 0, 4 * rules.cap.perMegawattHour)
      for _ in 0..<Self.coalSteps {
        let middle = (low + high) / 2
        try redraw(&candidates, members, value: middle)
        if try tonnes(members, candidates) > limit { low = middle } else { high = middle }
      }
      try redraw(&candidates, members, value: high)
      values[plant] = high
    }
    return values
  }

  /// Standard coal that a plant's best offers burn in expectation.
  private func tonnes(_ members: [Int], _ candidates: UnitCandidates) throws -> Double {
    let desks = members.map { candidates.desks[$0] }
    let chosen = try PlantStartLimits.choose(candidates.offers, units: desks.map(\.day.unit), plants: plants)
    return desks.reduce(0) { sum, desk in sum + (chosen[desk.day.unit.id].map(desk.tonnes) ?? 0) }
  }

  private func redraw(_ candidates: inout UnitCandidates, _ members: [Int], value: Double) throws {
    for number in members { try candidates.redraw(number, value: value, inputs.bidding, rules: rules) }
  }
}
