internal import NumericMethods

/// The models' load and the load that somebody published, mixed by what each lost of late, with the distribution of the mix's
/// errors: an operator knows things that no weather says.
///
/// Three experts: the models' combined forecast, the published one, and the published one less its mean error of the last days.
/// Mixed by ML-Poly (``ExpertMix``), calibrated by ``OnlineDistribution``. Only days that lie `delay` and more before the next
/// one count, as their load was not out.
struct PublishedBlend: Sendable {
  static let model = "combined"
  /// Days that must be learned from before the blend stands in the place of the models.
  static let leastDays = 14
  private static let errorHalfLife = 7.0

  private let delay: Int
  private var mix = ExpertMix(count: 3)
  private var distribution: OnlineDistribution
  private var errors: [RunningMean]
  /// Days whose load is not out at the next gate, oldest first.
  private var held: [(experts: [[Double]], actual: [Double])] = []
  private(set) var learnedDays = 0

  init(intervals: Int, delay: Int, threads: Int) throws(ForecastingError) {
    self.delay = delay
    distribution = try OnlineDistribution(
      intervals: intervals, perHour: intervals / 24, lowest: nil, highest: nil, threads: threads)
    errors = [RunningMean](repeating: RunningMean(halfLife: PublishedBlend.errorHalfLife), count: intervals)
  }

  var isReady: Bool { learnedDays >= PublishedBlend.leastDays }
  var weights: [Double] { mix.weights }

  /// The experts of a day; nil if the published forecast is not known in full.
  func experts(models: [Double], published: [Double]?) -> [[Double]]? {
    guard let published, published.allSatisfy(\.isFinite) else { return nil }
    return [models, published, zip(published, errors).map { $0 - ($1.value ?? 0) }]
  }

  mutating func forecast(_ experts: [[Double]]) throws(ForecastingError) -> ModelForecast {
    let point = mix.mixed(experts)
    let rows = try distribution.quantiles(experts: experts, point: point)
    return ModelForecast(model: PublishedBlend.model, point: rows[49], quantiles: rows)
  }

  /// Takes a day's truth; it is learned from when it would have been out.
  mutating func observe(_ experts: [[Double]], actual: [Double]) throws(ForecastingError) {
    held.append((experts, actual))
    guard held.count > delay else { return }
    let day = held.removeFirst()
    let point = mix.mixed(day.experts)
    try distribution.observe(experts: day.experts, point: point, actual: day.actual)
    let known = day.actual.indices.filter { day.actual[$0].isFinite }
    guard !known.isEmpty else { return }
    mix.learn(day.experts.map { path in known.map { path[$0] } }, actual: known.map { day.actual[$0] })
    for interval in known { errors[interval].add(day.experts[1][interval] - day.actual[interval]) }
    learnedDays += 1
  }
}
