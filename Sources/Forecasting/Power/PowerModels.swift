/// The forecaster of a target with the days that it is handed, one after another.
enum PowerModels {
  case load(LoadForecaster)
  case wind(WindForecaster)
  case solar(SolarForecaster)

  init(_ days: ExaminedPower) {
    let source = days.source
    let stopwatch: Stopwatch = { 0 }
    switch source.target {
    case .wind:
      self = .wind(
        WindForecaster(
          intervals: days.intervals, capacity: nil, latitude: nil, longitude: nil, seed: source.seed,
          threads: source.threads, powerDelay: days.delay, stopwatch: stopwatch))
    case .solar:
      self = .solar(
        SolarForecaster(
          intervals: days.intervals, capacity: nil, latitude: nil, longitude: nil, seed: source.seed,
          threads: source.threads, powerDelay: days.delay, stopwatch: stopwatch))
    default:
      self = .load(
        LoadForecaster(
          intervals: days.intervals, stations: days.temperatureStations, seed: source.seed, threads: source.threads,
          stopwatch: stopwatch))
    }
  }

  var notes: [String] {
    switch self {
    case .load(let forecaster): forecaster.notes
    case .wind(let forecaster): forecaster.notes
    case .solar(let forecaster): forecaster.notes
    }
  }

  /// Share of each model in the combined forecast.
  var weights: [(model: String, weight: Double)] {
    switch self {
    case .load(let forecaster): forecaster.modelWeights
    case .wind(let forecaster): forecaster.weights
    case .solar(let forecaster): forecaster.weights
    }
  }

  mutating func observe(_ position: Int, of days: ExaminedPower, actual: [Double]) throws(ForecastingError) {
    switch self {
    case .load(var forecaster):
      try forecaster.observe(days.loadDay(position), actual: actual)
      self = .load(forecaster)
    case .wind(var forecaster):
      try forecaster.observe(days.windDay(position), actual: actual)
      self = .wind(forecaster)
    case .solar(var forecaster):
      try forecaster.observe(days.solarDay(position), actual: actual)
      self = .solar(forecaster)
    }
  }

  /// What the models say of a day, knowing the power of all days but the last `delay` before it.
  ///
  /// Wind and solar look at no later power by themselves. The load forecaster learns from every day that it is told of: it stands
  /// at the last day that is published, and a copy of it is told of the days since without their load.
  mutating func forecasts(
    for position: Int, of days: ExaminedPower, delay: Int
  ) throws(ForecastingError) -> [ModelForecast] {
    switch self {
    case .load(var forecaster):
      // Stations are chosen and the past is lived through here, once, and not in each copy.
      if delay > 0 { _ = try forecaster.forecasts(for: days.loadDay(position - delay)) }
      var ahead = forecaster
      let unknown = [Double](repeating: .nan, count: days.intervals)
      for missing in position - delay..<position { try ahead.observe(days.loadDay(missing), actual: unknown) }
      let made = try ahead.forecasts(for: days.loadDay(position))
      self = .load(delay > 0 ? forecaster : ahead)
      return made
    case .wind(var forecaster):
      let made = try forecaster.forecasts(for: days.windDay(position))
      self = .wind(forecaster)
      return made
    case .solar(var forecaster):
      let made = try forecaster.forecasts(for: days.solarDay(position))
      self = .solar(forecaster)
      return made
    }
  }

  /// Days that the forecaster stands behind the one to forecast: it is told of them only when their power is out.
  func daysBehind(_ delay: Int) -> Int {
    if case .load = self { delay } else { 0 }
  }
}
