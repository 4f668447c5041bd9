internal import Foundation
internal import NumericMethods

/// What the spread of an interval is explained by, from the day-ahead prices of the day and from the day before.
///
/// The day-ahead price overreacts: where it rises against yesterday or stands out among its neighbours, the real-time price
/// tends to lie below it. What the spread was in the last hours of yesterday fades over the morning.
struct SpreadFeatures: Sendable {
  static let harmonics = 5
  static let ownColumns = 8 + 2 * harmonics
  /// Hours of yesterday that make the late spread, and over which it fades.
  static let lateHours = 6
  static let fadingHours = 8.0

  let intervals: Int
  let inputCount: Int
  /// Typical size of a spread, per MWh.
  let typical: Double
  private var perHour: Double { Double(intervals) / 24 }

  var columns: Int { SpreadFeatures.ownColumns + 2 * inputCount }

  init(intervals: Int, inputCount: Int, window: ArraySlice<RealTimeRecord>) {
    self.intervals = intervals
    self.inputCount = inputCount
    let sizes = window.flatMap(\.spread).filter(\.isFinite).map { abs($0) }
    typical = sizes.isEmpty ? 1 : max(median(sizes), 1e-6)
  }

  /// Row after row for the intervals of a day; a value that depends on something unknown is NaN.
  func rows(of day: RealTimeDay, after yesterday: RealTimeRecord) -> [Double] {
    let price = day.dayAheadPrice
    let before = yesterday.published.dayAheadPrice
    let dayMean = SpreadFeatures.knownMean(price)
    let meanBefore = SpreadFeatures.knownMean(before)
    let late = lateSpread(yesterday)
    let reach = max(1, Int(2 * perHour))
    var rows: [Double] = []
    rows.reserveCapacity(intervals * columns)
    for interval in 0..<intervals {
      let hour = Double(interval) / perHour
      let neighbours = (price[max(0, interval - reach)] + price[min(intervals - 1, interval + reach)]) / 2
      let realTime = yesterday.actual[interval].isNaN ? before[interval] : yesterday.actual[interval]
      rows += [
        price[interval], price[interval] - neighbours, dayMean, meanBefore, price[interval] - before[interval],
        realTime - price[interval], late * exp(-hour / SpreadFeatures.fadingHours), day.isWeekend ? 1 : 0,
      ]
      for harmonic in 1...SpreadFeatures.harmonics {
        let angle = 2 * Double.pi * Double(harmonic) * hour / 24
        rows.append(sin(angle))
        rows.append(cos(angle))
      }
      for input in 0..<inputCount {
        let value = day.inputs[input][interval]
        rows.append(value)
        rows.append(value - yesterday.published.inputs[input][interval])
      }
    }
    return rows
  }

  private static func knownMean(_ values: [Double]) -> Double {
    let known = values.filter(\.isFinite)
    return known.isEmpty ? .nan : mean(known)
  }

  /// The median spread of the last hours of a day, held within four typical spreads; zero if none is known.
  func lateSpread(_ day: RealTimeRecord) -> Double {
    let known = day.spread.suffix(Int(Double(SpreadFeatures.lateHours) * perHour)).filter(\.isFinite)
    guard !known.isEmpty else { return 0 }
    return min(max(median(known), -4 * typical), 4 * typical)
  }
}
