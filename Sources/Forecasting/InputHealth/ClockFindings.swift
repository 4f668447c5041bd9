internal import MarketModel

/// Clock changes: days of 23 and 25 hours, an hour missing in the night of a change, a daily shape that moved.
extension SeriesExamination {
  /// Clocks change between 02:00 and 03:00.
  private static let changeHour = 2

  /// Days of 23 and 25 hours are fitted to ordinary ones and said; days of another length are missing.
  mutating func fitToOrdinaryDays() {
    let hour = perHour
    for index in given.indices {
      var values = given[index].map { $0.isFinite ? $0 : .nan }
      let position = SeriesExamination.changeHour * hour
      switch values.count {
      case perDay: break
      case perDay - hour:
        values.insert(contentsOf: values[position - hour..<position], at: position)
        clockFinding(index, 23, "the hour from 02:00 is missing; the hour before stands in its place.")
      case perDay + hour:
        values.removeSubrange(position..<position + hour)
        clockFinding(index, 25, "one of the two hours before 03:00 is left out.")
      default:
        if !values.isEmpty {
          report(
            .missingDay, index, index, count: perDay, "\(values.count) values for a day of \(perDay) intervals",
            fallback: "The day is taken as missing.")
          isExplained[index] = [Bool](repeating: true, count: perDay)
        }
        values = [Double](repeating: .nan, count: perDay)
      }
      rows.append(values)
    }
    if rows.indices.contains(where: { rows[$0].count != perDay }) { preconditionFailure("days of one length") }
    findMissingChangeHours()
  }

  private mutating func clockFinding(_ index: Int, _ hours: Int, _ what: String) {
    report(
      .clockChange, index, index, count: perHour, "the day has \(hours) hours, as when clocks change",
      fallback: "On an ordinary grid " + what)
  }

  /// Sundays on which clocks change somewhere: the last of March and October, the second of March, the first of
  /// April, October and November.
  static func isChangeSunday(_ day: MarketDay) -> Bool {
    guard day.weekday == 7 else { return false }
    let number = day.date.day
    switch day.month {
    case 3: return number >= 25 || (8...14).contains(number)
    case 10: return number >= 25 || number <= 7
    case 4, 11: return number <= 7
    default: return false
    }
  }

  /// One missing hour in the night of a change, the rest of the day known: bridged and said as a clock change.
  private mutating func findMissingChangeHours() {
    for index in rows.indices where SeriesExamination.isChangeSunday(day(index)) {
      let missing = rows[index].indices.filter { rows[index][$0].isNaN }
      guard missing.count == perHour, let first = missing.first, first >= perHour, first < 4 * perHour,
        missing.last == first + perHour - 1
      else { continue }
      if !isTarget { bridge(index, first..<first + perHour) }
      for interval in missing { isExplained[index][interval] = true }
      report(
        .clockChange, index, index, count: perHour,
        "the hour from \(first / perHour):00 is missing, as when clocks go forward",
        fallback: isTarget ? "The fit leaves the hour out." : "The hour is bridged between its neighbours.")
    }
  }
}
