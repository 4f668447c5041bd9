internal import Foundation
internal import MarketData
internal import MarketModel
internal import Settlement

/// How one operator writes its statement from one day on: data/statements/layouts.csv.
struct StatementLayout {
  enum Role: String { case unit, day, period, item, contract, quantity, price, amount, other }

  struct Column {
    let role: Role
    let item: StatementItem?
    let header: String
    let words: [String: StatementItem]
  }

  let name: String
  let market: String
  let from: MarketDay?
  let to: MarketDay?
  var columns: [Column]

  /// Items with columns of their own; empty where a row is one item.
  var items: [StatementItem] {
    columns.compactMap { $0.role == .amount ? $0.item : nil }
  }

  func column(_ role: Role, _ item: StatementItem? = nil) -> Column? {
    columns.first { $0.role == role && $0.item == item }
  }

  var headers: [String] { columns.map(\.header) }

  func isInEffect(on day: MarketDay) -> Bool {
    (from.map { $0 <= day } ?? true) && (to.map { day <= $0 } ?? true)
  }

  /// All layouts, in the order of the file.
  static func all(in dataDirectory: URL) throws -> [StatementLayout] {
    let table = try readRecords(
      dataDirectory.appending(path: "statements/layouts.csv"),
      columns: ["layout", "market", "effective_from", "effective_to", "role", "item", "header", "words"])
    var found: [StatementLayout] = []
    for row in table.rows {
      func wrong(_ sentence: String) -> DeskProblem {
        DeskProblem(.badData, "\(table.file), line \(row.line): \(sentence)")
      }
      guard let role = Role(rawValue: row["role"]) else { throw wrong("\"\(row["role"])\" is no role of a column.") }
      guard row["item"].isEmpty || StatementItem(rawValue: row["item"]) != nil else {
        throw wrong("\"\(row["item"])\" is no item.")
      }
      var words: [String: StatementItem] = [:]
      for pair in row["words"].split(separator: ";") {
        let halves = pair.split(separator: "=").map(String.init)
        guard halves.count == 2, let item = StatementItem(rawValue: halves[1]) else {
          throw wrong("\"\(pair)\" does not name an item; write 日前电量=day-ahead-energy.")
        }
        words[halves[0]] = item
      }
      let column = Column(
        role: role, item: StatementItem(rawValue: row["item"]), header: row["header"], words: words)
      if let index = found.firstIndex(where: { $0.name == row["layout"] }) {
        found[index].columns.append(column)
      } else {
        found.append(
          StatementLayout(
            name: row["layout"], market: row["market"], from: MarketDay(row["effective_from"]),
            to: MarketDay(row["effective_to"]), columns: [column]))
      }
    }
    return found
  }

  /// The layout that a file has.
  ///
  /// - Throws: `DeskProblem` if no layout fits: the header changed, or the layout was in effect on other days.
  static func matching(
    _ table: TextRecords, named name: String?, market: String, day: MarketDay, among all: [StatementLayout]
  ) throws -> StatementLayout {
    if let name {
      guard let own = all.first(where: { $0.name == name }) else {
        throw DeskProblem(
          .notFound, "There is no statement layout \(name); there are \(all.map(\.name).joined(separator: ", ")).")
      }
      let missing = own.headers.filter { !table.header.contains($0) }
      guard missing.isEmpty else {
        throw DeskProblem(.badData, "\(table.file) does not have the layout \(name): it lacks \(quoted(missing)).")
      }
      return own
    }
    let own = all.filter { $0.market.isEmpty || $0.market == market }
    let exact = own.filter { Set($0.headers) == Set(table.header) }
    if let fitting = exact.first(where: { $0.isInEffect(on: day) }) { return fitting }
    if let late = exact.first {
      let span = "\(late.from.map { "\($0)" } ?? "…") to \(late.to.map { "\($0)" } ?? "…")"
      throw DeskProblem(
        .badData,
        "\(table.file) has the layout \(late.name) of \(span), but its first day is \(day); check the file, or name the layout with --layout."
      )
    }
    throw changed(table, own.filter { $0.isInEffect(on: day) })
  }

