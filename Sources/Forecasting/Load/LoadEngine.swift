internal import Foundation
internal import MarketModel
internal import NumericMethods

/// The models of a load forecaster with all that they have learned, for one choice of stations.
///
/// It lives through the remembered days as it lives through new ones: each is forecast before it is learned from. So
/// the corrections, the mix and the quantiles know only errors of forecasts made ahead.
struct LoadEngine: Sendable {
  /// Memories in days of the regressions that are mixed: linear ones, and ones with random features.
  private static let linearMemories = [365, 730, 1460]
  private static let kernelMemories = [730, 1460]
  static let expertNames = linearMemories.map { "recency-\($0)" } + kernelMemories.map { "kernel-\($0)" }
  private static let penalty = 0.15
  /// Days between fits while living through remembered days, and between fits of the kernel regressions afterwards.
  private static let weekly = 7
  private static let firstFitDays = 28

  /// A recency regression with the correction of its errors.
  private struct Expert: Sendable {
    var model: RecencyModel
    var correction: ErrorCorrection
  }

  /// The predictors of one day, without and with random features.
  private struct Rows {
    let linear: [Double]
    let kernel: [Double]

    func of(_ model: RecencyModel) -> [Double] { model.width == LoadFeatures.count ? linear : kernel }
  }

  /// What the models say of one day, on the load's own scale where not said otherwise.
  struct Paths: Sendable {
    var similar: [Double]?
    var vanilla: [Double]?
    /// On the ``LoadScale``, before correction.
    var recency: [[Double]] = []
    /// What is mixed.
    var mixed: [[Double]] = []
    var ensemble: [Double]?
  }

  private let intervals: Int
  private let threads: Int
  private let scale: LoadScale
  private let origin: MarketDay
  private let features: LoadFeatures
  private(set) var weather: LoadWeather
  private var vanilla: VanillaModel
  private var experts: [Expert]
  private var similar = SimilarLoadDays()
  private var mix: ExpertMix
  private var quantiles: LoadQuantiles
  private var vanillaQuantiles: LoadQuantiles
  private var observed = 0
  /// Days that the mix does not learn from.
  private var trialDays = 0

  init(scale: LoadScale, weather: LoadWeather, origin: MarketDay, intervals: Int, seed: UInt64, threads: Int) {
    self.scale = scale
    self.weather = weather
    self.origin = origin
    self.intervals = intervals
    self.threads = threads
    features = LoadFeatures(intervals: intervals, seed: seed)
    vanilla = VanillaModel(intervals: intervals)
    let kernelWidth = features.kernelCount
    let widths =
      LoadEngine.linearMemories.map { ($0, LoadFeatures.count) }
      + LoadEngine.kernelMemories.map { ($0, kernelWidth) }
    experts = widths.map { memory, width in
      Expert(
        model: RecencyModel(
          intervals: intervals, width: width, memoryDays: Double(memory), penalty: LoadEngine.penalty,
          threads: threads),
        correction: ErrorCorrection(intervals: intervals))
    }
    mix = ExpertMix(count: experts.count)
    quantiles = LoadQuantiles(intervals: intervals)
    vanillaQuantiles = LoadQuantiles(intervals: intervals)
  }

  /// Lives through remembered days, with a fit once a week (of the kernels every second), and fits on all of them at the
  /// end. The first half, a year at most, does not count for the mix: fits on few days say little of later ones.
  mutating func replay(_ history: LoadHistory) {
    trialDays = min(365, history.days.count / 2)
    for (day, actual) in zip(history.days, history.actuals) {
      learn(day, actual: actual)
      if observed % LoadEngine.weekly == 0 { fit(kernels: observed % (2 * LoadEngine.weekly) == 0) }
    }
    fit(kernels: true)
  }

  /// Share of each regression in the mix.
  var weights: [(model: String, weight: Double)] {
    zip(LoadEngine.expertNames, mix.weights).map { (model: $0, weight: $1) }
  }

