internal import PowerSystem

extension UnitCommitmentJlFile {
  func problem(named name: String) throws(ImportProblem) -> CommitmentProblem {
    let parameters = try top.member("Parameters")
    let scenario = try parameters.optional("Scenario weight")?.number(atLeast: 0, "")
    var notes = notes
    if let scenario, scenario != 1 {
      notes.append("The file is one scenario of several (weight \(scenario)); it was read as if it were the only one.")
    }
    let penalty = try constant(parameters.optional("Power balance penalty ($/MW)")) ?? 1000
    return CommitmentProblem(
      name: name, intervalCount: intervalCount, hoursPerInterval: hours, units: units, profiledUnits: profiledUnits,
      storages: try storages(), buses: buses, branches: branches, interfaces: try interfaces(),
      contingencies: try contingencies(&notes), priceSensitiveDemands: try priceSensitiveDemands(),
      reserves: try reserves(parameters), shortageCost_perMWh: penalty / hours, notes: notes)
  }

  func branch(_ name: String, _ element: JSONElement) throws(ImportProblem) -> Branch {
    let penalty = try constant(element.optional("Flow limit penalty ($/MW)")) ?? 5000
    return Branch(
      name: name, from: try bus(element.member("Source bus")), to: try bus(element.member("Target bus")),
      susceptance: try element.member("Susceptance (S)").number(),
      limit: try constant(element.optional("Normal flow limit (MW)")) ?? .infinity,
      emergencyLimit: try constant(element.optional("Emergency flow limit (MW)")) ?? .infinity,
      overloadCost_perMWh: penalty / hours)
  }

  private func contingencies(_ notes: inout [String]) throws(ImportProblem) -> [Contingency] {
    var contingencies: [Contingency] = []
    for (name, element) in try top.optional("Contingencies")?.elements("contingency") ?? [] {
      for key in ["Affected generators", "Affected units"] {
        guard let affected = try element.optional(key)?.texts(), !affected.isEmpty else { continue }
        notes.append("\(name): the outage of units (\(affected.joined(separator: ", "))) was left out.")
      }
      let lines = try element.optional("Affected lines").map(branches) ?? []
      if !lines.isEmpty { contingencies.append(Contingency(name: name, branches: lines)) }
    }
    return contingencies
  }

  private func interfaces() throws(ImportProblem) -> [Interface] {
    var interfaces: [Interface] = []
    for (name, element) in try top.optional("Interfaces")?.elements("interface") ?? [] {
      var members: [(index: Int, factor: Double)] = []
      for (line, factor) in try element.member("Branches").elements("line") {
        members.append((try branch(named: line, factor), try factor.number()))
      }
      let lower = try constant(element.optional("Net flow lower limit (MW)")) ?? -.infinity
      let upper = try constant(element.optional("Net flow upper limit (MW)")) ?? .infinity
      guard lower <= upper else {
        throw element.problem("has a lower limit of \(lower) MW above the upper of \(upper) MW; correct one of them.")
      }
      let penalty = try constant(element.optional("Flow limit penalty ($/MW)")) ?? 5000
      interfaces.append(
        Interface(name: name, branches: members, limits: lower...upper, violationCost_perMWh: penalty / hours))
    }
    return interfaces
  }

  private func priceSensitiveDemands() throws(ImportProblem) -> [PriceSensitiveDemand] {
    var demands: [PriceSensitiveDemand] = []
    for (name, element) in try top.optional("Price-sensitive loads")?.elements("load") ?? [] {
      demands.append(
        PriceSensitiveDemand(
          name: name, bus: try bus(element.member("Bus")),
          maximumDemand: try element.member("Demand (MW)").series(intervalCount),
          value_perMWh: try costSeries(element, "Revenue ($/MW)")))
    }
    return demands
  }

  private func reserves(_ parameters: JSONElement) throws(ImportProblem) -> [ReserveRequirement] {
    guard let section = try top.optional("Reserves") else { return [] }
    let system = try constant(parameters.optional("Reserve shortfall penalty ($/MW)")) ?? -1
    func cost(_ penalty: Double) -> Double? { penalty < 0 ? nil : penalty / hours }
    if let spinning = try section.optional("Spinning (MW)")?.series(intervalCount) {
      guard spinning.contains(where: { $0 > 0 }) else { return [] }
      let all = spinningProviders.count == units.count
      return [
        ReserveRequirement(
          name: "spinning", requirement: spinning, shortfallCost_perMWh: cost(system),
          providers: all ? nil : spinningProviders)
      ]
    }
    var reserves: [ReserveRequirement] = []
    for (name, element) in try section.elements("reserve") {
      let type = try element.member("Type")
      let kinds: [String: ReserveRequirement.Kind] = ["spinning": .spinning, "flexiramp": .flexibleRamp]
      guard let kind = kinds[try type.text().lowercased()] else {
        throw type.problem("is \"\(try type.text())\"; write \"spinning\" or \"flexiramp\".")
      }
      reserves.append(
        ReserveRequirement(
          name: name, kind: kind, requirement: try element.member("Amount (MW)").series(intervalCount),
          shortfallCost_perMWh: cost(try constant(element.optional("Shortfall penalty ($/MW)")) ?? system),
          providers: eligibility.indices.filter { eligibility[$0].contains(name) }))
    }
    return reserves
  }
}
