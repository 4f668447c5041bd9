internal import PowerSystem

extension CommitmentAuditor {
  /// Services against the statuses and outputs. Returns the cost of what is missing.
  mutating func checkServices() -> Double {
    guard let services = problem.services else { return 0 }
    guard serviceShapesFit(services) else { return .nan }
    for unit in problem.units.indices {
      for interval in 0..<problem.intervalCount {
        checkAmounts(ofUnit: unit, in: interval, services)
        checkBand(ofUnit: unit, in: interval, services)
        if services.sharesRamps, interval > 0 || problem.units[unit].initialOutputIsKnown {
          checkSharedRamps(ofUnit: unit, in: interval, services)
        }
      }
    }
    var cost = 0.0
    for zone in services.zones.indices { cost += checkZone(zone, services) }
    return cost
  }

  private mutating func serviceShapesFit(_ services: AncillaryServices) -> Bool {
    let held = commitment.services
    let fits =
      [
        held.regulationUp, held.regulationDown, held.spinning, held.nonSpinning, held.supplementalOnLine,
        held.supplementalOffLine, held.flexibleUp, held.flexibleDown,
      ].allSatisfy { $0.count == problem.units.count && $0.allSatisfy { $0.count == problem.intervalCount } }
      && held.regulates.count == problem.units.count && held.shortfall.count == services.zones.count
    if !fits { findings.append(AuditReport.Finding(constraint: "the shape of the services", excess: .nan)) }
    return fits
  }

  private mutating func checkAmounts(ofUnit index: Int, in interval: Int, _ services: AncillaryServices) {
    let held = commitment.services
    let unit = problem.units[index]
    let can = services.capabilities[index]
    let isOn = commitment.isOn[index][interval]
    let place = "of \(unit.name) in interval \(interval + 1)"
    let (regUp, regDown) = (held.regulationUp[index][interval], held.regulationDown[index][interval])
    let (spinning, online) = (held.spinning[index][interval], held.supplementalOnLine[index][interval])
    let (nonSpinning, offLine) = (held.nonSpinning[index][interval], held.supplementalOffLine[index][interval])
    let (flexUp, flexDown) = (held.flexibleUp[index][interval], held.flexibleDown[index][interval])
    for amount in [regUp, regDown, spinning, online, nonSpinning, offLine, flexUp, flexDown] {
      expect(-amount, atMost: 0, "a service \(place)")
    }
    let regulates = held.regulates[index][interval]
    if regulates, !isOn || can.regulationBand == nil {
      expect(1, atMost: 0, "the regulation \(place), which is off or cannot regulate,")
    }
    // MW within minutes, at the ramp of the unit.
    let perMinuteUp = unit.rampUp / (60 * problem.hoursPerInterval)
    let perMinuteDown = unit.rampDown / (60 * problem.hoursPerInterval)
    let halfBand = can.regulationBand.map { ($0.upperBound - $0.lowerBound) / 2 } ?? 0
    let response = min(halfBand, services.regulationMinutes * can.regulationRamp_perMinute)
    expect(
      regUp, atMost: regulates ? min(response, services.regulationMinutes * perMinuteUp) : 0,
      "the regulation up \(place)")
    expect(
      regDown, atMost: regulates ? min(response, services.regulationMinutes * perMinuteDown) : 0,
      "the regulation down \(place)")
    expect(regUp + spinning, atMost: isOn ? perMinuteUp * services.spinningMinutes : 0, "the spinning reserve \(place)")
    expect(
      regUp + spinning + online, atMost: isOn ? perMinuteUp * services.supplementalMinutes : 0,
      "the supplemental reserve \(place)")
    expect(flexUp, atMost: isOn ? perMinuteUp * services.flexibleMinutes : 0, "the flexible ramp up \(place)")
    expect(flexDown, atMost: isOn ? perMinuteDown * services.flexibleMinutes : 0, "the flexible ramp down \(place)")
    expect(nonSpinning, atMost: isOn ? 0 : can.nonSpinning, "the non-spinning reserve \(place)")
    expect(offLine, atMost: isOn ? 0 : can.supplementalOffLine ?? 0, "the supplemental reserve off line \(place)")
    if let most = can.supplementalOffLine {
      expect(offLine + nonSpinning, atMost: isOn ? 0 : most, "the reserve off line \(place)")
    }
  }

