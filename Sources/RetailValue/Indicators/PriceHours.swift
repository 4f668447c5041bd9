internal import MarketModel
internal import NumericMethods

/// Hourly prices and time-of-use bands beside which loads are read.
public struct PriceHours: Sendable {
  /// Month number (12 · year + month − 1) → 31 · 24 prices, by day and hour; NaN where there is none.
  private(set) var dayAhead: [Int: [Double]] = [:]
  private(set) var realTime: [Int: [Double]] = [:]
  /// Real-time price at or below which an hour has a surplus: 0, or the lowest tenth if that is higher.
  public private(set) var surplusPrice = 0.0
  /// Log price relative to its own hour of the month and its own day; NaN where there is no price.
  private(set) var signals: [Int: [Double]] = [:]
  /// Σ over a month's days of the mean of the two dearest less that of the two cheapest hours.
  private(set) var dailySpreads: [Int: Double] = [:]
  /// Time-of-use band of each month (1…12) and hour; empty without a table.
  public var bands: TimeOfUse?

  /// - Parameter prices: day number, hour, day-ahead and real-time price; NaN is not known.
  public init(prices: [(day: Int, hour: Int, dayAhead: Double, realTime: Double)], bands: TimeOfUse?) {
    self.bands = bands
    for price in prices {
      let place = PriceHours.place(price.day)
      let slot = place.day * 24 + price.hour
      let empty = [Double](repeating: .nan, count: 31 * 24)
      dayAhead[place.month, default: empty][slot] = price.dayAhead.isFinite ? price.dayAhead : price.realTime
      realTime[place.month, default: empty][slot] = price.realTime.isFinite ? price.realTime : price.dayAhead
    }
    let known = realTime.keys.sorted().flatMap { realTime[$0] ?? [] }.filter(\.isFinite)
    if !known.isEmpty { surplusPrice = max(0, quantile(known, at: 0.1)) }
    for (month, values) in dayAhead { signals[month] = PriceHours.signal(values) }
    for (month, values) in realTime { dailySpreads[month] = PriceHours.dailySpread(values) }
  }

  public var hasPrices: Bool { !realTime.isEmpty }

  /// Month number and day of the month counted from 0.
  public static func place(_ day: Int) -> (month: Int, day: Int) {
    let date = MarketDay(dayNumber: day).date
    return (date.year * 12 + date.month - 1, date.day - 1)
  }

  private static func dailySpread(_ prices: [Double]) -> Double {
    (0..<31).reduce(0) { sum, day in
      let known = prices[(day * 24)..<(day * 24 + 24)].filter(\.isFinite).sorted()
      guard known.count == 24 else { return sum }
      return sum + (known[23] + known[22] - known[0] - known[1]) / 2
    }
  }

  /// ln(price + c) without the mean of the hour over the month and the mean of the day; c keeps the logarithm finite.
  private static func signal(_ prices: [Double]) -> [Double] {
    guard let least = prices.filter(\.isFinite).min() else { return prices }
    let shift = max(0, 50 - least)
    var logs = prices.map { $0.isFinite ? logarithm($0 + shift) : .nan }
    for hour in 0..<24 { centre(&logs, stride(from: hour, to: logs.count, by: 24)) }
    for day in 0..<31 { centre(&logs, stride(from: day * 24, to: day * 24 + 24, by: 1)) }
    return logs
  }

  private static func centre(_ values: inout [Double], _ places: StrideTo<Int>) {
    let known = places.filter { values[$0].isFinite }
    guard !known.isEmpty else { return }
    let mean = known.reduce(0) { $0 + values[$1] } / Double(known.count)
    for place in known { values[place] -= mean }
  }
}

/// Bands of a time-of-use tariff by month and hour.
public struct TimeOfUse: Sendable, Equatable {
  public enum Band: Int, Sendable, CaseIterable {
    case deepValley, valley, flat, peak, tip

    public init?(name: String) {
      switch name.lowercased() {
      case "deep", "deep_valley", "深谷": self = .deepValley
      case "valley", "谷", "低谷": self = .valley
      case "flat", "平", "平段": self = .flat
      case "peak", "峰", "高峰": self = .peak
      case "tip", "尖", "尖峰": self = .tip
      default: return nil
      }
    }
  }

  /// bands[(month − 1) · 24 + hour].
  public let bands: [Band]

  public init(bands: [Band]) {
    precondition(bands.count == 288, "A time-of-use table has 12 · 24 bands, not \(bands.count)")
    self.bands = bands
  }

  public func band(month: Int, hour: Int) -> Band { bands[(month - 1) * 24 + hour] }
}
