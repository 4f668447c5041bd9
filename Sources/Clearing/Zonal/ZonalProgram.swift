internal import Optimization

/// A zonal market as a linear program, one function for each family of limits.
struct ZonalProgram {
  /// How the segments of losses are chosen.
  enum Segments {
    /// Any mix of points; right where losses cost.
    case free
    /// Neighbouring points only.
    case integer
    /// The points of one segment of each interconnector.
    case chosen([Int])
  }

  private let market: ZonalMarket
  private(set) var program = LinearProgram()
  /// Cleared quantity by unit and offer.
  private var quantity: [[LinearExpression]] = []
  private var flow: [Variable] = []
  private var loss: [LinearExpression] = []
  /// Weights of the loss points.
  private var weights: [[Variable]] = []
  private var balance: [LinearProgram.Constraint] = []
  private var requirement: [LinearProgram.Constraint] = []
  private var missed: [LinearExpression] = []
  private var shortage: [LinearExpression] = []

  init(_ market: ZonalMarket, segments: Segments) {
    self.market = market
    for unit in market.units { addOffers(of: unit) }
    for index in market.units.indices {
      addCapacityAndRamp(index)
      addTrapezia(index)
    }
    for (index, line) in market.interconnectors.enumerated() { addInterconnector(line, index, segments) }
    for index in market.regions.indices { addBalance(index) }
    requirement = market.requirements.map { add($0) }
    for constraint in market.constraints { _ = add(constraint) }
  }

  private mutating func addOffers(of unit: ZonalUnit) {
    quantity.append(
      unit.offers.map { offer in
        let isEnergy = offer.service == .energy
        let worth = isEnergy ? (unit.isLoad ? -1 : 1) / unit.lossFactor : 1
        let bands = offer.bands.map {
          program.addVariable(
            name: "\(offer.service.rawValue) of \(unit.name)", in: 0...$0.quantity, objective: worth * $0.price)
        }
        let total = LinearExpression.sum(of: bands)
        if offer.maximum.isFinite {
          program.constrain(total, atMost: offer.maximum, name: "maximum of \(offer.service.rawValue) of \(unit.name)")
        }
        return total
      })
  }

  /// Cleared quantity of a service of a unit; nil where it offers none.
  private func quantity(_ service: MarketService, ofUnit unit: Int) -> LinearExpression? {
    market.units[unit].offers.firstIndex { $0.service == service }.map { quantity[unit][$0] }
  }

  /// Energy within capacity; energy with regulation within the ramps (joint ramping).
  private mutating func addCapacityAndRamp(_ index: Int) {
    let unit = market.units[index]
    guard let energy = quantity(.energy, ofUnit: index) else { return }
    if unit.capacity.isFinite { program.constrain(energy, atMost: unit.capacity, name: "capacity of \(unit.name)") }
    guard let ramp = unit.ramp else { return }
    let nothing = LinearExpression()
    let up = quantity(unit.isLoad ? .lowerRegulation : .raiseRegulation, ofUnit: index) ?? nothing
    let down = quantity(unit.isLoad ? .raiseRegulation : .lowerRegulation, ofUnit: index) ?? nothing
    program.constrain(energy + up, atMost: ramp.initial + ramp.up, name: "ramp up of \(unit.name)")
    program.constrain(energy - down, atLeast: ramp.initial - ramp.down, name: "ramp down of \(unit.name)")
  }

  /// Energy and an ancillary service within the trapezium of the service; a contingency service shares it with the
  /// regulation in the same direction of output (joint capacity).
  private mutating func addTrapezia(_ index: Int) {
    let unit = market.units[index]
    let energy = quantity(.energy, ofUnit: index) ?? LinearExpression()
    for (position, offer) in unit.offers.enumerated() {
      guard let shape = offer.trapezium, offer.service != .energy else { continue }
      let service = quantity[index][position]
      var upper = energy + ((shape.highest - shape.highBreak) / shape.maximum) * service
      var lower = energy - ((shape.lowBreak - shape.least) / shape.maximum) * service
      if offer.service.isContingency {
        let up = unit.isLoad ? MarketService.lowerRegulation : .raiseRegulation
        let down = unit.isLoad ? MarketService.raiseRegulation : .lowerRegulation
        if let regulation = quantity(up, ofUnit: index) { upper += regulation }
        if let regulation = quantity(down, ofUnit: index) { lower -= regulation }
      }
      let name = "\(offer.service.rawValue) with energy of \(unit.name)"
      program.constrain(upper, atMost: shape.highest, name: "upper slope of \(name)")
      program.constrain(lower, atLeast: shape.least, name: "lower slope of \(name)")
    }
  }

