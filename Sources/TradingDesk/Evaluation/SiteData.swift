internal import Forecasting
internal import MarketData
internal import MarketModel

/// One site's table with the column that is to be forecast, and the calendar.
struct SiteData {
  let table: EvaluationTable
  let truth: EvaluationColumn
  let length: IntervalLength
  let calendar: HolidayCalendar?

  var days: ClosedRange<MarketDay> { table.firstDay...table.lastDay }

  func actual(_ day: MarketDay) -> [Double] { table.values(of: truth, on: day) }

  func isHoliday(_ day: MarketDay) -> Bool { calendar?.holidays.contains(day) ?? false }
  func isShiftedWorkday(_ day: MarketDay) -> Bool { calendar?.shiftedWorkdays.contains(day) ?? false }

  /// Values of a day, by column.
  func values(_ columns: [EvaluationColumn], _ day: MarketDay) -> [[Double]] {
    columns.map { table.values(of: $0, on: day) }
  }

  /// Columns that may be used when the market knows `knowledge`: everything but the truths of the day.
  func inputs(knownBy knowledge: EvaluationKnowledge) -> [EvaluationColumn] {
    table.columns.filter { column in
      let isInput = [.input, .temperature, .weather, .wind, .solar, .load].contains(column.quantity)
      return isInput && column.known <= knowledge
    }
  }

  /// Published weather of a day by name, without the measured one.
  func weather(_ day: MarketDay) -> [String: [Double]] {
    let columns = table.columns.filter { column in
      (column.quantity == .weather || column.quantity == .temperature) && column.known <= .afterAuction
    }
    return Dictionary(
      columns.map { ($0.name, table.values(of: $0, on: day)) }, uniquingKeysWith: { first, _ in first })
  }

  /// Capacity that is not out of service, by interval; nil if the data do not say.
  func availableCapacity(_ day: MarketDay) -> [Double]? {
    table.columns(of: .availableCapacity).first.map { table.values(of: $0, on: day) }
  }

  func feed<Published>(_ published: @escaping (MarketDay) -> Published) -> DayFeed<Published> {
    DayFeed(days: days, intervals: table.intervals, published: published, actual: actual)
  }

  /// - Throws: a sentence if the test period cannot be walked on this table.
  func check(_ test: ClosedRange<MarketDay>, in file: String) throws {
    let place = file + (table.site.isEmpty ? "" : ", site \(table.site)")
    guard days.contains(test.lowerBound), days.contains(test.upperBound) else {
      throw DeskProblem(
        .badData,
        "The test period \(test.lowerBound) to \(test.upperBound) is not inside \(place), which holds "
          + "\(table.firstDay) to \(table.lastDay).")
    }
    let history = table.firstDay.distance(to: test.lowerBound)
    var known = 0
    for index in 0..<history {
      let day = truth.values[index * table.intervals..<(index + 1) * table.intervals]
      if day.contains(where: \.isFinite) { known += 1 }
    }
    guard known >= SiteData.leastHistory else {
      throw DeskProblem(
        .badData,
        "\(place) has \(known) days with values of \(truth.name) before \(test.lowerBound), the first test day; an "
          + "evaluation needs \(SiteData.leastHistory) or more. Choose a later --test-from.")
    }
  }

  /// Days with known values before the first test day.
  static let leastHistory = 28
}
