internal import Optimization
internal import PowerSystem

/// Variables of the services of one unit, by interval. Empty where the unit cannot hold a service or nobody asks for it.
struct ServiceVariables {
  var regulates: [Variable] = []
  var regulationUp: [Variable] = []
  var regulationDown: [Variable] = []
  var spinning: [Variable] = []
  var nonSpinning: [Variable] = []
  var supplementalOnLine: [Variable] = []
  var supplementalOffLine: [Variable] = []
  var flexibleUp: [Variable] = []
  var flexibleDown: [Variable] = []
}

extension LinearExpression {
  /// Adds a variable of a series where there is one.
  mutating func add(_ coefficient: Double, _ series: [Variable], _ interval: Int) {
    guard !series.isEmpty else { return }
    add(coefficient, series[interval])
  }
}

extension CommitmentModel {
  /// Services held by the units, and what the zones ask for.
  mutating func addServices() {
    guard let services = problem.services else { return }
    for index in problem.units.indices {
      addServiceVariables(ofUnit: index, services)
      for interval in 0..<problem.intervalCount {
        addRegulationLimits(ofUnit: index, in: interval, services)
        addRampedServiceLimits(ofUnit: index, in: interval, services)
        addOffLineLimits(ofUnit: index, in: interval, services)
        addServiceBand(ofUnit: index, in: interval, services)
      }
      if services.sharesRamps { addSharedRamps(ofUnit: index, services) }
    }
    for zone in services.zones { addRequirements(of: zone, services) }
  }

  private mutating func addServiceVariables(ofUnit index: Int, _ services: AncillaryServices) {
    let unit = problem.units[index]
    let can = services.capabilities[index]
    func series(_ isHeld: Bool, _ name: String) -> [Variable] {
      guard isHeld else { return [] }
      return (0..<problem.intervalCount).map { program.addVariable(name: "\(name) of \(unit.name) \($0 + 1)") }
    }
    var held = ServiceVariables()
    let regulates =
      can.regulationBand != nil && (services.asks(for: .regulationUp) || services.asks(for: .regulationDown))
    if regulates {
      held.regulates = (0..<problem.intervalCount).map {
        program.addBinary(name: "regulation on \(unit.name) \($0 + 1)")
      }
    }
    held.regulationUp = series(regulates, "regulation up")
    held.regulationDown = series(regulates, "regulation down")
    held.spinning = series(services.asks(for: .spinning), "spinning")
    held.nonSpinning = series(services.asks(for: .nonSpinning) && can.nonSpinning > 0, "non-spinning")
    held.supplementalOnLine = series(services.asks(for: .supplemental), "supplemental")
    held.supplementalOffLine = series(
      services.asks(for: .supplemental) && can.supplementalOffLine ?? 0 > 0, "supplemental off line")
    let flexes = services.asks(for: .flexibleUp) || services.asks(for: .flexibleDown)
    held.flexibleUp = series(flexes, "flexible ramp up")
    held.flexibleDown = series(flexes, "flexible ramp down")
    serviceVariables.append(held)
  }

  /// amount ≤ limit · status. A limit of ∞ is none, as the output limits hold as well.
  private mutating func limit(_ amount: LinearExpression, to limit: Double, while status: Variable, _ name: String) {
    guard limit.isFinite, !amount.terms.isEmpty else { return }
    var row = amount
    row.add(-limit, status)
    program.constrain(row, atMost: 0, name: name)
  }

  private mutating func addRegulationLimits(ofUnit index: Int, in interval: Int, _ services: AncillaryServices) {
    let held = serviceVariables[index]
    guard !held.regulates.isEmpty else { return }
    let name = "of \(problem.units[index].name) in interval \(interval + 1)"
    let (up, down) = problem.regulationLimits(ofUnit: index, services)
    var needsStatus = LinearExpression()
    needsStatus.add(1, held.regulates[interval])
    limit(needsStatus, to: 1, while: units[index].isOn[interval], "regulation \(name)")
    for (series, most) in [(held.regulationUp, up), (held.regulationDown, down)] {
      var amount = LinearExpression()
      amount.add(1, series[interval])
      limit(amount, to: most, while: held.regulates[interval], "amount of regulation \(name)")
    }
  }

  /// What is delivered within minutes is no more than the ramp of these minutes.
  private mutating func addRampedServiceLimits(ofUnit index: Int, in interval: Int, _ services: AncillaryServices) {
    let held = serviceVariables[index]
    let unit = problem.units[index]
    let isOn = units[index].isOn[interval]
    let up = unit.rampUp / problem.hoursPerInterval / 60
    let down = unit.rampDown / problem.hoursPerInterval / 60
    let place = "of \(unit.name) in interval \(interval + 1)"
    var fast = LinearExpression()
    fast.add(1, held.regulationUp, interval)
    fast.add(1, held.spinning, interval)
    limit(fast, to: up * services.spinningMinutes, while: isOn, "spinning \(place)")
    fast.add(1, held.supplementalOnLine, interval)
    limit(fast, to: up * services.supplementalMinutes, while: isOn, "supplemental \(place)")
    for (series, ramp) in [(held.flexibleUp, up), (held.flexibleDown, down)] {
      var amount = LinearExpression()
      amount.add(1, series, interval)
      limit(amount, to: ramp * services.flexibleMinutes, while: isOn, "flexible ramp \(place)")
    }
  }

