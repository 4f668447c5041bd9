internal import NumericMethods

/// The distribution of each interval of a day from point forecasts of several experts and their mix, learned day by day.
///
/// Five methods give 99 percentiles each: scaled errors weighted by likeness of level, isotonic distributional regression
/// on the mix and around the recent level, and quantile regression averaging by hour and over all hours. Their average, weighted
/// by recent pinball loss, is tracked to its nominal coverage; mass at a floor or a cap is a probability of its own. A day
/// costs O(window · log window) for each interval. The order of calls is ``quantiles(experts:point:)`` for a day and then
/// ``observe(experts:point:actual:)`` with its truth; nothing of later days is ever held.
public struct OnlineDistribution: Sendable, Codable {
  /// Days of the window.
  public static let windowDays = 365

  public let intervals: Int
  public let perHour: Int
  /// Threads at work; the values do not depend on them.
  var threads: Int
  private var memory: ErrorMemory
  private var members: DistributionMembers
  private var days: [ObservedDay] = []
  private var weights = QuantileWeights()
  private var tracking: CoverageTracking
  private var atoms: PriceAtoms
  private var pending: Pending?

  /// One day's outlook and what every stage says of it.
  private struct Pending: Sendable, Codable {
    let outlook: DayOutlook
    let members: [[Double]]
    let averaged: [Double]
    let tracked: [Double]
    let atoms: PriceAtoms.Day
    let final: [Double]
  }

  /// - Parameters:
  ///   - intervals: of a day.
  ///   - perHour: intervals of an hour; divides `intervals`.
  ///   - lowest: the price floor, if there is one; quantiles stay at or above it. Learned from the history if nil.
  ///   - highest: the cap, likewise.
  public init(
    intervals: Int, perHour: Int, lowest: Double?, highest: Double?, threads: Int
  ) throws(ForecastingError) {
    guard intervals >= 2, perHour >= 1, intervals % perHour == 0 else {
      throw ForecastingError("A day of \(intervals) intervals cannot have \(perHour) in each hour")
    }
    if let lowest, let highest, lowest >= highest {
      throw ForecastingError("The lowest price, \(lowest), must lie below the highest, \(highest)")
    }
    guard threads >= 1 else { throw ForecastingError("At least one thread is needed, was given \(threads)") }
    self.intervals = intervals
    self.perHour = perHour
    self.threads = threads
    let neighbours = IntervalNeighbours(intervals: intervals, perHour: perHour)
    memory = ErrorMemory(neighbours: neighbours)
    members = DistributionMembers(neighbours: neighbours, perHour: perHour)
    tracking = CoverageTracking(neighbours: neighbours)
    atoms = PriceAtoms(intervals: intervals, lowest: lowest, highest: highest)
  }

  /// The 99 percentiles of the next day, quantiles[level][interval], never falling in the level and within the limits.
  ///
  /// - Parameters:
  ///   - experts: experts[k][interval]; the mix stands in for a value that is not finite.
  ///   - point: the mix by interval; the mean of the experts stands in for a value that is not finite.
  /// - Throws: ``ForecastingError`` if lengths do not fit, the number of experts changed, or an interval has no forecast.
  public mutating func quantiles(experts: [[Double]], point: [Double]) throws(ForecastingError) -> [[Double]] {
    let day = try prepared(experts, point)
    return (0..<99).map { level in (0..<intervals).map { day.final[$0 * 99 + level] } }
  }

  /// P(at the floor or below) and P(at the cap or above) for each interval of the next day; zeros without an atom.
  public mutating func atomProbabilities(
    experts: [[Double]], point: [Double]
  ) throws(ForecastingError) -> (floor: [Double], cap: [Double]) {
    let day = try prepared(experts, point)
    return (day.atoms.floor.probabilities, day.atoms.cap.probabilities)
  }

  /// Takes a day's truth, once a day in the order of the calendar; NaN is "not known". Without `refit` the members' fits
  /// stay as they are, which saves time on the way through a past.
  public mutating func observe(
    experts: [[Double]], point: [Double], actual: [Double], refit: Bool = true
  ) throws(ForecastingError) {
    guard actual.count == intervals else {
      throw ForecastingError("The day has \(intervals) intervals, its truth \(actual.count)")
    }
    let day = try prepared(experts, point)
    weights.learn(day.members, averaged: day.averaged, actual: actual)
    if day.members.count > 1 { tracking.learn(day.tracked, actual: actual) }
    atoms.learn(day.atoms, actual: actual)
    memory.learn(day.outlook, actual: actual)
    days.append(ObservedDay(outlook: day.outlook, actual: actual.map { $0.isFinite ? $0 : .nan }))
    if days.count > OnlineDistribution.windowDays { days.removeFirst() }
    if refit { members.fit(days, threads: threads) }
    pending = nil
  }

  /// Fits the members to the days that were observed.
  mutating func refit() {
    members.fit(days, threads: threads)
    pending = nil
  }

  private mutating func prepared(_ experts: [[Double]], _ point: [Double]) throws(ForecastingError) -> Pending {
    let (cleanExperts, cleanPoint) = try cleaned(experts, point)
    if let pending, pending.outlook.experts == cleanExperts, pending.outlook.point == cleanPoint { return pending }
    let outlook = memory.outlook(experts: cleanExperts, point: cleanPoint)
    let columns = members.columns(outlook, threads: threads)
    let averaged = OnlineDistribution.ascending(weights.averaged(columns))
    let tracked = tracking.shifted(averaged)
    let day = atoms.day(outlook, columns: tracked)
    let made = Pending(
      outlook: outlook, members: columns, averaged: averaged, tracked: tracked, atoms: day,
      final: atoms.consistent(tracked, day))
    pending = made
    return made
  }

  private func cleaned(
    _ experts: [[Double]], _ point: [Double]
  ) throws(ForecastingError) -> (experts: [[Double]], point: [Double]) {
    guard point.count == intervals, experts.allSatisfy({ $0.count == intervals }) else {
      throw ForecastingError(
        "Every expert and the mix must have one value for each of the day's \(intervals) intervals")
    }
    if let known = days.last?.outlook.experts.count, known != experts.count {
      throw ForecastingError("\(experts.count) experts were given, \(known) the days before; start again with these")
    }
    var clean = point
    for interval in point.indices where !point[interval].isFinite {
      guard let stand = meanKnown(experts.map { $0[interval] }) else {
        throw ForecastingError("No expert has a forecast for interval \(interval + 1)")
      }
      clean[interval] = stand
    }
    return (experts.map { zip($0, clean).map { $0.isFinite ? $0 : $1 } }, clean)
  }

  private static func ascending(_ columns: [Double]) -> [Double] {
    stride(from: 0, to: columns.count, by: 99).flatMap { columns[$0..<($0 + 99)].sorted() }
  }
}
