internal import NumericMethods

/// Turns a churn table into rows of predictors; what depends on the data (which words are common) is learned from given rows.
struct ChurnFeatures: Sendable {
  /// Words that get a column: column position in the table → words.
  private let words: [(column: Int, words: [String])]
  let names: [String]

  /// Ratios that mean something where a table has both columns.
  private static let ratios: [(name: String, top: String, bottom: String, scale: Double)] = [
    ("margin_share", "margin_net_pow_ele", "net_margin", 1), ("recent_use", "cons_last_month", "cons_12m", 12),
    ("forecast_ratio", "forecast_cons_12m", "cons_12m", 1), ("current_ratio", "imp_cons", "forecast_cons_year", 1),
    ("margin_per_energy", "net_margin", "forecast_cons_12m", 1), ("hours_of_use", "forecast_cons_12m", "pow_max", 1),
  ]

  /// - Parameter rows: the training rows; a word needs 1 % of them.
  init(_ table: ChurnTable, rows: [Int]) {
    var words: [(column: Int, words: [String])] = []
    var names: [String] = []
    for (position, column) in table.columns.enumerated() {
      guard case .words(let cells) = column.content else {
        names.append(column.name)
        continue
      }
      var counts: [String: Int] = [:]
      for row in rows { counts[cells[row], default: 0] += 1 }
      let common = counts.filter { $0.value * 100 >= rows.count }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      guard common.count > 1, common.count <= 40 else { continue }
      words.append((position, common.map(\.key)))
      names += common.map { "\(column.name)=\($0.key)" }
    }
    self.words = words
    let dates = Self.dates(table)
    names += dates.map { "\($0.name) of year" }
    for later in dates.indices { names += dates[..<later].map { "\(dates[later].name) - \($0.name)" } }
    names += Self.ratios.map(\.name)
    self.names = names
  }

  private static func dates(_ table: ChurnTable) -> [(name: String, values: [Double])] {
    table.columns.compactMap { column in
      if case .dates(let values) = column.content { (column.name, values) } else { nil }
    }
  }

  func rows(_ table: ChurnTable, _ rows: [Int]) -> FeatureRows {
    var columns: [[Float]] = []
    var common = words[...]
    for (position, column) in table.columns.enumerated() {
      switch column.content {
      case .numbers(let values), .dates(let values): columns.append(rows.map { Float(values[$0]) })
      case .words(let cells):
        guard let known = common.first, known.column == position else { continue }
        common = common.dropFirst()
        for word in known.words { columns.append(rows.map { cells[$0] == word ? 1 : 0 }) }
      }
    }
    let dates = Self.dates(table)
    for date in dates { columns.append(rows.map { Float(Self.dayOfYear(date.values[$0])) }) }
    for later in dates.indices {
      for earlier in dates[..<later] {
        columns.append(rows.map { Float(dates[later].values[$0] - earlier.values[$0]) })
      }
    }
    for ratio in Self.ratios {
      guard let top = table.values(ratio.top), let bottom = table.values(ratio.bottom) else {
        columns.append([Float](repeating: .nan, count: rows.count))
        continue
      }
      columns.append(rows.map { Float(ratio.scale * top[$0] / (abs(bottom[$0]) + 1)) })
    }
    var result = FeatureRows(columns: columns.count)
    result.reserveCapacity(rows.count)
    for row in rows.indices { result.append(columns.map { $0[row] }) }
    return result
  }

  /// Position within the year in days; the year is 365.2425 days long from 1970-01-01 on.
  private static func dayOfYear(_ day: Double) -> Double {
    day.isFinite ? day - (day / 365.2425).rounded(.down) * 365.2425 : .nan
  }
}