  private mutating func checkBand(ofUnit index: Int, in interval: Int, _ services: AncillaryServices) {
    guard commitment.isOn[index][interval] else { return }
    let held = commitment.services
    let unit = problem.units[index]
    let place = "of \(unit.name) in interval \(interval + 1)"
    let output = commitment.output[index][interval]
    var highest =
      unit.availableOutput.isEmpty ? unit.maximumOutput : min(unit.maximumOutput, unit.availableOutput[interval])
    var lowest = unit.minimumOutput
    if held.regulates[index][interval], let band = services.capabilities[index].regulationBand {
      highest = min(highest, band.upperBound)
      lowest = band.lowerBound
    }
    let up =
      held.flexibleUp[index][interval] + held.regulationUp[index][interval] + held.spinning[index][interval]
      + held.supplementalOnLine[index][interval]
    expect(output + reserve(ofUnit: index, in: interval) + up, atMost: highest, "the output with services \(place)")
    let down = held.flexibleDown[index][interval] + held.regulationDown[index][interval]
    expect(lowest - (output - down), atMost: 0, "the output less services \(place)")
  }

  /// How much of the ramp an interval's services take: their MW times how often their minutes fit into the interval.
  private func rampTaken(_ parts: [(series: [Double], minutes: Double)], in interval: Int) -> Double {
    parts.reduce(0) { sum, part in
      let mean =
        interval == 0 ? part.series[0] : (part.series[interval] + part.series[interval - 1]) / 2
      return sum + mean * 60 * problem.hoursPerInterval / part.minutes
    }
  }

  private mutating func checkSharedRamps(ofUnit index: Int, in interval: Int, _ services: AncillaryServices) {
    let held = commitment.services
    let unit = problem.units[index]
    let place = "of \(unit.name) in interval \(interval + 1)"
    let isOn = commitment.isOn[index][interval]
    let output = commitment.output[index][interval]
    var (wasOn, before) = (unit.initialState.isOn, 0.0)
    if interval > 0 {
      (wasOn, before) = (commitment.isOn[index][interval - 1], commitment.output[index][interval - 1])
    } else if case .on(_, let initial) = unit.initialState {
      before = initial
    }
    let flexible = 60 * problem.hoursPerInterval / services.flexibleMinutes
    let up =
      rampTaken(
        [
          (held.regulationUp[index], services.regulationMinutes), (held.spinning[index], services.spinningMinutes),
          (held.supplementalOnLine[index], services.supplementalMinutes),
        ], in: interval) + flexible * held.flexibleUp[index][interval]
    let down =
      rampTaken([(held.regulationDown[index], services.regulationMinutes)], in: interval)
      + flexible * held.flexibleDown[index][interval]
    func limit(_ limit: Double) -> Double {
      unit.minimumOutput + (limit - unit.minimumOutput) * problem.hoursPerInterval
    }
    let mostUp = isOn ? wasOn ? unit.rampUp : limit(unit.startUpLimit) : -(wasOn ? unit.minimumOutput : 0)
    let mostDown = isOn ? wasOn ? unit.rampDown : 0 : wasOn ? limit(unit.shutDownLimit) : 0
    let rise = output + reserve(ofUnit: index, in: interval) - before
    if isOn, unit.rampUp.isFinite, unit.startUpLimit.isFinite {
      expect(rise + up, atMost: mostUp, "the shared ramp up \(place)")
    }
    if wasOn, unit.rampDown.isFinite, unit.shutDownLimit.isFinite {
      expect(before - output + down, atMost: mostDown, "the shared ramp down \(place)")
    }
  }

  private mutating func checkZone(_ number: Int, _ services: AncillaryServices) -> Double {
    let held = commitment.services
    let zone = services.zones[number]
    func total(_ series: [[Double]], _ interval: Int) -> Double { zone.units.reduce(0) { $0 + series[$1][interval] } }
    var cost = 0.0
    for interval in 0..<problem.intervalCount {
      // What each product has, with what is missing of it.
      let supplemental = total(held.supplementalOnLine, interval) + total(held.supplementalOffLine, interval)
      var has = [
        total(held.regulationUp, interval), total(held.regulationDown, interval), total(held.spinning, interval),
        total(held.nonSpinning, interval), supplemental, total(held.flexibleUp, interval),
        total(held.flexibleDown, interval),
      ]
      for product in has.indices where !zone.requirement[product].isEmpty {
        let missing = held.shortfall[number][product][interval]
        expect(-missing, atMost: 0, "a shortfall of \(zone.name) in interval \(interval + 1)")
        has[product] += missing
        cost += problem.hoursPerInterval * services.shortfallCost_perMWh[product] * missing
      }
      for product in AncillaryServices.Product.allCases where !zone.requirement[product.rawValue].isEmpty {
        let members = product.servedBy.map(\.rawValue).filter { !zone.requirement[$0].isEmpty }
        let lacking = members.reduce(0) { $0 + zone.requirement[$1][interval] - has[$1] }
        expect(lacking, atMost: 0, "\(product) of \(zone.name) in interval \(interval + 1)")
      }
    }
    return cost
  }
}
