internal import Foundation
internal import MarketData
internal import MarketModel
internal import MarketRules
internal import Settlement

/// Metered net energy: `unit,day,interval_end,net_MWh`.
struct MeteredEnergy {
  private let file: String
  private let values: [UnitID: [MarketDay: [Int: Energy]]]

  init(file url: URL) throws {
    let table = try readRecords(url, columns: ["unit", "day", "interval_end", "net_MWh"])
    file = table.file
    var found: [UnitID: [MarketDay: [Int: Energy]]] = [:]
    for row in table.rows {
      func wrong(_ sentence: String) -> DeskProblem {
        DeskProblem(.badData, "\(table.file), line \(row.line): \(sentence)")
      }
      guard let day = MarketDay(row["day"]) else { throw wrong("\"\(row["day"])\" is no date; write 2023-03-15.") }
      guard let minute = clockHours(row["interval_end"]).map({ Int(($0 * 60).rounded()) }), minute > 0 else {
        throw wrong("\"\(row["interval_end"])\" is no end of an interval; write 00:15 to 24:00.")
      }
      guard let energy = WrittenDecimal(row["net_MWh"])?.energy else {
        throw wrong("\"\(row["net_MWh"])\" is no number of MWh; write it with digits and a decimal point.")
      }
      guard found[UnitID(row["unit"]), default: [:]][day, default: [:]].updateValue(energy, forKey: minute) == nil
      else {
        throw wrong("\(row["unit"]) \(day) \(row["interval_end"]) stands twice; keep one.")
      }
    }
    values = found
  }

  /// A unit's day by interval.
  ///
  /// - Throws: `DeskProblem` if it is not there, or only in part.
  func energy(of unit: UnitID, on grid: IntervalGrid) throws -> [Energy] {
    let own = values[unit]?[grid.day] ?? [:]
    let series = grid.intervals.map { own[$0.endMinute] }
    guard own.count == grid.count, !series.contains(nil) else {
      throw DeskProblem(
        .badData,
        "\(file) has \(series.count { $0 != nil }) of \(grid.count) intervals of unit \(unit) on \(grid.day); meter the whole day."
      )
    }
    return series.compactMap { $0 }
  }
}

/// Payments that follow no clearing: `day,unit,item,quantity,price,reference_price,factor,clause`; quantity × (price −
/// reference_price) × factor. A price of capacity compensation that is left empty is that of the day's rule pack.
struct ServiceList {
  private let table: TextRecords

  init(file url: URL) throws {
    table = try readRecords(
      url, columns: ["day", "unit", "item", "quantity", "price", "reference_price", "factor", "clause"])
  }

  /// - Parameter pack: the rules of a day.
  func lines(
    in range: MarketDayRange, currency: String, pack: (MarketDay) throws -> RulePack
  ) throws -> [StatementLine] {
    var found: [StatementLine] = []
    for row in table.rows {
      func wrong(_ sentence: String) -> DeskProblem {
        DeskProblem(.badData, "\(table.file), line \(row.line): \(sentence)")
      }
      guard let day = MarketDay(row["day"]) else { throw wrong("\"\(row["day"])\" is no date; write 2023-03-15.") }
      guard range.first <= day, day <= range.last else { continue }
      guard let item = StatementItem(rawValue: row["item"]) else {
        let known = StatementItem.allCases.map(\.rawValue).joined(separator: ", ")
        throw wrong("\"\(row["item"])\" is no item; there are \(known).")
      }
      func number(_ column: String, or standIn: String) throws -> WrittenDecimal {
        let text = row[column].isEmpty ? standIn : row[column]
        guard let number = WrittenDecimal(text) else {
          throw wrong("\(column) \"\(text)\" is no number; write it with digits and a decimal point.")
        }
        return number
      }
      let quantity = try number("quantity", or: "")
      var source = Citation(
        clause: row["clause"].isEmpty ? "as stated in \(table.file)" : row["clause"], confidence: .assumed)
      var standIn = ""
      if item == .capacityCompensation, row["price"].isEmpty {
        let rules = try pack(day)
        guard case .known(let known, let citation) = rules.settlement.capacityPrice else {
          throw wrong("the price is empty, and rule pack \(rules.name) knows no capacity_price_per_MWh; state it.")
        }
        (standIn, source) = (known.text, citation)
      }
      let (price, reference) = (try number("price", or: standIn), try number("reference_price", or: "0"))
      let factor = try number("factor", or: "1")
      guard let high = price.energyPrice, let low = reference.energyPrice, let parts = factor.energyPrice else {
        throw wrong("a price or the factor is beyond a billion.")
      }
      let whole = quantity.energy.value(at: high - low)
      // A factor of at most six decimals is exact in millionths.
      let amount = Money(quanta: whole.quanta * Int128(parts.microPerMegawattHour) / 1_000_000)
      found.append(
        StatementLine(
          unit: UnitID(row["unit"]), day: day, item: item, quantity: .zero, amount: amount,
          formula: "quantity · (price − reference price) · factor",
          inputs: [
            StatementInput("quantity", quantity.text, unit: "MWh or MW"),
            StatementInput("price", price.text, unit: "\(currency)/MWh or MW"),
            StatementInput("reference price", reference.text, unit: "\(currency)/MWh or MW"),
            StatementInput("factor", factor.text, unit: ""),
          ],
          source: source, periods: []))
    }
    return found
  }
}

/// A CSV file, or the first sheet of a spreadsheet, with exactly these columns.
func readRecords(_ url: URL, columns: [String]) throws -> TextRecords {
  let table = try readTable(url)
  let missing = columns.filter { !table.header.contains($0) }
  guard missing.isEmpty else {
    throw DeskProblem(
      .badData,
      "\(table.file) lacks the column \(missing.joined(separator: ", ")); it needs \(columns.joined(separator: ","))."
    )
  }
  return table
}

/// A CSV file as text.
func readTable(_ url: URL) throws -> TextRecords {
  guard FileManager.default.fileExists(atPath: url.path) else {
    throw DeskProblem(.missingInput, "\(url.relativePath) does not exist; name a file.")
  }
  return try inDeskTerms { try TextRecords(csv: url) }
}
