public import Foundation
public import PowerSystem

/// Writes a problem as our own folder of CSV files, which ``readCommitmentProblem(at:format:)`` turns into the same
/// problem. The columns are those of `data/dictionary.csv` (commitment/…). A collection without elements has no file.
///
/// - Parameters:
///   - problem: A problem without findings, whose elements of one kind have different names.
///   - folder: Made where it is missing; files of the same names are replaced, others are left.
/// - Throws: ``ImportProblem`` for a finding, or for a file that cannot be written.
public func writeCommitmentProblem(_ problem: CommitmentProblem, to folder: URL) throws(ImportProblem) {
  let writing = CommitmentFolderWriting(problem: try problem.checked(file: folder.relativePath))
  try writing.checkNames(folder.relativePath)
  do {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for file in writing.files() {
      let url = folder.appendingPathComponent(file.name)
      guard !file.rows.isEmpty else {
        if FileManager.default.fileExists(atPath: url.path) { try FileManager.default.removeItem(at: url) }
        continue
      }
      try Data(file.text.utf8).write(to: url, options: .atomic)
    }
  } catch {
    throw .unreadable(file: folder.relativePath, reason: "it could not be written (\(error.localizedDescription))")
  }
}

/// A CSV file to be written.
struct OutputTable {
  let name: String
  let header: String
  let rows: [[String]]

  init(_ name: String, _ header: String, _ rows: [[String]]) {
    self.name = name
    self.header = header
    self.rows = rows
  }

  var text: String { header + "\n" + rows.map { $0.map(csvField).joined(separator: ",") + "\n" }.joined() }
}

/// The files of a problem.
struct CommitmentFolderWriting {
  let problem: CommitmentProblem

  func files() -> [OutputTable] {
    [system(), buses(), demand()] + units() + profiles() + storages() + network() + reserves() + [
      OutputTable("notes.csv", "note", problem.notes.filter { !$0.isEmpty }.map { [$0] })
    ]
  }

  /// Infinite limits and missing values are empty fields.
  func field(_ value: Double?) -> String { value.flatMap { $0.isFinite ? shortestNumber($0) : nil } ?? "" }

  /// Names must tell the elements of a kind apart, and survive a field of a CSV file, which loses blanks at its ends.
  func checkNames(_ file: String) throws(ImportProblem) {
    let kinds = [
      problem.buses.map(\.name), problem.units.map(\.name), problem.profiledUnits.map(\.name),
      problem.storages.map(\.name), problem.branches.map(\.name), problem.directCurrentLines.map(\.name),
      problem.interfaces.map(\.name), problem.contingencies.map(\.name), problem.reserves.map(\.name),
      problem.priceSensitiveDemands.map(\.name),
    ]
    for names in kinds {
      var seen: Set<String> = []
      for name in names {
        guard seen.insert(name).inserted, !name.isEmpty, name == name.trimmingCharacters(in: .whitespaces) else {
          throw .element(
            file: file, element: "\"\(name)\"", field: "",
            sentence: "is empty, stands twice, or has blanks at its ends; give each element a name of its own.")
        }
      }
    }
  }

  func bus(_ index: Int) -> String { problem.buses[index].name }

  private func system() -> OutputTable {
    var rows = [
      ["name", problem.name, ""], ["intervals", "\(problem.intervalCount)", ""],
      ["interval_length", shortestNumber(problem.hoursPerInterval), "h"],
    ]
    if let cost = problem.shortageCost_perMWh { rows.append(["shortage_cost", shortestNumber(cost), "per MWh"]) }
    if let cost = problem.surplusCost_perMWh { rows.append(["surplus_cost", shortestNumber(cost), "per MWh"]) }
    return OutputTable("system.csv", "name,value,unit", rows)
  }

  private func buses() -> OutputTable { OutputTable("buses.csv", "bus", problem.buses.map { [$0.name] }) }

  /// One row for each element and interval, with the values of some series; an empty series gives empty fields.
  func rows(_ name: String, _ series: [[Double]]) -> [[String]] {
    (0..<problem.intervalCount).map { interval in
      [name, "\(interval + 1)"] + series.map { $0.isEmpty ? "" : field($0[interval]) }
    }
  }

  private func demand() -> OutputTable {
    OutputTable("demand.csv", "bus,interval,demand_MW", problem.buses.flatMap { rows($0.name, [$0.demand]) })
  }

