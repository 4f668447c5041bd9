internal import Foundation
internal import NumericMethods

/// Running means of what the point forecast missed, from which a day's outlook is made; holds earlier days only.
struct ErrorMemory: Sendable, Codable {
  /// Predictors of the size of an error, the constant first.
  static let width = 10
  /// Coefficients towards which their regression is pulled: the recent error of the hour, of the day, the disagreement.
  static let prior: [Double] = [0, 0.7, 0, 0.15, 0, 0.15, 0, 0, 0, 0]
  static let penalties: [Double] = [0.2] + [Double](repeating: 20, count: width - 1)
  private static let levelDays = 28

  let neighbours: IntervalNeighbours
  private(set) var number = 0
  private var short: [RunningMean]
  private var long: [RunningMean]
  private var error: [RunningMean]
  private var day = RunningMean(halfLife: 2.5)
  private var weekday = [RunningMean](repeating: RunningMean(halfLife: 4), count: 7)
  private var dayError = RunningMean(halfLife: 3)
  private var points: [[Double]] = []
  private var levels: [Double] = []
  private var lastActual: [Double] = []

  init(neighbours: IntervalNeighbours) {
    self.neighbours = neighbours
    short = [RunningMean](repeating: RunningMean(halfLife: 10), count: neighbours.intervals)
    long = [RunningMean](repeating: RunningMean(halfLife: 60), count: neighbours.intervals)
    error = short
  }

  /// The outlook on the next day.
  func outlook(experts: [[Double]], point: [Double]) -> DayOutlook {
    let recent = (points + [point]).flatMap { $0 }
    let centre = median(recent)
    let spread = max(standardDeviation(recent), 1e-6)
    let position = point.map { min(max(($0 - centre) / spread, -4), 4) }
    return DayOutlook(
      number: number, experts: experts, point: point,
      scaleRows: scaleRows(experts: experts, point: point, position: position, spread: spread),
      bias: neighbours.smoothed(error.map { $0.value ?? 0 }), dayBias: dayError.value ?? 0, position: position,
      recentLevel: levels.isEmpty ? mean(point) : mean(levels), spread: spread)
  }

  private func scaleRows(experts: [[Double]], point: [Double], position: [Double], spread: Double) -> [Double] {
    // Before anything is known, a tenth of the spread of the forecasts stands for the error.
    let guess = day.value ?? 0.1 * spread
    let shortMeans = neighbours.smoothed(short.map { $0.value ?? guess })
    let longMeans = neighbours.smoothed(long.map { $0.value ?? guess })
    let typical = max(mean(longMeans), 1e-3 * spread, 1e-6)
    let disagreement = neighbours.smoothed(ErrorMemory.disagreement(experts, point))
    let dayDisagreement = mean(ErrorMemory.disagreement(experts, point))
    let change = meanKnown(zip(point, lastActual).map { abs($0 - $1) }) ?? typical
    let ofDay = [
      log(guess + 0.05 * typical), log((weekday[number % 7].value ?? guess) + 0.05 * typical),
      log(dayDisagreement + 0.05 * typical), log(change + 0.05 * typical),
    ]
    var rows: [Double] = []
    rows.reserveCapacity(point.count * ErrorMemory.width)
    for interval in point.indices {
      let little = 0.05 * max(longMeans[interval], 0.1 * typical)
      rows += [1, log(shortMeans[interval] + little), log(longMeans[interval] + little), ofDay[0], ofDay[1]]
      rows += [log(disagreement[interval] + 0.5 * little), ofDay[2]]
      rows += [max(position[interval], 0), max(-position[interval], 0), ofDay[3]]
    }
    return rows
  }

  /// Mean distance of the experts from the mix.
  static func disagreement(_ experts: [[Double]], _ point: [Double]) -> [Double] {
    point.indices.map { interval in
      experts.reduce(0) { $0 + abs($1[interval] - point[interval]) } / Double(max(experts.count, 1))
    }
  }

  /// Learns what came; an interval without truth leaves its means as they are.
  mutating func learn(_ outlook: DayOutlook, actual: [Double]) {
    let errors = zip(actual, outlook.point).map { $0 - $1 }
    for interval in errors.indices where errors[interval].isFinite {
      short[interval].add(abs(errors[interval]))
      long[interval].add(abs(errors[interval]))
      error[interval].add(errors[interval])
    }
    if let size = meanKnown(errors.map(abs)), let level = meanKnown(actual), let signed = meanKnown(errors) {
      day.add(size)
      weekday[number % 7].add(size)
      dayError.add(signed)
      levels = Array((levels + [level]).suffix(7))
    }
    points = Array((points + [outlook.point]).suffix(ErrorMemory.levelDays))
    lastActual = actual
    number += 1
  }
}

/// A mean in which a value's weight halves every so many values.
struct RunningMean: Sendable, Codable {
  private let fading: Double
  private(set) var value: Double?

  init(halfLife: Double) { fading = pow(0.5, 1 / halfLife) }

  mutating func add(_ new: Double) {
    value = value.map { fading * $0 + (1 - fading) * new } ?? new
  }
}

/// The mean of the values that are known; nil if none is.
func meanKnown(_ values: [Double]) -> Double? {
  let known = values.filter(\.isFinite)
  return known.isEmpty ? nil : mean(known)
}
