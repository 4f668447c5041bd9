internal import MarketModel
internal import PowerSystem

/// Makes the problem of some days from the tables and series of a folder.
struct RtsGmlcBuild {
  let folder: RtsGmlcFolder
  let firstDay: MarketDay
  let days: Int
  let settings: RtsGmlcFolder.Settings
  var notes: [String] = []
  /// Position of each bus by its number in the table, and its area.
  var positions: [String: Int] = [:]
  var areas: [String] = []

  init(folder: RtsGmlcFolder, firstDay: MarketDay, days: Int, settings: RtsGmlcFolder.Settings) {
    self.folder = folder
    self.firstDay = firstDay
    self.days = days
    self.settings = settings
  }

  var intervalCount: Int { days * folder.resolution.intervalsPerDay }
  var hours: Double { 24 / Double(folder.resolution.intervalsPerDay) }

  mutating func problem() throws(ImportProblem) -> CommitmentProblem {
    let buses = try buses()
    let profiled = try profiledUnits()
    let thermal = try thermalUnits(demand: buses, profiled: profiled)
    let reserves = try reserves(units: thermal)
    return CommitmentProblem(
      name: "rts-gmlc \(firstDay)" + (days > 1 ? " +\(days - 1)" : ""), intervalCount: intervalCount,
      hoursPerInterval: hours, units: thermal, profiledUnits: profiled, storages: try storages(), buses: buses,
      branches: settings.withNetwork ? try branches() : [], reserves: reserves,
      shortageCost_perMWh: settings.shortageCost_perMWh, surplusCost_perMWh: settings.surplusCost_perMWh,
      directCurrentLines: settings.withNetwork ? try directCurrentLines() : [], notes: notes)
  }

  /// The demand of each area, split by the buses' shares.
  private mutating func buses() throws(ImportProblem) -> [Bus] {
    var shares: [Double] = []
    var totals: [String: Double] = [:]
    for (position, row) in folder.busRows.enumerated() {
      let share = try row.number("MW Load")
      let area = try row.text("Area")
      positions[try row.text("Bus ID")] = position
      areas.append(area)
      shares.append(share)
      totals[area, default: 0] += share
    }
    var demands: [String: [Double]] = [:]
    for area in totals.keys.sorted() {
      guard let demand = try folder.load.slice(area, from: firstDay, days: days) else {
        throw .header(file: folder.load.file, sentence: "missing column \"\(area)\"; add the load of area \(area).")
      }
      demands[area] = demand
    }
    if !settings.withNetwork {
      var total = [Double](repeating: 0, count: intervalCount)
      for area in demands.keys.sorted() {
        for (interval, value) in (demands[area] ?? []).enumerated() { total[interval] += value }
      }
      return [Bus(name: "system", demand: total)]
    }
    return try folder.busRows.enumerated().map { (position, row) throws(ImportProblem) in
      let share = shares[position] / max(totals[areas[position]] ?? 0, 1e-9)
      return Bus(name: try row.text("Bus ID"), demand: (demands[areas[position]] ?? []).map { $0 * share })
    }
  }

  /// Position of the bus that a row names; always 0 without a network.
  func bus(_ row: NamedRow, _ column: String = "Bus ID") throws(ImportProblem) -> Int {
    let position = try position(row, column)
    return settings.withNetwork ? position : 0
  }

  func area(_ row: NamedRow) throws(ImportProblem) -> String { areas[try position(row, "Bus ID")] }

  private func position(_ row: NamedRow, _ column: String) throws(ImportProblem) -> Int {
    guard let position = positions[try row.text(column)] else {
      throw row.problem(column, "\"\(try row.text(column))\" is no bus of bus.csv; correct the number.")
    }
    return position
  }

  private func branches() throws(ImportProblem) -> [Branch] {
    try folder.branchRows.map { (row) throws(ImportProblem) in
      let reactance = try row.number("X")
      guard reactance != 0 else { throw row.problem("X", "is 0 per unit; a reactance other than 0 is needed.") }
      return Branch(
        name: try row.text("UID"), from: try bus(row, "From Bus"), to: try bus(row, "To Bus"),
        susceptance: 100 / reactance, limit: try row.number("Cont Rating"),
        emergencyLimit: try row.number("STE Rating"), resistance_perMW: try row.number("R") / 100)
    }
  }

  private func directCurrentLines() throws(ImportProblem) -> [DirectCurrentLine] {
    try folder.directCurrentRows.map { (row) throws(ImportProblem) in
      let limit = abs(try row.number("MW Load"))
      return DirectCurrentLine(
        name: try row.text("UID"), from: try bus(row, "From Bus"), to: try bus(row, "To Bus"), limits: -limit...limit)
    }
  }

  /// Spinning requirements by area, held by the thermal units of the area whose category is eligible.
  private mutating func reserves(units: [CommittableUnit]) throws(ImportProblem) -> [ReserveRequirement] {
    let rows = Dictionary(
      folder.generators.map { ($0.optionalText("GEN UID") ?? "", $0) }, uniquingKeysWith: { first, _ in first })
    var reserves: [ReserveRequirement] = []
    var left: [String] = []
    for row in folder.reserveRows {
      let product = try row.text("Reserve Product")
      guard let series = folder.spinning.first(where: { $0.columns.contains(product) }),
        let requirement = try series.slice(product, from: firstDay, days: days)
      else {
        left.append(product)
        continue
      }
      let categories = RtsGmlcBuild.list(try row.text("Eligible Device SubCategories"))
      let regions = RtsGmlcBuild.list(try row.text("Eligible Regions"))
      var providers: [Int] = []
      for (index, unit) in units.enumerated() {
        guard let generator = rows[unit.name], regions.contains(try area(generator)) else { continue }
        if categories.contains(try generator.text("Category")) { providers.append(index) }
      }
      reserves.append(
        ReserveRequirement(
          name: product, requirement: requirement, shortfallCost_perMWh: settings.reserveShortfallCost_perMWh,
          providers: providers))
    }
    if !left.isEmpty { notes.append("Reserves left out: \(left.joined(separator: ", ")).") }
    if !reserves.isEmpty { notes.append("Spinning reserve is held by thermal units alone, not by wind and solar.") }
    return reserves
  }

  /// "(a,b)" or "a" as its parts.
  private static func list(_ text: String) -> [String] {
    text.filter { $0 != "(" && $0 != ")" }.split(separator: ",").map { part in
      String(part.drop { $0 == " " })
    }
  }
}
