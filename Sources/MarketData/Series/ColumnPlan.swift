import MarketModel

/// Which column of one file is what: a source table met with the header of a file.
struct ColumnPlan {
  /// How a row says its day and interval.
  enum Clock {
    case dayAndEndLabel(day: Int, label: Int)
    /// One field with the day and the start of the interval; every day has 24 hours.
    case dayAndStart(column: Int)
  }

  let clock: Clock
  let length: IntervalLength
  /// Column with the instant of publication, if the file has one.
  let availableAt: Int?
  let values: [PlannedColumn]
  let names: [String]
  let ignored: [String]

  init(
    header: [String], file: String, table: SourceTable, zone: MarketZone, currency: String
  ) throws(ImportProblem) {
    var matching = HeaderMatching(header: header, file: file, currency: currency)
    let dayColumn = try matching.column(of: .day, in: table)
    let labelColumn = try matching.column(of: .intervalEnd, in: table)
    let startColumn = try matching.column(of: .dayAndIntervalStart, in: table)
    if let startColumn {
      clock = .dayAndStart(column: startColumn)
    } else if let dayColumn, let labelColumn {
      clock = .dayAndEndLabel(day: dayColumn, label: labelColumn)
    } else {
      throw .table(file: table.format.rawValue + ".csv", sentence: "no rows say which columns are day and interval.")
    }
    availableAt = try matching.column(of: .availableAt, in: table)
    length = try ColumnPlan.length(of: table, zone: zone, file: file)
    values = try matching.valueColumns(in: table)
    names = header
    ignored = matching.unclaimed
    guard !values.isEmpty else {
      throw .header(file: file, sentence: "no column holds a series; the header has \(quotedList(header)).")
    }
  }

  private static func length(
    of table: SourceTable, zone: MarketZone, file: String
  ) throws(ImportProblem) -> IntervalLength {
    let clockRow = table.rows.first { $0.role == .intervalEnd || $0.role == .dayAndIntervalStart }
    guard let declared = clockRow?.unit, !declared.isEmpty else { return zone.length }
    guard declared.hasSuffix(" min"), let minutes = Int(declared.dropLast(4)),
      let length = IntervalLength(rawValue: minutes)
    else {
      throw .table(
        file: table.format.rawValue + ".csv",
        sentence: "the interval length \"\(declared)\" is none of 5 min, 15 min, 30 min, 60 min.")
    }
    guard length == zone.length else {
      throw .header(
        file: file,
        sentence: "format \(table.format.rawValue) has intervals of \(length.minutes) minutes and the market has "
          + "\(zone.length.minutes). Choose the market's rule pack that belongs to the file.")
    }
    return length
  }
}

/// One column of values and what becomes of it.
struct PlannedColumn {
  let index: Int
  let name: String
  let key: SeriesKey
  let availability: GateClosure
  let limits: PlausibleRange
}

/// Hands the columns of a header to the rows of a source table; every column once.
struct HeaderMatching {
  let header: [String]
  let file: String
  let currency: String
  private var claimed: Set<Int> = []

  init(header: [String], file: String, currency: String) {
    self.header = header
    self.file = file
    self.currency = currency
  }

  /// Names of columns that nothing has claimed.
  var unclaimed: [String] { header.indices.filter { !claimed.contains($0) }.map { header[$0] } }

  /// The column that has a role, or nil if the table does not have it or does not require it.
  mutating func column(of role: SourceRow.Role, in table: SourceTable) throws(ImportProblem) -> Int? {
    guard let row = table.rows.first(where: { $0.role == role }) else { return nil }
    return try claim(row).first
  }

  /// The columns of values in the order of the header.
  mutating func valueColumns(in table: SourceTable) throws(ImportProblem) -> [PlannedColumn] {
    var columns: [PlannedColumn] = []
    for row in table.rows where row.role == .value {
      for index in try claim(row) { columns.append(try column(index, as: row)) }
    }
    let named = table.rows.filter { $0.role == .namedValue }
    if !named.isEmpty {
      for index in header.indices where !claimed.contains(index) {
        claimed.insert(index)
        columns.append(try namedColumn(index, in: named))
      }
    }
    columns.sort { $0.index < $1.index }
    for (position, column) in columns.enumerated() {
      guard let earlier = columns[..<position].first(where: { $0.key == column.key }) else { continue }
      throw .header(
        file: file,
        sentence: "columns \"\(earlier.name)\" and \"\(column.name)\" both hold \(column.key); keep one.")
    }
    return columns
  }

