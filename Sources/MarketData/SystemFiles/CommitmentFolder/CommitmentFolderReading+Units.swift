internal import PowerSystem

extension CommitmentFolderReading {
  func units() throws(ImportProblem) -> [CommittableUnit] {
    let elements = try table("units.csv", CommitmentFolderColumns.units).elements()
    let known = positions(elements.map(\.name))
    let points = try table("cost_points.csv", ["unit", "output_MW", "cost_per_h"]).groups(known)
    let starts = try table("start_costs.csv", ["unit", "after_intervals", "cost"]).groups(known)
    let intervals = try table(
      "unit_intervals.csv", ["unit", "interval", "available_MW", "cost_adder_per_MWh", "status"]
    ).intervals(known, count: count)
    var units: [CommittableUnit] = []
    for (name, row) in elements {
      var curve: [CommittableUnit.CostPoint] = []
      for point in points[name] ?? [] {
        curve.append(
          CommittableUnit.CostPoint(output: try point.number("output_MW"), costPerHour: try point.number("cost_per_h")))
      }
      var categories: [CommittableUnit.StartCategory] = []
      for start in starts[name] ?? [] {
        categories.append(
          CommittableUnit.StartCategory(
            afterIntervals: try start.wholeNumber("after_intervals"), cost: try start.number("cost")))
      }
      let varying = intervals[name] ?? []
      units.append(
        CommittableUnit(
          name: name, bus: try row.position("bus", in: buses), costCurve: curve,
          costAdder: try varying.optionalSeries("cost_adder_per_MWh"),
          availableOutput: try varying.optionalSeries("available_MW"), startCategories: categories,
          shutDownCost: try row.optionalNumber("shut_down_cost") ?? 0,
          minimumUpIntervals: try row.wholeNumber("minimum_up_intervals"),
          minimumDownIntervals: try row.wholeNumber("minimum_down_intervals"), rampUp: try row.limit("ramp_up_MW"),
          rampDown: try row.limit("ramp_down_MW"), startUpLimit: try row.limit("start_up_limit_MW"),
          shutDownLimit: try row.limit("shut_down_limit_MW"), initialState: try initialState(row),
          fixedStatus: try fixedStatus(varying)))
    }
    return units
  }

  private func initialState(_ row: NamedRow) throws(ImportProblem) -> CommittableUnit.InitialState {
    let intervals = try row.wholeNumber("initial_intervals")
    switch try row.text("initial_state") {
    case "on": return .on(forIntervals: intervals, output: try row.number("initial_output_MW"))
    case "off": return .off(forIntervals: intervals)
    case let other: throw row.problem("initial_state", "\"\(other)\" is no state; write on or off.")
    }
  }

  private func fixedStatus(_ rows: [NamedRow]) throws(ImportProblem) -> [Bool?] {
    var status: [Bool?] = []
    for row in rows {
      switch row.optionalText("status") {
      case nil: status.append(nil)
      case "on": status.append(true)
      case "off": status.append(false)
      case let other?:
        throw row.problem("status", "\"\(other)\" is no status; write on, off, or nothing where it is free.")
      }
    }
    return status.contains { $0 != nil } ? status : []
  }

  func storages() throws(ImportProblem) -> [StorageUnit] {
    let columns = ["storage", "bus", "initial_level_MWh", "final_minimum_MWh", "final_maximum_MWh"]
    let elements = try table("storages.csv", columns).elements()
    let intervals = try table("storage_intervals.csv", CommitmentFolderColumns.storageIntervals)
      .intervals(positions(elements.map(\.name)), count: count)
    var storages: [StorageUnit] = []
    for (name, row) in elements {
      guard let rows = intervals[name] else {
        throw row.problem("storage", "\"\(name)\" has no rows in storage_intervals.csv; add them.")
      }
      storages.append(try storage(name, row, rows))
    }
    return storages
  }

  private func storage(_ name: String, _ row: NamedRow, _ rows: [NamedRow]) throws(ImportProblem) -> StorageUnit {
    var series: [[Double]] = []
    for column in CommitmentFolderColumns.storageSeries { series.append(try rows.series(column)) }
    var allowsBoth: [Bool] = []
    for interval in rows {
      let word = try interval.text("allows_both")
      guard word == "yes" || word == "no" else {
        throw interval.problem("allows_both", "\"\(word)\" is neither yes nor no; write one of them.")
      }
      allowsBoth.append(word == "yes")
    }
    let final = try row.band("final_minimum_MWh", "final_maximum_MWh")
    return StorageUnit(
      name: name, bus: try row.position("bus", in: buses), minimumLevel: series[0], maximumLevel: series[1],
      initialLevel: try row.number("initial_level_MWh"), finalLevel: final == -.infinity ... .infinity ? nil : final,
      minimumCharge: series[2], maximumCharge: series[3], minimumDischarge: series[4], maximumDischarge: series[5],
      chargeCost_perMWh: series[6], dischargeCost_perMWh: series[7], chargeEfficiency: series[8],
      dischargeEfficiency: series[9], loss: series[10], allowsBoth: allowsBoth)
  }

  func reserves() throws(ImportProblem) -> [ReserveRequirement] {
    let elements = try table("reserves.csv", ["reserve", "kind", "shortfall_cost_per_MWh", "providers"]).elements()
    let known = positions(elements.map(\.name))
    let requirements = try table("reserve_requirements.csv", ["reserve", "interval", "requirement_MW"])
      .intervals(known, count: count)
    let providers = try table("reserve_providers.csv", ["reserve", "unit"]).groups(known)
    let units = positions(problem.units.map(\.name))
    var reserves: [ReserveRequirement] = []
    for (name, row) in elements {
      guard let rows = requirements[name] else {
        throw row.problem("reserve", "\"\(name)\" has no rows in reserve_requirements.csv; add them.")
      }
      let kinds: [String: ReserveRequirement.Kind] = ["spinning": .spinning, "flexible-ramp": .flexibleRamp]
      guard let kind = kinds[try row.text("kind")] else {
        throw row.problem("kind", "\"\(try row.text("kind"))\" is no kind; write spinning or flexible-ramp.")
      }
      var listed: [Int]?
      switch try row.text("providers") {
      case "all": break
      case "listed":
        var positions: [Int] = []
        for provider in providers[name] ?? [] { positions.append(try provider.position("unit", in: units)) }
        listed = positions
      case let other: throw row.problem("providers", "\"\(other)\" is not known; write all or listed.")
      }
      reserves.append(
        ReserveRequirement(
          name: name, kind: kind, requirement: try rows.series("requirement_MW"),
          shortfallCost_perMWh: try row.optionalNumber("shortfall_cost_per_MWh"), providers: listed))
    }
    return reserves
  }
}
