internal import Foundation
internal import MarketModel

/// The sun's height by the series of Spencer, "Fourier series representation of the position of the sun", Search 2 (1971);
/// errs by less than a quarter of a degree.
struct SunPosition: Equatable, Sendable {
  /// Degrees, north positive.
  let latitude: Double
  /// Hours by which solar time runs ahead of the clock of the intervals, the equation of time apart: longitude / 15 for
  /// clocks in UTC.
  let hoursAhead: Double

  /// Sine of the sun's elevation at an hour of the clock.
  func elevationSine(_ day: MarketDay, hour: Double) -> Double {
    let angle = 2 * Double.pi * (Double(day.dayOfYear - 1) + (hour - 12) / 24) / 365.25
    let declination =
      0.006918 - 0.399912 * cos(angle) + 0.070257 * sin(angle) - 0.006758 * cos(2 * angle)
      + 0.000907 * sin(2 * angle) - 0.002697 * cos(3 * angle) + 0.00148 * sin(3 * angle)
    let minutes =
      229.18
      * (0.000075 + 0.001868 * cos(angle) - 0.032077 * sin(angle) - 0.014615 * cos(2 * angle)
        - 0.040849 * sin(2 * angle))
    let hourAngle = (hour + hoursAhead + minutes / 60 - 12) * 15 * Double.pi / 180
    let place = latitude * Double.pi / 180
    return sin(place) * sin(declination) + cos(place) * cos(declination) * cos(hourAngle)
  }

  /// Radiation on level ground under a clear sky in W/m² (Haurwitz 1945).
  static func clearSky(_ elevationSine: Double) -> Double {
    elevationSine <= 0.002 ? 0 : 1_098 * elevationSine * exp(-0.057 / elevationSine)
  }

  /// The place and clock that best explain how the upper edge of the power moves with hour and season: those at which the
  /// clear sky correlates most with the 90 % quantile of power by interval and ten days. What is given is not searched; a
  /// known longitude leaves the clock's offset to be found among half hours.
  static func learned(
    _ series: RenewableSeries, latitude: Double?, longitude: Double?
  ) -> SunPosition? {
    let edge = upperEdge(series)
    guard edge.count >= series.intervals * 2, edge.contains(where: { $0.share > 0 }) else { return nil }
    let shifts = stride(from: -12.0, to: 12, by: 0.5).map { (longitude ?? 0) / 15 + $0 }
    let places = latitude.map { [$0] } ?? Array(stride(from: -60.0, through: 60, by: 5))
    var best = search(edge, places, shifts)
    if latitude == nil || longitude == nil, let coarse = best {
      let near = latitude.map { [$0] } ?? (-4...4).map { coarse.latitude + Double($0) }
      let around = longitude == nil ? (-4...4).map { coarse.hoursAhead + Double($0) / 10 } : [coarse.hoursAhead]
      best = search(edge, near, around)
    }
    return best
  }

  private struct EdgePoint {
    let day: MarketDay
    let hour: Double
    let share: Double
  }

  private static func upperEdge(_ series: RenewableSeries) -> [EdgePoint] {
    var points: [EdgePoint] = []
    for start in stride(from: 0, to: series.days.count, by: 10) {
      let end = min(start + 10, series.days.count)
      guard end - start >= 5 else { continue }
      for interval in stride(from: 0, to: series.intervals, by: series.perHour) {
        let values = (start..<end).map { series.share[$0 * series.intervals + interval] }.filter(\.isFinite).sorted()
        guard values.count >= 5 else { continue }
        points.append(
          EdgePoint(
            day: series.days[(start + end) / 2].day, hour: series.hour(interval),
            share: values[values.count * 9 / 10]))
      }
    }
    return points
  }

  private static func search(_ edge: [EdgePoint], _ latitudes: [Double], _ shifts: [Double]) -> SunPosition? {
    var best: (position: SunPosition, score: Double)?
    for latitude in latitudes {
      for shift in shifts {
        let position = SunPosition(latitude: latitude, hoursAhead: shift)
        let score = correlation(edge.map { (clearSky(position.elevationSine($0.day, hour: $0.hour)), $0.share) })
        if score > best?.score ?? -1 { best = (position, score) }
      }
    }
    return best?.position
  }

  private static func correlation(_ pairs: [(Double, Double)]) -> Double {
    let count = Double(pairs.count)
    var sums = (x: 0.0, y: 0.0, xx: 0.0, yy: 0.0, xy: 0.0)
    for (x, y) in pairs {
      sums.x += x
      sums.y += y
      sums.xx += x * x
      sums.yy += y * y
      sums.xy += x * y
    }
    let spread = (sums.xx - sums.x * sums.x / count) * (sums.yy - sums.y * sums.y / count)
    return spread > 0 ? (sums.xy - sums.x * sums.y / count) / spread.squareRoot() : -1
  }
}
