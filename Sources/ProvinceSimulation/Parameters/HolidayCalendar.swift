internal import MarketModel

/// Public holidays and the weekend days that are worked in their place.
public struct HolidayCalendar: Hashable, Sendable {
  /// What kind of day the load sees.
  enum DayKind: Hashable, Sendable { case workday, weekend, holiday }

  private let holidays: [MarketDay: String]
  private let shiftedWorkdays: Set<MarketDay>

  /// Reads texts of `day,kind,name`, where kind is `holiday` or `workday`.
  public init(texts: [String]) throws(ProvinceParametersError) {
    var holidays: [MarketDay: String] = [:]
    var workdays: Set<MarketDay> = []
    for text in texts {
      for row in try ParameterTable(text, file: "calendar", columns: ["day", "kind", "name"]).rows {
        guard let day = MarketDay(row[0]) else {
          throw ProvinceParametersError("calendar: \"\(row[0])\" is not a date; write 2024-10-01.")
        }
        switch row[1] {
        case "holiday": holidays[day] = row[2]
        case "workday": workdays.insert(day)
        default: throw ProvinceParametersError("calendar, \(day): \"\(row[1])\" is neither holiday nor workday.")
        }
      }
    }
    self.holidays = holidays
    shiftedWorkdays = workdays
  }

  func kind(of day: MarketDay) -> DayKind {
    if holidays[day] != nil { return .holiday }
    if shiftedWorkdays.contains(day) { return .workday }
    return day.weekday >= 6 ? .weekend : .workday
  }

  /// Days between a day and the nearest day of the Spring Festival; 0 within it, nil beyond `reach` days.
  func daysFromSpringFestival(_ day: MarketDay, reach: Int) -> Int? {
    (0...max(reach, 0)).first { distance in
      [distance, -distance].contains { holidays[day.advanced(by: $0)] == "Spring Festival" }
    }
  }
}
