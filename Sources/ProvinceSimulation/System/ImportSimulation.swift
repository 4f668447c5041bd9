internal import MarketModel
internal import NumericMethods

/// The tie line: each day's level times the shape of the day, changed little on the day.
func simulateImports(_ parameters: ProvinceParameters, axis: TimeAxis, streams: RandomStreams) -> ForecastAndActual {
  let imports = parameters.imports
  let shape = TimeAxis.quarterHours(parameters.profiles.imports)
  let steps = -1 / logarithm(clamp(imports.dailyPersistence, 0.001, 0.999))
  let level = streams.path("import level", count: axis.days, steps: steps)
  let change = streams.quarterHourPath("import change", count: axis.count, hours: imports.changeHours)
  var result = ForecastAndActual(forecast: [], actual: [])
  for day in 0..<axis.days {
    let season = 1 + imports.summerGain * axis.season(day, peak: 202)
    let mean = imports.meanMegawatts * season * (1 + imports.dailyDeviation * level[day])
    for interval in 0..<TimeAxis.perDay {
      let scheduled = mean * shape[interval]
      result.forecast.append(scheduled)
      result.actual.append(scheduled + imports.changeMegawatts * change[result.actual.count])
    }
  }
  return result
}

/// Nuclear and local plants, local heat plants in winter, and storage that moves noon to the evening.
func simulateOtherSupply(
  _ parameters: ProvinceParameters, axis: TimeAxis, streams: RandomStreams
) -> ForecastAndActual {
  let other = parameters.otherSupply
  let shape = TimeAxis.quarterHours(parameters.profiles.nonBidding)
  let storage = TimeAxis.quarterHours(parameters.profiles.storage)
  let noise = streams.quarterHourPath("other supply", count: axis.count, hours: 30)
  let change = streams.quarterHourPath("other supply change", count: axis.count, hours: 4)
  var result = ForecastAndActual(forecast: [], actual: [])
  for day in 0..<axis.days {
    let winter = max(0, axis.season(day, peak: 18))
    for interval in 0..<TimeAxis.perDay {
      let position = result.forecast.count
      let plan =
        (other.baseMegawatts + other.winterHeatMegawatts * winter) * shape[interval]
        + other.storageMegawatts * storage[interval] + other.noiseMegawatts * noise[position]
      result.forecast.append(plan)
      result.actual.append(plan + 0.5 * other.noiseMegawatts * change[position])
    }
  }
  return result
}
