internal import MarketModel
internal import PowerSystem

extension RtsGmlcBuild {
  static let thermalCategories: Set<String> = ["Oil CT", "Gas CT", "Gas CC", "Coal", "Oil ST", "Nuclear"]

  mutating func thermalUnits(demand: [Bus], profiled: [ProfiledUnit]) throws(ImportProblem) -> [CommittableUnit] {
    var units: [CommittableUnit] = []
    for row in folder.generators where Self.thermalCategories.contains(row.optionalText("Category") ?? "") {
      units.append(try unit(row))
    }
    let residual =
      demand.reduce(0) { $0 + $1.demand[0] } - profiled.reduce(0) { $0 + $1.maximumOutput[0] }
    let assumed = assumeStates(&units, residual: residual)
    if assumed > 0 {
      notes.append(
        "The initial state of \(assumed) units is assumed: the cheapest that cover the first interval have been on for a "
          + "week at minimum output, the others off for a week.")
    }
    notes.append("A unit starts and stops at its minimum output, as in PGLib-UC; the nuclear unit runs throughout.")
    return units
  }

  private func unit(_ row: NamedRow) throws(ImportProblem) -> CommittableUnit {
    let curve = try costCurve(row)
    let minimum = curve.first?.output ?? 0
    let ramp = try row.number("Ramp Rate MW/Min") * 60 * hours
    let down = try intervals(row, "Min Down Time Hr")
    let isNuclear = row.optionalText("Category") == "Nuclear"
    return CommittableUnit(
      name: try row.text("GEN UID"), bus: try bus(row), costCurve: curve,
      startCategories: try startCategories(row, minimumDown: down),
      shutDownCost: try value(row, "Non Fuel Shutdown Cost $"),
      minimumUpIntervals: try intervals(row, "Min Up Time Hr"),
      minimumDownIntervals: down, rampUp: ramp, rampDown: ramp, startUpLimit: minimum, shutDownLimit: minimum,
      initialState: .off(forIntervals: 1),
      fixedStatus: isNuclear ? [Bool?](repeating: true, count: intervalCount) : [])
  }

  /// A number; "NA" and an empty field are 0.
  private func value(_ row: NamedRow, _ column: String) throws(ImportProblem) -> Double {
    row.optionalText(column) == "NA" ? 0 : try row.optionalNumber(column) ?? 0
  }

  private func intervals(_ row: NamedRow, _ column: String) throws(ImportProblem) -> Int {
    let time = try row.number(column)
    guard time >= 0, time < 100_000 else {
      throw row.problem(column, "\(shownNumber(time)) h is no time; give 0 to 100,000 h.")
    }
    return max(Int((time / hours - 1e-9).rounded(.up)), 1)
  }

  /// Corners from the average heat rate up to the first output and the rates of each step above it (BTU/kWh). A rate of
  /// 0 for a step, as the nuclear unit has, counts as the average rate.
  private func costCurve(_ row: NamedRow) throws(ImportProblem) -> [CommittableUnit.CostPoint] {
    let largest = try row.number("PMax MW")
    let fuel = try row.number("Fuel Price $/MMBTU") / 1000
    let other = try value(row, "VOM")
    let average = try value(row, "HR_avg_0")
    var output = largest * (try value(row, "Output_pct_0"))
    if abs(output - (try row.number("PMin MW"))) < 0.01 { output = try row.number("PMin MW") }
    var cost = output * (average * fuel + other)
    var curve = [CommittableUnit.CostPoint(output: output, costPerHour: cost)]
    for step in 1...4 {
      let share = try value(row, "Output_pct_\(step)")
      guard share * largest > output + 1e-6 else { continue }
      let rate = try value(row, "HR_incr_\(step)")
      let next = min(share * largest, largest)
      cost += (next - output) * ((rate == 0 ? average : rate) * fuel + other)
      output = next
      curve.append(CommittableUnit.CostPoint(output: output, costPerHour: cost))
    }
    return curve
  }

  /// Hot, warm and cold starts from their times off line on; the state that holds at the minimum down time comes first.
  private func startCategories(
    _ row: NamedRow, minimumDown: Int
  ) throws(ImportProblem) -> [CommittableUnit.StartCategory] {
    let fuel = try row.number("Fuel Price $/MMBTU")
    let other = try value(row, "Non Fuel Start Cost $")
    var categories: [CommittableUnit.StartCategory] = []
    for state in ["Hot", "Warm", "Cold"] {
      let after = max(try intervals(row, "Start Time \(state) Hr"), minimumDown)
      let cost = (try value(row, "Start Heat \(state) MBTU")) * fuel + other
      if categories.last.map({ $0.afterIntervals >= after }) == true { categories.removeLast() }
      categories.append(CommittableUnit.StartCategory(afterIntervals: after, cost: cost))
    }
    categories[0].afterIntervals = minimumDown
    return categories
  }

  /// Sets the initial states, given or assumed; returns how many were assumed.
  private func assumeStates(_ units: inout [CommittableUnit], residual: Double) -> Int {
    func fullLoadCost(_ unit: CommittableUnit) -> Double {
      unit.costPerHour(atOutput: unit.maximumOutput) / max(unit.maximumOutput, 1e-9)
    }
    let week = Int(168 / hours)
    let costs = units.map(fullLoadCost)
    let order = units.indices.sorted { (costs[$0], $0) < (costs[$1], $1) }
    var covered = 0.0
    var assumed = 0
    for index in order {
      let isOn = covered < residual || !units[index].fixedStatus.isEmpty
      if isOn { covered += units[index].maximumOutput }
      if let given = settings.initialStates[units[index].name] {
        units[index].initialState = given
      } else {
        assumed += 1
        units[index].initialState =
          isOn ? .on(forIntervals: week, output: units[index].minimumOutput) : .off(forIntervals: week)
      }
    }
    return assumed
  }
}
