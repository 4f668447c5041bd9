internal import MarketModel

/// What kind of day a day is for the market: its weekday, with holidays as Sundays and shifted workdays as Mondays.
struct DayCalendar {
  let holidays: Set<MarketDay>
  let shiftedWorkdays: Set<MarketDay>

  /// 1 for Monday … 7 for Sunday.
  func weekday(_ day: MarketDay) -> Int {
    if holidays.contains(day) { return 7 }
    if shiftedWorkdays.contains(day) { return 1 }
    return day.weekday
  }

  /// Working day, Saturday, or Sunday and holiday.
  func kind(_ day: MarketDay) -> Int {
    switch weekday(day) {
    case 1...5: 0
    case 6: 1
    default: 2
    }
  }
}
