internal import Foundation
internal import NumericMethods

/// Mass at the price floor and at the cap: probabilities of their own, and quantiles that agree with them (a hurdle model).
struct PriceAtoms: Sendable, Codable {
  struct Day: Sendable, Codable {
    let floor: AtomModel.Day
    let cap: AtomModel.Day
  }

  private let lowest: Double?
  private let highest: Double?
  private var floor: AtomModel
  private var cap: AtomModel

  init(intervals: Int, lowest: Double?, highest: Double?) {
    self.lowest = lowest
    self.highest = highest
    floor = AtomModel(intervals: intervals, given: lowest, sign: 1)
    cap = AtomModel(intervals: intervals, given: highest, sign: -1)
  }

  /// What is said of a day whose quantiles, before atoms, are `columns` (99 for each interval, interval after interval).
  func day(_ outlook: DayOutlook, columns: [Double]) -> Day {
    Day(floor: floor.day(outlook, columns: columns), cap: cap.day(outlook, columns: columns))
  }

  mutating func learn(_ day: Day, actual: [Double]) {
    floor.learn(day.floor, actual: actual)
    cap.learn(day.cap, actual: actual)
  }

  /// Quantiles of which the levels up to P(floor) are the floor and those from 1 − P(cap) are the cap; the levels in between
  /// are spread over what lies inside. Without an atom only the given limits hold.
  func consistent(_ columns: [Double], _ day: Day) -> [Double] {
    var result: [Double] = []
    result.reserveCapacity(columns.count)
    for start in stride(from: 0, to: columns.count, by: 99) {
      let column = columns[start..<(start + 99)].map {
        min(max($0, floor.level ?? lowest ?? -.infinity), cap.level ?? highest ?? .infinity)
      }
      result += PriceAtoms.hurdle(
        column, low: floor.isActive ? floor.level : nil, high: cap.isActive ? cap.level : nil,
        below: day.floor.probabilities[start / 99], above: day.cap.probabilities[start / 99])
    }
    return result
  }

  /// One interval's percentiles with P(at `low`) = below and P(at `high`) = above; an atom that is nil keeps its mass.
  static func hurdle(_ column: [Double], low: Double?, high: Double?, below: Double, above: Double) -> [Double] {
    guard low != nil || high != nil else { return column }
    let ownBelow = low.map { AtomModel.mass(column, atOrBelow: $0) } ?? 0
    let ownAbove = high.map { AtomModel.mass(column.reversed().map { -$0 }, atOrBelow: -$0) } ?? 0
    let first = low == nil ? 0 : below
    let last = high == nil ? 1 : max(1 - above, first)
    return (1...99).map { percentile in
      let level = Double(percentile) / 100
      if let low, level <= first { return low }
      if let high, level > last { return high }
      let share = last > first ? (level - first) / (last - first) : 0.5
      return value(column, at: ownBelow + share * max(1 - ownAbove - ownBelow, 0))
    }
  }

  /// Linear between percentiles, level beyond them.
  private static func value(_ column: [Double], at level: Double) -> Double {
    let position = min(max(level * 100 - 1, 0), 98)
    let lower = min(Int(position), 97)
    return column[lower] + (position - Double(lower)) * (column[lower + 1] - column[lower])
  }
}
