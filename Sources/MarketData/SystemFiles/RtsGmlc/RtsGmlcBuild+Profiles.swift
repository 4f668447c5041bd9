internal import MarketModel
internal import PowerSystem

extension RtsGmlcBuild {
  /// Hydro, solar and wind in the order of gen.csv.
  mutating func profiledUnits() throws(ImportProblem) -> [ProfiledUnit] {
    var units: [ProfiledUnit] = []
    for row in folder.generators {
      let name = try row.text("GEN UID")
      let category = try row.text("Category")
      guard let series = folder.production.first(where: { $0.columns.contains(name) }),
        let output = try series.slice(name, from: firstDay, days: days)
      else {
        try check(name, category, row)
        continue
      }
      let largest = try row.number("PMax MW")
      let upper = category == "CSP" ? output.map { min($0, largest) } : output
      if category == "CSP" {
        notes.append("\(name): output up to the natural inflow, at most \(largest) MW; its heat storage is left out.")
      }
      let isFixed = category == "Hydro" || category == "Solar RTPV"
      let cost = try row.optionalNumber("VOM") ?? 0
      units.append(
        ProfiledUnit(
          name: name, bus: try bus(row),
          minimumOutput: isFixed ? upper : [Double](repeating: 0, count: intervalCount), maximumOutput: upper,
          cost_perMWh: cost == 0 ? [] : [Double](repeating: cost, count: intervalCount)))
    }
    return units
  }

  /// A generator without a series must be one that needs none.
  private func check(_ name: String, _ category: String, _ row: NamedRow) throws(ImportProblem) {
    let known = Self.thermalCategories.union(["Sync_Cond", "Storage"])
    guard known.contains(category) else {
      throw row.problem(
        "GEN UID", "\(name) (\(category)) has no series in timeseries; add the file that holds its output.")
    }
  }

  /// The head stores of units of the category Storage.
  mutating func storages() throws(ImportProblem) -> [StorageUnit] {
    var storages: [StorageUnit] = []
    for row in folder.generators where row.optionalText("Category") == "Storage" {
      let name = try row.text("GEN UID")
      guard
        let store = folder.storageRows.first(where: {
          $0.optionalText("GEN UID") == name && $0.optionalText("position") == "head"
        })
      else { throw row.problem("GEN UID", "\(name) has no row with the position \"head\" in storage.csv; add it.") }
      storages.append(try storage(name, row, store))
      notes.append(
        "\(name): the round-trip efficiency counts when charging; the last level must not be below the first.")
    }
    return storages
  }

  private func storage(_ name: String, _ row: NamedRow, _ store: NamedRow) throws(ImportProblem) -> StorageUnit {
    func constant(_ value: Double) -> [Double] { [Double](repeating: value, count: intervalCount) }
    let capacity = try store.number("Max Volume GWh") * 1000
    let usual = try store.number("Initial Volume GWh") * 1000
    let level = settings.initialLevels[name] ?? usual
    guard (0...capacity).contains(level) else {
      throw store.problem(
        "Initial Volume GWh", "the level of \(name) is \(level) MWh; it must lie between 0 and \(capacity) MWh.")
    }
    return StorageUnit(
      name: name, bus: try bus(row), minimumLevel: constant(0), maximumLevel: constant(capacity), initialLevel: level,
      finalLevel: level...capacity, minimumCharge: constant(0), maximumCharge: constant(try row.number("Pump Load MW")),
      minimumDischarge: constant(0), maximumDischarge: constant(try row.number("PMax MW")),
      chargeCost_perMWh: constant(0), dischargeCost_perMWh: constant(try row.optionalNumber("VOM") ?? 0),
      chargeEfficiency: constant(try row.number("Storage Roundtrip Efficiency") / 100),
      dischargeEfficiency: constant(1),
      loss: constant(0), allowsBoth: [Bool](repeating: false, count: intervalCount))
  }
}