  private static func changed(_ table: TextRecords, _ known: [StatementLayout]) -> DeskProblem {
    func distance(_ layout: StatementLayout) -> Int {
      Set(layout.headers).symmetricDifference(Set(table.header)).count
    }
    guard let nearest = known.min(by: { distance($0) < distance($1) }) else {
      return DeskProblem(.badData, "\(table.file) has no layout that is known: \(quoted(table.header)).")
    }
    let missing = nearest.headers.filter { !table.header.contains($0) }
    let surplus = table.header.filter { !nearest.headers.contains($0) }
    let parts =
      (missing.isEmpty ? [] : ["lacks \(quoted(missing))"]) + (surplus.isEmpty ? [] : ["has \(quoted(surplus)) more"])
    return DeskProblem(
      .badData,
      "The layout of \(table.file) changed: against \(nearest.name) it \(parts.joined(separator: " and ")); describe it in data/statements/layouts.csv."
    )
  }

  private static func quoted(_ names: [String]) -> String { names.map { "\"\($0)\"" }.joined(separator: ", ") }
}

extension StatementLayout {
  /// The lines of a table with this layout.
  ///
  /// - Throws: `DeskProblem` for the first field that cannot be read.
  func lines(_ table: TextRecords, length minutes: Int) throws -> [OperatorLine] {
    var found: [OperatorLine] = []
    for row in table.rows {
      let fields = StatementFields(layout: self, table: table, row: row, minutes: minutes)
      let (unit, day, period) = (try fields.unit(), try fields.day(), try fields.period())
      for item in items.isEmpty ? [try fields.item()] : items {
        let own = items.isEmpty ? nil : item
        let key = StatementKey(day: day, unit: unit, item: item, contract: fields.text(.contract), period: period)
        guard let amount = try fields.number(.amount, own) else { continue }
        found.append(
          OperatorLine(
            row: row.line, key: key, quantity: try fields.number(.quantity, own), price: try fields.number(.price, own),
            amount: amount))
      }
    }
    return found
  }
}

/// One row as a layout reads it.
private struct StatementFields {
  let layout: StatementLayout
  let table: TextRecords
  let row: TextRecords.Row
  let minutes: Int

  func text(_ role: StatementLayout.Role, _ item: StatementItem? = nil) -> String {
    layout.column(role, item).map { row[$0.header] } ?? ""
  }

  private func wrong(_ sentence: String) -> DeskProblem {
    DeskProblem(.badData, "\(table.file), line \(row.line): \(sentence)")
  }

  func unit() throws -> UnitID {
    let text = text(.unit)
    guard !text.isEmpty else { throw wrong("the row names no unit.") }
    return UnitID(text)
  }

  func day() throws -> MarketDay {
    guard let day = MarketDay(text(.day)) else { throw wrong("\"\(text(.day))\" is no date; write 2023-03-15.") }
    return day
  }

  /// A number, or the end of a settlement period by the clock; 0 for a whole day.
  func period() throws -> Int {
    guard layout.column(.period) != nil, !text(.period).isEmpty else { return 0 }
    if let number = Int(text(.period)), number > 0 { return number }
    guard let hours = clockHours(text(.period)), hours > 0 else {
      throw wrong("\"\(text(.period))\" is no settlement period; write its number, or its end as 00:15.")
    }
    return Int((hours * 60).rounded()) / minutes
  }

  func item() throws -> StatementItem {
    let text = text(.item)
    if let item = layout.column(.item)?.words[text] ?? StatementItem(rawValue: text) { return item }
    throw wrong("\"\(text)\" is no item of the layout \(layout.name).")
  }

  func number(_ role: StatementLayout.Role, _ item: StatementItem?) throws -> WrittenDecimal? {
    let text = text(role, item)
    if text.isEmpty { return nil }
    guard let number = StatementFields.decimal(text) else {
      throw wrong("\(role.rawValue) \"\(text)\" is no number; write it with digits and a decimal point.")
    }
    return number
  }

  /// "1,234.50" too; a workbook's number of many digits counts as six decimals.
  private static func decimal(_ text: String) -> WrittenDecimal? {
    if let number = WrittenDecimal(text) { return number }
    if text.wholeMatch(of: /[-+]?\d{1,3}(,\d{3})+(\.\d+)?/) != nil {
      return WrittenDecimal(text.replacing(",", with: ""))
    }
    guard let value = Double(text), value.isFinite, abs(value) < 1e9 else { return nil }
    return WrittenDecimal(decimalText(Int128((value * 1_000_000).rounded()), decimals: 6, minimumDecimals: 6))
  }
}
