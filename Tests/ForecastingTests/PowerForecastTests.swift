import MarketModel
import NumericMethods
import Testing

@testable import Forecasting

@Suite("The market's power from weather and forecasts") struct PowerForecastTests {
  static let days = 100
  static let first = MarketDay(dayNumber: 19_000)
  static let grid = IntervalGrid(ordinary: first.advanced(by: days), length: .hour)

  /// Wind at two sites and the power that follows from their mean by the cubic law; the last day is not published.
  struct Market {
    var wind: [[[Double]]] = [[], []]
    var power: [[Double]] = []

    init(seed: UInt64) {
      var random = SplitMix64(seed: seed)
      var level = 8.0
      for _ in 0...PowerForecastTests.days {
        var sites: [[Double]] = [[], []]
        var own: [Double] = []
        for _ in 0..<24 {
          level = max(0.5, 8 + 0.93 * (level - 8) + 1.1 * random.nextGaussian())
          let speeds = [level + 0.5 * random.nextGaussian(), level + 0.5 * random.nextGaussian()].map { max(0, $0) }
          for site in 0..<2 { sites[site].append(speeds[site]) }
          own.append(1_000 * SyntheticPlants.powerCurve((speeds[0] + speeds[1]) / 2 + 0.3 * random.nextGaussian()))
        }
        for site in 0..<2 { wind[site].append(sites[site]) }
        power.append(own)
      }
    }

    func inputs(seed: UInt64 = 1) throws -> PowerForecastInputs {
      let count = PowerForecastTests.days
      let unknown = [Double](repeating: .nan, count: 24)
      return try PowerForecastInputs(
        target: .wind, grid: PowerForecastTests.grid,
        historyDays: (0..<count).map { PowerForecastTests.first.advanced(by: $0) },
        actual: Array(power[..<(count - 1)]) + [unknown],
        inputs: wind.enumerated().map { site, rows in
          .init(
            key: SeriesKey(.windSpeed, .forecast, at: "site\(site)"), history: Array(rows[..<count]), day: rows[count])
        },
        holidays: [], shiftedWorkdays: [], scenarioCount: 50, seed: seed, threads: 2)
    }

    func error(of forecast: PowerForecast) -> Double {
      mean(zip(forecast.point, power[PowerForecastTests.days]).map { abs($0 - $1) })
    }
  }

  @Test("wind follows its law, the day that is not published is said, what is broken is found and survived")
  func windSurvives() throws {
    let market = Market(seed: 3)
    let clean = try forecastPower(market.inputs())
    #expect(market.error(of: clean) < 80, "of 1000 MW")
    #expect(
      (0..<24).allSatisfy { t in
        zip(clean.quantiles.values, clean.quantiles.values.dropFirst()).allSatisfy { $0[t] <= $1[t] }
      })
    #expect(clean.notes.contains { $0.contains("was not published at the cutoff") })
    #expect(clean.lastKnownDay == Self.first.advanced(by: Self.days - 2))
    #expect(clean.models.last?.name == "ensemble" && clean.dependence.knowsDependence)
    var broken = market
    // A station that stands still, a day in kW for MW, a day that is missing.
    broken.wind[0][Self.days] = [Double](repeating: 7.5, count: 24)
    broken.power[90] = market.power[90].map { $0 * 1_000 }
    broken.power[93] = [Double](repeating: .nan, count: 24)
    let survived = try forecastPower(broken.inputs())
    for (series, words) in [("site0", "frozen"), ("wind", "if kW stood for MW"), ("wind", "no value")] {
      #expect(
        survived.notes.contains { $0.contains(series) && $0.contains(words) }, "\(series) \(words): \(survived.notes)")
    }
    #expect(market.error(of: survived) < 120, "of 1000 MW; with the values of another unit it would be far off")
  }

  @Test("a published forecast that is right takes the place of models that are not, and no later truth is looked at")
  func blend() throws {
    var random = SplitMix64(seed: 5)
    var blend = try PublishedBlend(intervals: 24, delay: 1, threads: 1)
    var before: [[Double]]?
    for day in 0..<60 {
      let truth = (0..<24).map { _ in 500 + 50 * random.nextGaussian() }
      let models = truth.map { $0 + 40 * random.nextGaussian() }
      let experts = try #require(
        blend.experts(models: models, published: truth.map { $0 + 30 + random.nextGaussian() }))
      if day == 59 {
        let made = try blend.forecast(experts)
        #expect(
          mean(zip(made.point, truth).map { abs($0 - $1) }) < 8, "the bias of 30 is taken off, the noise of 40 left")
        #expect(blend.weights[2] > 0.9 && blend.weights[0] < 0.05)
        before = made.quantiles
        // The last observed day was not out at this gate: another truth of it changes nothing.
      }
      try blend.observe(experts, actual: truth)
    }
    #expect(before?.count == 99 && blend.learnedDays == 59)
    #expect(blend.experts(models: [1], published: [.nan]) == nil && blend.experts(models: [1], published: nil) == nil)
  }

  @Test("power that is published late is looked up on the last day that is out")
  func delay() {
    let day = { RenewableDay(day: Self.first.advanced(by: $0), columns: [:], availableCapacity: nil) }
    let share = (0..<4).flatMap { day in (0..<24).map { Double(day * 100 + $0) } }
    var series = RenewableSeries(days: (0..<4).map(day), intervals: 24, share: share)
    #expect(series.lastOfDayBefore(share, count: 1)[72] == 223 && series.dayBefore(share)[72] == 200)
    series.powerDelay = 1
    #expect(series.lastOfDayBefore(share, count: 1)[72] == 123 && series.dayBefore(share)[72] == 100)
    #expect(series.lastOfDayBefore(share, count: 1, asPublished: false)[72] == 223)
    #expect(series.lastOfDayBefore(share, count: 1)[24].isNaN, "nothing was out before the second day")
  }

  @Test("too little history and a long silence are refused in a sentence")
  func refusals() throws {
    var market = Market(seed: 4)
    let unknown = [Double](repeating: .nan, count: 24)
    for day in 70..<Self.days { market.power[day] = unknown }
    let silent = #expect(throws: ForecastingError.self) { try forecastPower(market.inputs()) }
    #expect(silent?.description.contains("of the 30 days before") ?? false)
    for day in 0..<40 { market.power[day] = unknown }
    let short = #expect(throws: ForecastingError.self) { try forecastPower(market.inputs()) }
    #expect(short?.description.contains("30 days of wind are known") ?? false)
  }
}

