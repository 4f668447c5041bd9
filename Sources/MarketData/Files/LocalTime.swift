public import Foundation
public import MarketModel

/// Instants as files write them: in the market's own clock, or with an offset.
public enum LocalTime {
  /// Reads "2023-03-15T08:00", "2023-03-15 08:00:00" (local), "2023-03-15T08:00:00+08:00" or "…Z"; nil for
  /// anything else.
  public static func instant(_ text: some StringProtocol, zone: MarketZone) -> Date? {
    let halves = text.split(maxSplits: 1, whereSeparator: { $0 == "T" || $0 == " " })
    guard halves.count == 2, let day = MarketDay(halves[0]) else { return nil }
    guard let split = halves[1].firstIndex(where: { $0 == "+" || $0 == "-" || $0 == "Z" }) else {
      return clockSeconds(halves[1]).map { seconds in
        zone.instant(day: day, minute: seconds / 60).addingTimeInterval(Double(seconds % 60))
      }
    }
    guard let seconds = clockSeconds(halves[1][..<split]), let offset = offsetSeconds(halves[1][split...]) else {
      return nil
    }
    return Date(timeIntervalSince1970: Double(day.dayNumber * 86_400 + seconds - offset))
  }

  /// "2023-03-15T08:00:00Z": an instant to the second.
  public static func text(_ instant: Date) -> String {
    let seconds = Int(instant.timeIntervalSince1970.rounded(.down))
    let dayNumber = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    let rest = seconds - dayNumber * 86_400
    return "\(MarketDay(dayNumber: dayNumber))T\(ClockTime.text(rest / 60)):\(padded(rest % 60, 2))Z"
  }

  /// "08:15" as 495; up to "24:00". nil for anything else.
  static func minute(_ text: some StringProtocol) -> Int? {
    guard let seconds = clockSeconds(text), seconds.isMultiple(of: 60) else { return nil }
    return seconds / 60
  }

  private static func clockSeconds(_ text: some StringProtocol) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { $0.count <= 2 ? Int($0) : nil }
    guard (2...3).contains(parts.count), numbers.count == parts.count, (0...24).contains(numbers[0]),
      numbers.dropFirst().allSatisfy({ (0..<60).contains($0) })
    else { return nil }
    return numbers[0] * 3_600 + numbers[1] * 60 + (numbers.count == 3 ? numbers[2] : 0)
  }

  private static func offsetSeconds(_ text: some StringProtocol) -> Int? {
    if text == "Z" { return 0 }
    guard let seconds = clockSeconds(text.dropFirst()) else { return nil }
    return text.first == "-" ? -seconds : seconds
  }
}
