import Foundation
import MarketModel

/// A market day all of whose values have been read.
struct FinishedDay {
  /// One observation for each column of values, in the order of the plan.
  let observations: [DayObservation]
}

/// Collects rows into market days and says what is wrong with them.
struct DayAssembly {
  /// One publication of one day; a file may hold a day again only with another time of publication.
  private struct Block: Hashable {
    let day: Int
    let availableAt: Date?
  }

  let plan: ColumnPlan
  let file: String
  let zone: MarketZone
  let table: SourceFormat
  private(set) var rows = 0
  private(set) var days = 0
  private(set) var firstDay: MarketDay?
  private(set) var lastDay: MarketDay?
  private(set) var skippedDays: [MarketDay] = []
  /// The first wrong rows; `problemCount` counts all.
  private(set) var problems: [RowProblem] = []
  private(set) var problemCount = 0

  private var known: Set<Block> = []
  private var grid: IntervalGrid?
  private var availableAt: Date?
  private var isBad = false
  private var values: [[Double]]
  private var seen: [Bool] = []
  private var lastNumber = 0
  private var lastLine = 0
  private var dayText: [UInt8] = []
  private var availableText: [UInt8] = []

  init(plan: ColumnPlan, file: String, zone: MarketZone, table: SourceFormat) {
    self.plan = plan
    self.file = file
    self.zone = zone
    self.table = table
    values = plan.values.map { _ in [] }
  }

  /// Takes one row; returns the day before it, if this row begins another one and that day was complete.
  mutating func add(_ reader: CSVRecordReader) -> FinishedDay? {
    rows += 1
    guard reader.fieldCount == plan.names.count else {
      note(reader.line, nil, "the row has \(reader.fieldCount) fields where the header has \(plan.names.count).")
      return nil
    }
    let finished = beginDayIfNew(reader)
    lastLine = reader.line
    guard let grid, let number = intervalNumber(reader, in: grid) else {
      isBad = true
      return finished
    }
    place(reader, number: number)
    return finished
  }

  /// The last day of the file, if it is complete.
  mutating func finish() -> FinishedDay? {
    guard let grid else { return nil }
    defer { self.grid = nil }
    noteMissingIntervals(of: grid)
    guard !isBad else {
      if skippedDays.last != grid.day { skippedDays.append(grid.day) }
      return nil
    }
    days += 1
    firstDay = min(firstDay ?? grid.day, grid.day)
    lastDay = max(lastDay ?? grid.day, grid.day)
    return FinishedDay(
      observations: zip(plan.values, values).map { column, values in
        DayObservation(
          key: column.key, day: grid.day, length: plan.length, values: values,
          availableAt: availableAt ?? column.availability.instant(for: grid.day, in: zone))
      })
  }

  private mutating func beginDayIfNew(_ reader: CSVRecordReader) -> FinishedDay? {
    let day = dayField(reader)
    let published = plan.availableAt.map { reader.field($0) }
    let sameDay = day.elementsEqual(dayText)
    let samePublication = published.map { $0.elementsEqual(availableText) } ?? true
    if grid != nil, sameDay, samePublication { return nil }
    let finished = finish()
    dayText = Array(day)
    availableText = published.map { Array($0) } ?? []
    begin(reader)
    return finished
  }

  private mutating func begin(_ reader: CSVRecordReader) {
    isBad = false
    lastNumber = 0
    let dayColumn =
      switch plan.clock {
      case .dayAndEndLabel(let column, _), .dayAndStart(let column): column
      }
    guard let day = MarketDay(String(decoding: dayText, as: UTF8.self)) else {
      note(reader.line, dayColumn, "\"\(shown(reader, dayColumn))\" is no date; write 2023-03-15.")
      return
    }
    availableAt = nil
    if let column = plan.availableAt {
      availableAt = LocalTime.instant(String(decoding: availableText, as: UTF8.self), zone: zone)
      if availableAt == nil {
        note(reader.line, column, "\"\(shown(reader, column))\" is no time; write 2023-03-14T08:30.")
        isBad = true
      }
    }
    let grid: IntervalGrid
    switch plan.clock {
    case .dayAndEndLabel: grid = IntervalGrid(day: day, length: plan.length, count: zone.grid(for: day).count)
    case .dayAndStart: grid = IntervalGrid(ordinary: day, length: plan.length)
    }
    if !known.insert(Block(day: day.dayNumber, availableAt: availableAt)).inserted {
      note(
        reader.line, dayColumn,
        "\(day) stands in the file a second time; put the rows of a day together and keep each once.")
      isBad = true
    }
    self.grid = grid
    seen = [Bool](repeating: false, count: grid.count)
    for index in values.indices { values[index] = [Double](repeating: .nan, count: grid.count) }
  }

