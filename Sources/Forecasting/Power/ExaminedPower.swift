internal import MarketModel

/// What of the inputs of a power forecast can be used, by position: the days of the history, then the day to forecast.
struct ExaminedPower: Sendable {
  let source: PowerForecastInputs
  /// actual[position][interval], NaN where it is not known or not credible; the day to forecast is all NaN.
  let actual: [[Double]]
  /// inputs[input][position][interval].
  let inputs: [[[Double]]]
  /// What was found, in sentences: the day to forecast and the last weeks in full, older things counted.
  let notes: [String]

  /// Days for which a finding is told in full.
  static let toldDays = 35

  init(_ source: PowerForecastInputs) throws(ForecastingError) {
    self.source = source
    let unknown = [Double](repeating: .nan, count: source.grid.count)
    let target = InputSeries(
      name: source.target.rawValue, values: source.actual + [unknown], isTarget: true, isPower: true)
    let series = [target] + source.inputs.map { InputSeries(name: $0.key.description, values: $0.history + [$0.day]) }
    guard let first = source.historyDays.first, source.historyDays.count >= 28 else {
      actual = source.actual + [unknown]
      inputs = source.inputs.map { $0.history + [$0.day] }
      notes = []
      return
    }
    let health = try InputHealth(series, firstDay: first, intervals: source.grid.count)
    actual = health.values[0]
    inputs = Array(health.values.dropFirst())
    let unpublished = source.actual.reversed().prefix { !$0.contains(where: \.isFinite) }.count
    let published = source.grid.day.advanced(by: -1 - unpublished)
    // That the last days' power is not out yet is no fault of the series.
    let found = health.findings.filter { finding in
      !(finding.series == target.name && finding.kind == .missingDay && finding.lastDay > published)
    }
    let told = found.filter { $0.lastDay >= source.grid.day.advanced(by: -ExaminedPower.toldDays) }
    let older = found.count - told.count
    notes =
      told.map(\.description)
      + (older > 0 ? ["\(older) more findings on days before the last \(ExaminedPower.toldDays), treated alike"] : [])
  }

  var intervals: Int { source.grid.count }

  func day(_ position: Int) -> MarketDay {
    position < source.historyDays.count ? source.historyDays[position] : source.grid.day
  }

  /// Position of the day to forecast.
  var last: Int { source.historyDays.count }

  /// Days at the end of the history of which the power is not published yet.
  var delay: Int {
    source.actual.reversed().prefix { !$0.contains(where: \.isFinite) }.count
  }
}

/// The days in the forms that the forecasters take.
extension ExaminedPower {
  var temperatureStations: [String] {
    source.inputs.filter { $0.key.quantity == .temperature }.map(\.key.location)
  }

  func loadDay(_ position: Int) -> LoadDay {
    let day = day(position)
    let temperatures = source.inputs.indices.filter { source.inputs[$0].key.quantity == .temperature }
      .map { inputs[$0][position] }
    return LoadDay(
      day: day, temperatures: temperatures, isHoliday: source.holidays.contains(day),
      isShiftedWorkday: source.shiftedWorkdays.contains(day))
  }

  /// Wind speed is that at the height of hubs, as far as a file says nothing else.
  func windDay(_ position: Int) -> WindDay {
    WindDay(day: day(position), columns: columns(position, driver: .windSpeed, named: "wind-speed@100"))
  }

  func solarDay(_ position: Int) -> SolarDay {
    SolarDay(day: day(position), columns: columns(position, driver: .irradiance, named: "ghi"))
  }

  /// What drives the power as the mean over the sites, every site's own, the mean temperature, and the published forecast.
  private func columns(_ position: Int, driver: SeriesQuantity, named name: String) -> [String: [Double]] {
    var columns: [String: [Double]] = [:]
    let sites = rows(driver, position)
    if let mean = ExaminedPower.meanOfKnown(sites.map(\.values)) { columns[name] = mean }
    if sites.count > 1 {
      for site in sites { columns["\(driver.rawValue) of \(site.location)"] = site.values }
    }
    if let mean = ExaminedPower.meanOfKnown(rows(.temperature, position).map(\.values)) {
      columns["temperature"] = mean
    }
    if let own = SeriesQuantity(rawValue: source.target.rawValue), let published = rows(own, position).first {
      columns[RenewableDesign.publishedForecast] = published.values
    }
    return columns
  }

  private func rows(_ quantity: SeriesQuantity, _ position: Int) -> [(location: String, values: [Double])] {
    source.inputs.indices.filter { source.inputs[$0].key.quantity == quantity }
      .map { (source.inputs[$0].key.location, inputs[$0][position]) }
  }

  /// By interval, the mean of the rows that are known there; nil without rows.
  private static func meanOfKnown(_ rows: [[Double]]) -> [Double]? {
    guard let first = rows.first else { return nil }
    return first.indices.map { interval in
      let known = rows.map { $0[interval] }.filter(\.isFinite)
      return known.isEmpty ? .nan : known.reduce(0, +) / Double(known.count)
    }
  }
}
