public import MarketModel

/// The days of a made-up province by quarter-hour; renders itself as files.
public struct SimulatedProvince: Sendable {
  /// Days with actual values and prices.
  public let firstDay: MarketDay
  public let lastDay: MarketDay
  /// Last day with forecasts.
  public let lastForecastDay: MarketDay
  /// Names of the weather sites.
  public let sites: [String]
  let axis: TimeAxis
  let weather: SimulatedWeather
  let system: SimulatedSystem
  let prices: SimulatedPrices
  let bidding: SimulatedBidding

  /// Days with actual values.
  public var days: Int { lastDay.dayNumber - firstDay.dayNumber + 1 }
}

/// Makes the province's weather, load, renewables, imports and prices; the same seed makes the same values.
public func simulateProvince(_ parameters: ProvinceParameters, seed: UInt64) -> SimulatedProvince {
  let days = parameters.lastDay.dayNumber - parameters.firstDay.dayNumber + 1 + parameters.forecastDays
  let axis = TimeAxis(firstDay: parameters.firstDay, days: days)
  let streams = RandomStreams(seed: seed)
  let weather = simulateWeather(parameters, axis: axis, streams: streams)
  let system = simulateSystem(parameters, weather: weather, axis: axis, streams: streams)
  let bidding = SimulatedBidding(parameters, system: system, axis: axis, streams: streams)
  return SimulatedProvince(
    firstDay: parameters.firstDay, lastDay: parameters.lastDay,
    lastForecastDay: parameters.lastDay.advanced(by: parameters.forecastDays), sites: parameters.sites.map(\.name),
    axis: axis, weather: weather, system: system,
    prices: simulatePrices(bidding, system: system), bidding: bidding)
}

extension SimulatedProvince {
  /// The values of a series by quarter-hour from the first day on; nil if there is no such series.
  ///
  /// Forecasts run through `lastForecastDay`, everything else through `lastDay`.
  public func values(of key: SeriesKey) -> [Double]? {
    guard let all = allValues(of: key) else { return nil }
    return key.stage == .forecast ? all : Array(all.prefix(days * TimeAxis.perDay))
  }

  private func allValues(of key: SeriesKey) -> [Double]? {
    switch (key.quantity, key.stage) {
    case (.price, .dayAhead): return prices.dayAhead
    case (.price, .realTime): return prices.realTime
    case (_, .forecast): return value(of: key, system: system.forecast, weather: weather.forecast)
    case (_, .actual): return value(of: key, system: system.actual, weather: weather.actual)
    default: return nil
    }
  }

  private func value(of key: SeriesKey, system: SystemSeries, weather: [SiteWeather]) -> [Double]? {
    switch key.quantity {
    case .load: return system.load
    case .wind: return system.wind
    case .solar: return system.solar
    case .imports: return system.imports
    case .exogenous: return key.location == Self.nonBidding ? system.nonBidding : nil
    case .temperature, .windSpeed, .irradiance:
      guard let site = sites.firstIndex(of: key.location) else { return nil }
      switch key.quantity {
      case .temperature: return weather[site].temperature
      case .windSpeed: return weather[site].windSpeed
      default: return weather[site].irradiance
      }
    case .price: return nil
    }
  }

  /// Name of the input that holds all supply that does not bid.
  public static let nonBidding = "non-bidding"
}
