internal import Foundation
internal import MarketModel
internal import NumericMethods

/// The predictors of one day for the regressions with recency: calendar, trend, season, and the temperature of the
/// interval, of the hours before it and of the days before (Wang, Liu, Hong, "Electric load forecasting with big data:
/// recency effect", IJF 32, 2016), bent by hinges and crossed with season and weekend.
struct LoadFeatures: Sendable {
  private static let knots = [-1.2, -0.7, -0.25, 0.2, 0.6, 1.0]
  private static let slowKnots = [-0.7, 0, 0.7]
  /// Size of the random features against the penalty of the other predictors.
  private static let kernelScale = 0.8
  /// Predictors of one interval.
  static let count = 75

  let intervals: Int
  private let kernel: RandomFeatures
  /// Predictors of one interval with the random features.
  var kernelCount: Int { LoadFeatures.count + kernel.count }
  private var perHour: Int { max(1, intervals / 24) }

  init(intervals: Int, seed: UInt64) {
    self.intervals = intervals
    kernel = RandomFeatures(count: 100, inputs: 9, seed: seed)
  }

  /// The rows with random features of temperature, season and weekday behind each, so that the load may depend on them
  /// jointly in any smooth way.
  func kernelRows(_ rows: [Double]) -> [Double] {
    var result: [Double] = []
    result.reserveCapacity(intervals * kernelCount)
    for start in stride(from: 0, to: rows.count, by: LoadFeatures.count) {
      let row = rows[start..<(start + LoadFeatures.count)]
      result += row
      result += kernel.values(at: LoadFeatures.kernelPoint(Array(row))).map { LoadFeatures.kernelScale * $0 }
    }
    return result
  }

  /// Temperatures, season and kind of day, over the lengths within which the load is alike.
  private static func kernelPoint(_ row: [Double]) -> [Double] {
    let (now, short, long, earlier) = (row[18], row[25], row[32], row[39])
    let (saturday, sunday, edge) = (row[7], row[8], row[2] + row[6])
    return [now, short - now, long / 1.2, earlier / 1.9, row[9], row[10], saturday + sunday, saturday, edge / 2]
  }

  /// Interval × predictor.
  ///
  /// - Parameter temperatures: standardised, of this and of earlier days, ending with the last interval of this day;
  ///   empty if there is no weather.
  func rows(for day: LoadDay, years: Double, temperatures: [Double]) -> [Double] {
    let season = LoadFeatures.season(day.day)
    let calendar = LoadFeatures.calendar(day, years: years, season: season)
    let weekend = day.weekday > 5 ? 1.0 : 0.0
    let known = RunningMeans(temperatures)
    let start = temperatures.count - intervals
    var result: [Double] = []
    result.reserveCapacity(intervals * LoadFeatures.count)
    for interval in 0..<intervals {
      result += calendar
      if start < 0 {
        result += [Double](repeating: 0, count: LoadFeatures.count - calendar.count)
      } else {
        appendWeather(to: &result, known, at: start + interval, season, weekend)
      }
    }
    return result
  }

  /// Sine and cosine of the year and of its half and third.
  static func season(_ day: MarketDay) -> [Double] {
    let angle = 2 * Double.pi * Double(day.dayOfYear) / 365.25
    return (1...3).flatMap { [cos(Double($0) * angle), sin(Double($0) * angle)] }
  }

  private static func calendar(_ day: LoadDay, years: Double, season: [Double]) -> [Double] {
    var result = [1, years] + [Double](repeating: 0, count: 7) + season
    result[1 + day.weekday] = 1
    result.append(day.isHoliday ? 1 : 0)
    let weekend = day.weekday > 5 ? 1.0 : 0.0
    return result + [weekend * season[0], weekend * season[1]]
  }

  private func appendWeather(
    to row: inout [Double], _ known: RunningMeans, at end: Int, _ season: [Double], _ weekend: Double
  ) {
    let now = known.mean(to: end, over: perHour)
    let short = known.mean(to: end, over: 3 * perHour)
    let long = known.mean(to: end, over: 24 * perHour)
    let earlier = known.mean(to: end - 24 * perHour, over: 48 * perHour)
    for value in [now, short, long] {
      row.append(value)
      for knot in LoadFeatures.knots { row.append(max(0, value - knot)) }
    }
    row.append(earlier)
    for knot in LoadFeatures.slowKnots { row.append(max(0, earlier - knot)) }
    row.append(known.mean(to: end - perHour, over: perHour) - now)
    row.append(known.mean(to: end - 2 * perHour, over: perHour) - now)
    row.append(known.mean(to: end - 3 * perHour, over: 6 * perHour) - now)
    row.append(known.mean(to: end - 9 * perHour, over: 12 * perHour) - now)
    row.append(known.mean(to: end - 72 * perHour, over: 72 * perHour))
    for wave in season.prefix(4) { row += [wave * now, wave * now * now, wave * long, wave * long * long] }
    row += [weekend * now, weekend * now * now, weekend * long]
    row += [now * long, long * earlier, now * earlier, long * long * long]
    row += [now * now * now, (now - long) * (now - long), long * long * now]
    row += [earlier * earlier * long]
  }
}

/// Means over stretches of a series in constant time.
private struct RunningMeans {
  private var sums: [Double] = [0]

  init(_ values: [Double]) {
    sums.reserveCapacity(values.count + 1)
    var sum = 0.0
    for value in values {
      sum += value
      sums.append(sum)
    }
  }

  /// The mean of up to `length` values that end with position `end`; the stretch is cut at the beginning.
  func mean(to end: Int, over length: Int) -> Double {
    let last = max(end, 0) + 1
    let first = max(last - length, 0)
    return (sums[last] - sums[first]) / Double(last - first)
  }
}