  /// Learns from a day and fits: the linear models daily, those with a kernel weekly.
  mutating func observe(_ published: LoadDay, actual: [Double]) {
    learn(published, actual: actual)
    fit(kernels: observed % LoadEngine.weekly == 0)
  }

  private mutating func learn(_ published: LoadDay, actual: [Double]) {
    let today = weather.day(published)
    let rows = rows(published, today)
    let paths = paths(published, today, rows)
    let scaled = actual.map { scale.scaled($0) }
    learnErrors(paths, actual: actual, scaled: scaled)
    let years = years(published.day)
    vanilla.observe(published, years: years, temperatures: today.mean, actual: actual)
    for index in experts.indices { experts[index].model.observe(rows.of(experts[index].model), actual: scaled) }
    similar.observe(published, temperatures: today.hourly, load: scaled)
    weather.observe(published, today)
    observed += 1
  }

  func paths(_ published: LoadDay) -> Paths {
    let today = weather.day(published)
    return paths(published, today, rows(published, today))
  }

  /// 99 rows around the ensemble, in the load's unit.
  func ensembleQuantiles(_ path: [Double]) -> [[Double]] { restored(quantiles, around: path) }

  func vanillaQuantiles(_ path: [Double]) -> [[Double]] { restored(vanillaQuantiles, around: path) }

  private func restored(_ quantiles: LoadQuantiles, around path: [Double]) -> [[Double]] {
    quantiles.quantiles(around: path.map { scaledForecast($0) }, threads: threads)
      .map { $0.map { scale.restored($0) } }
  }

  private func paths(_ published: LoadDay, _ today: LoadWeather.Day, _ rows: Rows) -> Paths {
    var paths = Paths()
    paths.similar = similar.predicted(published, temperatures: today.hourly)?.map { scale.restored($0) }
    paths.vanilla = vanilla.predicted(published, years: years(published.day), temperatures: today.mean)
    paths.recency = experts.compactMap { $0.model.predicted(rows.of($0.model)) }
    guard paths.recency.count == experts.count else { return paths }
    paths.mixed = zip(paths.recency, experts).map { path, expert in
      zip(path, expert.correction.correction()).map { scale.restored($0 + $1) }
    }
    paths.ensemble = mix.mixed(paths.mixed)
    return paths
  }

  private mutating func learnErrors(_ paths: Paths, actual: [Double], scaled: [Double]) {
    if let path = paths.vanilla { vanillaQuantiles.observe(errors(of: path, scaled)) }
    guard let ensemble = paths.ensemble else { return }
    quantiles.observe(errors(of: ensemble, scaled))
    for (index, path) in paths.recency.enumerated() {
      experts[index].correction.observe(zip(scaled, path).map { $0 - $1 })
    }
    let known = scaled.indices.filter { scaled[$0].isFinite }
    guard !known.isEmpty, observed >= trialDays else { return }
    mix.learn(paths.mixed.map { path in known.map { path[$0] } }, actual: known.map { actual[$0] })
  }

  private func errors(of path: [Double], _ scaled: [Double]) -> [Double] {
    zip(scaled, path).map { $0 - scaledForecast($1) }
  }

  /// A forecast at or below zero, which a logarithm does not know, counts as a hundredth of the usual load.
  private func scaledForecast(_ value: Double) -> Double {
    let scaled = scale.scaled(value)
    return scale.isLogarithmic ? max(scaled.isFinite ? scaled : -5, -5) : scaled
  }

  private mutating func fit(kernels: Bool) {
    guard observed >= LoadEngine.firstFitDays else { return }
    vanilla.fit()
    for index in experts.indices {
      let isLinear = experts[index].model.width == LoadFeatures.count
      if isLinear || kernels { experts[index].model.fit() }
      experts[index].correction.fit()
    }
  }

  private func rows(_ published: LoadDay, _ today: LoadWeather.Day) -> Rows {
    let linear = features.rows(for: published, years: years(published.day), temperatures: today.series)
    return Rows(linear: linear, kernel: features.kernelRows(linear))
  }

  private func years(_ day: MarketDay) -> Double { Double(origin.distance(to: day)) / 365.25 }
}
