import Foundation
import PowerSystem

@testable import MarketData

/// Reader of reference_cases/pypsa_unit_commitment.json: cases of PyPSA's own tests with the optimum of its solver.
struct PypsaReader {
  /// A link as a unit: fuel is bought at one bus, power delivered at the other.
  struct Link {
    var name: String
    var from: String
    var attributes: [String: Double]
  }

  /// The file counts links without describing them; this one is described by PyPSA's test of the same name
  /// (test/test_lopf_unit_commitment.py, PyPSA 1.0.0).
  static let links = [
    "test_link_unit_commitment": Link(
      name: "OCGT", from: "gas",
      attributes: [
        "p_nom": 12000, "p_min_pu": 0.1, "efficiency": 0.5, "up_time_before": 0, "min_up_time": 3,
        "start_up_cost": 3333,
      ])
  ]

  static let unitKeys: Set = [
    "bus", "p_nom", "p_min_pu", "p_max_pu", "marginal_cost", "marginal_cost_quadratic", "committable",
    "start_up_cost", "shut_down_cost", "stand_by_cost", "min_up_time", "min_down_time", "up_time_before",
    "down_time_before", "ramp_limit_up", "ramp_limit_down", "ramp_limit_start_up", "ramp_limit_shut_down",
  ]
  static let networkKeys: Set = [
    "snapshots", "generators", "loads", "generator_series", "links", "objective", "result_status", "result_p",
  ]

  let test: String
  let network: JSONElement
  let count: Int
  var problem: CommitmentProblem

  /// - Throws: ``NotExpressible`` with one sentence.
  init(test: String, network: JSONElement) throws {
    self.test = test
    self.network = network
    try network.refuseKeys(otherThan: Self.networkKeys)
    count = try network.member("snapshots").wholeNumber(atLeast: 1, "snapshots")
    var demand = [Double](repeating: 0, count: count)
    for (_, load) in try network.member("loads").elements("load") {
      demand = zip(demand, try load.series(count)).map { $0 + $1 }
    }
    problem = CommitmentProblem(name: test, intervalCount: count, buses: [Bus(name: "bus", demand: demand)])
    let link = Self.links[test]
    if try network.optional("links") != nil, link == nil {
      throw NotExpressible("the file counts the links without their attributes, of which the number depends.")
    }
    for (name, generator) in try network.member("generators").elements("generator") {
      if let link, try generator.member("bus").text() == link.from {
        try add(link, fuel: generator)
      } else {
        try add(name, generator)
      }
    }
  }

  var expected: Double? { get throws { try network.optional("objective")?.number() } }

  private func series(_ key: String, _ name: String) throws -> [Double]? {
    try network.optional("generator_series")?.optional(key)?.optional(name)?.series(count)
  }

  private mutating func add(_ name: String, _ generator: JSONElement) throws {
    try generator.refuseKeys(otherThan: Self.unitKeys)
    guard let capacity = try generator.optional("p_nom")?.number(), capacity > 0 else {
      throw NotExpressible("\(name) has no capacity p_nom, as that is itself a decision.")
    }
    if try generator.member("committable").text() == "True" {
      try addUnit(name, generator, capacity)
    } else {
      try addProfiledUnit(name, generator, capacity)
    }
  }

  private mutating func addProfiledUnit(_ name: String, _ generator: JSONElement, _ capacity: Double) throws {
    func shares(_ key: String, or standard: Double) throws -> [Double] {
      try series(key, name) ?? [Double](repeating: try generator.number(key, or: standard), count: count)
    }
    func ramp(_ key: String) throws -> [Double] {
      guard try generator.optional(key) != nil || series(key, name) != nil else { return [] }
      return try shares(key, or: 1).map { $0 * capacity }
    }
    problem.profiledUnits.append(
      ProfiledUnit(
        name: name, minimumOutput: try shares("p_min_pu", or: 0).map { $0 * capacity },
        maximumOutput: try shares("p_max_pu", or: 1).map { $0 * capacity },
        cost_perMWh: try shares("marginal_cost", or: 0), rampUp: try ramp("ramp_limit_up"),
        rampDown: try ramp("ramp_limit_down")))
  }

