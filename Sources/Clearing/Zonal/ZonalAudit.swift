public import PowerSystem

/// Verifies what a zonal market cleared from its data alone: offers, capacity, ramps, trapezia, losses, balances and
/// constraints hold; the cost is that of the cheapest bands; a requirement has a price where it binds, its penalty where
/// it is missed, and none otherwise; and no unit sells energy or a service below its offer or is left out above it, unless
/// another limit of the unit or of a constraint holds it.
public struct ZonalAudit: Sendable {
  /// Everything that is wrong; empty when it passed.
  public let findings: [ProblemFinding]
  /// "passed", or the first findings.
  public var verdict: String {
    findings.isEmpty ? "passed" : findings.prefix(5).map(\.description).joined(separator: " ")
  }

  /// MW that count as nothing.
  static let tolerance = 1e-6
  /// Price per MWh that counts as nothing.
  static let priceTolerance = 1e-4

  /// Checks a clearing against its market.
  public init(_ market: ZonalMarket, _ clearing: ZonalClearing) {
    let hasShape =
      clearing.dispatch.map(\.count) == market.units.map(\.offers.count)
      && clearing.flow.count == market.interconnectors.count && clearing.loss.count == market.interconnectors.count
      && clearing.energyPrice.count == market.regions.count && clearing.shortage.count == market.regions.count
      && clearing.requirementPrice.count == market.requirements.count
      && clearing.violation.count == market.requirements.count + market.constraints.count
    guard hasShape else {
      findings = [ProblemFinding(element: "The clearing", text: "has not the shape of its market.")]
      return
    }
    let check = ZonalCheck(market: market, clearing: clearing)
    findings =
      check.units() + check.interconnectors() + check.balances() + check.constraints() + check.cost()
      + check.requirementPrices()
      + check.prices()
  }
}

/// One audit under way.
private struct ZonalCheck {
  let market: ZonalMarket
  let clearing: ZonalClearing

  private func quantity(_ service: MarketService, _ unit: Int) -> Double {
    market.units[unit].offers.firstIndex { $0.service == service }.map { clearing.dispatch[unit][$0] } ?? 0
  }

  private func finding(_ element: String, _ isWrong: Bool, _ text: @autoclosure () -> String) -> [ProblemFinding] {
    isWrong ? [ProblemFinding(element: element, text: text())] : []
  }

  func units() -> [ProblemFinding] {
    market.units.indices.flatMap { index -> [ProblemFinding] in
      let unit = market.units[index]
      let energy = quantity(.energy, index)
      var found = finding(
        unit.name, energy > unit.capacity + ZonalAudit.tolerance,
        "is cleared for \(energy) MW, above \(unit.capacity) MW.")
      found += ramp(index, energy)
      for (offer, cleared) in zip(unit.offers, clearing.dispatch[index]) {
        let offered = min(offer.maximum, offer.bands.reduce(0) { $0 + $1.quantity })
        found += finding(
          unit.name, cleared < -ZonalAudit.tolerance || cleared > offered + ZonalAudit.tolerance,
          "is cleared for \(cleared) MW of \(offer.service.rawValue), of which it offers \(offered) MW.")
        guard let shape = offer.trapezium, offer.service != .energy else { continue }
        found += finding(
          unit.name, !fits(cleared, of: offer.service, shape, unit: index, energy: energy),
          "is cleared for \(cleared) MW of \(offer.service.rawValue) at \(energy) MW of energy, outside its trapezium.")
      }
      return found
    }
  }

  /// Regulation that is held above and below a unit's energy; a load takes less where output is raised.
  private func regulation(_ unit: Int) -> (up: Double, down: Double) {
    let (raised, lowered) = (quantity(.raiseRegulation, unit), quantity(.lowerRegulation, unit))
    return market.units[unit].isLoad ? (lowered, raised) : (raised, lowered)
  }

  /// Energy with the regulation that is held, within what the unit can move.
  private func ramp(_ index: Int, _ energy: Double) -> [ProblemFinding] {
    let unit = market.units[index]
    guard let ramp = unit.ramp, unit.offers.contains(where: { $0.service == .energy }) else { return [] }
    let (up, down) = regulation(index)
    let (highest, lowest) = (ramp.initial + ramp.up, ramp.initial - ramp.down)
    return finding(
      unit.name, energy + up > highest + ZonalAudit.tolerance,
      "reaches \(energy + up) MW with its regulation, above \(highest) MW, to which it can rise.")
      + finding(
        unit.name, energy - down < lowest - ZonalAudit.tolerance,
        "reaches \(energy - down) MW with its regulation, below \(lowest) MW, to which it can fall.")
  }

