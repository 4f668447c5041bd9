internal import Foundation
internal import MarketData
internal import MarketModel
internal import MarketStore
internal import NumericMethods

/// Joint paths of a past day out of what is kept of it, without forecasting anything again: the price paths that were issued for it, and
/// the published load, wind and solar power with the errors that their forecasts had on past days.
///
/// Every price path is joined with one past day: its errors of load, wind and solar and its spread between real-time and day-ahead price
/// come together. Paths and days meet by rank: a path whose mean price lies high among the paths meets a day whose mean price lay high
/// above its own forecast (the Schaake shuffle of Clark et al., J. Hydrometeorology 5, 2004, on means of days).
struct KeptPaths {
  /// Past days that are looked at.
  static let reach = 62
  static let fewestDays = 10

  let store: MarketStore
  /// Middle of the price forecast of days that were prepared; filled as they are asked for.
  private var middles: [MarketDay: [Double]] = [:]

  init(_ store: MarketStore) { self.store = store }

  /// A past day with all that was known of it.
  struct Template {
    let day: MarketDay
    /// Mean price less mean forecast.
    let surprise: Double
    let spread: [Double]?
    /// Power less its published forecast, by interval.
    let errors: [ForecastTarget: [Double]]
  }

  /// - Parameters:
  ///   - prices: paths as they were issued.
  ///   - asOf: the day's gate.
  mutating func paths(_ prices: [[Double]], grid: IntervalGrid, asOf: Date, seed: UInt64) throws -> PositionPaths {
    let published = try publishedPower(grid, asOf: asOf)
    let templates = try templates(grid, published: Set(published.keys), asOf: asOf)
    guard templates.count >= Self.fewestDays else {
      throw DeskProblem(
        .notFound,
        "Of the \(Self.reach) days before \(grid.day) \(templates.count) have prices and power that were known; paths need \(Self.fewestDays). Use --paths joint."
      )
    }
    let order = Self.matched(prices, templates, seed: seed)
    func power(_ target: ForecastTarget) -> [[Double]]? {
      guard let own = published[target] else { return nil }
      return order.map { place in
        zip(own, templates[place].errors[target] ?? own.map { _ in 0 }).map { max($0 + $1, 0) }
      }
    }
    let realTime = zip(prices, order).map { path, place in
      templates[place].spread.map { zip(path, $0).map { $0 + $1 } } ?? path
    }
    let unmeasured = [ForecastTarget.load, .wind, .solar].filter { target in
      published[target] != nil && templates.allSatisfy { $0.errors[target] == nil }
    }.map(\.rawValue)
    let missing = [ForecastTarget.load, .wind, .solar].filter { published[$0] == nil }.map(\.rawValue)
    return PositionPaths(
      grid: grid, prices: prices, realTime: realTime, load: power(.load), wind: power(.wind), solar: power(.solar),
      notes: [
        "scenarios: \(prices.count) price paths as issued, joined by rank of their means with errors of the published load, wind and solar power and with price spreads of \(templates.count) past days"
      ] + (missing.isEmpty ? [] : ["no published forecast was known of \(missing.joined(separator: ", "))"])
        + (unmeasured.isEmpty
          ? []
          : ["no measured \(unmeasured.joined(separator: ", ")) is known; the published forecast stands on every path"])
    )
  }

  /// Past day of each path: both in the order of their means; equal parts of the paths meet each day.
  private static func matched(_ prices: [[Double]], _ templates: [Template], seed: UInt64) -> [Int] {
    let means = prices.map { $0.reduce(0, +) }
    let paths = prices.indices.sorted { (means[$0], $0) < (means[$1], $1) }
    let days = templates.indices.sorted { (templates[$0].surprise, $0) < (templates[$1].surprise, $1) }
    var order = [Int](repeating: 0, count: prices.count)
    for (rank, path) in paths.enumerated() { order[path] = days[rank * days.count / paths.count] }
    return order
  }

  private func values(
    _ key: SeriesKey, _ grid: IntervalGrid, from: MarketDay, through: MarketDay, asOf: Date
  ) throws -> [MarketDay: [Double]] {
    let found = try inDeskTerms { try store.observations(of: key, from: from, through: through, asOf: asOf) }
    return Dictionary(
      found.filter { $0.length == grid.length && $0.values.allSatisfy(\.isFinite) }.map {
        ($0.day, ClockChange.fitted($0.values, to: grid))
      }, uniquingKeysWith: { _, last in last })
  }

  private static let quantities: [(target: ForecastTarget, quantity: SeriesQuantity)] = [
    (.load, .load), (.wind, .wind), (.solar, .solar),
  ]

  private func publishedPower(_ grid: IntervalGrid, asOf: Date) throws -> [ForecastTarget: [Double]] {
    var published: [ForecastTarget: [Double]] = [:]
    for (target, quantity) in Self.quantities {
      let key = SeriesKey(quantity, .forecast)
      published[target] = try values(key, grid, from: grid.day, through: grid.day, asOf: asOf)[grid.day]
    }
    return published
  }