  /// The bytes that name the day.
  private func dayField(_ reader: CSVRecordReader) -> UnsafeBufferPointer<UInt8> {
    switch plan.clock {
    case .dayAndEndLabel(let day, _): return FieldParsing.trim(reader.field(day))
    case .dayAndStart(let column):
      let field = FieldParsing.trim(reader.field(column))
      let end = field.firstIndex { $0 == 32 || $0 == UInt8(ascii: "T") } ?? field.endIndex
      return UnsafeBufferPointer(rebasing: field[..<end])
    }
  }

  private mutating func intervalNumber(_ reader: CSVRecordReader, in grid: IntervalGrid) -> Int? {
    let (column, minute): (Int, Int?)
    switch plan.clock {
    case .dayAndEndLabel(_, let label):
      (column, minute) = (label, FieldParsing.minute(reader.field(label)))
    case .dayAndStart(let start):
      let field = FieldParsing.trim(reader.field(start))
      let clock = UnsafeBufferPointer(rebasing: field.dropFirst(dayField(reader).count + 1))
      (column, minute) = (start, FieldParsing.minute(clock).map { $0 + grid.length.minutes })
    }
    if let minute, minute > 0, minute.isMultiple(of: grid.length.minutes), minute / grid.length.minutes <= grid.count {
      return minute / grid.length.minutes
    }
    note(
      reader.line, column,
      "\"\(shown(reader, column))\" is no interval of \(grid.day), which has \(grid.count) of "
        + "\(grid.length.minutes) minutes.")
    return nil
  }

  private mutating func place(_ reader: CSVRecordReader, number: Int) {
    let label = { (grid: IntervalGrid?) in grid.map { DayAssembly.label(number, of: $0) } ?? "\(number)" }
    if seen[number - 1] {
      note(reader.line, nil, "interval \(label(grid)) of \(dayName) stands twice; keep one row.")
      isBad = true
    } else if number < lastNumber {
      note(
        reader.line, nil, "interval \(label(grid)) of \(dayName) is out of order; sort the rows by day and interval.")
      isBad = true
    }
    seen[number - 1] = true
    lastNumber = max(lastNumber, number)
    for (position, column) in plan.values.enumerated() {
      guard let value = FieldParsing.number(reader.field(column.index)) else {
        let text = shown(reader, column.index)
        let found = text.allSatisfy({ $0 == " " }) ? "the cell is empty" : "\"\(text)\" is no number"
        note(reader.line, column.index, found + " in interval \(label(grid)) of \(dayName); a number is needed.")
        isBad = true
        continue
      }
      values[position][number - 1] = value
    }
  }

  private mutating func noteMissingIntervals(of grid: IntervalGrid) {
    let missing = grid.intervals.filter { !seen[$0.number - 1] }
    guard !missing.isEmpty else { return }
    let names = missing.prefix(5).map { DayAssembly.label($0.number, of: grid) }.joined(separator: ", ")
    note(
      lastLine, nil,
      "\(grid.day) has \(grid.count - missing.count) of \(grid.count) intervals: \(names)"
        + (missing.count > 5 ? " and \(missing.count - 5) more are" : (missing.count == 1 ? " is" : " are"))
        + " missing. Add the rows, or leave the whole day out.")
    isBad = true
  }

  private var dayName: String { grid.map { "\($0.day)" } ?? "an unknown day" }

  private static func label(_ number: Int, of grid: IntervalGrid) -> String {
    TradingInterval(day: grid.day, number: number, length: grid.length).endLabel
  }

  private func shown(_ reader: CSVRecordReader, _ column: Int) -> String { FieldParsing.shown(reader.field(column)) }

  private mutating func note(_ line: Int, _ column: Int?, _ sentence: String) {
    problemCount += 1
    guard problems.count < RowProblem.limit else { return }
    let name = column.map { plan.names[$0].isEmpty ? "column \($0 + 1)" : plan.names[$0] } ?? ""
    problems.append(RowProblem(file: file, line: line, column: name, sentence: sentence))
  }
}
