internal import MarketModel
internal import NumericMethods

/// Installed power by day: it grows in a straight line to its value on the last day with actual values.
func installedCapacity(_ parameters: ProvinceParameters, atEnd: Double, dayIndex: Int) -> Double {
  let lastIndex = parameters.lastDay.dayNumber - parameters.firstDay.dayNumber
  return atEnd * (1 - parameters.renewables.yearlyGrowth * TimeAxis.years(ofDay: max(lastIndex - dayIndex, 0)))
}

/// Wind output as it could be, uncurtailed: the sites' wind through an area's power curve.
func simulateWind(
  _ parameters: ProvinceParameters, weather: SimulatedWeather, axis: TimeAxis, streams: RandomStreams
) -> ForecastAndActual {
  let renewables = parameters.renewables
  let error = streams.quarterHourPath("wind error", count: axis.count, hours: renewables.forecastErrorHours)
  let shares = parameters.sites.map(\.windShare)
  return outputs(parameters, axis: axis, capacity: renewables.windCapacity) { position in
    func share(_ sites: [SiteWeather]) -> Double {
      zip(shares, sites).reduce(0) { $0 + $1.0 * windOutputShare($1.1.windSpeed[position], renewables) }
    }
    let expected = share(weather.forecast)
    let doubt = (expected * (1 - expected)).squareRoot() * 2
    return (expected + renewables.windForecastError * doubt * error[position], share(weather.actual))
  }
}

/// Share of capacity that many plants in an area give together: a smooth rise from cut-in to rated wind, and a fall
/// where storms stop turbines one by one.
///
///     s(v) = a · (σ((v − centre) / width) − σ(−centre / width)) · σ((27 − v) / 1.2)
func windOutputShare(_ speed: Double, _ renewables: RenewableParameters) -> Double {
  let rise = logistic((speed - renewables.windCurveCentre) / renewables.windCurveWidth)
  let still = logistic(-renewables.windCurveCentre / renewables.windCurveWidth)
  return renewables.windAvailability * max(0, rise - still) * logistic((27 - speed) / 1.2)
}

/// Solar output as it could be, uncurtailed: irradiance, less what hot cells lose.
func simulateSolar(
  _ parameters: ProvinceParameters, weather: SimulatedWeather, axis: TimeAxis, streams: RandomStreams
) -> ForecastAndActual {
  let renewables = parameters.renewables
  let error = streams.quarterHourPath("solar error", count: axis.count, hours: renewables.forecastErrorHours)
  let shares = parameters.sites.map(\.solarShare)
  return outputs(parameters, axis: axis, capacity: renewables.solarCapacity) { position in
    func share(_ sites: [SiteWeather]) -> Double {
      zip(shares, sites).reduce(0) {
        $0 + $1.0 * solarOutputShare($1.1.irradiance[position], $1.1.temperature[position], renewables)
      }
    }
    let expected = share(weather.forecast) * (1 + renewables.solarForecastError * error[position])
    return (expected, share(weather.actual))
  }
}

/// Share of capacity: performance · G/1000 · (1 − 0.004 · (cell − 25)), the cell 0.03 K per W/m² above the air.
func solarOutputShare(_ irradiance: Double, _ temperature: Double, _ renewables: RenewableParameters) -> Double {
  let cell = temperature + 0.03 * irradiance
  return renewables.solarPerformance * irradiance / 1_000 * (1 - 0.004 * (cell - 25))
}

private func outputs(
  _ parameters: ProvinceParameters, axis: TimeAxis, capacity: Double, share: (Int) -> (Double, Double)
) -> ForecastAndActual {
  var result = ForecastAndActual(forecast: [], actual: [])
  result.forecast.reserveCapacity(axis.count)
  result.actual.reserveCapacity(axis.count)
  for day in 0..<axis.days {
    let installed = installedCapacity(parameters, atEnd: capacity, dayIndex: day)
    for position in day * TimeAxis.perDay..<(day + 1) * TimeAxis.perDay {
      let (expected, actual) = share(position)
      result.forecast.append(installed * clamp(expected, 0, 1))
      result.actual.append(installed * clamp(actual, 0, 1))
    }
  }
  return result
}
