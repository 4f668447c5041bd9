internal import Foundation
internal import MarketModel
internal import NumericMethods

/// Day-ahead forecasts of load from weather, calendar and the load of the days before.
///
/// "naive" is the same interval a week before, "similar-day" the mean of the most similar days, "vanilla" the
/// benchmark of Hong (2010), "recency-…" recursive regressions on temperature now and before with a memory in days,
/// "kernel-…" the same with a Gaussian kernel, each corrected by its last errors, and "ensemble" the mix of these by
/// their regret. "vanilla" and "ensemble" have
/// quantiles. Stations are chosen by skill at the first forecast and each quarter afterwards; until the first forecast
/// days are only remembered.
public struct LoadForecaster: WalkForwardForecaster {
  /// Days of known load below which no forecast is made.
  public static let shortestHistory = 35
  private static let choiceDays = 91
  private static let patienceDays = 7

  private let intervals: Int
  private let stations: [String]
  private let seed: UInt64
  private let threads: Int
  private let stopwatch: Stopwatch
  private var history: LoadHistory
  private var engine: LoadEngine?
  private var weights: [Double] = []
  private var daysSinceChoice = 0
  private var silentDays: [Int]
  /// Time that learning from the last days took, counted with the next forecast.
  private var learningSeconds = 0.0
  /// Choices made and fallbacks taken, in sentences, oldest first; at most 200.
  public private(set) var notes: [String] = []

  /// - Parameters:
  ///   - intervals: of a day: 24, 48, 96.
  ///   - stations: names, in the order of ``LoadDay/temperatures``.
  ///   - seed: of the random features of the kernel regressions.
  public init(intervals: Int, stations: [String], seed: UInt64, threads: Int, stopwatch: @escaping Stopwatch) {
    precondition(intervals >= 1 && threads >= 1, "At least one interval and one thread")
    self.intervals = intervals
    self.stations = stations
    self.seed = seed
    self.threads = threads
    self.stopwatch = stopwatch
    history = LoadHistory(intervals: intervals, stationCount: stations.count)
    silentDays = [Int](repeating: 0, count: stations.count)
  }

  /// Share of each model in the combined forecast, once one was made.
  var modelWeights: [(model: String, weight: Double)] { engine?.weights ?? [] }

  public mutating func observe(_ published: LoadDay, actual: [Double]) throws(ForecastingError) {
    try check(published)
    let started = stopwatch()
    guard actual.count == intervals else {
      throw ForecastingError("\(published.day) has \(actual.count) values of load; \(intervals) are expected.")
    }
    let credible = withoutIncredible(actual.map { $0.isFinite ? $0 : .nan }, of: published.day)
    let missed = history.last.map { $0.distance(to: published.day) - 1 } ?? 0
    history.append(published, actual: credible)
    daysSinceChoice += 1 + missed
    watchStations(published)
    if missed > 0 || daysSinceChoice >= LoadForecaster.choiceDays { engine = nil }
    engine?.observe(published, actual: credible)
    learningSeconds += stopwatch() - started
  }

  public mutating func forecasts(for published: LoadDay) throws(ForecastingError) -> [ModelForecast] {
    try check(published)
    guard history.knownDays >= LoadForecaster.shortestHistory else {
      throw ForecastingError(
        "\(history.knownDays) days of load are known before \(published.day); a forecast needs at least \(LoadForecaster.shortestHistory). Import more history."
      )
    }
    let started = stopwatch()
    if engine == nil { rebuild(for: published) }
    guard let engine else { return [] }
    let paths = engine.paths(published)
    guard let vanilla = paths.vanilla, let ensemble = paths.ensemble else {
      throw ForecastingError(
        "The regressions could not be fitted before \(published.day): the load of the last weeks is missing or constant."
      )
    }
    noteWeather(published)
    let naive = history.naive(for: published.day)
    var result = [
      ModelForecast(model: "naive", point: naive),
      ModelForecast(model: "similar-day", point: paths.similar ?? naive),
      ModelForecast(model: "vanilla", point: vanilla, quantiles: engine.vanillaQuantiles(vanilla)),
    ]
    for (name, path) in zip(LoadEngine.expertNames, paths.mixed) {
      result.append(ModelForecast(model: name, point: path))
    }
    result.append(
      ModelForecast(
        model: "ensemble", point: ensemble, quantiles: engine.ensembleQuantiles(ensemble),
        seconds: learningSeconds + stopwatch() - started))
    learningSeconds = 0
    return result
  }

