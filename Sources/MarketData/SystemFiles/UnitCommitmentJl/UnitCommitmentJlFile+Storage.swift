internal import PowerSystem

extension UnitCommitmentJlFile {
  func storages() throws(ImportProblem) -> [StorageUnit] {
    var storages: [StorageUnit] = []
    for (name, element) in try top.optional("Storage units")?.elements("storage") ?? [] {
      storages.append(try storage(name, element))
    }
    return storages
  }

  private func storage(_ name: String, _ element: JSONElement) throws(ImportProblem) -> StorageUnit {
    func series(_ key: String, _ fallback: Double) throws(ImportProblem) -> [Double] {
      try element.optional(key)?.series(intervalCount) ?? [Double](repeating: fallback, count: intervalCount)
    }
    func needed(_ key: String) throws(ImportProblem) -> [Double] { try element.member(key).series(intervalCount) }
    let minimumLevel = try series("Minimum level (MWh)", 0)
    let maximumLevel = try needed("Maximum level (MWh)")
    return StorageUnit(
      name: name, bus: try bus(element.member("Bus")), minimumLevel: minimumLevel, maximumLevel: maximumLevel,
      initialLevel: try element.optional("Initial level (MWh)")?.number(atLeast: 0, "MWh") ?? 0,
      finalLevel: try finalLevel(element, minimumLevel[intervalCount - 1], maximumLevel[intervalCount - 1]),
      minimumCharge: try series("Minimum charge rate (MW)", 0), maximumCharge: try needed("Maximum charge rate (MW)"),
      minimumDischarge: try series("Minimum discharge rate (MW)", 0),
      maximumDischarge: try needed("Maximum discharge rate (MW)"),
      chargeCost_perMWh: try costSeries(element, "Charge cost ($/MW)"),
      dischargeCost_perMWh: try costSeries(element, "Discharge cost ($/MW)"),
      chargeEfficiency: try series("Charge efficiency", 1), dischargeEfficiency: try series("Discharge efficiency", 1),
      loss: try series("Loss factor", 0), allowsBoth: try allowsBoth(element))
  }

  private func finalLevel(
    _ element: JSONElement, _ lowest: Double, _ highest: Double
  ) throws(ImportProblem) -> ClosedRange<Double>? {
    let least = try element.optional("Last period minimum level (MWh)")?.number()
    let most = try element.optional("Last period maximum level (MWh)")?.number()
    if least == nil, most == nil { return nil }
    let (lower, upper) = (least ?? lowest, most ?? highest)
    guard lower <= upper else {
      throw element.problem(
        "has a last minimum level of \(lower) MWh above the maximum of \(upper) MWh; correct one of them.")
    }
    return lower...upper
  }

  private func allowsBoth(_ element: JSONElement) throws(ImportProblem) -> [Bool] {
    guard let field = try element.optional("Allow simultaneous charging and discharging") else {
      return [Bool](repeating: true, count: intervalCount)
    }
    guard case .array = field.value else { return [Bool](repeating: try field.flag(), count: intervalCount) }
    var flags: [Bool] = []
    for entry in try field.list() { flags.append(try entry.flag()) }
    return flags
  }
}
