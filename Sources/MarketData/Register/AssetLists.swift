public import Foundation
public import MarketModel

/// Plants as a file: `plants.csv`.
public enum PlantList {
  public static func read(from url: URL) throws(ImportProblem) -> [Plant] {
    let table = try NamedRows(url)
    try table.requireColumns(["plant", "maximum_starts_per_day"])
    return try table.parsed { row throws(ImportProblem) in
      let limit =
        row.optionalText("maximum_starts_per_day") == nil ? nil : try row.wholeNumber("maximum_starts_per_day")
      return Plant(id: PlantID(try row.text("plant")), maximumStartsPerDay: limit)
    }
  }

  /// The text of a file that `read` turns into the same plants.
  public static func text(of plants: [Plant]) -> String {
    let rows = plants.map { "\($0.id.text),\($0.maximumStartsPerDay.map { "\($0)" } ?? "")" }
    return (["plant,maximum_starts_per_day"] + rows).joined(separator: "\n") + "\n"
  }
}

/// Contracts for difference as a file: `contracts.csv`.
public enum ContractList {
  public static func read(from url: URL) throws(ImportProblem) -> [ContractForDifference] {
    let table = try NamedRows(url)
    try table.requireColumns([
      "contract", "counterparty", "first_day", "last_day", "from_time", "to_time", "power_MW", "price_per_MWh",
      "reference",
    ])
    return try table.parsed { row throws(ImportProblem) in try contract(row) }
  }

  private static func contract(_ row: NamedRow) throws(ImportProblem) -> ContractForDifference {
    let (first, last) = (try row.day("first_day"), try row.day("last_day"))
    guard first <= last else { throw row.problem("last_day", "\(last) is before the first day \(first).") }
    let (from, to) = (try row.clockMinute("from_time"), try row.clockMinute("to_time"))
    guard from < to else {
      throw row.problem(
        "to_time", "\(ClockTime.text(to)) is not after \(ClockTime.text(from)); write 24:00 for the end.")
    }
    let referenceText = try row.text("reference")
    guard let reference = ContractForDifference.Reference(rawValue: referenceText) else {
      throw row.problem("reference", "\"\(referenceText)\" is neither day-ahead nor real-time.")
    }
    return ContractForDifference(
      id: try row.text("contract"), counterparty: try row.text("counterparty"), firstDay: first, lastDay: last,
      fromMinute: from, toMinute: to, power: try row.power("power_MW"), price: try row.price("price_per_MWh"),
      reference: reference)
  }
}

/// Outage tickets as a file: `outages.csv`, times in the market's own clock.
public enum OutageList {
  public static func read(from url: URL, zone: MarketZone) throws(ImportProblem) -> [Available<Outage>] {
    let table = try NamedRows(url)
    try table.requireColumns(["unit", "from", "to", "available_MW", "available_at"])
    return try table.parsed { row throws(ImportProblem) in
      let (from, to) = (try row.instant("from", zone: zone), try row.instant("to", zone: zone))
      guard from < to else { throw row.problem("to", "the end is not after the beginning.") }
      let left = try row.power("available_MW")
      guard left >= .zero else { throw row.problem("available_MW", "\(left) is below 0 MW.") }
      let outage = Outage(unit: UnitID(try row.text("unit")), from: from, to: to, availableCapacity: left)
      return Available(outage, availableAt: try row.instant("available_at", zone: zone))
    }
  }
}
