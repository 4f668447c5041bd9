internal import Foundation
internal import MarketData
internal import MarketModel
internal import MarketStore

/// What was known of prices and published inputs at an instant, gathered for the forecast of one day.
struct MarketHistory {
  let grid: IntervalGrid
  let asOf: Date
  /// Consecutive market days before the day; a day on which a series is missing holds nil for it.
  let days: [MarketDay]
  let prices: [[Double]?]
  let inputs: [PublishedInput]
  /// What was read, for the report.
  let views: [DayReport.SeriesView]
  let dataHash: String
  let notes: [String]

  struct PublishedInput {
    let name: String
    /// By day of the history.
    let history: [[Double]?]
    let day: [Double]
  }

  /// Days of history that a forecast reads at most: the longest window of a model before the first held-out day.
  static let longestDays = 1_620
  /// Name of the input that thermal units compete for.
  static let biddingSpace = "bidding-space"
  /// Share of the history on which a published input must be known to be used.
  static let neededShare = 0.8

  /// - Throws: `DeskProblem` if no price was known, or a day has another number of intervals than the pack says.
  init(
    store: MarketStore, grid: IntervalGrid, asOf: Date, longestDays: Int = MarketHistory.longestDays
  ) throws {
    self.grid = grid
    self.asOf = asOf
    let day = grid.day
    let priceKey = SeriesKey(.price, .dayAhead)
    let first = try inDeskTerms { try store.firstDay(of: priceKey, asOf: asOf) }
    guard let first, first < day else {
      throw DeskProblem(
        .notFound,
        "No day-ahead price before \(day) was known at \(LocalTime.text(asOf)) (UTC). Import prices with `spotdesk import`."
      )
    }
    let start = max(first, day.advanced(by: -longestDays))
    let last = day.advanced(by: -1)
    var reader = HistoryReader(store: store, grid: grid, first: start, last: last, asOf: asOf)
    days = Array(start...last)
    prices = try reader.read(priceKey, through: last).history
    var inputs: [PublishedInput] = []
    var notes: [String] = []
    for key in try MarketHistory.publishedKeys(store, asOf: asOf) {
      let (history, own) = try reader.read(key, through: day)
      let share = Double(history.filter { $0 != nil }.count) / Double(history.count)
      guard let own else {
        notes.append("\(key) for \(day) was not known at the information cutoff; the price forecast does without it")
        continue
      }
      guard share >= MarketHistory.neededShare else {
        notes.append("\(key) is known on \(Int(share * 100)) % of the days only; the price forecast does without it")
        continue
      }
      inputs.append(PublishedInput(name: key.description, history: history, day: own))
    }
    self.inputs = MarketHistory.withBiddingSpace(inputs)
    self.notes = notes + reader.notes
    views = reader.views
    dataHash = reader.digest.finish()
  }

  /// Forecasts and other inputs of the whole market that are published before the gate; sites' weather is not among them.
  private static func publishedKeys(_ store: MarketStore, asOf: Date) throws -> [SeriesKey] {
    try inDeskTerms { try store.seriesKeys(asOf: asOf) }.filter { key in
      guard key.stage == .forecast else { return false }
      switch key.quantity {
      case .load, .wind, .solar, .imports: return key.location.isEmpty
      case .exogenous: return true
      case .price, .temperature, .windSpeed, .irradiance: return false
      }
    }
  }

  /// Where load and what serves it before thermal units are known, the bidding space = load − imports − wind − solar − other
  /// non-bidding output takes their place together with the load itself: thermal units compete for it.
  private static func withBiddingSpace(_ inputs: [PublishedInput]) -> [PublishedInput] {
    func find(_ quantity: SeriesQuantity) -> PublishedInput? {
      inputs.first { $0.name == SeriesKey(quantity, .forecast).description }
    }
    guard let load = find(.load) else { return inputs }
    let nonBidding = inputs.first { $0.name == SeriesKey(.exogenous, .forecast, at: "non-bidding").description }
    let served = [find(.imports), find(.wind), find(.solar), nonBidding].compactMap { $0 }
    guard !served.isEmpty else { return inputs }
    func less(_ values: [Double], _ others: [[Double]]) -> [Double] {
      values.indices.map { index in others.reduce(values[index]) { $0 - $1[index] } }
    }
    let history = load.history.indices.map { index -> [Double]? in
      let others = served.compactMap { $0.history[index] }
      guard let own = load.history[index], others.count == served.count else { return nil }
      return less(own, others)
    }
    let space = PublishedInput(name: biddingSpace, history: history, day: less(load.day, served.map(\.day)))
    let names = Set(served.map(\.name))
    return [space] + inputs.filter { !names.contains($0.name) }
  }
}

/// Reads series day by day as of an instant, and digests every value that it hands out.
struct HistoryReader {
  let store: MarketStore
  let grid: IntervalGrid
  let first: MarketDay
  let last: MarketDay
  let asOf: Date
  var views: [DayReport.SeriesView] = []
  var notes: [String] = []
  let digest = ContentDigest()

  /// Values by day of the history, and of the day itself if `through` includes it.
  mutating func read(_ key: SeriesKey, through end: MarketDay) throws -> (history: [[Double]?], day: [Double]?) {
    let found = try inDeskTerms { try store.observations(of: key, from: first, through: end, asOf: asOf) }
    var history = [[Double]?](repeating: nil, count: last.dayNumber - first.dayNumber + 1)
    var own: [Double]?
    var otherLength = 0
    for observation in found {
      guard observation.length == grid.length else {
        throw DeskProblem(
          .badData,
          "\(key) on \(observation.day) has intervals of \(observation.length.minutes) minutes, the rule pack of \(grid.day) has \(grid.length.minutes). Import the series in the market's intervals."
        )
      }
      if observation.values.count != grid.count { otherLength += 1 }
      let values = ClockChange.fitted(observation.values, to: grid)
      digest.add("\(key) \(observation.day)", observation.values)
      if observation.day == grid.day {
        own = values
      } else {
        history[observation.day.dayNumber - first.dayNumber] = values
      }
    }
    if otherLength > 0 {
      notes.append(
        "\(key): \(otherLength) days do not have 24 hours; their hour of the clock change was left out or repeated for the "
          + "forecast")
    }
    if let from = found.first?.day, let to = found.last?.day {
      views.append(.init(series: key.description, firstDay: from, lastDay: to, days: found.count))
    }
    return (history, own)
  }
}

extension ContentDigest {
  fileprivate func add(_ label: String, _ values: [Double]) {
    Array(label.utf8).withUnsafeBytes { add($0) }
    values.withUnsafeBytes { add($0) }
  }
}
