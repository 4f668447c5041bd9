/// The day of delivery: a calendar date without a clock or a zone.
public struct MarketDay: Hashable, Sendable, Comparable {
  /// Days since 1970-01-01 in the proleptic Gregorian calendar.
  public let dayNumber: Int

  public init(dayNumber: Int) { self.dayNumber = dayNumber }

  /// nil if there is no such date, as 2023-02-29.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...12).contains(month), (1...9_999).contains(year),
      (1...MarketDay.length(ofMonth: month, year: year)).contains(day)
    else { return nil }
    dayNumber = MarketDay.daysFromCivil(year: year, month: month, day: day)
  }

  /// Reads "2023-03-15" or "2023/3/15".
  public init?(_ text: some StringProtocol) {
    let parts = text.split(whereSeparator: { $0 == "-" || $0 == "/" }).map { Int($0) }
    guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2] else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// Year, month, day.
  public var date: (year: Int, month: Int, day: Int) { MarketDay.civil(fromDays: dayNumber) }
  public var year: Int { date.year }
  public var month: Int { date.month }

  /// Monday is 1, Sunday is 7 (ISO 8601).
  public var weekday: Int { ((dayNumber % 7 + 7) % 7 + 3) % 7 + 1 }

  /// January 1 is 1.
  public var dayOfYear: Int { dayNumber - MarketDay.daysFromCivil(year: year, month: 1, day: 1) + 1 }

  public func advanced(by days: Int) -> MarketDay { MarketDay(dayNumber: dayNumber + days) }

  public static func < (left: MarketDay, right: MarketDay) -> Bool { left.dayNumber < right.dayNumber }

  static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Howard Hinnant, "chrono-compatible low-level date algorithms" (days_from_civil).
  static func daysFromCivil(year: Int, month: Int, day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// The inverse (civil_from_days).
  static func civil(fromDays days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthIndex = (5 * dayOfYear + 2) / 153
    let month = monthIndex + (monthIndex < 10 ? 3 : -9)
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthIndex + 2) / 5 + 1)
  }
}

extension MarketDay: Strideable {
  public func distance(to other: MarketDay) -> Int { other.dayNumber - dayNumber }
}

extension MarketDay: CustomStringConvertible, Codable {
  /// "2023-03-15".
  public var description: String {
    let (year, month, day) = date
    return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2)
  }

  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let day = MarketDay(text) else { throw QuantityError("\"\(text)\" is not a date; write 2023-03-15") }
    self = day
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