  private func fits(
    _ cleared: Double, of service: MarketService, _ shape: ZonalUnit.Trapezium, unit: Int, energy: Double
  ) -> Bool {
    let (up, down) = service.isContingency ? regulation(unit) : (0, 0)
    let share = cleared / shape.maximum
    return energy + up <= shape.highest - share * (shape.highest - shape.highBreak) + ZonalAudit.tolerance
      && energy - down >= shape.least + share * (shape.lowBreak - shape.least) - ZonalAudit.tolerance
  }

  func interconnectors() -> [ProblemFinding] {
    market.interconnectors.indices.flatMap { index -> [ProblemFinding] in
      let line = market.interconnectors[index]
      let (flow, loss) = (clearing.flow[index], clearing.loss[index])
      let expected = line.loss(atFlow: flow)
      return finding(
        line.name,
        flow < line.limits.lowerBound - ZonalAudit.tolerance || flow > line.limits.upperBound + ZonalAudit.tolerance,
        "carries \(flow) MW, outside \(line.limits) MW.")
        + finding(
          line.name, abs(loss - expected) > ZonalAudit.tolerance, "loses \(loss) MW where \(expected) MW are lost.")
    }
  }

  func balances() -> [ProblemFinding] {
    market.regions.indices.flatMap { region -> [ProblemFinding] in
      var net = clearing.shortage[region] - market.regions[region].demand
      for (index, unit) in market.units.enumerated() where unit.region == region {
        net += (unit.isLoad ? -1 : 1) * quantity(.energy, index)
      }
      for (index, line) in market.interconnectors.enumerated() {
        if line.from == region { net -= clearing.flow[index] + line.lossShareOfFrom * clearing.loss[index] }
        if line.to == region { net += clearing.flow[index] - (1 - line.lossShareOfFrom) * clearing.loss[index] }
      }
      let (content, missing) = (market.regions[region], clearing.shortage[region])
      let isAllowed = content.shortageCost_perMWh != nil || missing <= ZonalAudit.tolerance
      return finding(content.name, abs(net) > ZonalAudit.tolerance, "is out of balance by \(net) MW.")
        + finding(
          content.name, missing < -ZonalAudit.tolerance || !isAllowed,
          "is short of \(missing) MW\(isAllowed ? "" : ", but all of its demand must be served").")
    }
  }

  private func sum(_ constraint: MarketConstraint) -> Double {
    constraint.terms.reduce(0) { sum, term in
      switch term {
      case .region(let region, let service, let factor):
        market.units.indices.filter { market.units[$0].region == region }.reduce(sum) { sum, index in
          let sign: Double = market.units[index].isLoad && service == .energy ? -1 : 1
          return sum + sign * factor * quantity(service, index)
        }
      case .unit(let index, let service, let factor): sum + factor * quantity(service, index)
      case .interconnector(let index, let factor): sum + factor * clearing.flow[index]
      }
    }
  }

  func constraints() -> [ProblemFinding] {
    zip(market.requirements + market.constraints, clearing.violation).flatMap { constraint, violation in
      let excess = sum(constraint) - constraint.rightSide
      let missed =
        switch constraint.relation {
        case .atMost: max(0, excess)
        case .atLeast: max(0, -excess)
        case .equal: abs(excess)
        }
      return finding(
        constraint.name, missed > (constraint.violationCost == nil ? 0 : violation) + ZonalAudit.tolerance,
        "is missed by \(missed) MW.")
    }
  }

  func cost() -> [ProblemFinding] {
    var cost = zip(market.requirements + market.constraints, clearing.violation).reduce(0) {
      $0 + ($1.0.violationCost ?? 0) * $1.1
    }
    for (region, missing) in zip(market.regions, clearing.shortage) {
      cost += (region.shortageCost_perMWh ?? 0) * missing
    }
    for (unit, cleared) in zip(market.units, clearing.dispatch) {
      for (offer, quantity) in zip(unit.offers, cleared) { cost += offer.cost(of: quantity, by: unit) }
    }
    return finding(
      "The market", abs(cost - clearing.cost) > ZonalAudit.tolerance * max(1, abs(cost)),
      "costs \(cost), not \(clearing.cost) as it says.")
  }

