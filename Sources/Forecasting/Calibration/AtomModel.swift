internal import Foundation
internal import NumericMethods

/// The probability that a value stands at its floor (or, with values mirrored, at its cap), by logistic regression over all
/// intervals of the last year.
///
/// Predictors: distance of the mix and of the lowest expert from the atom in units of the spread, the share of experts at
/// it, the shares of the last days at it for the time of day and for the whole day, the last week's level, and the mass that the quantiles
/// themselves put there.
struct AtomModel: Sendable, Codable {
  struct Day: Sendable, Codable {
    let rows: [Double]
    let probabilities: [Double]
  }

  /// A day's predictors and what came: 1 at the atom, 0 elsewhere, NaN where not known.
  private struct KnownDay: Codable {
    let rows: [Double]
    let outcomes: [Double]
  }

  private static let width = 10
  private static let windowDays = 365
  private static let halfLife = 200.0
  /// Events from which on the atom is one.
  private static let leastEvents = 10.0
  /// Share of the values seen from which on an extreme value is an atom of its own.
  private static let leastShare = 0.01

  private let sign: Double
  private let given: Double?
  /// The atom in the values' own sign; nil while none is known.
  private(set) var level: Double?
  private var recent: [RunningMean]
  private var long: [RunningMean]
  private var wholeDay = RunningMean(halfLife: 1)
  private var regression: LogisticRegression
  private var days: [KnownDay] = []
  private var values: [[Double]] = []

  init(intervals: Int, given: Double?, sign: Double) {
    self.sign = sign
    self.given = given
    level = given
    recent = [RunningMean](repeating: RunningMean(halfLife: 4), count: intervals)
    long = [RunningMean](repeating: RunningMean(halfLife: 21), count: intervals)
    regression = LogisticRegression(
      prior: [-1, 0, 0, 0, 0, 0.3, 0, 0.5, 0, 0], penalties: [1] + [Double](repeating: 10, count: AtomModel.width - 1))
  }

  /// Enough values stood at the atom for a probability of its own.
  var isActive: Bool {
    level != nil && days.reduce(0) { $0 + $1.outcomes.reduce(0) { $0 + ($1 == 1 ? 1 : 0) } } >= AtomModel.leastEvents
  }

  func day(_ outlook: DayOutlook, columns: [Double]) -> Day {
    guard let level else { return Day(rows: [], probabilities: outlook.point.map { _ in 0 }) }
    var rows: [Double] = []
    for interval in outlook.point.indices {
      let own = columns[(interval * 99)..<(interval * 99 + 99)].map { sign * $0 }
      let ascending = sign > 0 ? own : own.reversed()
      rows += row(outlook, interval, mass: AtomModel.mass(ascending, atOrBelow: sign * level), atom: sign * level)
    }
    let active = isActive
    let probabilities = outlook.point.indices.map { interval -> Double in
      let own = rows[(interval * AtomModel.width)..<((interval + 1) * AtomModel.width)]
      return active ? regression.probability(at: own) : 0
    }
    return Day(rows: rows, probabilities: probabilities)
  }

  private func row(_ outlook: DayOutlook, _ interval: Int, mass: Double, atom: Double) -> [Double] {
    let tolerance = 0.02 * outlook.spread
    let experts = outlook.experts.map { sign * $0[interval] - atom }
    let distance = max(sign * outlook.point[interval] - atom, 0) / outlook.spread
    let nearest = max(experts.min() ?? 0, 0) / outlook.spread
    return [
      1, log(0.02 + distance), min(distance, 4), log(0.02 + nearest),
      Double(experts.count { $0 <= tolerance }) / Double(max(experts.count, 1)),
      AtomModel.logOdds(recent[interval].value ?? 0.02), AtomModel.logOdds(long[interval].value ?? 0.02),
      AtomModel.logOdds(mass), AtomModel.logOdds(wholeDay.value ?? 0.02),
      min((sign * outlook.recentLevel - atom) / outlook.spread, 6),
    ]
  }

  mutating func learn(_ day: Day, actual: [Double]) {
    if given == nil { findLevel(actual) }
    guard let level else { return }
    let outcomes = actual.map { $0.isFinite ? (sign * $0 <= sign * level + 1e-9 ? 1.0 : 0) : .nan }
    for interval in outcomes.indices where outcomes[interval].isFinite {
      recent[interval].add(outcomes[interval])
      long[interval].add(outcomes[interval])
    }
    if let share = meanKnown(outcomes) { wholeDay.add(share) }
    guard !day.rows.isEmpty else { return }
    days.append(KnownDay(rows: day.rows, outcomes: outcomes))
    if days.count > AtomModel.windowDays { days.removeFirst() }
    if isActive { refit() }
  }

  private mutating func refit() {
    var weights: [Double] = []
    for (index, day) in days.enumerated() {
      let recency = pow(0.5, Double(days.count - 1 - index) / AtomModel.halfLife)
      weights += day.outcomes.map { $0.isFinite ? recency : 0 }
    }
    regression.fit(
      rows: days.flatMap(\.rows), outcomes: days.flatMap(\.outcomes), weights: weights, steps: days.count < 40 ? 3 : 1)
  }

  /// An extreme value at which at least one in a hundred of the window's values stands is the atom.
  private mutating func findLevel(_ actual: [Double]) {
    values.append(actual.filter(\.isFinite).map { sign * $0 })
    if values.count > AtomModel.windowDays { values.removeFirst() }
    let least = values.compactMap { $0.min() }.min()
    guard let least else { return }
    let all = values.reduce(0) { $0 + $1.count }
    let at = values.reduce(0) { $0 + $1.count { $0 <= least + 1e-9 } }
    let found = all > 500 && Double(at) >= AtomModel.leastShare * Double(all) ? sign * least : nil
    if found != level {
      level = found
      days = []
    }
  }

  /// The probability at or below a value of ascending percentiles; linear between them.
  static func mass(_ percentiles: [Double], atOrBelow value: Double) -> Double {
    let above = percentiles.firstIndex { $0 > value } ?? 99
    if above == 0 { return 0 }
    if above == 99 { return 0.995 }
    let low = percentiles[above - 1]
    return (Double(above) + max(0, (value - low) / (percentiles[above] - low))) / 100
  }

  private static func logOdds(_ share: Double) -> Double {
    let inside = min(max(share, 0.005), 0.995)
    return log(inside / (1 - inside))
  }
}