  /// amount ≤ limit · (1 − on).
  private mutating func addOffLineLimits(ofUnit index: Int, in interval: Int, _ services: AncillaryServices) {
    let held = serviceVariables[index]
    let can = services.capabilities[index]
    let place = "of \(problem.units[index].name) in interval \(interval + 1)"
    var amount = LinearExpression()
    amount.add(1, held.nonSpinning, interval)
    var limits = [can.nonSpinning]
    var rows = [amount]
    if let most = can.supplementalOffLine {
      amount.add(1, held.supplementalOffLine, interval)
      limits.append(most)
      rows.append(amount)
    }
    for (var row, most) in zip(rows, limits) where !row.terms.isEmpty {
      row.add(most, units[index].isOn[interval])
      program.constrain(row, atMost: most, name: "reserve off line \(place)")
    }
  }

  /// Output with everything that raises it stays below the maximum, with everything that lowers it above the minimum; both
  /// are narrower while regulating.
  private mutating func addServiceBand(ofUnit index: Int, in interval: Int, _ services: AncillaryServices) {
    let held = serviceVariables[index]
    let unit = problem.units[index]
    let place = "of \(unit.name) in interval \(interval + 1)"
    let maximum =
      unit.availableOutput.isEmpty ? unit.maximumOutput : min(unit.maximumOutput, unit.availableOutput[interval])
    var up = headroom(ofUnit: index, in: interval)
    for series in [held.flexibleUp, held.regulationUp, held.spinning, held.supplementalOnLine] {
      up.add(1, series, interval)
    }
    up.add(unit.minimumOutput - maximum, units[index].isOn[interval])
    var down = LinearExpression()
    down.add(1, units[index].above[interval])
    for series in [held.flexibleDown, held.regulationDown] { down.add(-1, series, interval) }
    if let band = services.capabilities[index].regulationBand {
      up.add(max(0, maximum - band.upperBound), held.regulates, interval)
      down.add(unit.minimumOutput - band.lowerBound, held.regulates, interval)
    }
    program.constrain(up, atMost: 0, name: "head-room for services \(place)")
    program.constrain(down, atLeast: 0, name: "room below for services \(place)")
  }

  /// Provided with what is missing + the same of all higher products ≥ the requirements of all of them.
  private mutating func addRequirements(of zone: AncillaryServices.Zone, _ services: AncillaryServices) {
    let missing: [[Variable]] = AncillaryServices.Product.allCases.map { product in
      zone.requirement[product.rawValue].enumerated().map { interval, required in
        program.addVariable(
          name: "shortfall of \(product) in \(zone.name) \(interval + 1)", in: 0...max(0, required),
          objective: problem.hoursPerInterval * services.shortfallCost_perMWh[product.rawValue])
      }
    }
    serviceShortfall.append(missing)
    for product in AncillaryServices.Product.allCases where !zone.requirement[product.rawValue].isEmpty {
      let served = product.servedBy.filter { !zone.requirement[$0.rawValue].isEmpty }
      for interval in 0..<problem.intervalCount {
        var provided = LinearExpression()
        var required = 0.0
        for member in served {
          for unit in zone.units {
            for series in serviceVariables[unit].series(of: member) { provided.add(1, series, interval) }
          }
          provided.add(1, missing[member.rawValue][interval])
          required += zone.requirement[member.rawValue][interval]
        }
        program.constrain(provided, atLeast: required, name: "\(product) of \(zone.name) in interval \(interval + 1)")
      }
    }
  }
}

extension ServiceVariables {
  /// The series that count for a product.
  func series(of product: AncillaryServices.Product) -> [[Variable]] {
    switch product {
    case .regulationUp: [regulationUp]
    case .regulationDown: [regulationDown]
    case .spinning: [spinning]
    case .nonSpinning: [nonSpinning]
    case .supplemental: [supplementalOnLine, supplementalOffLine]
    case .flexibleUp: [flexibleUp]
    case .flexibleDown: [flexibleDown]
    }
  }
}

extension CommitmentProblem {
  /// Most regulation up and down of a unit, MW: half the band, the automatic response and the ramp of the minutes in which
  /// it is delivered.
  func regulationLimits(ofUnit index: Int, _ services: AncillaryServices) -> (up: Double, down: Double) {
    let can = services.capabilities[index]
    guard let band = can.regulationBand else { return (0, 0) }
    let most = min(
      (band.upperBound - band.lowerBound) / 2, services.regulationMinutes * can.regulationRamp_perMinute)
    func ramped(_ ramp: Double) -> Double { min(most, ramp / hoursPerInterval / 60 * services.regulationMinutes) }
    return (ramped(units[index].rampUp), ramped(units[index].rampDown))
  }
}