  private mutating func claim(_ row: SourceRow) throws(ImportProblem) -> [Int] {
    let found = header.indices.filter { !claimed.contains($0) && columnMatches(row.column, header: header, index: $0) }
    if found.isEmpty, row.isRequired {
      throw .header(
        file: file,
        sentence: "missing column \"\(row.column)\"; the header has \(quotedList(header)). "
          + "Check the format, or rename the column.")
    }
    if found.count > 1, !row.series.hasSuffix("@*") {
      throw .header(
        file: file,
        sentence: "several columns match \"\(row.column)\": \(quotedList(found.map { header[$0] })); keep one.")
    }
    claimed.formUnion(found)
    return found
  }

  private func column(_ index: Int, as row: SourceRow) throws(ImportProblem) -> PlannedColumn {
    let text = row.series.hasSuffix("@*") ? row.series.dropLast() + header[index] : row.series
    return try planned(index, key: SeriesKey(text), declaredUnit: row.unit, as: row)
  }

  /// A column named "load.forecast@north [MW]".
  private func namedColumn(_ index: Int, in rows: [SourceRow]) throws(ImportProblem) -> PlannedColumn {
    let name = header[index]
    let parts = name.split(separator: "[", maxSplits: 1)
    let keyText = parts.first.map { trimmed($0) } ?? ""
    guard let key = SeriesKey(keyText) else {
      throw .header(
        file: file,
        sentence: "column \"\(name)\" names no series; write the series and its unit, as \"load.forecast [MW]\" or "
          + "\"wind-speed.forecast@coast [m/s]\".")
    }
    let own = SeriesUnit.text(of: key.quantity, currency: currency)
    guard parts.count == 2, parts[1].hasSuffix("]") else {
      throw .header(file: file, sentence: "column \"\(name)\" states no unit; write \"\(key) [\(own)]\".")
    }
    let wanted = "\(key.quantity.rawValue).\(key.stage.rawValue)" + (key.location.isEmpty ? "" : "@*")
    guard let row = rows.first(where: { $0.series == wanted }) else {
      throw .header(file: file, sentence: "column \"\(name)\": the source table has no row for \(wanted).")
    }
    return try planned(index, key: key, declaredUnit: trimmed(parts[1].dropLast()), as: row)
  }

  private func planned(
    _ index: Int, key: SeriesKey?, declaredUnit: String, as row: SourceRow
  ) throws(ImportProblem) -> PlannedColumn {
    guard let key, let availability = row.availability else {
      throw .header(file: file, sentence: "column \"\(header[index])\" makes no series key.")
    }
    guard SeriesUnit.isOwn(declaredUnit, of: key.quantity, currency: currency) else {
      let own = SeriesUnit.text(of: key.quantity, currency: currency)
      let way = SeriesUnit.conversion(from: declaredUnit, to: key.quantity, currency: currency)
      throw .header(
        file: file,
        sentence: "column \"\(header[index])\" is in \(declaredUnit) and \(key.quantity.rawValue) is kept in \(own): "
          + "\(way), and write \(own).")
    }
    return PlannedColumn(
      index: index, name: header[index], key: key, availability: availability, limits: row.limits)
  }

  private func trimmed(_ text: some StringProtocol) -> String {
    String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}

/// Whether a column of a header is meant: "#2" is the second one; "*" stands for any text; capitals do not matter with
/// either.
func columnMatches(_ pattern: String, header: [String], index: Int) -> Bool {
  if pattern.hasPrefix("#") { return Int(pattern.dropFirst()) == index + 1 }
  guard pattern.contains("*") else { return header[index] == pattern }
  let name = header[index].lowercased()
  let inner = pattern.lowercased().split(separator: "*", omittingEmptySubsequences: false)
  guard let first = inner.first, let last = inner.last, name.hasPrefix(first), name.hasSuffix(last) else {
    return false
  }
  return inner.dropFirst().dropLast().allSatisfy { $0.isEmpty || name.contains($0) }
}
