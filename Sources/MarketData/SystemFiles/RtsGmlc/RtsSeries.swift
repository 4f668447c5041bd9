internal import Foundation
internal import MarketModel

/// One file of the RTS-GMLC series, held whole: rows by day and period, one column for each object.
struct RtsSeries: Sendable {
  let file: String
  let columns: [String]
  /// Values by row, then column.
  let values: [Double]
  let firstDay: MarketDay
  let rowsPerDay: Int

  var dayCount: Int { values.count / columns.count / rowsPerDay }

  /// Reads Year, Month, Day, Period and one column for each object. Days and periods must follow each other.
  init(_ url: URL, rowsPerDay: Int) throws(ImportProblem) {
    let reader = try CSVRecordReader(ByteSource(url))
    file = reader.source.file
    guard try reader.next() else { throw .empty(file: reader.source.file) }
    let header = (0..<reader.fieldCount).map { reader.text($0) ?? "" }
    guard header.count > 4, Array(header[..<4]) == ["Year", "Month", "Day", "Period"] else {
      throw .header(
        file: reader.source.file,
        sentence: "the header must begin with Year, Month, Day, Period and name at least one column; it has "
          + "\(quotedList(Array(header.prefix(6)))).")
    }
    columns = Array(header[4...])
    self.rowsPerDay = rowsPerDay
    var values: [Double] = []
    var first: MarketDay?
    var rows = 0
    while try reader.next() {
      let day = try RtsSeries.day(reader, header, period: rows % rowsPerDay + 1)
      let start = first ?? day
      first = start
      guard day == start.advanced(by: rows / rowsPerDay) else {
        throw RtsSeries.problem(
          reader, "Day", "the day does not follow the row before; each day has \(rowsPerDay) rows.")
      }
      for column in 4..<header.count {
        guard let value = FieldParsing.number(reader.field(column)) else {
          throw RtsSeries.problem(
            reader, header[column],
            "\"\(FieldParsing.shown(reader.field(column)))\" is no number; a value in MW is needed.")
        }
        values.append(value)
      }
      rows += 1
    }
    guard let first, rows % rowsPerDay == 0 else {
      throw .header(
        file: reader.source.file, sentence: "has \(rows) rows; whole days of \(rowsPerDay) rows are needed.")
    }
    firstDay = first
    self.values = values
  }

  /// The values of a column on some days; nil without such a column.
  func slice(_ column: String, from day: MarketDay, days: Int) throws(ImportProblem) -> [Double]? {
    guard let index = columns.firstIndex(of: column) else { return nil }
    let offset = firstDay.distance(to: day)
    guard offset >= 0, offset + days <= dayCount else {
      throw .element(
        file: file, element: "day \(day)", field: "",
        sentence:
          "is not in the file (with \(days) days); it holds \(firstDay) to \(firstDay.advanced(by: dayCount - 1)).")
    }
    return (offset * rowsPerDay..<(offset + days) * rowsPerDay).map { values[$0 * columns.count + index] }
  }

  private static func day(
    _ reader: CSVRecordReader, _ header: [String], period: Int
  ) throws(ImportProblem) -> MarketDay {
    guard reader.fieldCount == header.count else {
      throw problem(reader, "", "the row has \(reader.fieldCount) fields where the header has \(header.count).")
    }
    func whole(_ column: Int) -> Int? { FieldParsing.number(reader.field(column)).flatMap { Int(exactly: $0) } }
    guard let year = whole(0), let month = whole(1), let number = whole(2),
      let day = MarketDay(year: year, month: month, day: number)
    else { throw problem(reader, "Day", "Year, Month and Day are no date.") }
    guard whole(3) == period else {
      throw problem(
        reader, "Period", "\"\(FieldParsing.shown(reader.field(3)))\" stands where period \(period) should follow.")
    }
    return day
  }

  private static func problem(_ reader: CSVRecordReader, _ column: String, _ sentence: String) -> ImportProblem {
    .rows([RowProblem(file: reader.source.file, line: reader.line, column: column, sentence: sentence)])
  }
}
