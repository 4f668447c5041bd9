internal import Foundation
internal import PowerSystem

/// Reader of UnitCommitment.jl files, formats 0.2 to 0.4 (Xavier, Kazachkov, Qiu: UnitCommitment.jl, 2020; "JSON data
/// format" of its documentation). The file's costs, penalties and revenues are for each time step; they become costs
/// for each hour by division through the step's length, so that every schedule costs the same here as there.
///
/// What 0.2 had otherwise: "Time (h)", one reserve "Spinning (MW)" that every unit provides unless it says "Provides
/// spinning reserves?": false, one "Reserve shortfall penalty ($/MW)" for the system, no "Type" and no "Version".
struct UnitCommitmentJlFile {
  let top: JSONElement
  let intervalCount: Int
  /// Length of a time step, min.
  let stepMinutes: Int
  var buses: [Bus] = []
  var units: [CommittableUnit] = []
  var profiledUnits: [ProfiledUnit] = []
  var branches: [Branch] = []
  /// Names of the reserves that a unit provides, by unit; empty in files of format 0.2.
  var eligibility: [[String]] = []
  /// Units that provide the single reserve of format 0.2.
  var spinningProviders: [Int] = []
  var notes: [String] = []
  private var busPositions: [String: Int] = [:]
  private var branchPositions: [String: Int] = [:]

  var hours: Double { Double(stepMinutes) / 60 }
  /// Time steps in an hour.
  var stepsPerHour: Int { 60 / stepMinutes }

  static func read(_ url: URL) throws(ImportProblem) -> CommitmentProblem {
    let document = try JSONParser.parse(ByteSource.wholeFile(url), file: url.relativePath)
    let file = try UnitCommitmentJlFile(JSONElement(file: url.relativePath, value: document))
    return try file.problem(named: systemName(url))
  }

  private init(_ top: JSONElement) throws(ImportProblem) {
    self.top = top
    let parameters = try top.member("Parameters")
    stepMinutes = try UnitCommitmentJlFile.step(parameters)
    intervalCount = try UnitCommitmentJlFile.intervals(parameters, step: stepMinutes)
    for (name, element) in try top.member("Buses").elements("bus") {
      busPositions[name] = buses.count
      buses.append(Bus(name: name, demand: try element.member("Load (MW)").series(intervalCount)))
    }
    for (name, element) in try top.member("Generators").elements("unit") {
      switch try element.optional("Type")?.text().lowercased() ?? "thermal" {
      case "thermal": try addUnit(name, element)
      case "profiled": profiledUnits.append(try profiledUnit(name, element))
      case let other:
        throw element.problem("has the type \"\(other)\"; write \"Thermal\" or \"Profiled\".")
      }
    }
    for (name, element) in try top.optional("Transmission lines")?.elements("line") ?? [] {
      branchPositions[name] = branches.count
      branches.append(try branch(name, element))
    }
  }

  private static func step(_ parameters: JSONElement) throws(ImportProblem) -> Int {
    guard let field = try parameters.optional("Time step (min)") else { return 60 }
    let minutes = try field.wholeNumber(atLeast: 1, "min")
    guard 60 % minutes == 0 else {
      throw field.problem("is \(minutes) min; a divisor of 60 min is needed, such as 60, 30, 15 or 5.")
    }
    return minutes
  }

  private static func intervals(_ parameters: JSONElement, step: Int) throws(ImportProblem) -> Int {
    if let field = try parameters.optional("Time horizon (min)") {
      let minutes = try field.wholeNumber(atLeast: 1, "min")
      guard minutes % step == 0 else {
        throw field.problem("is \(minutes) min, no multiple of the time step of \(step) min; change one of them.")
      }
      return minutes / step
    }
    let old = try parameters.optional("Time (h)")
    guard let field = try parameters.optional("Time horizon (h)") ?? old else {
      throw parameters.problem("has no \"Time horizon (h)\"; add the key with the number of hours.")
    }
    return try field.wholeNumber(atLeast: 1, "h") * (60 / step)
  }

  /// Position of the bus that a field names.
  func bus(_ field: JSONElement) throws(ImportProblem) -> Int {
    let name = try field.text()
    guard let position = busPositions[name] else {
      throw field.problem("names the bus \"\(name)\", which \"Buses\" does not have; add it or correct the name.")
    }
    return position
  }

  /// Positions of the branches that a field names.
  func branches(_ field: JSONElement) throws(ImportProblem) -> [Int] {
    var positions: [Int] = []
    for name in try field.texts() { positions.append(try branch(named: name, field)) }
    return positions
  }

  func branch(named name: String, _ field: JSONElement) throws(ImportProblem) -> Int {
    guard let position = branchPositions[name] else {
      throw field.problem("names the line \"\(name)\", which \"Transmission lines\" does not have; correct the name.")
    }
    return position
  }

  /// A value that may be written as a list but must not vary over time.
  func constant(_ field: JSONElement?) throws(ImportProblem) -> Double? {
    guard let field else { return nil }
    let values = try field.series(intervalCount)
    guard values.allSatisfy({ $0 == values[0] }) else {
      throw field.problem("varies over time, which is not modelled for this field; give one value for all intervals.")
    }
    return values[0]
  }

  /// A series of a cost for each time step as a cost for each MWh; `fallback` where the key is missing.
  func costSeries(_ element: JSONElement, _ key: String) throws(ImportProblem) -> [Double] {
    try element.member(key).series(intervalCount).map { $0 / hours }
  }
}
