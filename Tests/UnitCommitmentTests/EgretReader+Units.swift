import PowerSystem

@testable import MarketData

extension EgretReader {
  /// Attributes that say nothing about a commitment, or belong to alternating current.
  private static let silentKeys: Set = [
    "fuel", "failure_rate", "quickstart_capable", "id", "mbase", "pg", "qg", "q_min", "q_max", "ramp_q", "unit_type",
    "initial_q_output",
  ]
  private static let thermalKeys: Set = [
    "generator_type", "bus", "in_service", "zone", "area", "p_min", "p_max", "ramp_up_60min", "ramp_down_60min",
    "startup_capacity", "shutdown_capacity", "min_up_time", "min_down_time", "initial_status", "initial_p_output",
    "startup_cost", "shutdown_cost", "p_cost", "p_fuel", "fuel_cost", "startup_fuel", "non_fuel_startup_cost",
    "fuel_supply", "must_run", "fixed_commitment", "agc_capable", "ramp_agc", "p_min_agc", "p_max_agc", "fast_start",
    "non_spinning_capacity", "supplemental_start", "supplemental_non_spinning_capacity", "future_status",
    "startup_curve", "shutdown_curve",
  ]

  mutating func add(_ name: String, _ generator: JSONElement) throws {
    if let inService = try generator.optional("in_service"), try !inService.flag() { return }
    switch try generator.member("generator_type").text() {
    case "thermal": try addThermal(name, generator)
    case "renewable", "virtual":
      try generator.refuseKeys(otherThan: [
        "generator_type", "bus", "fuel", "in_service", "zone", "failure_rate", "p_min", "p_max", "p_cost",
      ])
      problem.profiledUnits.append(
        ProfiledUnit(
          name: name, bus: try bus(generator.member("bus")), minimumOutput: try series(generator.member("p_min")),
          maximumOutput: try series(generator.member("p_max")),
          cost_perMWh: try generator.optional("p_cost").map { try series($0) } ?? []))
    case let kind: throw NotExpressible("\(name) is of the kind \(kind).")
    }
  }

  private mutating func addThermal(_ name: String, _ generator: JSONElement) throws {
    try generator.refuseKeys(otherThan: Self.thermalKeys.union(Self.silentKeys))
    for key in ["startup_curve", "shutdown_curve"] where try generator.optional(key)?.list().isEmpty == false {
      throw NotExpressible("\(name) has a \(key): output before its minimum is reached.")
    }
    if try generator.number("future_status", or: 0) != 0 {
      throw NotExpressible("\(name) has a future_status: a start or stop after the last interval.")
    }
    for key in ["p_min", "p_max"] {
      if case .object = try generator.member(key).value { throw NotExpressible("\(name) has a \(key) that varies.") }
    }
    let limits = (try generator.member("p_min").number(), try generator.member("p_max").number())
    let (rampUp, rampDown) = (
      try generator.member("ramp_up_60min").number(), try generator.member("ramp_down_60min").number()
    )
    var unit = CommittableUnit(
      name: name, bus: try bus(generator.member("bus")), costCurve: try costCurve(generator, limits),
      startCategories: try starts(generator), shutDownCost: try generator.number("shutdown_cost", or: 0),
      minimumUpIntervals: max(1, Int(try generator.member("min_up_time").number().rounded(.up))),
      minimumDownIntervals: max(1, Int(try generator.member("min_down_time").number().rounded(.up))),
      rampUp: rampUp, rampDown: rampDown,
      startUpLimit: try generator.number("startup_capacity", or: limits.0 + rampUp / 2),
      shutDownLimit: try generator.number("shutdown_capacity", or: limits.0 + rampDown / 2),
      initialState: try initialState(generator, limits, narrowestRamp: min(rampUp, rampDown)))
    unit.fixedStatus = try fixedStatus(generator)
    problem.units.append(unit)
    areas.append(try generator.optional("area")?.text())
    capabilities.append(try capability(generator))
  }

