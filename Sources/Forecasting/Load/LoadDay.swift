public import MarketModel

/// What is published of a day before its load is forecast: the weather and the calendar.
public struct LoadDay: Sendable {
  public let day: MarketDay
  /// Station × interval, in °C or °F but the same for all; NaN is missing.
  public let temperatures: [[Double]]
  /// The day counts as a Sunday.
  public let isHoliday: Bool
  /// The day is a weekend day that is worked.
  public let isShiftedWorkday: Bool

  public init(day: MarketDay, temperatures: [[Double]], isHoliday: Bool = false, isShiftedWorkday: Bool = false) {
    self.day = day
    self.temperatures = temperatures
    self.isHoliday = isHoliday
    self.isShiftedWorkday = isShiftedWorkday
  }

  /// 1 for Monday … 7 for Sunday, with holidays as Sundays and worked weekend days as Mondays.
  var weekday: Int { isHoliday ? 7 : isShiftedWorkday ? 1 : day.weekday }

  /// Working day, Saturday, or Sunday and holiday.
  var kind: Int { weekday < 6 ? 0 : weekday - 5 }
}
