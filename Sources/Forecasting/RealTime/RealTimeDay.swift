public import MarketModel

/// What is known of a day once its day-ahead prices have cleared, the evening before.
public struct RealTimeDay: Sendable {
  public let day: MarketDay
  /// One value for each interval, per MWh; NaN is "not known", which only a day of history may have.
  public let dayAheadPrice: [Double]
  /// inputs[input][interval]: published series, as the load cleared day-ahead; NaN is "not known".
  public let inputs: [[Double]]
  /// A holiday counts as a Sunday, a shifted workday as a Monday.
  public let isHoliday: Bool
  public let isShiftedWorkday: Bool

  public init(
    day: MarketDay, dayAheadPrice: [Double], inputs: [[Double]] = [], isHoliday: Bool = false,
    isShiftedWorkday: Bool = false
  ) {
    self.day = day
    self.dayAheadPrice = dayAheadPrice
    self.inputs = inputs
    self.isHoliday = isHoliday
    self.isShiftedWorkday = isShiftedWorkday
  }

  var isWeekend: Bool { isHoliday || (day.weekday > 5 && !isShiftedWorkday) }
}

/// What may become of the real-time price, interval by interval. A sign alone is worth little: its odds are near even.
public struct SpreadProbabilities: Hashable, Sendable {
  /// That the real-time price lies above the day-ahead price.
  public let positive: [Double]
  /// That it lies at or below `floorPrice`.
  public let floor: [Double]
  /// That it lies above `spikePrice`.
  public let spike: [Double]
  /// The lowest price of the market, or zero where there is none; per MWh.
  public let floorPrice: Double
  /// The 95 % quantile of the real-time prices of up to 60 known days; per MWh.
  public let spikePrice: Double
}

/// A day that has passed: what was published of it, what came, and what its spread is explained by.
struct RealTimeRecord: Sendable {
  let published: RealTimeDay
  let actual: [Double]
  /// Real-time less day-ahead price; NaN where one is not known.
  let spread: [Double]
  /// Predictors, row after row; empty on the first day.
  let rows: [Double]
  let isDayAheadKnown: Bool

  init(published: RealTimeDay, actual: [Double], rows: [Double]) {
    self.published = published
    self.actual = actual
    spread = zip(actual, published.dayAheadPrice).map { $0 - $1 }
    self.rows = rows
    isDayAheadKnown = published.dayAheadPrice.allSatisfy(\.isFinite)
  }
}

extension RealTimeDay {
  /// The same day with other inputs.
  func with(_ inputs: [[Double]]) -> RealTimeDay {
    RealTimeDay(
      day: day, dayAheadPrice: dayAheadPrice, inputs: inputs, isHoliday: isHoliday, isShiftedWorkday: isShiftedWorkday)
  }
}

extension PriceDay {
  /// As the examination of inputs takes it.
  init(_ day: RealTimeDay) {
    self.init(day: day.day, inputs: day.inputs, isHoliday: day.isHoliday, isShiftedWorkday: day.isShiftedWorkday)
  }
}
