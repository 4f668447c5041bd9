internal import PowerSystem

extension UnitCommitmentJlFile {
  mutating func addUnit(_ name: String, _ element: JSONElement) throws(ImportProblem) {
    let curve = try timeVaryingCurve(element)
    let minimumDown = try duration(element, "Minimum downtime (h)")
    let minimumOutput = curve.points.first?.output ?? 0
    var startUpLimit = try limit(element, "Startup limit (MW)")
    if startUpLimit < minimumOutput {
      notes.append(
        "\(name): the start-up limit of \(startUpLimit) MW was raised to the minimum output of \(minimumOutput) MW, "
          + "as UnitCommitment.jl does.")
      startUpLimit = minimumOutput
    }
    for key in ["Maximum daily energy (MWh)", "Maximum daily starts"] where try element.optional(key) != nil {
      notes.append("\(name): \"\(key)\" was left out; UnitCommitment.jl does not model it either.")
    }
    if try element.optional("Provides spinning reserves?").map(flags)?.allSatisfy({ $0 ?? true }) ?? true {
      spinningProviders.append(units.count)
    }
    eligibility.append(try element.optional("Reserve eligibility")?.texts() ?? [])
    units.append(
      CommittableUnit(
        name: name, bus: try bus(element.member("Bus")), costCurve: curve.points, costAdder: curve.adder,
        availableOutput: curve.available, startCategories: try startCategories(element),
        minimumUpIntervals: try duration(element, "Minimum uptime (h)"), minimumDownIntervals: minimumDown,
        rampUp: try limit(element, "Ramp up limit (MW)"), rampDown: try limit(element, "Ramp down limit (MW)"),
        startUpLimit: startUpLimit, shutDownLimit: try limit(element, "Shutdown limit (MW)"),
        initialState: try initialState(element), fixedStatus: try fixedStatus(element)))
  }

  func profiledUnit(_ name: String, _ element: JSONElement) throws(ImportProblem) -> ProfiledUnit {
    ProfiledUnit(
      name: name, bus: try bus(element.member("Bus")),
      minimumOutput: try element.optional("Minimum power (MW)")?.series(intervalCount)
        ?? [Double](repeating: 0, count: intervalCount),
      maximumOutput: try element.member("Maximum power (MW)").series(intervalCount),
      cost_perMWh: try costSeries(element, "Cost ($/MW)"))
  }

  private func limit(_ element: JSONElement, _ key: String) throws(ImportProblem) -> Double {
    try element.optional(key)?.number(atLeast: 0, "MW") ?? .infinity
  }

  /// Whole hours as intervals, at least one.
  private func duration(_ element: JSONElement, _ key: String) throws(ImportProblem) -> Int {
    max(try element.optional(key).map(intervals) ?? stepsPerHour, 1)
  }

  /// A time in hours as intervals; parts of an hour are allowed where they are whole steps.
  private func intervals(_ field: JSONElement) throws(ImportProblem) -> Int {
    let steps = try field.number(atLeast: 0, "h") * Double(stepsPerHour)
    guard let whole = Int(exactly: steps.rounded()), abs(steps - steps.rounded()) < 1e-9 else {
      throw field.problem("is \(steps / Double(stepsPerHour)) h, no multiple of the time step of \(stepMinutes) min.")
    }
    return whole
  }

  private func flags(_ field: JSONElement) throws(ImportProblem) -> [Bool?] {
    guard case .array(let values) = field.value else {
      return [Bool?](repeating: try field.flag(), count: intervalCount)
    }
    guard values.count == intervalCount else {
      throw field.problem("has \(values.count) values; give one for each of \(intervalCount) intervals.")
    }
    var flags: [Bool?] = []
    for value in values {
      let entry = JSONElement(file: field.file, element: field.element, field: field.field, value: value)
      flags.append(value == .null ? nil : try entry.flag())
    }
    return flags
  }

  /// "Commitment status" where it says something, otherwise on where "Must run?" is true.
  private func fixedStatus(_ element: JSONElement) throws(ImportProblem) -> [Bool?] {
    let mustRun = try element.optional("Must run?").map(flags) ?? []
    let given = try element.optional("Commitment status").map(flags) ?? []
    let status = (0..<intervalCount).map { interval -> Bool? in
      if !given.isEmpty, let status = given[interval] { return status }
      return !mustRun.isEmpty && mustRun[interval] == true ? true : nil
    }
    return status.contains { $0 != nil } ? status : []
  }

  private func startCategories(_ element: JSONElement) throws(ImportProblem) -> [CommittableUnit.StartCategory] {
    guard let costs = try element.optional("Startup costs ($)") else { return [] }
    let delays = try element.optional("Startup delays (h)")?.list() ?? []
    let entries = try costs.list()
    guard entries.count == max(delays.count, 1) else {
      throw costs.problem("has \(entries.count) costs for \(delays.count) startup delays; give one for each.")
    }
    var categories: [CommittableUnit.StartCategory] = []
    for (index, cost) in entries.enumerated() {
      let after = delays.isEmpty ? stepsPerHour : try intervals(delays[index])
      if let last = categories.last, after <= last.afterIntervals {
        throw delays[index].problem("does not rise at entry \(index + 1); sort the delays.")
      }
      categories.append(CommittableUnit.StartCategory(afterIntervals: after, cost: try cost.number()))
    }
    return categories
  }

  private func initialState(_ element: JSONElement) throws(ImportProblem) -> CommittableUnit.InitialState {
    let status = try element.member("Initial status (h)")
    let steps = try status.number() * Double(stepsPerHour)
    guard steps != 0, let whole = Int(exactly: steps.rounded()), whole != 0, abs(whole) < 1_000_000_000 else {
      throw status.problem(
        "is \(shownNumber(steps / Double(stepsPerHour))) h; give the hours on as a positive number, the hours off as a "
          + "negative one.")
    }
    let power = try element.member("Initial power (MW)")
    if whole > 0 { return .on(forIntervals: whole, output: try power.number(atLeast: 0, "MW")) }
    guard try power.number() <= 1e-3 else {
      throw power.problem("is \(shownNumber(try power.number())) MW for a unit that is off; write 0.")
    }
    return .off(forIntervals: -whole)
  }
}
