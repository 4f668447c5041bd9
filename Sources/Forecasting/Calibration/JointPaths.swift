internal import Foundation
public import MarketModel
internal import NumericMethods

/// Equally likely joint paths over the intervals of a day and over several targets, whose marginals are given quantiles and
/// whose dependence is that of past days.
///
/// Past days leave the normal scores of their truth among their quantiles. A path is the scores of a past day drawn by
/// likeness of its forecast (Schaake shuffle on similar days: Clark et al. 2004, Schefzik 2016), smoothed with a sample of a
/// Gaussian copula of regularised correlation. How much of each is chosen by the energy and the variogram score that
/// every choice had on past days. Then the ranks of the paths in every dimension carry the quantiles.
public struct JointPaths: Sendable, Codable {
  /// Days of the window.
  public static let windowDays = 365
  /// Variance shares of the copula to choose from; 1 is the copula alone.
  static let shares = [0.05, 0.2, 0.5, 1]
  static let leastDays = 20
  private static let assumedMemory = 0.9
  private static let trialPaths = 100
  private static let poolFactor = 4
  private static let largestPool = 1_000

  public let targets: Int
  public let intervals: Int
  let perHour: Int
  let seed: UInt64
  /// Days handed so far, and the place of each remembered one among them.
  var number = 0
  var numbers: [Int] = []
  /// The market day of each remembered one; nil where it was not said.
  var days: [MarketDay?] = []
  /// scores[day][dimension]: normal score of a past day's truth among its percentiles, oldest first.
  public internal(set) var scores: [[Double]] = []
  var profiles: [[Double]] = []
  private var dependence: DependenceModel?
  /// Why the dependence could not be estimated when it was tried last; nil if it could.
  private(set) var problem: String?
  var losses = [RunningMean](repeating: RunningMean(halfLife: 90), count: JointPaths.shares.count)

  /// Dimensions are target · intervals + interval.
  public init(targets: Int, intervals: Int, perHour: Int, seed: UInt64) throws(ForecastingError) {
    guard targets >= 1, intervals >= 2, perHour >= 1 else {
      throw ForecastingError("Joint paths need a target, two intervals and an interval in each hour")
    }
    self.targets = targets
    self.intervals = intervals
    self.perHour = perHour
    self.seed = seed
  }

  /// Share of the copula's variance in the paths that would be drawn now.
  public var copulaShare: Double {
    let known = losses.map { $0.value ?? 0 }
    let best = known.indices.min { (known[$0], $0) < (known[$1], $1) } ?? 0
    return JointPaths.shares[best]
  }

  /// Takes a day's quantiles, [99][targets · intervals], and its truth; a day of which a value is not known is passed over.
  /// `day` says when it was, for ``init(joining:)``. With `comparesShares` the copula's shares are tried out on the day, which costs as much as drawing paths for each.
  public mutating func observe(
    quantiles: [[Double]], actual: [Double], comparesShares: Bool = true, of day: MarketDay? = nil
  ) throws(ForecastingError) {
    try check(quantiles)
    guard actual.count == targets * intervals else {
      throw ForecastingError("The truth has \(actual.count) values, the paths have \(targets * intervals)")
    }
    defer { number += 1 }
    guard actual.allSatisfy(\.isFinite) else { return }
    if comparesShares { learnShares(quantiles, actual) }
    var random = SplitMix64(seed: seed &+ UInt64(number) &* 0x9E37_79B9)
    let own = actual.indices.map { dimension in
      PathMarginals.normalScore(
        actual[dimension], percentiles: quantiles.map { $0[dimension] }, random: &random)
    }
    scores.append(own)
    numbers.append(number)
    days.append(day)
    profiles.append(DayLikeness.profile(quantiles, targets: targets, intervals: intervals))
    if scores.count > JointPaths.windowDays {
      scores.removeFirst()
      numbers.removeFirst()
      days.removeFirst()
      profiles.removeFirst()
    }
    refit()
  }

  /// Paths for a day with these quantiles: values[path · dimensions + dimension].
  ///
  /// Before twenty days were observed nine tenths of a path's level are taken to last an hour.
  public func paths(count: Int, quantiles: [[Double]], seed: UInt64) throws(ForecastingError) -> [Double] {
    try check(quantiles)
    guard count >= 1 else { throw ForecastingError("At least one path is needed, was asked for \(count)") }
    return drawn(count: count, quantiles: quantiles, share: copulaShare, seed: seed)
  }

  private func check(_ quantiles: [[Double]]) throws(ForecastingError) {
    guard quantiles.count == 99, quantiles.allSatisfy({ $0.count == targets * intervals && $0.allSatisfy(\.isFinite) })
    else {
      throw ForecastingError("Joint paths need 99 percentiles for each of \(targets * intervals) values")
    }
  }

