public import MarketModel

/// What is published of a day before its gate.
public struct PriceDay: Hashable, Sendable, Codable {
  public let day: MarketDay
  /// inputs[input][interval], in the order of the forecaster's names; NaN is "not known".
  public let inputs: [[Double]]
  /// Counts as a Sunday.
  public let isHoliday: Bool
  /// A weekend day that counts as a Monday.
  public let isShiftedWorkday: Bool

  public init(day: MarketDay, inputs: [[Double]], isHoliday: Bool = false, isShiftedWorkday: Bool = false) {
    self.day = day
    self.inputs = inputs
    self.isHoliday = isHoliday
    self.isShiftedWorkday = isShiftedWorkday
  }

  /// 1 for Monday … 7 for Sunday, with holidays as Sundays and shifted workdays as Mondays.
  var weekday: Int { isHoliday ? 7 : isShiftedWorkday ? 1 : day.weekday }
}