  private mutating func addInterconnector(_ line: Interconnector, _ index: Int, _ segments: Segments) {
    let flow = program.addVariable(name: "flow of \(line.name)", in: line.limits)
    self.flow.append(flow)
    guard line.losses.count > 1 else {
      loss.append(LinearExpression(constant: line.losses.first?.loss ?? 0))
      weights.append([])
      return
    }
    let weights = line.losses.indices.map { point -> Variable in
      var upper = 1.0
      if case .chosen(let choice) = segments, point != choice[index], point != choice[index] + 1 { upper = 0 }
      return program.addVariable(name: "loss point \(point + 1) of \(line.name)", in: 0...upper)
    }
    self.weights.append(weights)
    let points = zip(weights, line.losses)
    program.constrain(LinearExpression.sum(of: weights), equalTo: 1, name: "loss points of \(line.name)")
    program.constrain(
      LinearExpression.sum(of: points.map { $0.1.flow * $0.0 }) - flow, equalTo: 0, name: "loss of \(line.name)")
    loss.append(LinearExpression.sum(of: points.map { $0.1.loss * $0.0 }))
    if case .integer = segments { addChoice(of: weights, line.name) }
  }

  /// One segment is chosen, and only its two points have weight.
  private mutating func addChoice(of weights: [Variable], _ name: String) {
    let chosen = (0..<weights.count - 1).map { program.addBinary(name: "segment \($0 + 1) of \(name)") }
    program.constrain(LinearExpression.sum(of: chosen), equalTo: 1, name: "one segment of \(name)")
    for (point, weight) in weights.enumerated() {
      let around = [point - 1, point].filter { chosen.indices.contains($0) }.map { chosen[$0] }
      program.constrain(weight - LinearExpression.sum(of: around), atMost: 0, name: "neighbours of \(name)")
    }
  }

  private mutating func addBalance(_ region: Int) {
    var net = LinearExpression()
    for (index, unit) in market.units.enumerated() where unit.region == region {
      guard let energy = quantity(.energy, ofUnit: index) else { continue }
      if unit.isLoad { net -= energy } else { net += energy }
    }
    for (index, line) in market.interconnectors.enumerated() {
      if line.from == region {
        net -= flow[index]
        net -= line.lossShareOfFrom * loss[index]
      }
      if line.to == region {
        net += flow[index]
        net -= (1 - line.lossShareOfFrom) * loss[index]
      }
    }
    let content = market.regions[region]
    var missing = LinearExpression()
    if let cost = content.shortageCost_perMWh {
      missing = program.addVariable(name: "shortage of \(content.name)", objective: cost).expression
    }
    shortage.append(missing)
    balance.append(program.constrain(net + missing, equalTo: content.demand, name: "balance of \(content.name)"))
  }

  private mutating func add(_ constraint: MarketConstraint) -> LinearProgram.Constraint {
    var sum = LinearExpression()
    for term in constraint.terms {
      switch term {
      case .region(let region, let service, let factor):
        for (index, unit) in market.units.enumerated() where unit.region == region {
          let sign: Double = unit.isLoad && service == .energy ? -1 : 1
          if let quantity = quantity(service, ofUnit: index) { sum += sign * factor * quantity }
        }
      case .unit(let index, let service, let factor):
        if let quantity = quantity(service, ofUnit: index) { sum += factor * quantity }
      case .interconnector(let index, let factor): sum += factor * flow[index]
      }
    }
    var missing = LinearExpression()
    if let cost = constraint.violationCost {
      if constraint.relation != .atMost {
        missing += program.addVariable(name: "deficit of \(constraint.name)", objective: cost)
      }
      if constraint.relation != .atLeast {
        missing -= program.addVariable(name: "surplus of \(constraint.name)", objective: cost)
      }
    }
    missed.append(missing)
    let total = sum + missing
    return switch constraint.relation {
    case .atMost: program.constrain(total, atMost: constraint.rightSide, name: constraint.name)
    case .atLeast: program.constrain(total, atLeast: constraint.rightSide, name: constraint.name)
    case .equal: program.constrain(total, equalTo: constraint.rightSide, name: constraint.name)
    }
  }
}

// MARK: - Reading a solution

extension ZonalProgram {
  /// Whether every interconnector mixes neighbouring points only.
  func usesNeighbours(_ solution: Solution) -> Bool {
    weights.allSatisfy { weights in
      let used = weights.indices.filter { solution[weights[$0]] > 1e-7 }
      return (used.last ?? 0) - (used.first ?? 0) <= 1
    }
  }

  /// First point of the segment that each interconnector uses.
  func segments(_ solution: Solution) -> [Int] {
    weights.map { weights in
      min(weights.firstIndex { solution[$0] > 1e-6 } ?? 0, max(0, weights.count - 2))
    }
  }

  func clearing(_ solution: Solution) -> ZonalClearing {
    ZonalClearing(
      dispatch: quantity.map { $0.map { solution.value(of: $0) } }, flow: flow.map { solution[$0] },
      loss: loss.map { solution.value(of: $0) }, energyPrice: balance.map { solution.dual(of: $0) ?? .nan },
      requirementPrice: requirement.map { solution.dual(of: $0) ?? .nan },
      violation: missed.map { abs(solution.value(of: $0)) }, shortage: shortage.map { solution.value(of: $0) },
      cost: solution.objective)
  }
}
