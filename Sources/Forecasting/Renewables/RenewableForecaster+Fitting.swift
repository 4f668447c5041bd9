internal import MarketModel
internal import NumericMethods

/// What may be used, and the fits made of it.
extension RenewableForecaster {
  func check(_ day: RenewableDay) throws(ForecastingError) {
    if let last = days.last?.day, day.day != last.advanced(by: 1) {
      throw ForecastingError("\(day.day) does not follow \(last); hand every day in order, NaN where nothing is known")
    }
    for name in day.columns.keys.sorted() where day.columns[name]?.count != intervals {
      throw ForecastingError(
        "\(name) on \(day.day) has \(day.columns[name]?.count ?? 0) values, the day has \(intervals) intervals")
    }
    if let available = day.availableCapacity, available.count != intervals {
      throw ForecastingError(
        "The available capacity on \(day.day) has \(available.count) values, the day has \(intervals) intervals")
    }
  }

  private mutating func note(_ text: String) {
    if !notes.contains(text) { notes.append(text) }
  }

  /// Columns known on the day and on most days before it; what is left out is said.
  mutating func usableColumns(_ day: RenewableDay) -> [String] {
    func known(_ day: RenewableDay, _ name: String) -> Bool {
      (day.columns[name]?.count { $0.isFinite } ?? 0) * 2 >= intervals
    }
    let names = Set(days.flatMap(\.columns.keys)).union(day.columns.keys).subtracting(["curtailed"]).sorted()
    return names.filter { name in
      let share = Double(days.count { known($0, name) }) / Double(max(days.count, 1))
      if share < RenewableForecaster.leastKnown {
        note("\(name) is known on \(Int(share * 100)) % of the days before \(day.day) and is left out")
        return false
      }
      if !known(day, name) { note("\(name) is not known on \(day.day); the forecast is made without it") }
      return known(day, name)
    }
  }

  /// The fit of the month for these columns, and whether it was made now; nil in its place if there is none to make.
  mutating func fit(
    _ usable: [String], before day: MarketDay
  ) throws(ForecastingError) -> (RenewableFit?, fresh: Bool) {
    guard days.count >= RenewableForecaster.leastDays else {
      note(
        "\(days.count) days of power are known before \(day), fewer than \(RenewableForecaster.leastDays): climatology stands in"
      )
      return (nil, false)
    }
    let present = day.year * 12 + day.month
    if present != month {
      month = present
      fits = [:]
    }
    if let made = fits[usable] { return (made, false) }
    do {
      if !heldOut, days.count >= RenewableForecaster.leastDaysForMix {
        heldOut = true
        try learnFromHeldOutDays(usable)
      }
      let made = try RenewableFit(
        history(days.count), plant: plant, usable: usable, seed: seed, threads: threads, stopwatch: stopwatch)
      guard let made else {
        note(
          "Too little is known of \(plant.isSolar ? "radiation or cloud" : "wind speed") with power for \(day): climatology stands in"
        )
        return (nil, false)
      }
      made.notes.forEach { note($0) }
      fits[usable] = made
      return (made, true)
    } catch {
      throw ForecastingError("Trees could not be fitted: \(error)")
    }
  }

  /// Weights and correction begin on days that a fit on the days before them has not seen.
  private mutating func learnFromHeldOutDays(_ usable: [String]) throws(BoostingError) {
    let first = days.count - min(RenewableForecaster.heldOutDays, days.count / 5)
    guard
      let fit = try RenewableFit(
        history(first), plant: plant, usable: usable, seed: seed, threads: threads, stopwatch: stopwatch)
    else { return }
    for position in first..<days.count {
      let start = max(0, position - RenewableForecaster.memoryDays)
      let share = (start...position).flatMap { RenewableForecaster.share(power[$0], days[$0], capacity) }
      let actual = Array(share.suffix(intervals))
      let known = share.dropLast(intervals) + [Double](repeating: .nan, count: intervals)
      let series = RenewableSeries(
        days: Array(days[start...position]), intervals: intervals, share: Array(known),
        powerDelay: powerDelay)
      guard let found = try fit.percentiles(series) else { return }
      let night = plant.isSolar ? Night.mask(series, sun: fit.sun) : [Bool](repeating: false, count: intervals)
      let climate = Climatology.percentiles(series, seasonal: plant.isSolar)
      let learned = found.dropFirst().map { model in
        RenewableForecaster.dark(model.indices.map { model[$0] ?? climate[$0] }, night)
      }
      correction.learn(RenewableForecaster.dark(mix.mixed(learned), night), actual: actual, counted: night.map { !$0 })
      mix.learn(learned, actual: actual)
    }
  }
}
