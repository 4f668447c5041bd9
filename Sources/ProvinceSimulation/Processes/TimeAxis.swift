internal import MarketModel

/// The quarter-hours of a run of days: position = day · 96 + interval.
struct TimeAxis: Sendable {
  let firstDay: MarketDay
  let days: Int

  static let perDay = IntervalLength.quarterHour.perOrdinaryDay
  static let perHour = Double(IntervalLength.quarterHour.perHour)

  var count: Int { days * TimeAxis.perDay }

  func day(_ index: Int) -> MarketDay { firstDay.advanced(by: index) }

  /// Clock hour at the middle of an interval of the day, 0…24.
  static func hour(ofInterval interval: Int) -> Double { (Double(interval) + 0.5) / perHour }

  /// Years since the middle of the first day.
  static func years(ofDay index: Int) -> Double { Double(index) / daysPerYear }

  static let daysPerYear = 365.25

  /// cos of the season: +1 on the day of the year `peak`, −1 half a year from it.
  func season(_ index: Int, peak: Double) -> Double {
    cosine(2 * .pi * (Double(day(index).dayOfYear) - peak) / TimeAxis.daysPerYear)
  }

  /// 96 values from 24 hourly ones, linear between the middles of the hours and around midnight.
  static func quarterHours(_ hourly: [Double]) -> [Double] {
    precondition(hourly.count == 24, "an hourly shape has 24 values, was given \(hourly.count)")
    return (0..<perDay).map { interval in
      let place = hour(ofInterval: interval) + 23.5
      let lower = Int(place)
      let share = place - Double(lower)
      return hourly[lower % 24] * (1 - share) + hourly[(lower + 1) % 24] * share
    }
  }
}
