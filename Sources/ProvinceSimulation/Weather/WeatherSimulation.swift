internal import MarketModel
internal import NumericMethods

/// The weather at one site by quarter-hour.
struct SiteWeather: Sendable, Equatable {
  var temperature: [Double]
  var windSpeed: [Double]
  var irradiance: [Double]
}

/// The weather of the province: what came and what was expected the day before, by site.
struct SimulatedWeather: Sendable {
  var actual: [SiteWeather]
  var forecast: [SiteWeather]
}

/// The standard-normal processes behind a site's temperature, wind and cloud.
private struct LatentWeather {
  var temperature: [Double]
  var wind: [Double]
  var cloud: [Double]
}

/// Fronts that cross the province from site to site, with each site's own weather on top of them.
///
/// A site sees w · front(t − delay) + √(1 − w²) · own(t). The forecast is made by the same formulas from processes that
/// are off by an autocorrelated error, most of which the sites share.
func simulateWeather(_ parameters: ProvinceParameters, axis: TimeAxis, streams: RandomStreams) -> SimulatedWeather {
  let weather = parameters.weather
  let lead = Int((parameters.sites.map(\.frontDelayHours).max() ?? 0) * TimeAxis.perHour)
  let total = axis.count + lead
  let fronts = LatentWeather(
    temperature: streams.quarterHourPath("front temperature", count: total, hours: weather.frontHours),
    wind: streams.quarterHourPath("front wind", count: total, hours: weather.gustHours),
    cloud: streams.quarterHourPath("front cloud", count: total, hours: weather.cloudHours))
  let errors = LatentWeather(
    temperature: streams.quarterHourPath("error temperature", count: total, hours: weather.forecastErrorHours * 2),
    wind: streams.quarterHourPath("error wind", count: total, hours: weather.forecastErrorHours),
    cloud: streams.quarterHourPath("error cloud", count: total, hours: weather.forecastErrorHours))
  var result = SimulatedWeather(actual: [], forecast: [])
  for site in parameters.sites {
    let start = lead - Int(site.frontDelayHours * TimeAxis.perHour)
    let own = siteLatent(site, axis: axis, streams: streams)
    let latent = mix(fronts, own, from: start, weight: weather.sharedFrontWeight)
    let ownErrors = siteErrors(site, weather, axis: axis, streams: streams)
    let error = mix(errors, ownErrors, from: start, weight: 0.7)
    let expected = LatentWeather(
      temperature: erring(
        latent.temperature, error.temperature, weather.temperatureError / weather.temperatureDeviation),
      wind: erring(latent.wind, error.wind, weather.windError / weather.windLogDeviation),
      cloud: erring(latent.cloud, error.cloud, weather.cloudError / weather.cloudDeviation))
    result.actual.append(siteWeather(site, weather, latent, axis: axis))
    result.forecast.append(siteWeather(site, weather, expected, axis: axis))
  }
  return result
}

private func siteLatent(_ site: SiteParameters, axis: TimeAxis, streams: RandomStreams) -> LatentWeather {
  LatentWeather(
    temperature: streams.quarterHourPath(site.name + " temperature", count: axis.count, hours: 12),
    wind: streams.quarterHourPath(site.name + " wind", count: axis.count, hours: 4),
    cloud: streams.quarterHourPath(site.name + " cloud", count: axis.count, hours: 2))
}

private func siteErrors(
  _ site: SiteParameters, _ weather: WeatherParameters, axis: TimeAxis, streams: RandomStreams
) -> LatentWeather {
  let hours = weather.forecastErrorHours / 2
  return LatentWeather(
    temperature: streams.quarterHourPath(site.name + " temperature error", count: axis.count, hours: hours),
    wind: streams.quarterHourPath(site.name + " wind error", count: axis.count, hours: hours),
    cloud: streams.quarterHourPath(site.name + " cloud error", count: axis.count, hours: hours))
}

private func mix(_ shared: LatentWeather, _ own: LatentWeather, from start: Int, weight: Double) -> LatentWeather {
  let rest = (1 - weight * weight).squareRoot()
  func mixed(_ first: [Double], _ second: [Double]) -> [Double] {
    second.indices.map { weight * first[start + $0] + rest * second[$0] }
  }
  return LatentWeather(
    temperature: mixed(shared.temperature, own.temperature), wind: mixed(shared.wind, own.wind),
    cloud: mixed(shared.cloud, own.cloud))
}

/// The process with an error on it, brought back to variance 1 so that the forecast is not biased where output is convex.
private func erring(_ process: [Double], _ error: [Double], _ size: Double) -> [Double] {
  let scale = 1 / (1 + size * size).squareRoot()
  return zip(process, error).map { scale * ($0 + size * $1) }
}

/// Season and hour of a site, moved by its processes.
private func siteWeather(
  _ site: SiteParameters, _ weather: WeatherParameters, _ latent: LatentWeather, axis: TimeAxis
) -> SiteWeather {
  var result = SiteWeather(temperature: [], windSpeed: [], irradiance: [])
  result.temperature.reserveCapacity(axis.count)
  result.windSpeed.reserveCapacity(axis.count)
  result.irradiance.reserveCapacity(axis.count)
  let clearCentre = logit(site.clearness)
  for day in 0..<axis.days {
    let seasonalTemperature = site.meanTemperature + site.seasonalSwing * axis.season(day, peak: 202)
    let seasonalWind = site.meanWind * (1 + weather.springWindGain * axis.season(day, peak: 95))
    let dayOfYear = axis.day(day).dayOfYear
    for interval in 0..<TimeAxis.perDay {
      let position = day * TimeAxis.perDay + interval
      let hour = TimeAxis.hour(ofInterval: interval)
      let clear = 0.12 + 0.88 * logistic(clearCentre - weather.cloudDeviation * latent.cloud[position])
      let warmth = site.dailySwing * (0.4 + 0.9 * clear) * cosine(2 * .pi * (hour - 14.7) / 24)
      result.temperature.append(
        seasonalTemperature + warmth + weather.temperatureDeviation * latent.temperature[position])
      let breeze = 1 + 0.06 * cosine(2 * .pi * (hour - 21) / 24)
      let deviation = weather.windLogDeviation
      result.windSpeed.append(
        seasonalWind * breeze * exponential(deviation * latent.wind[position] - deviation * deviation / 2))
      let open = ClearSky.irradiance(
        dayOfYear: dayOfYear, hour: hour, latitude: site.latitude, longitude: site.longitude)
      result.irradiance.append(open * clear)
    }
  }
  return result
}
