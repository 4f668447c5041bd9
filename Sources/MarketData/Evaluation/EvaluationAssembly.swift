import MarketModel

/// Puts the rows of one site on the grid of its days and keeps notes of what did not fit.
struct EvaluationAssembly {
  let columns: EvaluationColumns
  let length: IntervalLength
  let file: String
  private(set) var notes: [String] = []
  private var fittedDays: [MarketDay] = []
  private var shortDays: [MarketDay] = []
  private var missingDays: [MarketDay] = []
  private var doubled: [Int] = []

  init(_ columns: EvaluationColumns, length: IntervalLength, file: String) {
    self.columns = columns
    self.length = length
    self.file = file
  }

  private var perDay: Int { length.perOrdinaryDay }

  /// - Throws: ``ImportProblem/rows(_:)`` for a time that no interval has.
  mutating func table(of site: EvaluationRows.Site) throws(ImportProblem) -> EvaluationTable {
    let places = try places(of: site)
    let first = places.map(\.day).min() ?? 0
    let last = places.map(\.day).max() ?? 0
    var byDay = [[Int]](repeating: [], count: last - first + 1)
    for (row, place) in places.enumerated() { byDay[place.day - first].append(row) }
    var values = columns.values.map { _ in [Double](repeating: .nan, count: byDay.count * perDay) }
    for (index, rows) in byDay.enumerated() {
      let day = MarketDay(dayNumber: first + index)
      let isLast = index == byDay.count - 1
      let order = order(of: rows, positions: rows.map { places[$0].position }, day: day, isLast: isLast, site)
      for column in values.indices {
        for (position, row) in order.enumerated() {
          if let row { values[column][index * perDay + position] = site.values[column][row] }
        }
      }
    }
    let table = EvaluationTable(
      site: site.name, firstDay: MarketDay(dayNumber: first), dayCount: byDay.count, intervals: perDay,
      columns: zip(columns.values, values).map { column, values in
        EvaluationColumn(
          name: column.name, quantity: column.quantity, unit: column.unit, known: column.known,
          location: column.location, values: values)
      })
    writeNotes(table, site)
    return table
  }

  /// Day and position in the day, from 0, of every row; on a day of 25 hours labels reach beyond the day's grid.
  private func places(of site: EvaluationRows.Site) throws(ImportProblem) -> [(day: Int, position: Int)] {
    var places: [(day: Int, position: Int)] = []
    places.reserveCapacity(site.days.count)
    for row in site.days.indices {
      var (day, minute) = (site.days[row], site.minutes[row])
      switch columns.clock {
      case .startTime: break
      case .endTime, .dayAndEnd, .dayAndNumber: minute -= length.minutes
      }
      if case .endTime = columns.clock, minute < 0 { (day, minute) = (day - 1, minute + 1_440) }
      let highest = columns.clock.countsFromStart ? 1_500 : 1_440
      guard minute >= 0, minute < highest, minute.isMultiple(of: length.minutes) else {
        throw .rows([
          RowProblem(
            file: file, line: site.lines[row], column: "",
            sentence: "the time is no interval of \(MarketDay(dayNumber: day)), which has intervals of "
              + "\(length.minutes) minutes.")
        ])
      }
      places.append((day, minute / length.minutes))
    }
    return places
  }

  /// For each interval of the day the row that holds its values, or nil.
  private mutating func order(
    of rows: [Int], positions: [Int], day: MarketDay, isLast: Bool, _ site: EvaluationRows.Site
  ) -> [Int?] {
    if rows.isEmpty {
      missingDays.append(day)
      return [Int?](repeating: nil, count: perDay)
    }
    if let fitted = clockChange(rows, positions: positions, day: day, isLast: isLast) {
      fittedDays.append(day)
      return fitted
    }
    var order = [Int?](repeating: nil, count: perDay)
    for (row, position) in zip(rows, positions) where position < perDay {
      if order[position] == nil { order[position] = row } else { doubled.append(site.lines[row]) }
    }
    if order.contains(nil) { shortDays.append(day) }
    return order
  }

  /// The rows of a day of 23 or 25 hours on the grid of 24; nil if it is none. Clocks change on Sundays.
  ///
  /// Where rows tell the clock's time, the hour from 02:00 is missing or some hour of the night stands twice; where
  /// they count from the start of the day, there are an hour too few or too many at its end.
  private func clockChange(_ rows: [Int], positions: [Int], day: MarketDay, isLast: Bool) -> [Int?]? {
    let perHour = length.perHour
    guard day.weekday == 7, abs(rows.count - perDay) == perHour else { return nil }
    let isLonger = rows.count > perDay
    var expected = Array(0..<rows.count)
    if !columns.clock.countsFromStart {
      let hour = ClockChange.hour * perHour
      expected = Array(0..<perDay)
      if isLonger {
        guard let again = positions.indices.dropFirst().first(where: { positions[$0] <= positions[$0 - 1] }) else {
          return nil
        }
        let repeated = positions[again] / perHour * perHour
        guard repeated <= hour else { return nil }
        expected.insert(contentsOf: repeated..<repeated + perHour, at: repeated + perHour)
      } else {
        expected.removeSubrange(hour..<hour + perHour)
      }
    } else if isLast, !isLonger {
      return nil
    }
    guard positions == expected else { return nil }
    // Row numbers travel through the fit as the values that they stand for.
    let grid = IntervalGrid(ordinary: day, length: length)
    return ClockChange.fitted(rows.map(Double.init), to: grid).map { Int($0) }
  }

  private mutating func writeNotes(_ table: EvaluationTable, _ site: EvaluationRows.Site) {
    func days(_ days: [MarketDay]) -> String {
      days.prefix(3).map(\.description).joined(separator: ", ")
        + (days.count > 3 ? " and \(days.count - 3) more days" : "")
    }
    if !fittedDays.isEmpty { notes.append("days of 23 or 25 hours were fitted to 24: \(days(fittedDays))") }
    if !missingDays.isEmpty { notes.append("days that are not in the file count as not known: \(days(missingDays))") }
    if !shortDays.isEmpty { notes.append("days with missing rows: \(days(shortDays))") }
    if let line = doubled.first {
      notes.append("\(grouped(doubled.count)) rows stand a second time and were left out, the first in line \(line)")
    }
    for (column, values) in zip(table.columns, site.values) {
      let missing = values.count { $0.isNaN }
      if missing > 0 {
        notes.append("\(column.name): \(grouped(missing)) of \(grouped(values.count)) values are missing")
      }
    }
  }
}
