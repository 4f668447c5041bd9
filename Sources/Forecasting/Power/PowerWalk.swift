internal import MarketModel
internal import NumericMethods

/// Lives through the history of a power forecast: the last days are forecast before they are learned from.
struct PowerWalk {
  let days: ExaminedPower
  private var models: PowerModels
  private var dependence: JointPaths
  private var errors: [(model: String, error: RunningError)] = []
  private var publishedError = RunningError()
  private var walked: [MarketDay] = []
  /// Of load with a published forecast; wind and solar have theirs among their columns.
  private var blend: PublishedBlend?

  /// The last walked days, on which kinds of scenarios are compared.
  private static let comparedDays = 14

  init(_ days: ExaminedPower) throws(ForecastingError) {
    self.days = days
    models = PowerModels(days)
    dependence = try JointPaths(
      targets: 1, intervals: days.intervals, perHour: days.intervals / 24, seed: days.source.seed)
    if days.source.target == .load {
      blend = try PublishedBlend(intervals: days.intervals, delay: days.delay, threads: days.source.threads)
    }
  }

  /// What the models say of the day to forecast, the combined forecast last.
  mutating func run() throws(ForecastingError) -> [ModelForecast] {
    let behind = models.daysBehind(days.delay)
    let first = max(
      PowerForecast.shortestHistory + behind, days.last - PowerForecast.walkedDays(of: days.source.target))
    for position in 0..<first - behind { try tell(position) }
    for position in first..<days.last {
      if days.actual[position].contains(where: \.isFinite), let ahead = forecastInPast(position) {
        try learn(try blended(ahead, position), position)
      } else {
        try dependence.observe(quantiles: unknownQuantiles, actual: days.actual[days.last])
      }
      try tell(position - behind)
    }
    return try blended(try models.forecasts(for: days.last, of: days, delay: behind), days.last)
  }

  /// The models with their blend with the published forecast, where there is one and enough is known of it.
  private mutating func blended(
    _ made: [ModelForecast], _ position: Int
  ) throws(ForecastingError) -> [ModelForecast] {
    guard var blend, let ensemble = made.last,
      let experts = blend.experts(models: ensemble.point, published: published(position))
    else { return made }
    var result = made
    if blend.isReady { result.append(try blend.forecast(experts)) }
    if position < days.last { try blend.observe(experts, actual: days.actual[position]) }
    self.blend = blend
    return result
  }

  private mutating func tell(_ position: Int) throws(ForecastingError) {
    try models.observe(position, of: days, actual: days.actual[position])
  }

  /// nil where the past before a day did not allow a forecast.
  private mutating func forecastInPast(_ position: Int) -> [ModelForecast]? {
    try? models.forecasts(for: position, of: days, delay: models.daysBehind(days.delay))
  }

  private mutating func learn(_ made: [ModelForecast], _ position: Int) throws(ForecastingError) {
    let actual = days.actual[position]
    walked.append(days.day(position))
    for forecast in made {
      if !errors.contains(where: { $0.model == forecast.model }) { errors.append((forecast.model, RunningError())) }
      for index in errors.indices where errors[index].model == forecast.model {
        errors[index].error.learn(forecast.point, actual: actual)
      }
    }
    if let published = published(position) {
      let comparable = zip(actual, published).map { $1.isFinite ? $0 : .nan }
      publishedError.learn(published, actual: comparable)
    }
    guard let ensemble = made.last, !ensemble.quantiles.isEmpty else { return }
    try dependence.observe(
      quantiles: ensemble.quantiles, actual: actual,
      comparesShares: position >= days.last - PowerWalk.comparedDays, of: days.day(position))
  }

  private var unknownQuantiles: [[Double]] {
    [[Double]](repeating: [Double](repeating: 0, count: days.intervals), count: 99)
  }

  /// The forecast of the power that somebody published; nil if there is none.
  private func published(_ position: Int) -> [Double]? {
    let own = days.source.inputs.firstIndex { $0.key.quantity.rawValue == days.source.target.rawValue }
    return own.map { days.inputs[$0][position] }
  }

  func forecast(_ made: [ModelForecast]) throws(ForecastingError) -> PowerForecast {
    let source = days.source
    guard let ensemble = made.last, ensemble.quantiles.count == 99 else {
      throw ForecastingError("No model can forecast the \(source.target.rawValue) of \(source.grid.day)")
    }
    let count = source.scenarioCount
    let paths = try dependence.paths(
      count: count, quantiles: ensemble.quantiles,
      seed: source.seed &+ UInt64(bitPattern: Int64(source.grid.day.dayNumber)))
    let last = days.actual.lastIndex { $0.contains(where: \.isFinite) } ?? 0
    let ownPublished = published(days.last).flatMap { $0.allSatisfy(\.isFinite) ? $0 : nil } ?? []
    return PowerForecast(
      target: source.target, point: ensemble.point,
      quantiles: QuantileForecast(
        grid: source.grid, probabilities: Percentiles.levels, values: ensemble.quantiles),
      scenarios: ScenarioSet(
        grid: source.grid, targets: [source.target], weights: [Double](repeating: 1 / Double(count), count: count),
        values: paths),
      published: ownPublished, lastKnownDay: days.day(last), lastKnown: days.actual[last], dependence: dependence,
      models: records, notes: notes)
  }

  /// Every model with its error on the walked days; the published forecast beside them, with no weight.
  private var records: [ForecastModelRecord] {
    let weights = models.weights
    func record(_ name: String, _ weight: Double, _ error: Double) -> ForecastModelRecord {
      ForecastModelRecord(
        name: name, version: "1", windowDays: days.last, features: days.source.inputs.count, weight: weight,
        heldOutMeanAbsoluteError: error)
    }
    let isBlended = errors.contains { $0.model == PublishedBlend.model }
    let shares = isBlended ? blend?.weights ?? [] : []
    let own = errors.map { model, error in
      let weight = weights.first { $0.model == model }?.weight ?? 0
      return record(model, weight * (shares.first ?? 1), error.mean)
    }
    let ofPublished = shares.dropFirst().reduce(0, +)
    let published = published(days.last) == nil ? nil : record("published", ofPublished, publishedError.mean)
    return own + [published].compactMap { $0 }
  }

  /// What was found and what the models said, without what they said of walked days alone.
  private var notes: [String] {
    let past = walked.map(\.description)
    let said = models.notes.filter { note in !past.contains { note.contains($0) } }
    let delay =
      days.delay == 0
      ? []
      : [
        "\(days.source.target.rawValue) of the \(days.delay == 1 ? "day" : "\(days.delay) days") before \(days.source.grid.day) was not published at the cutoff; the models look back to \(days.day(days.last - 1 - days.delay))"
      ]
    let short =
      dependence.knowsDependence
      ? [] : ["too few days could be forecast to learn how intervals move together; a general dependence is assumed"]
    return days.notes + delay + said + short
  }
}
