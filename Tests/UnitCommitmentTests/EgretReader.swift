import Foundation
import PowerSystem

@testable import MarketData

/// Reader of Egret's unit commitment instances (reference_cases/egret), as Egret's own model takes them
/// (gridx-egret 0.6.2, model_library/unit_commitment). What it does not know, it refuses.
struct EgretReader {
  static let systemKeys: Set = [
    "name", "time_keys", "time_period_length_minutes", "load_mismatch_cost", "reserve_shortfall_cost", "baseMVA",
    "reference_bus", "reference_bus_angle", "reserve_requirement", "reserve_ramping_constraints",
    "spinning_reserve_requirement", "non_spinning_reserve_requirement", "regulation_up_requirement",
    "regulation_down_requirement", "flexible_ramp_up_requirement", "flexible_ramp_down_requirement",
    "supplemental_reserve_requirement",
  ]
  static let elementKinds: Set = [
    "bus", "load", "branch", "dc_branch", "interface", "zone", "area", "generator", "storage", "fuel_supply",
    "security_constraint",
  ]

  let system: JSONElement
  let elements: JSONElement
  let count: Int
  /// Cost of demand that is not served, from which Egret derives the other penalties.
  let mismatchCost: Double
  let base: Double
  var problem: CommitmentProblem
  /// Services that the units can hold, by unit.
  var capabilities: [AncillaryServices.Capability] = []
  /// Area of each unit.
  var areas: [String?] = []

  /// - Throws: ``NotExpressible`` with one sentence.
  init(_ document: JSONElement, name: String) throws {
    system = try document.member("system")
    elements = try document.member("elements")
    try system.refuseKeys(otherThan: Self.systemKeys)
    try elements.refuseKeys(otherThan: Self.elementKinds)
    count = try system.member("time_keys").list().count
    guard try system.member("time_period_length_minutes").number() == 60 else {
      throw NotExpressible("the intervals are not hours.")
    }
    mismatchCost = try system.number("load_mismatch_cost", or: 1e6)
    base = try system.number("baseMVA", or: 1)
    problem = CommitmentProblem(
      name: name, intervalCount: count, shortageCost_perMWh: mismatchCost, surplusCost_perMWh: mismatchCost)
    for kind in ["storage", "zone"] where try !named(kind).isEmpty {
      throw NotExpressible("there is a \(kind), which the reader does not know.")
    }
    try addBuses()
    for (name, generator) in try named("generator") { try add(name, generator) }
    try addNetwork()
    try addFuelSupplies()
    try addSecurityConstraints()
    try addReserve()
    try addServices()
  }

  func named(_ kind: String) throws -> [(name: String, element: JSONElement)] {
    try elements.optional(kind)?.elements(kind) ?? []
  }

  /// A number or a time series.
  func series(_ field: JSONElement) throws -> [Double] {
    guard case .object = field.value else { return try field.series(count) }
    guard try field.member("data_type").text() == "time_series" else {
      throw NotExpressible("\(field.element), \(field.field) is no time series.")
    }
    return try field.member("values").series(count)
  }

  func bus(_ field: JSONElement) throws -> Int {
    let name = try field.text()
    guard let index = problem.buses.firstIndex(where: { $0.name == name }) else {
      throw NotExpressible("\(field.element) stands at \(name), which is no bus.")
    }
    return index
  }

  private mutating func addBuses() throws {
    for (name, _) in try named("bus") {
      problem.buses.append(Bus(name: name, demand: [Double](repeating: 0, count: count)))
    }
    for (name, load) in try named("load") {
      try load.refuseKeys(otherThan: ["bus", "in_service", "p_load", "p_price"])
      guard try load.member("in_service").flag() else { continue }
      let at = try bus(load.member("bus"))
      let demand = try series(load.member("p_load"))
      if let price = try load.optional("p_price") {
        problem.priceSensitiveDemands.append(
          PriceSensitiveDemand(name: name, bus: at, maximumDemand: demand, value_perMWh: try series(price)))
      } else {
        problem.buses[at].demand = zip(problem.buses[at].demand, demand).map { $0 + $1 }
      }
    }
  }

  /// Reserve of the whole system beside the services.
  private mutating func addReserve() throws {
    guard let requirement = try system.optional("reserve_requirement") else { return }
    problem.reserves.append(
      ReserveRequirement(
        name: "reserve", requirement: try series(requirement),
        shortfallCost_perMWh: try system.number("reserve_shortfall_cost", or: mismatchCost / 10)))
  }

  private mutating func addSecurityConstraints() throws {
    for (name, constraint) in try named("security_constraint") {
      try constraint.refuseKeys(otherThan: [
        "security_constraint_type", "lower_bound", "upper_bound", "coefs", "violation_penalty",
      ])
      let values = try constraint.member("coefs").member("values")
      try values.refuseKeys(otherThan: ["generator"])
      var terms: [OutputConstraint.Term] = []
      for unit in try values.member("generator").keys {
        guard let index = problem.units.firstIndex(where: { $0.name == unit }) else {
          throw NotExpressible("\(name) names \(unit), which is no thermal unit.")
        }
        terms.append(.init(unit: index, factor: try values.member("generator").member(unit).number()))
      }
      let lower = try constraint.number("lower_bound", or: -.infinity)
      problem.outputConstraints.append(
        OutputConstraint(
          name: name, terms: terms, limits: lower...(try constraint.number("upper_bound", or: .infinity)),
          violationCost_perMWh: try constraint.optional("violation_penalty")?.number()))
    }
  }
}
