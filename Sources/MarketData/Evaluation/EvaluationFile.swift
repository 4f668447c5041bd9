public import MarketModel

/// A file to evaluate forecasts on: whole days on one grid for each site, gaps as NaN.
public struct EvaluationFile: Sendable {
  /// Name for sentences: the path as it was given.
  public let file: String
  /// SHA-256 of the file as it stands on the disk.
  public let sha256: String
  public let format: EvaluationFormat
  public let length: IntervalLength
  /// Rows under the header.
  public let rows: Int
  /// One for each site, in the order of the file.
  public let tables: [EvaluationTable]
  /// What was missing, doubled or fitted, in sentences.
  public let notes: [String]
}

/// The days of one site: no day of the calendar is left out between the first and the last.
public struct EvaluationTable: Sendable {
  /// Empty if the file has no sites.
  public let site: String
  public let firstDay: MarketDay
  public let dayCount: Int
  /// Intervals of a day: 24, 48, 96 or 288.
  public let intervals: Int
  public let columns: [EvaluationColumn]

  public var lastDay: MarketDay { firstDay.advanced(by: dayCount - 1) }

  /// The values of a day, one for each interval; all NaN outside of the file.
  public func values(of column: EvaluationColumn, on day: MarketDay) -> [Double] {
    let index = firstDay.distance(to: day)
    guard (0..<dayCount).contains(index) else { return [Double](repeating: .nan, count: intervals) }
    return Array(column.values[index * intervals..<(index + 1) * intervals])
  }

  /// The columns of a quantity, in the order of the file.
  public func columns(of quantity: EvaluationQuantity) -> [EvaluationColumn] {
    columns.filter { $0.quantity == quantity }
  }
}

/// One series of a table.
public struct EvaluationColumn: Sendable {
  public let name: String
  public let quantity: EvaluationQuantity
  public let unit: String
  public let known: EvaluationKnowledge
  /// Location of a series key, empty elsewhere.
  public let location: String
  /// By day and interval; NaN where the file has no value.
  public let values: [Double]
}