  private func units() -> [OutputTable] {
    let units = problem.units.map { unit -> [String] in
      let initial =
        switch unit.initialState {
        case .on(let intervals, let output): ["on", "\(intervals)", field(output)]
        case .off(let intervals): ["off", "\(intervals)", ""]
        }
      return [
        unit.name, bus(unit.bus), "\(unit.minimumUpIntervals)", "\(unit.minimumDownIntervals)", field(unit.rampUp),
        field(unit.rampDown), field(unit.startUpLimit), field(unit.shutDownLimit), field(unit.shutDownCost),
      ] + initial
    }
    let points = problem.units.flatMap { unit in
      unit.costCurve.map { [unit.name, field($0.output), field($0.costPerHour)] }
    }
    let starts = problem.units.flatMap { unit in
      unit.startCategories.map { [unit.name, "\($0.afterIntervals)", field($0.cost)] }
    }
    let varying = problem.units.filter {
      !$0.availableOutput.isEmpty || !$0.costAdder.isEmpty || $0.fixedStatus.contains { $0 != nil }
    }
    let words: [Bool?: String] = [true: "on", false: "off"]
    let intervals = varying.flatMap { unit in
      rows(unit.name, [unit.availableOutput, unit.costAdder]).enumerated().map { interval, row in
        row + [unit.fixedStatus.isEmpty ? "" : words[unit.fixedStatus[interval]] ?? ""]
      }
    }
    return [
      OutputTable("units.csv", CommitmentFolderColumns.units.joined(separator: ","), units),
      OutputTable("cost_points.csv", "unit,output_MW,cost_per_h", points),
      OutputTable("start_costs.csv", "unit,after_intervals,cost", starts),
      OutputTable("unit_intervals.csv", "unit,interval,available_MW,cost_adder_per_MWh,status", intervals),
    ]
  }

  private func profiles() -> [OutputTable] {
    let rows = problem.profiledUnits.flatMap {
      self.rows($0.name, [$0.minimumOutput, $0.maximumOutput, $0.cost_perMWh])
    }
    let demands = problem.priceSensitiveDemands.flatMap { self.rows($0.name, [$0.maximumDemand, $0.value_perMWh]) }
    return [
      OutputTable("profiled_units.csv", "unit,bus", problem.profiledUnits.map { [$0.name, bus($0.bus)] }),
      OutputTable("profiles.csv", "unit,interval,minimum_MW,maximum_MW,cost_per_MWh", rows),
      OutputTable(
        "price_sensitive_demands.csv", "demand,bus", problem.priceSensitiveDemands.map { [$0.name, bus($0.bus)] }),
      OutputTable("price_sensitive_values.csv", "demand,interval,maximum_MW,value_per_MWh", demands),
    ]
  }

  private func storages() -> [OutputTable] {
    let storages = problem.storages.map {
      [
        $0.name, bus($0.bus), field($0.initialLevel), field($0.finalLevel?.lowerBound),
        field($0.finalLevel?.upperBound),
      ]
    }
    let intervals = problem.storages.flatMap { storage in
      rows(storage.name, storage.allSeries).enumerated().map { interval, row in
        row + [storage.allowsBoth[interval] ? "yes" : "no"]
      }
    }
    return [
      OutputTable("storages.csv", "storage,bus,initial_level_MWh,final_minimum_MWh,final_maximum_MWh", storages),
      OutputTable("storage_intervals.csv", CommitmentFolderColumns.storageIntervals.joined(separator: ","), intervals),
    ]
  }

  private func network() -> [OutputTable] {
    let branches = problem.branches.map {
      [
        $0.name, bus($0.from), bus($0.to), field($0.susceptance), field($0.phaseShift), field($0.limit),
        field($0.emergencyLimit), field($0.overloadCost_perMWh), field($0.angleDifference?.lowerBound),
        field($0.angleDifference?.upperBound), field($0.resistance_perMW),
      ]
    }
    let lines = problem.directCurrentLines.map {
      [$0.name, bus($0.from), bus($0.to), field($0.limits.lowerBound), field($0.limits.upperBound)]
    }
    let interfaces = problem.interfaces.map {
      [$0.name, field($0.limits.lowerBound), field($0.limits.upperBound), field($0.violationCost_perMWh)]
    }
    let members = problem.interfaces.flatMap { interface in
      interface.branches.map { [interface.name, problem.branches[$0.index].name, field($0.factor)] }
    }
    let outages = problem.contingencies.flatMap { contingency in
      contingency.branches.map { [contingency.name, problem.branches[$0].name] }
    }
    return [
      OutputTable("branches.csv", CommitmentFolderColumns.branches.joined(separator: ","), branches),
      OutputTable("direct_current_lines.csv", "line,from_bus,to_bus,minimum_MW,maximum_MW", lines),
      OutputTable("interfaces.csv", "interface,minimum_MW,maximum_MW,violation_cost_per_MWh", interfaces),
      OutputTable("interface_branches.csv", "interface,branch,factor", members),
      OutputTable("contingencies.csv", "contingency,branch", outages),
    ]
  }

  private func reserves() -> [OutputTable] {
    let reserves = problem.reserves.map {
      [
        $0.name, $0.kind == .spinning ? "spinning" : "flexible-ramp", field($0.shortfallCost_perMWh),
        $0.providers == nil ? "all" : "listed",
      ]
    }
    let providers = problem.reserves.flatMap { reserve in
      (reserve.providers ?? []).map { [reserve.name, problem.units[$0].name] }
    }
    return [
      OutputTable("reserves.csv", "reserve,kind,shortfall_cost_per_MWh,providers", reserves),
      OutputTable(
        "reserve_requirements.csv", "reserve,interval,requirement_MW",
        problem.reserves.flatMap { rows($0.name, [$0.requirement]) }),
      OutputTable("reserve_providers.csv", "reserve,unit", providers),
    ]
  }
}
