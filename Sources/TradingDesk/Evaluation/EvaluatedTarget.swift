internal import Forecasting
internal import MarketData
internal import MarketModel

/// What is forecast, and with which forecaster: the only place that chooses one.
public enum EvaluatedTarget: String, Sendable, Hashable, CaseIterable {
  case prices, load, wind, solar
  case realTime = "real-time"

  /// Whether the sum over sites means something: it does for power, not for prices.
  var addsUp: Bool { self == .load || self == .wind || self == .solar }

  /// The column that holds what came.
  var quantity: EvaluationQuantity {
    switch self {
    case .prices: .dayAheadPrice
    case .load: .load
    case .wind: .wind
    case .solar: .solar
    case .realTime: .realTimePrice
    }
  }

  /// Walks one site with the target's forecaster.
  func records(of site: SiteData, _ settings: ForecasterSettings, run: WalkForwardRun) throws -> [RecordedDay] {
    if let models = settings.models, models.isSubset(of: NaiveModels.names) {
      return try run.records(NoForecaster(), over: site.feed { $0 })
    }
    switch self {
    case .prices: return try prices(site, settings, run)
    case .load: return try load(site, settings, run)
    case .wind: return try wind(site, settings, run)
    case .solar: return try solar(site, settings, run)
    case .realTime: return try realTime(site, settings, run)
    }
  }

  private func prices(_ site: SiteData, _ settings: ForecasterSettings, _ run: WalkForwardRun) throws -> [RecordedDay] {
    let inputs = site.inputs(knownBy: .beforeAuction)
    let forecaster = try PriceForecaster(
      intervals: site.table.intervals, inputNames: inputs.map(\.name), lowestPrice: settings.lowestPrice,
      highestPrice: settings.highestPrice, models: settings.models, seed: settings.seed, threads: settings.threads,
      scenarios: settings.scenarios, stopwatch: run.hooks.stopwatch)
    return try run.records(
      forecaster,
      over: site.feed { day in
        PriceDay(
          day: day, inputs: site.values(inputs, day), isHoliday: site.isHoliday(day),
          isShiftedWorkday: site.isShiftedWorkday(day))
      })
  }

  private func load(_ site: SiteData, _ settings: ForecasterSettings, _ run: WalkForwardRun) throws -> [RecordedDay] {
    let stations = site.table.columns(of: .temperature)
    guard !stations.isEmpty else {
      throw DeskProblem(.badData, "The data have no temperatures, from which load is forecast.")
    }
    let forecaster = LoadForecaster(
      intervals: site.table.intervals, stations: stations.map(\.name), seed: settings.seed, threads: settings.threads,
      stopwatch: run.hooks.stopwatch)
    return try run.records(
      forecaster,
      over: site.feed { day in
        LoadDay(
          day: day, temperatures: site.values(stations, day), isHoliday: site.isHoliday(day),
          isShiftedWorkday: site.isShiftedWorkday(day))
      })
  }

  private func wind(_ site: SiteData, _ settings: ForecasterSettings, _ run: WalkForwardRun) throws -> [RecordedDay] {
    let forecaster = WindForecaster(
      intervals: site.table.intervals, capacity: settings.capacity, latitude: settings.latitude,
      longitude: settings.longitude, seed: settings.seed, threads: settings.threads, stopwatch: run.hooks.stopwatch)
    return try run.records(
      forecaster,
      over: site.feed { day in
        WindDay(day: day, columns: site.weather(day), availableCapacity: site.availableCapacity(day))
      })
  }

  private func solar(_ site: SiteData, _ settings: ForecasterSettings, _ run: WalkForwardRun) throws -> [RecordedDay] {
    let forecaster = SolarForecaster(
      intervals: site.table.intervals, capacity: settings.capacity, latitude: settings.latitude,
      longitude: settings.longitude, seed: settings.seed, threads: settings.threads, stopwatch: run.hooks.stopwatch)
    return try run.records(
      forecaster,
      over: site.feed { day in
        SolarDay(day: day, columns: site.weather(day), availableCapacity: site.availableCapacity(day))
      })
  }

  private func realTime(
    _ site: SiteData, _ settings: ForecasterSettings, _ run: WalkForwardRun
  ) throws -> [RecordedDay] {
    guard let dayAhead = site.table.columns(of: .dayAheadPrice).first(where: { $0.location == site.truth.location })
    else {
      throw DeskProblem(.badData, "The data have no day-ahead price, from which the real-time price is forecast.")
    }
    let inputs = site.inputs(knownBy: .afterAuction)
    let forecaster = RealTimeForecaster(
      intervals: site.table.intervals, inputNames: inputs.map(\.name), lowestPrice: settings.lowestPrice,
      highestPrice: settings.highestPrice, seed: settings.seed, threads: settings.threads,
      stopwatch: run.hooks.stopwatch)
    return try run.records(
      forecaster,
      over: site.feed { day in
        RealTimeDay(
          day: day, dayAheadPrice: site.table.values(of: dayAhead, on: day), inputs: site.values(inputs, day),
          isHoliday: site.isHoliday(day), isShiftedWorkday: site.isShiftedWorkday(day))
      })
  }
}
