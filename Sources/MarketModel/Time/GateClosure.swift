public import Foundation

/// A deadline relative to a market day, in the market's own clock: "D-1T09:45".
public struct GateClosure: Hashable, Sendable, Codable {
  /// 0 for the market day, −1 for the day before.
  public let dayOffset: Int
  /// Minutes after local midnight.
  public let minute: Int

  public init(dayOffset: Int, minute: Int) {
    self.dayOffset = dayOffset
    self.minute = minute
  }

  /// Reads "D-1T09:45", "DT07:00", "D+1T00:00".
  public init?(_ text: some StringProtocol) {
    let halves = text.split(separator: "T", omittingEmptySubsequences: false)
    guard halves.count == 2, halves[0].first == "D" else { return nil }
    let shift = halves[0].dropFirst()
    guard let offset = shift.isEmpty ? 0 : Int(shift) else { return nil }
    let clock = halves[1].split(separator: ":").map { Int($0) }
    guard clock.count == 2, let hour = clock[0], let minute = clock[1], (0...24).contains(hour),
      (0..<60).contains(minute)
    else { return nil }
    self.init(dayOffset: offset, minute: hour * 60 + minute)
  }

  public func instant(for day: MarketDay, in zone: MarketZone) -> Date {
    zone.instant(day: day.advanced(by: dayOffset), minute: minute)
  }

  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let gate = GateClosure(text) else { throw QuantityError("\"\(text)\" is not a deadline; write D-1T09:45") }
    self = gate
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension GateClosure: CustomStringConvertible {
  public var description: String {
    let shift = dayOffset == 0 ? "" : (dayOffset > 0 ? "+\(dayOffset)" : "\(dayOffset)")
    return "D\(shift)T" + ClockTime.text(minute)
  }
}