  private func check(_ published: LoadDay) throws(ForecastingError) {
    guard published.temperatures.count == stations.count else {
      throw ForecastingError(
        "\(published.day) has temperatures of \(published.temperatures.count) stations; \(stations.count) are expected."
      )
    }
    if let wrong = published.temperatures.firstIndex(where: { $0.count != intervals }) {
      throw ForecastingError(
        "\(published.day) has \(published.temperatures[wrong].count) temperatures of station \(stations[wrong]); \(intervals) are expected."
      )
    }
    if let last = history.last, published.day <= last {
      throw ForecastingError("\(published.day) does not come after \(last), the last day that was observed.")
    }
  }
}

extension LoadForecaster {
  /// Chooses stations and relives the remembered days with them.
  private mutating func rebuild(for published: LoadDay) {
    let climate = LoadClimate(history, published)
    let scale = LoadScale(fittedTo: history.actuals)
    let chosen = climate.weights(history, scale: scale, threads: threads)
    if chosen != weights || notes.isEmpty { noteChoice(chosen, before: published.day) }
    weights = chosen
    daysSinceChoice = 0
    let weather = LoadWeather(intervals: intervals, weights: chosen, centre: climate.centre, spread: climate.spread)
    var engine = LoadEngine(
      scale: scale, weather: weather, origin: history.days[0].day, intervals: intervals, seed: seed,
      threads: threads)
    engine.replay(history)
    self.engine = engine
  }

  /// A station that counts and has been silent for a week is replaced at the next forecast.
  private mutating func watchStations(_ published: LoadDay) {
    for station in stations.indices {
      let isSilent = !published.temperatures[station].contains { $0.isFinite }
      silentDays[station] = isSilent ? silentDays[station] + 1 : 0
      if silentDays[station] == LoadForecaster.patienceDays, weights.indices.contains(station), weights[station] > 0 {
        engine = nil
      }
    }
  }

  /// A day in another unit (kW for MW) is taken as not known: its mean is over eight times the median of four weeks'
  /// means, or less than an eighth of it.
  private mutating func withoutIncredible(_ actual: [Double], of day: MarketDay) -> [Double] {
    let means = history.actuals.suffix(28).compactMap { LoadForecaster.meanOfKnown($0) }
    guard means.count >= 7, let own = LoadForecaster.meanOfKnown(actual) else { return actual }
    let usual = median(means)
    guard usual > 0, own > 8 * usual || own < usual / 8, own > 0 else { return actual }
    note(
      "The load of \(day) is \(own > usual ? "over eight times" : "less than an eighth of") the usual and was left out; check its unit."
    )
    return [Double](repeating: .nan, count: intervals)
  }

  private static func meanOfKnown(_ values: [Double]) -> Double? {
    let known = values.filter { $0.isFinite }
    return known.isEmpty ? nil : mean(known)
  }

  private mutating func noteChoice(_ chosen: [Double], before day: MarketDay) {
    let parts = chosen.indices.filter { chosen[$0] > 0 }.sorted { (-chosen[$0], $0) < (-chosen[$1], $1) }
    guard !parts.isEmpty else {
      return note("No temperatures are known before \(day): the load is forecast from calendar and recent load alone.")
    }
    let names = parts.map { "\(stations[$0]) \(Int((100 * chosen[$0]).rounded())) %" }
    note("From \(day) on the temperature is that of \(names.joined(separator: ", ")).")
  }

  private mutating func noteWeather(_ published: LoadDay) {
    guard let engine, engine.weather.usesWeather else { return }
    let filled = engine.weather.day(published).filled
    if filled.isCarried {
      note("On \(published.day) no station reports in some intervals; the temperature was carried or interpolated.")
    }
    for station in filled.frozen where weights[station] > 0 {
      note("Station \(stations[station]) does not move on \(published.day) and was left out.")
    }
  }

  private mutating func note(_ sentence: String) {
    notes.append(sentence)
    if notes.count > 200 { notes.removeFirst() }
  }
}
