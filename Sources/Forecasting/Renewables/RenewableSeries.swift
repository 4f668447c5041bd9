internal import Foundation
internal import MarketModel
internal import NumericMethods

/// Days one after the other as long series, the last of them perhaps without power.
struct RenewableSeries {
  let days: [RenewableDay]
  let intervals: Int
  /// Power as a share of what could run, NaN where it is not known.
  let share: [Double]
  /// Days before a day of which the power is not published in time: 0 if all of the day before is known.
  var powerDelay = 0

  var count: Int { days.count * intervals }
  /// Intervals in an hour, at least one.
  var perHour: Int { max(1, intervals / 24) }
  /// Hours since the day began, at the middle of each of the day's intervals.
  func hour(_ interval: Int) -> Double { (Double(interval) + 0.5) * 24 / Double(intervals) }

  /// A column of all days, short gaps within a day filled linearly; NaN on days that lack it.
  func column(_ name: String) -> [Double] {
    days.flatMap { day -> [Double] in
      guard let values = day.columns[name] else { return [Double](repeating: .nan, count: intervals) }
      return RenewableSeries.filled(values)
    }
  }

  /// Values with gaps filled linearly between neighbours and level at the ends; unchanged if more than half is missing.
  static func filled(_ values: [Double]) -> [Double] {
    let known = values.indices.filter { values[$0].isFinite }
    guard known.count < values.count, known.count * 2 >= values.count, let first = known.first, let last = known.last
    else { return values.map { $0.isFinite ? $0 : .nan } }
    var result = values
    for index in 0..<first { result[index] = values[first] }
    for index in (last + 1)..<max(values.count, last + 1) { result[index] = values[last] }
    for (left, right) in zip(known, known.dropFirst()) where right > left + 1 {
      for index in (left + 1)..<right {
        let part = Double(index - left) / Double(right - left)
        result[index] = values[left] + part * (values[right] - values[left])
      }
    }
    return result
  }

  /// The series so many intervals later (positive) or earlier: the days before are looked back to, beyond the end of
  /// its own day a value is that day's last.
  func shifted(_ values: [Double], by offset: Int) -> [Double] {
    values.indices.map { index in
      let end = (index / intervals + 1) * intervals - 1
      let source = min(index + offset, end)
      return source >= 0 ? values[source] : values[index]
    }
  }

  /// Mean over the intervals from `-reach` to `reach` around each, by the same rule.
  func smoothed(_ values: [Double], reach: Int) -> [Double] {
    var sum = values
    for offset in -reach...reach where offset != 0 {
      let other = shifted(values, by: offset)
      for index in sum.indices { sum[index] += other[index] }
    }
    return sum.map { $0 / Double(2 * reach + 1) }
  }

  /// The mean of each day, for all of its intervals.
  func dailyMean(_ values: [Double]) -> [Double] {
    byDay { day in
      let own = values[(day * intervals)..<((day + 1) * intervals)].filter(\.isFinite)
      return own.isEmpty ? .nan : mean(own)
    }
  }

  /// One value for each day, for all of its intervals.
  func byDay(_ value: (Int) -> Double) -> [Double] {
    days.indices.flatMap { [Double](repeating: value($0), count: intervals) }
  }

  /// The mean of the last so many intervals of the day before, or of the last day whose power is published in time, for all
  /// intervals of a day.
  func lastOfDayBefore(_ values: [Double], count: Int, asPublished: Bool = true) -> [Double] {
    let delay = asPublished ? powerDelay : 0
    return byDay { day in
      guard day > delay else { return .nan }
      let end = (day - delay) * intervals
      let own = values[(end - count)..<end].filter(\.isFinite)
      return own.isEmpty ? .nan : mean(own)
    }
  }

  /// The power a day earlier, or on the last day of which it is published in time.
  func dayBefore(_ values: [Double]) -> [Double] {
    let offset = (1 + powerDelay) * intervals
    return values.indices.map { $0 >= offset ? values[$0 - offset] : .nan }
  }

  /// How much of the last known hours still counts in each interval: it falls to 1/e in so many hours.
  func fading(hours: Double) -> [Double] {
    (0..<count).map { exp(-(hour($0 % intervals) + 24 * Double(powerDelay)) / hours) }
  }

  /// Sine and cosine of the day of the year, and the hour: what both kinds of plant share.
  func calendarColumns() -> [(name: String, values: [Double])] {
    let angles = days.map { 2 * Double.pi * Double($0.day.dayOfYear) / 365.25 }
    return [
      ("season-sine", byDay { sin(angles[$0]) }), ("season-cosine", byDay { cos(angles[$0]) }),
      ("hour", (0..<count).map { hour($0 % intervals) }),
    ]
  }
}
