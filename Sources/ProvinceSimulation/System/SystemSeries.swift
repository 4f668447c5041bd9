/// The province's quantities by quarter-hour in MW; forecast and actual are two of these.
struct SystemSeries: Sendable, Equatable {
  var load: [Double] = []
  var wind: [Double] = []
  var solar: [Double] = []
  var imports: [Double] = []
  /// Nuclear, local plants and storage: what else does not bid. Negative while storage charges more than they give.
  var nonBidding: [Double] = []

  /// What is left for the fleet that bids: load − wind − solar − imports − other supply that does not bid.
  var biddingSpace: [Double] {
    load.indices.map { load[$0] - wind[$0] - solar[$0] - imports[$0] - nonBidding[$0] }
  }
}

/// Forecast and actual, from the weather.
struct SimulatedSystem: Sendable {
  var forecast: SystemSeries
  var actual: SystemSeries
}

func simulateSystem(
  _ parameters: ProvinceParameters, weather: SimulatedWeather, axis: TimeAxis, streams: RandomStreams
) -> SimulatedSystem {
  let load = simulateLoad(parameters, weather: weather, axis: axis, streams: streams)
  let wind = simulateWind(parameters, weather: weather, axis: axis, streams: streams)
  let solar = simulateSolar(parameters, weather: weather, axis: axis, streams: streams)
  let imports = simulateImports(parameters, axis: axis, streams: streams)
  let other = simulateOtherSupply(parameters, axis: axis, streams: streams)
  return SimulatedSystem(
    forecast: SystemSeries(
      load: load.forecast, wind: wind.forecast, solar: solar.forecast, imports: imports.forecast,
      nonBidding: other.forecast),
    actual: SystemSeries(
      load: load.actual, wind: wind.actual, solar: solar.actual, imports: imports.actual, nonBidding: other.actual))
}

/// One quantity, expected and measured.
struct ForecastAndActual: Sendable {
  var forecast: [Double]
  var actual: [Double]
}