  /// What each share would have scored on the day, before the day is known: the mean of both scores relative to the mean.
  private mutating func learnShares(_ quantiles: [[Double]], _ actual: [Double]) {
    guard dependence != nil else { return }
    let count = JointPaths.trialPaths
    let pairs = JointPaths.shares.map { share -> (energy: Double, variogram: Double) in
      let values = drawn(count: count, quantiles: quantiles, share: share, seed: seed &+ UInt64(number))
      return (
        energyScore(ofPaths: values, count: count, against: actual),
        variogramScore(ofPaths: values, count: count, against: actual)
      )
    }
    let energy = max(mean(pairs.map(\.energy)), 1e-12)
    let variogram = max(mean(pairs.map(\.variogram)), 1e-12)
    for index in pairs.indices {
      losses[index].add(pairs[index].energy / energy + 0.25 * pairs[index].variogram / variogram)
    }
  }

  /// Paths with a given share of the copula: a sample four times as large, of which those are kept that stand for it.
  func drawn(count: Int, quantiles: [[Double]], share: Double, seed: UInt64) -> [Double] {
    let width = targets * intervals
    let size = max(count, min(JointPaths.poolFactor * count, JointPaths.largestPool))
    let pool = sampled(count: size, quantiles: quantiles, share: share, seed: seed)
    guard size > count, dependence != nil else {
      return dependence == nil ? sampled(count: count, quantiles: quantiles, share: share, seed: seed) : pool
    }
    let chosen = representativePaths(comparable(pool, quantiles), length: width, count: count)
    let kept = chosen.flatMap { pool[($0 * width)..<(($0 + 1) * width)] }
    return PathMarginals.ranked(kept, count: count, quantiles: quantiles)
  }

  /// The pool with every target in units of its mean 80 % interval, so that none decides by its unit alone.
  private func comparable(_ pool: [Double], _ quantiles: [[Double]]) -> [Double] {
    guard targets > 1 else { return pool }
    let scales = (0..<targets).map { target in
      let range = target * intervals..<(target + 1) * intervals
      return max(mean(range.map { quantiles[89][$0] - quantiles[9][$0] }), 1e-9)
    }
    return pool.indices.map { pool[$0] / scales[$0 / intervals % targets] }
  }

  private func sampled(count: Int, quantiles: [[Double]], share: Double, seed: UInt64) -> [Double] {
    var random = SplitMix64(seed: seed)
    let width = targets * intervals
    guard let dependence else {
      return PathMarginals.ranked(persistent(count, &random), count: count, quantiles: quantiles)
    }
    var values = dependence.sample(count: count, random: &random)
    if share < 1 {
      let profile = DayLikeness.profile(quantiles, targets: targets, intervals: intervals)
      let weights = DayLikeness.weights(of: profiles, numbers: numbers, to: profile, number: number)
      let days = JointPaths.systematicDraw(weights, count: count, random: &random)
      for (path, day) in days.enumerated() {
        for dimension in 0..<width {
          values[path * width + dimension] =
            share.squareRoot() * values[path * width + dimension] + (1 - share).squareRoot() * scores[day][dimension]
        }
      }
    }
    return PathMarginals.ranked(values, count: count, quantiles: quantiles)
  }

  /// Scores of which nine tenths last an hour, the same for every target: what is assumed before days were observed.
  private func persistent(_ count: Int, _ random: inout SplitMix64) -> [Double] {
    let memory = pow(JointPaths.assumedMemory, 1 / Double(perHour))
    let fresh = (1 - memory * memory).squareRoot()
    var values: [Double] = []
    values.reserveCapacity(count * targets * intervals)
    for _ in 0..<count {
      var score = random.nextGaussian()
      var path: [Double] = []
      for _ in 0..<intervals {
        path.append(score)
        score = memory * score + fresh * random.nextGaussian()
      }
      for _ in 0..<targets { values += path }
    }
    return values
  }

  /// Each day as often as its weight says, within one (systematic resampling).
  private static func systematicDraw(_ weights: [Double], count: Int, random: inout SplitMix64) -> [Int] {
    let offset = random.nextUniform()
    var sum = 0.0
    var day = 0
    return (0..<count).map { path in
      let target = (Double(path) + offset) / Double(count)
      while day < weights.count - 1, sum + weights[day] < target {
        sum += weights[day]
        day += 1
      }
      return day
    }
  }

  mutating func refit() {
    guard scores.count >= JointPaths.leastDays else { return }
    let weights = numbers.map { pow(0.5, Double(number - $0) / 180) }
    do {
      dependence = try DependenceModel(
        scores: scores, weights: weights, targets: targets, intervals: intervals, perHour: perHour)
      problem = nil
    } catch {
      dependence = nil
      problem = "\(error)"
    }
  }
}
