internal import MarketModel
internal import NumericMethods

/// Load: calendar and hour, growth, heating and cooling by smoothed temperature, noise.
///
/// The forecaster knows the calendar, sees the forecast temperature, and errs by an autocorrelated share.
func simulateLoad(
  _ parameters: ProvinceParameters, weather: SimulatedWeather, axis: TimeAxis, streams: RandomStreams
) -> ForecastAndActual {
  let load = parameters.load
  let noise = streams.quarterHourPath("load noise", count: axis.count, hours: load.noiseHours)
  let ripple = streams.quarterHourPath("load ripple", count: axis.count, hours: 0.7)
  let error = streams.quarterHourPath("load error", count: axis.count, hours: load.forecastErrorHours)
  let calendarLoad = calendarPart(parameters, axis: axis)
  let actualPart = weatherPart(parameters, sites: weather.actual, axis: axis)
  let expectedPart = weatherPart(parameters, sites: weather.forecast, axis: axis)
  var result = ForecastAndActual(forecast: [], actual: [])
  for position in 0..<axis.count {
    let trend = 1 + load.noiseShare * noise[position]
    let actual = (calendarLoad[position] + actualPart[position]) * (trend + 0.003 * ripple[position])
    let expected = (calendarLoad[position] + expectedPart[position]) * trend
    result.actual.append(actual)
    result.forecast.append(expected * (1 + load.forecastErrorShare * error[position]))
  }
  return result
}

/// Mean level · growth · kind of day · shape of the day.
private func calendarPart(_ parameters: ProvinceParameters, axis: TimeAxis) -> [Double] {
  let load = parameters.load
  let shapes: [HolidayCalendar.DayKind: [Double]] = [
    .workday: TimeAxis.quarterHours(parameters.profiles.workdayLoad),
    .weekend: TimeAxis.quarterHours(parameters.profiles.weekendLoad),
    .holiday: TimeAxis.quarterHours(parameters.profiles.holidayLoad),
  ]
  var values: [Double] = []
  values.reserveCapacity(axis.count)
  for index in 0..<axis.days {
    let day = axis.day(index)
    let level = load.meanMegawatts * (1 + load.yearlyGrowth * TimeAxis.years(ofDay: index))
    let factor = dayFactor(day, parameters)
    let shape = shapes[parameters.calendar.kind(of: day), default: []]
    values.append(contentsOf: shape.map { level * factor * $0 })
  }
  return values
}

/// 1 on a workday, less at weekends and holidays; falls towards the Spring Festival and returns after it.
private func dayFactor(_ day: MarketDay, _ parameters: ProvinceParameters) -> Double {
  let load = parameters.load
  let ordinary =
    switch parameters.calendar.kind(of: day) {
    case .workday: 1.0
    case .weekend: load.weekendFactor
    case .holiday: load.holidayFactor
    }
  let reach = Int(load.festivalRampDays)
  guard let distance = parameters.calendar.daysFromSpringFestival(day, reach: reach) else { return ordinary }
  let closeness = 1 - Double(distance) / (load.festivalRampDays + 1)
  return min(ordinary, 1 - (1 - load.festivalFactor) * closeness)
}

/// Cooling and heating from the load-weighted temperature, smoothed over about a day because buildings store heat.
private func weatherPart(_ parameters: ProvinceParameters, sites: [SiteWeather], axis: TimeAxis) -> [Double] {
  let load = parameters.load
  let cooling = TimeAxis.quarterHours(parameters.profiles.cooling)
  let heating = TimeAxis.quarterHours(parameters.profiles.heating)
  let memory = exponential(-1 / (20 * TimeAxis.perHour))
  var values: [Double] = []
  values.reserveCapacity(axis.count)
  var smoothed: Double?
  for position in 0..<axis.count {
    var temperature = 0.0
    for (site, weather) in zip(parameters.sites, sites) {
      temperature += site.loadShare * weather.temperature[position]
    }
    let felt = memory * (smoothed ?? temperature) + (1 - memory) * temperature
    smoothed = felt
    let interval = position % TimeAxis.perDay
    let cool = load.coolingMegawattsPerDegree * max(0, felt - load.coolingThreshold) * cooling[interval]
    let heat = load.heatingMegawattsPerDegree * max(0, load.heatingThreshold - felt) * heating[interval]
    values.append(cool + heat)
  }
  return values
}