  private mutating func addUnit(_ name: String, _ generator: JSONElement, _ capacity: Double) throws {
    for key in ["ramp_limit_up", "ramp_limit_down", "p_min_pu"] where try series(key, name) != nil {
      throw NotExpressible("\(name) is committable and has a \(key) that varies.")
    }
    guard try generator.number("marginal_cost_quadratic", or: 0) == 0 else {
      throw NotExpressible("\(name) has a quadratic cost.")
    }
    var attributes: [String: Double] = [:]
    for key in Self.unitKeys.subtracting(["bus", "committable", "marginal_cost_quadratic"]) {
      if let value = try generator.optional(key) { attributes[key] = try value.number() }
    }
    let costs = try series("marginal_cost", name)
    if costs != nil { attributes["marginal_cost"] = 0 }
    var unit = try Self.unit(name, attributes, count: count)
    unit.costAdder = costs ?? []
    unit.availableOutput = try series("p_max_pu", name)?.map { $0 * capacity } ?? []
    problem.units.append(unit)
  }

  /// A link as a unit whose fuel is bought at the price of the generator at its first bus, which must not limit it.
  private mutating func add(_ link: Link, fuel: JSONElement) throws {
    guard let capacity = link.attributes["p_nom"], let efficiency = link.attributes["efficiency"],
      try fuel.member("p_nom").number() >= capacity
    else { throw NotExpressible("\(link.name) buys from a generator smaller than itself.") }
    var attributes = link.attributes
    attributes["p_nom"] = capacity * efficiency
    attributes["marginal_cost"] = try fuel.member("marginal_cost").number() / efficiency
    problem.units.append(try Self.unit(link.name, attributes, count: count))
  }

  private static func unit(_ name: String, _ attributes: [String: Double], count: Int) throws -> CommittableUnit {
    func value(_ key: String, or standard: Double) -> Double { attributes[key] ?? standard }
    let capacity = value("p_nom", or: 0)
    let price = value("marginal_cost", or: 0)
    let outputs = [value("p_min_pu", or: 0) * capacity, value("p_max_pu", or: 1) * capacity]
    func limit(_ key: String) -> Double { attributes[key].map { $0 * capacity } ?? .infinity }
    for (ramp, atEnds) in [("ramp_limit_up", "ramp_limit_start_up"), ("ramp_limit_down", "ramp_limit_shut_down")]
    where min(limit(atEnds), outputs[1]) > outputs[0] + limit(ramp) {
      throw NotExpressible("\(name) may start or stop with more than its ramp above its minimum output.")
    }
    let wasOn = value("up_time_before", or: 1) > 0
    let downBefore = Int(value("down_time_before", or: 0))
    let minimumDown = Int(value("min_down_time", or: 0))
    // A time off line of 0 is taken for an unknown one, after which a start is free.
    var unit = CommittableUnit(
      name: name,
      costCurve: outputs.map { .init(output: $0, costPerHour: value("stand_by_cost", or: 0) + price * $0) },
      startCategories: [.init(afterIntervals: 0, cost: value("start_up_cost", or: 0))],
      shutDownCost: value("shut_down_cost", or: 0), minimumUpIntervals: max(1, Int(value("min_up_time", or: 0))),
      minimumDownIntervals: max(1, minimumDown), rampUp: limit("ramp_limit_up"), rampDown: limit("ramp_limit_down"),
      startUpLimit: limit("ramp_limit_start_up"), shutDownLimit: limit("ramp_limit_shut_down"),
      initialState: wasOn
        ? .on(forIntervals: Int(value("up_time_before", or: 1)), output: outputs[0])
        : .off(forIntervals: downBefore > 0 ? downBefore : max(1, minimumDown)),
      initialOutputIsKnown: false)
    // Both times may be given; then the unit counts as having run and must still stay down.
    if wasOn, downBefore > 0, minimumDown > downBefore {
      unit.fixedStatus = (0..<count).map { $0 < minimumDown - downBefore ? false : nil }
    }
    return unit
  }
}
