extension CommitmentProblem {
  /// What does not fit in services, fuel supplies and constraints over several outputs.
  func findingsOfCommonLimits() -> [ProblemFinding] {
    var found: [ProblemFinding] = []
    for supply in fuelSupplies {
      if supply.available.count != intervalCount {
        found += seriesFinding(supply.name, "available fuel", supply.available)
      }
      found += unitFindings(supply.name, supply.users.map(\.unit))
      if let wrong = supply.users.first(where: { !($0.price > 0) }) {
        found.append(
          ProblemFinding(element: supply.name, text: "has a fuel price of \(wrong.price); it must be above 0."))
      }
    }
    for constraint in outputConstraints { found += unitFindings(constraint.name, constraint.terms.map(\.unit)) }
    if let services { found += findings(of: services) }
    return found
  }

  private func unitFindings(_ element: String, _ members: [Int]) -> [ProblemFinding] {
    members.filter { !units.indices.contains($0) }.prefix(1).map {
      ProblemFinding(element: element, text: "names unit number \($0), which the problem lacks.")
    }
  }

  private func findings(of services: AncillaryServices) -> [ProblemFinding] {
    let products = AncillaryServices.Product.allCases.count
    var found: [ProblemFinding] = []
    if services.capabilities.count != units.count || services.shortfallCost_perMWh.count != products {
      found.append(
        ProblemFinding(
          element: name,
          text:
            "has services of \(services.capabilities.count) units with \(services.shortfallCost_perMWh.count) costs; "
            + "give one for each of \(units.count) units and \(products) products."))
    }
    for zone in services.zones {
      found += unitFindings(zone.name, zone.units)
      if zone.requirement.count != products {
        found.append(
          ProblemFinding(
            element: zone.name,
            text: "has \(zone.requirement.count) requirements; give one for each of \(products) products."
          ))
      }
      for series in zone.requirement where !series.isEmpty { found += seriesFinding(zone.name, "requirement", series) }
    }
    return found
  }
}
