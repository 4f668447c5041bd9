import PowerSystem

@testable import MarketData

extension EgretReader {
  mutating func addNetwork() throws {
    for (name, branch) in try named("branch") {
      try branch.refuseKeys(otherThan: [
        "from_bus", "to_bus", "reactance", "rating_long_term", "branch_type", "angle_diff_min", "angle_diff_max",
        "violation_penalty", "lazy",
      ])
      guard try branch.member("branch_type").text() == "line", try branch.member("angle_diff_min").number() <= -180,
        try branch.member("angle_diff_max").number() >= 180
      else { throw NotExpressible("\(name) is a transformer or limits its angles.") }
      problem.branches.append(
        Branch(
          name: name, from: try bus(branch.member("from_bus")), to: try bus(branch.member("to_bus")),
          susceptance: base / (try branch.member("reactance").number()),
          limit: try branch.number("rating_long_term", or: .infinity),
          overloadCost_perMWh: try branch.optional("violation_penalty")?.number()))
    }
    for (name, line) in try named("dc_branch") {
      try line.refuseKeys(otherThan: ["from_bus", "to_bus", "rating_long_term"])
      let limit = try line.member("rating_long_term").number()
      problem.directCurrentLines.append(
        DirectCurrentLine(
          name: name, from: try bus(line.member("from_bus")), to: try bus(line.member("to_bus")),
          limits: -limit...limit))
    }
    try addInterfaces()
  }

  private mutating func addInterfaces() throws {
    for (name, interface) in try named("interface") {
      try interface.refuseKeys(otherThan: [
        "lines", "line_orientation", "maximum_limit", "minimum_limit", "violation_penalty", "lazy",
      ])
      let lines = try interface.member("lines").texts()
      let factors = try interface.member("line_orientation").series(lines.count)
      let members = try zip(lines, factors).map { line, factor in
        guard let index = problem.branches.firstIndex(where: { $0.name == line }) else {
          throw NotExpressible("\(name) names \(line), which is no branch.")
        }
        return (index: index, factor: factor)
      }
      let low = try interface.member("minimum_limit").number()
      problem.interfaces.append(
        Interface(
          name: name, branches: members, limits: low...(try interface.member("maximum_limit").number()),
          violationCost_perMWh: try interface.optional("violation_penalty")?.number()))
    }
  }

  mutating func addFuelSupplies() throws {
    for (name, supply) in try named("fuel_supply") {
      try supply.refuseKeys(otherThan: ["fuel_supply_type", "fuel_available"])
      guard try supply.member("fuel_supply_type").text() == "instantaneous" else {
        throw NotExpressible("\(name) is no supply by interval.")
      }
      var users: [FuelSupply.User] = []
      for (unit, generator) in try named("generator") {
        guard let from = try generator.optional("fuel_supply"), try from.text() == name,
          let index = problem.units.firstIndex(where: { $0.name == unit })
        else { continue }
        if try generator.number("non_fuel_startup_cost", or: 0) != 0 {
          throw NotExpressible("\(unit) has limited fuel and costs beside it.")
        }
        users.append(.init(unit: index, price: try generator.member("fuel_cost").number()))
      }
      // Egret writes 1e100 where there is no limit.
      let available = try series(supply.member("fuel_available")).map { $0 < 1e50 ? $0 : .infinity }
      problem.fuelSupplies.append(FuelSupply(name: name, available: available, users: users))
    }
  }

  /// Services of the system and of the areas. Shortfalls cost the shares of the mismatch cost that Egret sets.
  mutating func addServices() throws {
    let products: [(AncillaryServices.Product, key: String, share: Double)] = [
      (.regulationUp, "regulation_up_requirement", 4), (.regulationDown, "regulation_down_requirement", 4),
      (.spinning, "spinning_reserve_requirement", 5), (.nonSpinning, "non_spinning_reserve_requirement", 20.0 / 3),
      (.supplemental, "supplemental_reserve_requirement", 8), (.flexibleUp, "flexible_ramp_up_requirement", 100.0 / 11),
      (.flexibleDown, "flexible_ramp_down_requirement", 100.0 / 11),
    ]
    var zones: [AncillaryServices.Zone] = []
    let places =
      [("system", system, Array(problem.units.indices))]
      + (try named("area").map { name, area in
        (name, area, problem.units.indices.filter { areas[$0] == name })
      })
    for (name, place, units) in places {
      if name != "system" { try place.refuseKeys(otherThan: Set(products.map(\.key))) }
      let requirement = try products.map { try place.optional($0.key).map { try series($0) } ?? [] }
      if requirement.contains(where: { !$0.isEmpty }) {
        zones.append(.init(name: name, units: units, requirement: requirement))
      }
    }
    guard !zones.isEmpty else { return }
    problem.services = AncillaryServices(
      capabilities: capabilities, zones: zones, shortfallCost_perMWh: products.map { mismatchCost / $0.share },
      sharesRamps: try system.optional("reserve_ramping_constraints")?.flag() ?? false)
  }
}
