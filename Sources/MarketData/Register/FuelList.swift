public import Foundation
public import MarketModel

/// Coal in stock, coal that arrives, and emission quotas of plants as a file: `fuel.csv`.
public enum FuelList {
  public static func read(from url: URL, zone: MarketZone) throws(ImportProblem) -> [Available<FuelRecord>] {
    let table = try NamedRows(url)
    try table.requireColumns(
      ["plant", "kind", "day", "amount_t", "available_at"],
      optional: ["substance", "last_day", "calorific_value_kcal_per_kg", "t_per_t_of_standard_coal"])
    return try table.parsed { row throws(ImportProblem) in
      Available(try record(row), availableAt: try row.instant("available_at", zone: zone))
    }
  }

  private static func record(_ row: NamedRow) throws(ImportProblem) -> FuelRecord {
    let text = try row.text("kind")
    guard let kind = FuelRecord.Kind(rawValue: text) else {
      throw row.problem("kind", "\"\(text)\" is none of stock, arrival and quota.")
    }
    let tonnes = try row.number("amount_t")
    guard tonnes >= 0 else { throw row.problem("amount_t", "\(tonnes) t is below 0 t.") }
    let day = try row.day("day")
    if kind != .quota {
      let quality = try row.number("calorific_value_kcal_per_kg")
      guard (1_000...8_000).contains(quality) else {
        throw row.problem("calorific_value_kcal_per_kg", "\(quality) is outside 1000 to 8000 kcal/kg.")
      }
      return FuelRecord(
        plant: PlantID(try row.text("plant")), kind: kind, substance: row.optionalText("substance") ?? "coal", day: day,
        tonnes: tonnes, tonnesPerTonneOfStandardCoal: Coal.standardKilocaloriesPerKilogram / quality)
    }
    let last = try row.day("last_day")
    guard day <= last else { throw row.problem("last_day", "\(last) is before the first day \(day).") }
    let factor = try row.number("t_per_t_of_standard_coal")
    guard factor > 0 else { throw row.problem("t_per_t_of_standard_coal", "\(factor) is not above 0.") }
    return FuelRecord(
      plant: PlantID(try row.text("plant")), kind: kind, substance: try row.text("substance"), day: day, lastDay: last,
      tonnes: tonnes, tonnesPerTonneOfStandardCoal: factor)
  }
}
