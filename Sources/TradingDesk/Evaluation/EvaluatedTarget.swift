internal import Forecasting
internal import MarketData
internal import MarketModel

/// What is forecast, and with which forecaster: the only place that chooses one.
public enum EvaluatedTarget: String, Sendable, Hashable, CaseIterable {
  case prices, load, wind, solar
  case realTime = "real-time"

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
    case .prices: return try pricesRecords(of: site, settings, run: run)
    case .load: return try loadRecords(of: site, settings, run: run)
    case .wind, .solar, .realTime: return try run.records(NoForecaster(), over: site.feed { $0 })
    }
  }

  private func pricesRecords(
    of site: SiteData, _ settings: ForecasterSettings, run: WalkForwardRun
  ) throws -> [RecordedDay] {
    let inputs = site.inputs(knownBy: .beforeAuction)
    let forecaster = HistoryPriceForecaster(
      length: site.length, inputNames: inputs.map(\.name), settings: settings, stopwatch: run.hooks.stopwatch)
    return try run.records(
      forecaster,
      over: site.feed { day in
        HistoryPriceForecaster.Published(
          day: day, inputs: site.values(inputs, day), isHoliday: site.isHoliday(day),
          isShiftedWorkday: site.isShiftedWorkday(day))
      })
  }
}

extension EvaluatedTarget {
  fileprivate func loadRecords(
    of site: SiteData, _ settings: ForecasterSettings, run: WalkForwardRun
  ) throws -> [RecordedDay] {
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
}

/// What a forecaster is told beside the days.
struct ForecasterSettings {
  /// Models to make; nil for all.
  let models: Set<String>?
  let seed: UInt64
  var threads: Int
  let lowestPrice: Double?
  let highestPrice: Double?
  let capacity: Double?
  let latitude: Double?
  let longitude: Double?

  func with(threads: Int) -> ForecasterSettings {
    var changed = self
    changed.threads = threads
    return changed
  }
}