  /// Cost of another MW of a requirement: from zero to the penalty for missing it, on the side that it asks for.
  func requirementPrices() -> [ProblemFinding] {
    zip(market.requirements, clearing.requirementPrice).flatMap { requirement, price -> [ProblemFinding] in
      let excess = sum(requirement) - requirement.rightSide
      let penalty = requirement.violationCost ?? .infinity
      var due = (requirement.relation == .atLeast ? 0 : -penalty)...(requirement.relation == .atMost ? 0 : penalty)
      if excess > ZonalAudit.tolerance { due = due.lowerBound...due.lowerBound }
      if excess < -ZonalAudit.tolerance { due = due.upperBound...due.upperBound }
      let isDue =
        price >= due.lowerBound - ZonalAudit.priceTolerance && price <= due.upperBound + ZonalAudit.priceTolerance
      return finding(
        requirement.name, !isDue,
        "has a price of \(price); with \(excess) MW beyond what it asks for, \(due.lowerBound) to \(due.upperBound) is due."
      )
    }
  }

  /// A unit that only its bands limit sells energy and services up to their prices and no further.
  func prices() -> [ProblemFinding] {
    market.units.indices.flatMap { index -> [ProblemFinding] in
      let unit = market.units[index]
      return unit.offers.indices.flatMap { position -> [ProblemFinding] in
        let offer = unit.offers[position]
        guard !isHeld(index, in: offer.service) else { return [] }
        let (isEnergy, name) = (offer.service == .energy, offer.service.rawValue)
        let cleared = clearing.dispatch[index][position]
        let price =
          clearing.price(of: offer.service, inRegion: unit.region, of: market) * (isEnergy && unit.isLoad ? -1 : 1)
        let step = 1e-4
        let below = offer.cost(of: cleared, by: unit) - offer.cost(of: max(0, cleared - step), by: unit)
        let above = offer.cost(of: cleared + step, by: unit) - offer.cost(of: cleared, by: unit)
        let most = min(
          isEnergy ? unit.capacity : .infinity, min(offer.maximum, offer.bands.reduce(0) { $0 + $1.quantity }))
        return finding(
          unit.name, cleared > step && below / step > price + ZonalAudit.priceTolerance,
          "sells \(name) at \(price), below its offer.")
          + finding(
            unit.name, cleared < most - step && above / step < price - ZonalAudit.priceTolerance,
            "is left out of \(name) at \(price), above its offer.")
      }
    }
  }

  /// Whether something besides bands and capacity may hold what a unit sells of a service. The price of a service is what its
  /// region's requirements pay; that of energy leaves out whatever constraint the energy stands in.
  private func isHeld(_ index: Int, in service: MarketService) -> Bool {
    let unit = market.units[index]
    if unit.offers.contains(where: { $0.trapezium != nil }) { return true }
    if unit.ramp != nil, service == .energy || !service.isContingency { return true }
    func holds(_ constraint: MarketConstraint, region counts: Bool) -> Bool {
      constraint.terms.contains { term in
        switch term {
        case .region(unit.region, service, _): counts
        case .unit(index, service, _): true
        default: false
        }
      }
    }
    return market.constraints.contains { holds($0, region: true) }
      || market.requirements.contains { holds($0, region: service == .energy) }
  }
}

extension ZonalUnit.Offer {
  /// Cost at the node of a quantity, cheapest bands first; for bids of a load, minus the value, dearest first.
  fileprivate func cost(of quantity: Double, by unit: ZonalUnit) -> Double {
    let worth = service == .energy ? (unit.isLoad ? -1 : 1) / unit.lossFactor : 1
    var rest = quantity
    var cost = 0.0
    for band in bands.sorted(by: { worth * $0.price < worth * $1.price }) {
      let taken = min(rest, band.quantity)
      cost += worth * band.price * taken
      rest -= taken
    }
    return cost
  }
}

extension Interconnector {
  /// Loss at a flow, MW, straight between the points.
  public func loss(atFlow flow: Double) -> Double {
    guard let first = losses.first else { return 0 }
    for (left, right) in zip(losses, losses.dropFirst()) where flow <= right.flow {
      return left.loss + (flow - left.flow) / (right.flow - left.flow) * (right.loss - left.loss)
    }
    return losses.last?.loss ?? first.loss
  }
}
