internal import Optimization
public import PowerSystem

/// What a zonal market cleared.
public struct ZonalClearing: Sendable, Equatable {
  /// MW of each unit's offers, by unit, then offer.
  public var dispatch: [[Double]]
  /// Flow and loss of each interconnector, MW.
  public var flow: [Double]
  public var loss: [Double]
  /// Energy price of each region: cost of another MWh of its demand.
  public var energyPrice: [Double]
  /// Dual of each requirement: cost of another MW of it.
  public var requirementPrice: [Double]
  /// By how much each constraint that may be missed is, MW; requirements first.
  public var violation: [Double]
  /// Demand not served, by region, MW.
  public var shortage: [Double]
  /// Cost of the hour as offered at the nodes, with penalties.
  public var cost: Double

  /// Price of an ancillary service in a region: the sum of its requirements' duals.
  public func price(of service: MarketService, inRegion region: Int, of market: ZonalMarket) -> Double {
    if service == .energy { return energyPrice[region] }
    return zip(market.requirements, requirementPrice).reduce(0) { sum, pair in
      let factor = pair.0.terms.reduce(0.0) { sum, term in
        if case .region(region, service, let factor) = term { sum + factor } else { sum }
      }
      return sum + factor * pair.1
    }
  }
}

/// Clears energy and ancillary services of one interval together, at least cost as offered.
///
/// Where an interconnector's losses bend the wrong way (a negative price makes losing worth it), the segments are chosen
/// by integers first and the prices come from the program with those segments.
public func clear(_ market: ZonalMarket, timeLimit: Double = 60) throws(DispatchError) -> ZonalClearing {
  let findings = market.findings()
  guard findings.isEmpty else { throw .unfit(findings) }
  let limits = SolverSettings(timeLimit: timeLimit, relativeGap: 1e-9)
  do {
    let model = ZonalProgram(market, segments: .free)
    let solution = try solve(model.program, settings: limits)
    if model.usesNeighbours(solution) { return model.clearing(solution) }
    let chosen = ZonalProgram(market, segments: .integer)
    let choice = chosen.segments(try solve(chosen.program, settings: limits))
    let priced = ZonalProgram(market, segments: .chosen(choice))
    return priced.clearing(try solve(priced.program, settings: limits))
  } catch { throw DispatchError(error) }
}

extension ZonalMarket {
  /// Everything that does not fit together.
  public func findings() -> [ProblemFinding] {
    var found: [ProblemFinding] = []
    if regions.isEmpty {
      found.append(ProblemFinding(element: "The market", text: "has no region; give at least one."))
    }
    if units.isEmpty { found.append(ProblemFinding(element: "The market", text: "has no unit; give at least one.")) }
    if !units.isEmpty, units.allSatisfy({ $0.offers.allSatisfy(\.bands.isEmpty) }) {
      found.append(ProblemFinding(element: "The market", text: "has no band of price and quantity; give at least one."))
    }
    for region in regions where !region.demand.isFinite {
      found.append(ProblemFinding(element: region.name, text: "has a demand that is no finite number."))
    }
    for region in regions {
      guard let cost = region.shortageCost_perMWh, !(cost >= 0 && cost.isFinite) else { continue }
      found.append(
        ProblemFinding(element: region.name, text: "has a shortage cost of \(cost) per MWh; it is at least 0."))
    }
    for unit in units { found += texts(of: unit).map { ProblemFinding(element: unit.name, text: $0) } }
    for line in interconnectors { found += texts(of: line).map { ProblemFinding(element: line.name, text: $0) } }
    for constraint in requirements + constraints where !isWhole(constraint) {
      found.append(
        ProblemFinding(element: constraint.name, text: "names what the market does not have, or a number that is none.")
      )
    }
    return found
  }

  private func texts(of unit: ZonalUnit) -> [String] {
    var texts: [String] = []
    if !regions.indices.contains(unit.region) { texts.append("stands in a region that the market does not have.") }
    if !(unit.lossFactor > 0) || !unit.lossFactor.isFinite {
      texts.append("has a loss factor of \(unit.lossFactor); it is above 0.")
    }
    if !(unit.capacity >= 0) { texts.append("has a capacity of \(unit.capacity) MW; the least is 0.") }
    if let ramp = unit.ramp,
      !(ramp.initial.isFinite && ramp.up >= 0 && ramp.down >= 0 && (ramp.up + ramp.down).isFinite)
    {
      texts.append("has a ramp that is none: \(ramp.initial) MW before, \(ramp.up) MW up, \(ramp.down) MW down.")
    }
    if Set(unit.offers.map(\.service)).count < unit.offers.count { texts.append("offers a service twice.") }
    for offer in unit.offers {
      if !offer.bands.allSatisfy({ $0.price.isFinite && $0.quantity >= 0 && $0.quantity.isFinite })
        || !(offer.maximum >= 0)
      {
        texts.append("offers \(offer.service.rawValue) with a price or quantity that is none.")
      }
      if let shape = offer.trapezium,
        !(shape.maximum > 0 && shape.maximum.isFinite && shape.least.isFinite && shape.highest.isFinite
          && shape.least <= shape.lowBreak && shape.lowBreak <= shape.highBreak
          && shape.highBreak <= shape.highest)
      {
        texts.append("offers \(offer.service.rawValue) with break points that do not rise.")
      }
    }
    return texts
  }

  private func texts(of line: Interconnector) -> [String] {
    guard regions.indices.contains(line.from), regions.indices.contains(line.to), line.from != line.to else {
      return ["does not connect two regions of the market."]
    }
    guard (0...1).contains(line.lossShareOfFrom) else {
      return ["has \(line.lossShareOfFrom) of its loss in the first region; a share lies from 0 to 1."]
    }
    guard let first = line.losses.first, let last = line.losses.last else { return [] }
    let rises = zip(line.losses, line.losses.dropFirst()).allSatisfy { $0.flow < $1.flow }
    let isCovered = first.flow <= line.limits.lowerBound && last.flow >= line.limits.upperBound
    return rises && isCovered && line.losses.allSatisfy({ $0.loss.isFinite })
      ? [] : ["has losses that do not cover its limits by rising flow."]
  }

  private func isWhole(_ constraint: MarketConstraint) -> Bool {
    constraint.rightSide.isFinite && (constraint.violationCost ?? 0) >= 0 && (constraint.violationCost ?? 0).isFinite
      && constraint.terms.allSatisfy { term in
        switch term {
        case .region(let index, _, let factor): regions.indices.contains(index) && factor.isFinite
        case .unit(let index, _, let factor): units.indices.contains(index) && factor.isFinite
        case .interconnector(let index, let factor): interconnectors.indices.contains(index) && factor.isFinite
        }
      }
  }
}