  private mutating func templates(
    _ grid: IntervalGrid, published: Set<ForecastTarget>, asOf: Date
  ) throws -> [Template] {
    let (first, last) = (grid.day.advanced(by: -Self.reach), grid.day.advanced(by: -1))
    func read(_ key: SeriesKey) throws -> [MarketDay: [Double]] {
      try values(key, grid, from: first, through: last, asOf: asOf)
    }
    let ahead = try read(SeriesKey(.price, .dayAhead))
    let later = try read(SeriesKey(.price, .realTime))
    var errors: [ForecastTarget: [MarketDay: [Double]]] = [:]
    for (target, quantity) in Self.quantities where published.contains(target) {
      let (said, came) = (try read(SeriesKey(quantity, .forecast)), try read(SeriesKey(quantity, .actual)))
      errors[target] = came.reduce(into: [:]) { result, day in
        guard let own = said[day.key] else { return }
        result[day.key] = zip(day.value, own).map { $0 - $1 }
      }
    }
    // A target of which too little was measured has no errors: its published forecast stands alone.
    errors = errors.filter { $0.value.count >= Self.fewestDays }
    return try (first...last).compactMap { day in
      guard let price = ahead[day], later.isEmpty || later[day] != nil,
        errors.values.allSatisfy({ $0[day] != nil }), let middle = try middle(of: day, grid, ahead)
      else { return nil }
      return Template(
        day: day, surprise: price.reduce(0, +) - middle.reduce(0, +),
        spread: later[day].map { zip($0, price).map { $0 - $1 } }, errors: errors.compactMapValues { $0[day] })
    }
  }

  /// The middle of the price forecast of a day that was prepared, else the prices of the week before it. A forecast was made before the
  /// gate of its own day, so each was known at that of any later day.
  private mutating func middle(
    of day: MarketDay, _ grid: IntervalGrid, _ prices: [MarketDay: [Double]]
  ) throws -> [Double]? {
    if let known = middles[day] { return ClockChange.fitted(known, to: grid) }
    let document = try inDeskTerms {
      try store.document(StoredDay.kind, strategy: "", day: day, asOf: .distantFuture)
    }
    if let document {
      let stored = try StoredDay.decoded(document.content)
      middles[day] = stored.forecast.point
      return ClockChange.fitted(stored.forecast.point, to: grid)
    }
    return prices[day.advanced(by: -7)]
  }
}

extension TradingDesk {
  /// Joint paths of a past day out of what is kept of it.
  ///
  /// - Throws: `DeskProblem` if no price forecast of the day is kept.
  func keptPaths(
    _ day: MarketDay, market: String, settings: ForecastSettings, store: MarketStore, _ kept: inout KeptPaths
  ) throws -> PositionPaths {
    let pack = try rulePack(on: day, market: market, store: store)
    let context = try PriceContext(day: day, pack: pack, store: store, settings: settings, desk: self)
    let key = ForecastIssuer.key(
      context, seed: settings.seed, scenarios: settings.scenarios, program: programVersion)
    guard let forecast = try openShelf().forecast(key, say: progress) else {
      throw DeskProblem(
        .notFound,
        "No price forecast of \(day) with seed \(settings.seed) and \(settings.scenarios) scenarios is kept; `spotdesk replay \(day) --again` keeps one, or use --paths joint."
      )
    }
    return try kept.paths(
      forecast.pricePaths(on: context.grid), grid: context.grid, asOf: context.asOf, seed: settings.seed)
  }

  /// What came on a day, as one path; nil where a price is not known. A market without real-time prices settles at the day-ahead price.
  func realisedPaths(_ grid: IntervalGrid, store: MarketStore) throws -> PositionPaths? {
    func found(_ key: SeriesKey, from first: MarketDay) throws -> [DayObservation] {
      try inDeskTerms { try store.observations(of: key, from: first, through: grid.day, asOf: .distantFuture) }
    }
    func values(_ quantity: SeriesQuantity, _ stage: SeriesStage) throws -> [[Double]]? {
      try found(SeriesKey(quantity, stage), from: grid.day).last.flatMap {
        $0.values.count == grid.count && $0.values.allSatisfy(\.isFinite) ? [$0.values] : nil
      }
    }
    guard let prices = try values(.price, .dayAhead) else { return nil }
    let known = try values(.price, .realTime)
    if known == nil {
      let isSettled = try !found(
        SeriesKey(.price, .realTime), from: grid.day.advanced(by: -KeptPaths.reach)
      ).isEmpty
      if isSettled { return nil }
    }
    return PositionPaths(
      grid: grid, prices: prices, realTime: known ?? prices, load: try values(.load, .actual),
      wind: try values(.wind, .actual), solar: try values(.solar, .actual),
      notes: known == nil ? ["no real-time price is known; realised deviations are settled at the day-ahead price"] : []
    )
  }
}