@Suite("Paths of several targets") struct JoiningTests {
  static let quantiles = (1...99).map { level in
    [Double](repeating: NormalDistribution.standard.quantile(at: Double(level) / 100), count: 6)
  }
  static let first = MarketDay(dayNumber: 19_000)

  /// One target whose days are these levels, from a day on.
  static func paths(_ levels: [Double], from start: Int = 0) throws -> JointPaths {
    var paths = try JointPaths(targets: 1, intervals: 6, perHour: 1, seed: 1)
    for (index, level) in levels.enumerated() {
      try paths.observe(
        quantiles: quantiles, actual: [Double](repeating: level, count: 6), comparesShares: false,
        of: first.advanced(by: start + index))
    }
    return paths
  }

  static func correlation(_ one: JointPaths, _ other: JointPaths) throws -> Double {
    let joined = try JointPaths(joining: [one, other], for: first.advanced(by: 100))
    let rows = quantiles.map { $0 + $0 }
    let values = try joined.paths(count: 100, quantiles: rows, seed: 7)
    let means = (0..<2).map { target in
      (0..<100).map { path in mean(Array(values[path * 12 + target * 6..<path * 12 + target * 6 + 6])) }
    }
    let product = zip(means[0], means[1]).reduce(0) { $0 + $1.0 * $1.1 }
    let sizes = means.map { $0.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    return product / (sizes[0] * sizes[1])
  }

  @Test(
    "targets that rose and fell on the same dates do so in the paths; opposite ones do not; only common dates count")
  func sameDates() throws {
    var random = SplitMix64(seed: 9)
    let levels = (0..<60).map { _ in random.nextGaussian() }
    let one = try Self.paths(levels)
    #expect(try Self.correlation(one, Self.paths(levels)) > 0.7)
    #expect(try Self.correlation(one, Self.paths(levels.map(-))) < -0.7)
    let others = (0..<60).map { _ in random.nextGaussian() }
    #expect(abs(try Self.correlation(one, Self.paths(others))) < 0.4)
    // The same levels a day later: by position they would agree, by date they do not.
    #expect(abs(try Self.correlation(one, Self.paths(levels, from: 1))) < 0.5)
    let apart = try JointPaths(joining: [one, Self.paths(levels, from: 50)], for: Self.first.advanced(by: 110))
    #expect(apart.rememberedDays == 10 && !apart.knowsDependence)
  }
}
