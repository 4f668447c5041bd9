internal import Foundation
internal import PowerSystem

/// Reader of our own folder; the columns are those of `data/dictionary.csv` (commitment/…).
struct CommitmentFolderReading {
  let folder: URL
  private(set) var problem: CommitmentProblem
  private(set) var buses: [String: Int] = [:]
  var count: Int { problem.intervalCount }

  static func read(_ folder: URL) throws(ImportProblem) -> CommitmentProblem {
    var reading = try CommitmentFolderReading(folder)
    try reading.readBuses()
    reading.problem.units = try reading.units()
    try reading.readProfiles()
    reading.problem.storages = try reading.storages()
    try reading.readNetwork()
    reading.problem.reserves = try reading.reserves()
    for row in try reading.table("notes.csv", ["note"]).rows { reading.problem.notes.append(try row.text("note")) }
    return reading.problem
  }

  private init(_ folder: URL) throws(ImportProblem) {
    self.folder = folder
    let table = try FolderTable(folder, "system.csv", ["name", "value", "unit"], required: true)
    var rows: [String: NamedRow] = [:]
    let known = ["name", "intervals", "interval_length", "shortage_cost", "surplus_cost"]
    for (name, row) in try table.elements() {
      guard known.contains(name) else {
        throw row.problem("name", "\"\(name)\" is not known; the names are \(quotedList(known)).")
      }
      rows[name] = row
    }
    guard let intervals = rows["intervals"] else {
      throw .element(
        file: table.file, element: "row intervals", field: "", sentence: "is missing; add the number of intervals.")
    }
    let count = try intervals.wholeNumber("value")
    guard (1...1_000_000).contains(count) else {
      throw intervals.problem("value", "\(count) intervals cannot be; give 1 to 1,000,000.")
    }
    problem = CommitmentProblem(
      name: rows["name"].map { $0.optionalText("value") ?? "" } ?? folder.lastPathComponent, intervalCount: count,
      hoursPerInterval: try rows["interval_length"]?.number("value") ?? 1,
      shortageCost_perMWh: try rows["shortage_cost"]?.number("value"),
      surplusCost_perMWh: try rows["surplus_cost"]?.number("value"))
  }

  func table(_ name: String, _ columns: [String], required: Bool = false) throws(ImportProblem) -> FolderTable {
    try FolderTable(folder, name, columns, required: required)
  }

  private mutating func readBuses() throws(ImportProblem) {
    let names = try table("buses.csv", ["bus"], required: true).elements().map(\.name)
    buses = positions(names)
    let demands = try table("demand.csv", ["bus", "interval", "demand_MW"]).intervals(buses, count: count)
    for name in names {
      let demand = try demands[name]?.series("demand_MW") ?? [Double](repeating: 0, count: count)
      problem.buses.append(Bus(name: name, demand: demand))
    }
  }

  private mutating func readProfiles() throws(ImportProblem) {
    let units = try table("profiled_units.csv", ["unit", "bus"])
    let profiles = try table("profiles.csv", ["unit", "interval", "minimum_MW", "maximum_MW", "cost_per_MWh"])
    let elements = try units.elements()
    let values = try profiles.intervals(positions(elements.map(\.name)), count: count)
    for (name, row) in elements {
      guard let rows = values[name] else {
        throw row.problem("unit", "\"\(name)\" has no rows in profiles.csv; add them.")
      }
      problem.profiledUnits.append(
        ProfiledUnit(
          name: name, bus: try row.position("bus", in: buses), minimumOutput: try rows.series("minimum_MW"),
          maximumOutput: try rows.series("maximum_MW"), cost_perMWh: try rows.optionalSeries("cost_per_MWh")))
    }
    let demands = try table("price_sensitive_demands.csv", ["demand", "bus"]).elements()
    let taken = try table(
      "price_sensitive_values.csv", ["demand", "interval", "maximum_MW", "value_per_MWh"]
    ).intervals(positions(demands.map(\.name)), count: count)
    for (name, row) in demands {
      guard let rows = taken[name] else {
        throw row.problem("demand", "\"\(name)\" has no rows in price_sensitive_values.csv; add them.")
      }
      problem.priceSensitiveDemands.append(
        PriceSensitiveDemand(
          name: name, bus: try row.position("bus", in: buses), maximumDemand: try rows.series("maximum_MW"),
          value_perMWh: try rows.series("value_per_MWh")))
    }
  }

  private mutating func readNetwork() throws(ImportProblem) {
    for (name, row) in try table("branches.csv", CommitmentFolderColumns.branches).elements() {
      let angle = try row.band("minimum_angle_rad", "maximum_angle_rad")
      problem.branches.append(
        Branch(
          name: name, from: try row.position("from_bus", in: buses), to: try row.position("to_bus", in: buses),
          susceptance: try row.number("susceptance_MW_per_rad"),
          phaseShift: try row.optionalNumber("phase_shift_rad") ?? 0,
          limit: try row.limit("limit_MW"), emergencyLimit: try row.limit("emergency_limit_MW"),
          overloadCost_perMWh: try row.optionalNumber("overload_cost_per_MWh"),
          angleDifference: angle == -.infinity ... .infinity ? nil : angle,
          resistance_perMW: try row.optionalNumber("resistance_per_MW") ?? 0))
    }
    let columns = ["line", "from_bus", "to_bus", "minimum_MW", "maximum_MW"]
    for (name, row) in try table("direct_current_lines.csv", columns).elements() {
      problem.directCurrentLines.append(
        DirectCurrentLine(
          name: name, from: try row.position("from_bus", in: buses), to: try row.position("to_bus", in: buses),
          limits: try row.band("minimum_MW", "maximum_MW")))
    }
    let branches = positions(problem.branches.map(\.name))
    let interfaces = try table(
      "interfaces.csv", ["interface", "minimum_MW", "maximum_MW", "violation_cost_per_MWh"]
    ).elements()
    let members = try table("interface_branches.csv", ["interface", "branch", "factor"])
      .groups(positions(interfaces.map(\.name)))
    for (name, row) in interfaces {
      var list: [(index: Int, factor: Double)] = []
      for member in members[name] ?? [] {
        list.append((try member.position("branch", in: branches), try member.number("factor")))
      }
      problem.interfaces.append(
        Interface(
          name: name, branches: list, limits: try row.band("minimum_MW", "maximum_MW"),
          violationCost_perMWh: try row.optionalNumber("violation_cost_per_MWh")))
    }
    for row in try table("contingencies.csv", ["contingency", "branch"]).rows {
      let name = try row.text("contingency")
      let branch = try row.position("branch", in: branches)
      if problem.contingencies.last?.name == name {
        problem.contingencies[problem.contingencies.count - 1].branches.append(branch)
      } else {
        problem.contingencies.append(Contingency(name: name, branches: [branch]))
      }
    }
  }
}
