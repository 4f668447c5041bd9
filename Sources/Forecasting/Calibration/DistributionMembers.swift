internal import Foundation
internal import NumericMethods

/// The methods whose quantiles are averaged. Each gives 99 values for each interval, interval after interval.
enum DistributionMember: Int, CaseIterable, Sendable {
  /// Errors over their expected size, days of a like level counting more.
  case scaledErrors
  /// Isotonic distributional regression on the mix.
  case isotonic
  /// The same on the distance of mix and truth from the last week's mean.
  case isotonicAroundLevel
  /// Quantile regression averaging, all hours together.
  case pooledRegression
  /// Quantile regression averaging, hour by hour.
  case hourlyRegression
}

/// The members, fitted on a window of days.
struct DistributionMembers: Sendable, Codable {
  static let percentiles = (1...99).map { Double($0) / 100 }
  /// Days with which every method runs; with fewer, scaled errors of all hours together.
  static let leastDays = 28
  static let kernelWidth = 0.35
  static let kernelFloor = 0.02
  /// Values at which an isotonic distribution is fitted; fewer on a fine grid, where an hour has several distributions.
  let thresholds: Int

  let neighbours: IntervalNeighbours
  private var dispersion = DispersionRegression(prior: ErrorMemory.prior, penalties: ErrorMemory.penalties)
  private var regressions: ShapeRegressions
  private var history: ScaledHistory?
  private var regressionsFitted = false

  init(neighbours: IntervalNeighbours, perHour: Int) {
    self.neighbours = neighbours
    regressions = ShapeRegressions(perHour: perHour)
    thresholds = perHour > 1 ? 40 : 100
  }

  /// Refits on the days known by now, oldest first.
  mutating func fit(_ days: [ObservedDay], threads: Int) {
    let known = days.count { $0.actual.contains(where: \.isFinite) }
    guard known > 0 else { return }
    let last = days[days.count - 1].outlook.number
    var sizes: [Double] = []
    var weights: [Double] = []
    for day in days {
      let recency = pow(0.5, Double(last - day.outlook.number) / 120)
      for (actual, point) in zip(day.actual, day.outlook.point) {
        sizes.append(actual.isFinite ? abs(actual - point) : 0)
        weights.append(actual.isFinite ? recency : 0)
      }
    }
    dispersion.fit(
      rows: days.flatMap(\.outlook.scaleRows), sizes: sizes, weights: weights,
      steps: known <= DistributionMembers.leastDays ? 5 : 1)
    let scaled = ScaledHistory(days: days, intervals: neighbours.intervals, dispersion: dispersion)
    history = scaled
    if known >= DistributionMembers.leastDays {
      regressions.fit(scaled, threads: threads)
      regressionsFitted = true
    }
  }

  /// By member, or one alone while little is known.
  func columns(_ outlook: DayOutlook, threads: Int) -> [[Double]] {
    let scale = dispersion.scales(rows: outlook.scaleRows)
    guard let history else {
      return [DistributionMembers.normalColumns(outlook, scale: scale)]
    }
    guard regressionsFitted else {
      return [pooledErrors(history, outlook, scale: scale)]
    }
    let local = concurrentMap(count: outlook.point.count, threads: threads) { interval in
      localColumns(history, outlook, interval, scale: scale[interval])
    }
    let shapes = regressions.columns(outlook, scale: scale)
    return (0..<3).map { member in local.flatMap { $0[member] } } + [shapes.pooled, shapes.byHour]
  }

  private func localColumns(
    _ history: ScaledHistory, _ outlook: DayOutlook, _ interval: Int, scale: Double
  ) -> [[Double]] {
    let rows = history.rows(around: interval, neighbours)
    let point = outlook.point[interval]
    let width = DistributionMembers.kernelWidth * outlook.spread
    let likeness = rows.map { row -> Double in
      let distance = (history.point[row.position] - point) / width
      return row.weight * (exp(-0.5 * distance * distance) + DistributionMembers.kernelFloor)
    }
    let errors = weightedConformalQuantiles(
      rows.map { history.standardised[$0.position] }, weights: likeness, at: DistributionMembers.percentiles)
    let weights = rows.map(\.weight)
    let plain = IsotonicDistributionalRegression(
      predictor: rows.map { history.point[$0.position] }, response: rows.map { history.actual[$0.position] },
      weights: weights)
    let levels = rows.map { history.days[$0.position / history.intervals].outlook.recentLevel }
    let around = IsotonicDistributionalRegression(
      predictor: zip(rows, levels).map { history.point[$0.position] - $1 },
      response: zip(rows, levels).map { history.actual[$0.position] - $1 }, weights: weights)
    let count = thresholds
    return [
      errors.map { point + scale * $0 },
      plain.quantiles(at: point, levels: DistributionMembers.percentiles, thresholds: count),
      around.quantiles(
        at: point - outlook.recentLevel, levels: DistributionMembers.percentiles, thresholds: count
      ).map { $0 + outlook.recentLevel },
    ]
  }

  /// One distribution of standardised errors for all intervals.
  private func pooledErrors(_ history: ScaledHistory, _ outlook: DayOutlook, scale: [Double]) -> [Double] {
    let weights = history.standardised.indices.map { history.recency[$0 / history.intervals] }
    let errors = weightedConformalQuantiles(
      history.standardised, weights: weights, at: DistributionMembers.percentiles)
    return zip(outlook.point, scale).flatMap { point, size in errors.map { point + size * $0 } }
  }

  /// Before any truth: normal errors of the guessed size; E|e| = σ·√(2/π).
  private static func normalColumns(_ outlook: DayOutlook, scale: [Double]) -> [Double] {
    let scores = percentiles.map { NormalDistribution.standard.quantile(at: $0) / (2 / Double.pi).squareRoot() }
    return zip(outlook.point, scale).flatMap { point, size in scores.map { point + size * $0 } }
  }
}
