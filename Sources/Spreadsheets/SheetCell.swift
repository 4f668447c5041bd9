/// The value of one cell.
public enum SheetCell: Hashable, Sendable {
  case empty
  /// Stays text, whatever it begins with: "=1+1" is no formula.
  case text(String)
  /// Kept to 16 significant digits; one that is not finite is written as an empty cell.
  case number(Double)
  case flag(Bool)
  case date(SheetDate)
  /// What a formula left when it failed, as "#DIV/0!"; written as text.
  case failure(String)

  /// The value as a CSV field would hold it; empty for an empty cell.
  public var plainText: String {
    switch self {
    case .empty: ""
    case .text(let text): text
    case .number(let value): SheetCell.shortest(value)
    case .flag(let value): value ? "yes" : "no"
    case .date(let date): date.description
    case .failure(let text): text
    }
  }

  public var isEmpty: Bool { plainText.allSatisfy(\.isWhitespace) }

  /// The shortest text that reads back as the same number.
  private static func shortest(_ value: Double) -> String {
    value == value.rounded() && value.magnitude < 1e15 ? "\(Int64(value))" : "\(value)"
  }
}

extension SheetCell: ExpressibleByStringLiteral, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  public init(stringLiteral value: String) { self = .text(value) }
  public init(floatLiteral value: Double) { self = .number(value) }
  public init(integerLiteral value: Int) { self = .number(Double(value)) }
}

/// A date and time of day without a zone, as spreadsheets count them.
public struct SheetDate: Hashable, Sendable, CustomStringConvertible {
  /// Whole seconds since 1899-12-30: a fraction of a day holds no second exactly.
  private let seconds: Int

  /// Days since 1899-12-30 with the time of day as a fraction; right for dates from 1900-03-01 on.
  public var serial: Double { Double(seconds) / 86_400 }

  /// - Parameter serial: to the second; finite and from 0 (1899-12-30) to 2,958,466 (the end of 9999).
  public init?(serial: Double) {
    guard serial.isFinite, serial >= 0, serial < 2_958_466 else { return nil }
    seconds = Int((serial * 86_400).rounded())
  }

  /// nil if there is no such date or it lies outside 1900-03-01…9999-12-31; `minute` counts from midnight, 0…1439.
  public init?(year: Int, month: Int, day: Int, minute: Int = 0) {
    guard (1900...9999).contains(year), (1...12).contains(month), (1...31).contains(day), (0..<1_440).contains(minute)
    else { return nil }
    let days = SheetDate.daysSince1970(year: year, month: month, day: day) + SheetDate.daysTo1970
    let civil = SheetDate.civil(days - SheetDate.daysTo1970)
    guard civil == (year, month, day), days >= 61 else { return nil }
    seconds = days * 86_400 + minute * 60
  }

  /// Year, month and day.
  public var date: (year: Int, month: Int, day: Int) { SheetDate.civil(seconds / 86_400 - SheetDate.daysTo1970) }
  /// Seconds after midnight, to the nearest.
  public var secondOfDay: Int { seconds % 86_400 }

  /// "2026-03-05", "2026-03-05T14:30", or "14:30" for a time of day without a date ("24:00" at its end).
  public var description: String {
    let text = SheetDate.clock(seconds <= 86_400 ? seconds : secondOfDay)
    guard seconds > 86_400 else { return text }
    let (year, month, day) = date
    let dateText = "\(SheetDate.padded(year, 4))-\(SheetDate.padded(month, 2))-\(SheetDate.padded(day, 2))"
    return secondOfDay == 0 ? dateText : dateText + "T" + text
  }

  private static let daysTo1970 = 25_569

  private static func clock(_ seconds: Int) -> String {
    let text = padded(seconds / 3_600, 2) + ":" + padded(seconds / 60 % 60, 2)
    return seconds % 60 == 0 ? text : text + ":" + padded(seconds % 60, 2)
  }

  private static func padded(_ value: Int, _ width: Int) -> String {
    let text = "\(value)"
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }

  /// Proleptic Gregorian days; years begin in March so that the leap day ends one.
  private static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
    let shifted = month > 2 ? year : year - 1
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
  }

  private static func civil(_ daysSince1970: Int) -> (year: Int, month: Int, day: Int) {
    let days = daysSince1970 + 719_468
    // 146,097 days are 400 years.
    let era = days / 146_097
    let dayOfEra = days % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }
}
