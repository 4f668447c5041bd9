internal import MarketGames
internal import MarketModel
internal import NumericMethods
internal import ProvinceSimulation

extension MarketPowerRun {
  /// All days in parallel, then the equilibria.
  func report(seed: UInt64, progress: (String) -> Void) throws -> MarketPowerReport {
    progress("clearing \(request.days) days with every way of offering")
    let daily = concurrentMap(count: request.days, threads: request.threads) {
      number -> Swift.Result<DayResult?, any Error> in
      Swift.Result { try result(on: request.from.advanced(by: number)) }
    }
    let days = try inDeskTerms { () throws -> [DayResult] in try daily.compactMap { try $0.get() } }
    progress("playing to equilibria")
    let played = try inDeskTerms { try equilibria() }
    return MarketPowerReport(
      provinceSeed: seed, from: request.from, to: request.from.advanced(by: request.days - 1), days: days.count,
      rulePack: try packNames(), owners: owners(), limits: reportedLimits,
      reproductionErrorPerMWh: DayReport.rounded(days.map(\.reproductionError).max() ?? 0, 6), rows: rows(days),
      equilibria: played, notes: notes)
  }

  /// The packs of the period in order.
  private func packNames() throws -> String {
    let names = try inDeskTerms { () throws -> [String] in
      try (0..<request.days).map { try pack(on: request.from.advanced(by: $0)).name }
    }
    return zip([""] + names, names).filter { $0 != $1 }.map { $1 }.joined(separator: ", ")
  }

  private func owners() -> [MarketPowerReport.Owner] {
    let capacities = province.fleetCapacities
    let total = capacities.reduce(0, +)
    return groups.groups.enumerated().map { number, group in
      let own = zip(capacities, groups.owners).reduce(0) { $1.1 == number ? $0 + $1.0 : $0 }
      return MarketPowerReport.Owner(
        name: group.name, role: group.role.rawValue, capacityMW: DayReport.rounded(own, 1),
        shareOfCapacity: DayReport.rounded(own / total, 4))
    }
  }

  private var reportedLimits: MarketPowerReport.Limits {
    MarketPowerReport.Limits(
      residualSupplyReference: limits.residualSupplyReference, conductShare: limits.conductShare,
      conductAmountPerMWh: limits.conductAmount, impactPerMWh: limits.impact)
  }

  private var notes: [String] {
    [
      "The rule pack states no threshold of market power; those of data/demonstration/market-power.csv stand in.",
      "Units on line, their lowest outputs and one cost of a MWh for each unit are those of the simulation; no unit is started or "
        + "stopped by an offer, and all capacity on line is offered.",
      "Rivals offer as simulated: a gain of a price maker is what they leave to it, before they answer.",
      "A price maker's offer enters no trading day: only this evaluation makes it.",
    ]
  }

  private func rows(_ days: [DayResult]) -> [MarketPowerReport.Row] {
    request.covers.flatMap { cover in
      Policy.allCases.compactMap { policy in
        func results(_ wanted: Policy) -> [Result] {
          days.flatMap(\.results).filter { $0.policy == wanted && $0.cover == cover }
        }
        let own = results(policy)
        guard !own.isEmpty else { return nil }
        let base: Policy? = policy == .priceTaker ? .standard : policy.isPriceMaker ? .priceTaker : nil
        return row(policy, cover, own, base: base.map { ($0, results($0)) })
      }
    }
  }

  private func row(
    _ policy: Policy, _ cover: Double, _ own: [Result], base: (policy: Policy, results: [Result])?
  ) -> MarketPowerReport.Row {
    let count = Double(own.count)
    return MarketPowerReport.Row(
      cover: cover, policy: policy.rawValue, profit: DayReport.rounded(own.reduce(0) { $0 + $1.profit }, 2),
      part: base.map { part(own, over: $0.results, name: $0.policy.rawValue) },
      meanPrice: DayReport.rounded(own.reduce(0) { $0 + $1.meanPrice } / count, 3),
      energyMWh: DayReport.rounded(own.reduce(0) { $0 + $1.energy }, 1), screen: screen(own),
      violatedBids: own.reduce(0) { $0 + $1.violations })
  }

  private func part(_ own: [Result], over base: [Result], name: String) -> MarketPowerReport.Part {
    let differences = zip(own, base).map { $0.profit - $1.profit }
    let amount = differences.reduce(0, +)
    let interval = OfferStatistics.interval(differences, seed: request.seed)
    let revenue = base.reduce(0) { $0 + $1.revenue }
    let energy = own.reduce(0) { $0 + $1.energy }
    let count = Double(own.count)
    let price = own.reduce(0) { $0 + $1.meanPrice } / count
    let basePrice = base.reduce(0) { $0 + $1.meanPrice } / count
    return MarketPowerReport.Part(
      over: name, amount: DayReport.rounded(amount, 2), low: interval.map { DayReport.rounded($0.low, 2) },
      high: interval.map { DayReport.rounded($0.high, 2) },
      percentOfRevenue: revenue > 0 ? DayReport.rounded(100 * amount / revenue, 3) : nil,
      perMWh: energy > 0 ? DayReport.rounded(amount / energy, 4) : nil,
      priceMovePercent: DayReport.rounded(100 * (price - basePrice) / max(abs(basePrice), 1e-9), 3),
      priceMovePerMWh: DayReport.rounded(price - basePrice, 3), daysLost: differences.count { $0 < 0 })
  }

  private func screen(_ results: [Result]) -> MarketPowerReport.Screen {
    let findings = results.map(\.finding)
    let broken = findings.count { $0.breaks }
    let shares = findings.compactMap(\.shareAboveCeiling)
    let impacts = findings.compactMap(\.largestImpact)
    return MarketPowerReport.Screen(
      verdict: broken > 0 ? "refused" : "passed", daysBroken: broken,
      smallestResidualSupplyIndex: DayReport.rounded(findings.map(\.smallestIndex).min() ?? 0, 4),
      smallestThreePivotalIndex: DayReport.rounded(findings.map(\.smallestThreePivotalIndex).min() ?? 0, 4),
      pivotalIntervals: findings.reduce(0) { $0 + $1.pivotalIntervals },
      largestShareAboveCeiling: shares.max().map { DayReport.rounded($0, 4) },
      largestImpactPerMWh: impacts.max().map { DayReport.rounded($0, 3) })
  }
}
