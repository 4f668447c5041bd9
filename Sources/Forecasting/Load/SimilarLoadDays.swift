internal import Foundation
internal import MarketModel
internal import NumericMethods

/// The mean load of the days most like the one to forecast: in the temperature by hour and of the day before, in the
/// kind of day, in season and in the load of the day before; recent days count more.
struct SimilarLoadDays: Sendable {
  static let neighbours = 8
  static let memoryDays = 2 * 365 + 30

  private struct Day: Sendable {
    let number: Int
    let kind: Int
    let weekday: Int
    /// Hourly, standardised; empty without weather.
    let temperatures: [Double]
    /// On the ``LoadScale``; NaN is not known.
    let load: [Double]
    let levelBefore: Double?
  }

  private var days: [Day] = []
  private var lastLevel: Double?

  /// The mean of the nearest days, on the scale of what was observed; nil if no complete day is remembered.
  func predicted(_ day: LoadDay, temperatures: [Double]) -> [Double]? {
    var found: [(distance: Double, index: Int)] = []
    for index in days.indices where days[index].load.allSatisfy({ $0.isFinite }) {
      found.append((distance(day, temperatures, to: days[index]), index))
    }
    found.sort { ($0.distance, -$0.index) < ($1.distance, -$1.index) }
    let nearest = found.prefix(SimilarLoadDays.neighbours)
    guard let closest = nearest.first else { return nil }
    var sum = [Double](repeating: 0, count: days[closest.index].load.count)
    var total = 0.0
    for (distance, index) in nearest {
      let weight = exp(-(distance - closest.distance) / 0.2)
      total += weight
      for interval in sum.indices { sum[interval] += weight * days[index].load[interval] }
    }
    return sum.map { $0 / total }
  }

  mutating func observe(_ day: LoadDay, temperatures: [Double], load: [Double]) {
    days.append(
      Day(
        number: day.day.dayNumber, kind: day.kind, weekday: day.weekday, temperatures: temperatures, load: load,
        levelBefore: lastLevel))
    if days.count > SimilarLoadDays.memoryDays { days.removeFirst() }
    let known = load.filter { $0.isFinite }
    lastLevel = known.isEmpty ? nil : mean(known)
  }

  private func distance(_ day: LoadDay, _ temperatures: [Double], to other: Day) -> Double {
    var squares = 0.0
    for (own, theirs) in zip(temperatures, other.temperatures) { squares += (own - theirs) * (own - theirs) }
    let shape = temperatures.isEmpty ? 0 : (squares / Double(temperatures.count)).squareRoot()
    let kind = day.kind != other.kind ? 0.4 : day.weekday != other.weekday ? 0.05 : 0
    let age = Double(day.day.dayNumber - other.number)
    let season = abs(age - 365.25 * (age / 365.25).rounded()) / 182.6
    var level = 0.3
    if let lastLevel, let before = other.levelBefore { level = 2 * abs(lastLevel - before) }
    return shape + kind + 0.5 * season + level + 0.2 * age / 365
  }
}
