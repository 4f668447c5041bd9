internal import Foundation
internal import PowerSystem

/// Reader of PGLib-UC files. The meaning of each key is that of the library's MODEL.tex (Knueven, Ostrowski, Watson:
/// "On mixed-integer programming formulations for the unit commitment problem", INFORMS J. Computing 32, 2020):
/// hourly intervals, ramps of the output above the minimum, one spinning reserve that must be held.
enum PglibCommitmentFile {
  static func read(_ url: URL) throws(ImportProblem) -> CommitmentProblem {
    let document = try JSONParser.parse(ByteSource.wholeFile(url), file: url.relativePath)
    let top = JSONElement(file: url.relativePath, value: document)
    let count = try top.member("time_periods").wholeNumber(atLeast: 1, "h")
    var units: [CommittableUnit] = []
    for (name, element) in try top.member("thermal_generators").elements("unit") {
      units.append(try unit(name, element, count))
    }
    var profiled: [ProfiledUnit] = []
    for (name, element) in try top.member("renewable_generators").elements("renewable") {
      profiled.append(
        ProfiledUnit(
          name: name, minimumOutput: try element.member("power_output_minimum").series(count),
          maximumOutput: try element.member("power_output_maximum").series(count)))
    }
    var reserves: [ReserveRequirement] = []
    if let requirement = try top.optional("reserves")?.series(count), requirement.contains(where: { $0 > 0 }) {
      reserves.append(ReserveRequirement(name: "spinning", requirement: requirement))
    }
    return CommitmentProblem(
      name: systemName(url), intervalCount: count, units: units, profiledUnits: profiled,
      buses: [Bus(name: "system", demand: try top.member("demand").series(count))], reserves: reserves)
  }

  private static func unit(
    _ name: String, _ element: JSONElement, _ count: Int
  ) throws(ImportProblem) -> CommittableUnit {
    func power(_ key: String) throws(ImportProblem) -> Double { try element.member(key).number(atLeast: 0, "MW") }
    func hours(_ key: String) throws(ImportProblem) -> Int { try element.member(key).wholeNumber(atLeast: 0, "h") }
    let curve = try costCurve(element)
    let mustRun = try element.optional("must_run")?.flag() ?? false
    let isOn = try element.member("unit_on_t0").flag()
    return CommittableUnit(
      name: name, costCurve: curve, startCategories: try startCategories(element),
      minimumUpIntervals: max(try hours("time_up_minimum"), 1),
      minimumDownIntervals: max(try hours("time_down_minimum"), 1), rampUp: try power("ramp_up_limit"),
      rampDown: try power("ramp_down_limit"), startUpLimit: try power("ramp_startup_limit"),
      shutDownLimit: try power("ramp_shutdown_limit"),
      initialState: isOn
        ? .on(forIntervals: try hours("time_up_t0"), output: try power("power_output_t0"))
        : .off(forIntervals: try hours("time_down_t0")),
      fixedStatus: mustRun ? [Bool?](repeating: true, count: count) : [])
  }

  /// Corners of the cost curve; its ends must be the least and the greatest output.
  private static func costCurve(_ element: JSONElement) throws(ImportProblem) -> [CommittableUnit.CostPoint] {
    var curve: [CommittableUnit.CostPoint] = []
    let field = try element.member("piecewise_production")
    for point in try field.list() {
      curve.append(
        CommittableUnit.CostPoint(
          output: try point.member("mw").number(), costPerHour: try point.member("cost").number()))
    }
    guard let first = curve.first, let last = curve.last else {
      throw field.problem("has no point; give at least one with \"mw\" and \"cost\".")
    }
    for (key, end) in [("power_output_minimum", first.output), ("power_output_maximum", last.output)] {
      let limit = try element.member(key)
      let value = try limit.number(atLeast: 0, "MW")
      guard abs(value - end) <= 1e-6 * max(1, abs(value)) else {
        throw limit.problem(
          "is \(shownNumber(value)) MW where piecewise_production ends at \(shownNumber(end)) MW; make them equal.")
      }
    }
    return curve
  }

  private static func startCategories(
    _ element: JSONElement
  ) throws(ImportProblem) -> [CommittableUnit.StartCategory] {
    var categories: [CommittableUnit.StartCategory] = []
    for entry in try element.member("startup").list() {
      let lag = try entry.member("lag")
      let hours = try lag.wholeNumber(atLeast: 0, "h")
      if let last = categories.last, hours <= last.afterIntervals {
        throw element.problem(
          "has a startup lag of \(hours) h after one of \(last.afterIntervals) h; sort by rising lag.")
      }
      categories.append(
        CommittableUnit.StartCategory(afterIntervals: hours, cost: try entry.member("cost").number()))
    }
    return categories
  }
}