  private func initialState(
    _ generator: JSONElement, _ limits: (Double, Double), narrowestRamp: Double
  ) throws -> CommittableUnit.InitialState {
    let hours = try generator.member("initial_status").number()
    guard hours > 0 else { return .off(forIntervals: Int((-hours).rounded(.down))) }
    let output = try generator.member("initial_p_output").number()
    // An output outside the limits makes no difference where the unit can ramp across its whole range.
    if output < limits.0 || output > limits.1, narrowestRamp < limits.1 {
      throw NotExpressible("\(generator.element) enters with \(output) MW, outside its limits.")
    }
    return .on(forIntervals: Int(hours.rounded(.down)), output: min(max(output, limits.0), limits.1))
  }

  private func fixedStatus(_ generator: JSONElement) throws -> [Bool?] {
    if let mustRun = try generator.optional("must_run"), try mustRun.flag() {
      return [Bool?](repeating: true, count: count)
    }
    guard let fixed = try generator.optional("fixed_commitment") else { return [] }
    return try series(fixed).map { $0 > 0.5 }
  }

  /// Starts by time off line, in money; fuel counts at its price.
  private func starts(_ generator: JSONElement) throws -> [CommittableUnit.StartCategory] {
    let fuel = try generator.optional("startup_fuel")
    let fixed = try generator.number("non_fuel_startup_cost", or: 0)
    let price = fuel == nil ? 1 : try generator.member("fuel_cost").number()
    guard let field = try fuel ?? generator.optional("startup_cost") else { return [] }
    guard case .array = field.value else {
      return [.init(afterIntervals: 1, cost: fixed + price * (try field.number()))]
    }
    return try field.list().map { pair in
      let pair = try pair.series(2)
      return .init(afterIntervals: max(1, Int(pair[0].rounded())), cost: fixed + price * pair[1])
    }
  }

  /// Corners of the cost in money. Egret takes a quadratic polynomial at its minimum, middle and maximum.
  private func costCurve(
    _ generator: JSONElement, _ limits: (Double, Double)
  ) throws -> [CommittableUnit.CostPoint] {
    let fuel = try generator.optional("p_fuel")
    let price = fuel == nil ? 1 : try generator.member("fuel_cost").number()
    let curve = try fuel ?? generator.member("p_cost")
    if try curve.member("data_type").text() == "time_series" {
      throw NotExpressible("\(generator.element) has a cost curve that varies.")
    }
    let kind = try (curve.optional("cost_curve_type") ?? curve.optional("fuel_curve_type"))?.text() ?? "piecewise"
    let values = try curve.member("values")
    if kind == "piecewise" {
      let corners = try values.list().map { try $0.series(2) }
      guard let first = corners.first, let last = corners.last, first[0] == limits.0, last[0] == limits.1 else {
        throw NotExpressible("\(generator.element) has a cost curve that ends elsewhere than its output.")
      }
      return corners.map { .init(output: $0[0], costPerHour: price * $0[1]) }
    }
    try values.refuseKeys(otherThan: ["0", "1", "2"])
    let (constant, slope, square) = (
      try values.number("0", or: 0), try values.number("1", or: 0), try values.number("2", or: 0)
    )
    let middle = square == 0 ? [] : [(limits.0 + limits.1) / 2]
    return ([limits.0] + middle + [limits.1]).map {
      .init(output: $0, costPerHour: price * (constant + slope * $0 + square * $0 * $0))
    }
  }

  private func capability(_ generator: JSONElement) throws -> AncillaryServices.Capability {
    func flag(_ key: String) throws -> Bool { try generator.optional(key)?.flag() ?? false }
    var can = AncillaryServices.Capability()
    if try flag("agc_capable") {
      let low = try generator.member("p_min_agc").number()
      can.regulationBand = low...(try generator.member("p_max_agc").number())
      can.regulationRamp_perMinute = try generator.member("ramp_agc").number()
    }
    if try flag("fast_start") { can.nonSpinning = try generator.number("non_spinning_capacity", or: 0) }
    if try flag("supplemental_start") {
      can.supplementalOffLine = try generator.number("supplemental_non_spinning_capacity", or: 0)
    }
    return can
  }
}
