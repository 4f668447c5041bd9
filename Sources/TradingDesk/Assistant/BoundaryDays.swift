internal import Foundation
internal import MarketModel
internal import MarketStore

/// The published boundary of a day and of the days before it, as of the gate.
struct BoundaryDays {
  static let similarDays = 5
  static let longestLook = 400

  let day: MarketDay
  let grid: IntervalGrid
  let parts: [SpaceHistory.Part]
  let prices: [MarketDay: [Double]]
  private let spaces: [MarketDay: [Double]]

  init(_ context: PriceContext, store: MarketStore) throws {
    day = context.day
    grid = context.grid
    let first = day.advanced(by: -BoundaryDays.longestLook)
    parts = try SpaceHistory.parts(.forecast, store, from: first, through: context.day, asOf: context.asOf)
    let own = parts
    spaces = Dictionary(
      uniqueKeysWithValues: (first...context.day).compactMap { day in SpaceHistory.space(own, on: day).map { (day, $0) }
      })
    let key = SeriesKey(.price, .dayAhead)
    let found = try inDeskTerms {
      try store.observations(of: key, from: first, through: context.day.advanced(by: -1), asOf: context.asOf)
    }
    prices = Dictionary(uniqueKeysWithValues: found.map { ($0.day, $0.values) })
  }

  func space(_ day: MarketDay) -> [Double]? { spaces[day] }

  func features(_ day: MarketDay) -> SpaceFeatures? {
    space(day).flatMap { SpaceFeatures($0, perHour: grid.length.perHour) }
  }

  /// Load less wind and solar.
  var netLoad: SpaceFeatures? {
    guard var sum = parts.first?.days[day] else { return nil }
    for part in parts where ["wind", "solar"].contains(part.name) {
      guard let own = part.days[day], own.count == sum.count else { return nil }
      for index in sum.indices { sum[index] -= own[index] }
    }
    return SpaceFeatures(sum, perHour: grid.length.perHour)
  }

  /// The days before that are most alike and whose prices were known, the most alike first.
  func similar() -> [MarketBriefReport.SimilarDay] {
    guard let own = features(day) else { return [] }
    let candidates = spaces.keys.sorted().filter { $0 < day && prices[$0]?.count == grid.count }
      .compactMap { day in features(day).map { (day: day, features: $0) } }
    let valleys = candidates.map(\.features.valley)
    let mean = valleys.reduce(0, +) / Double(max(valleys.count, 1))
    let scale = 2 * (valleys.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(valleys.count, 1))).squareRoot()
    let scored = candidates.map { (day: $0.day, score: DaySimilarity.score(own, $0.features, scale: scale)) }
    return scored.sorted { ($1.score, $1.day) < ($0.score, $0.day) }.prefix(BoundaryDays.similarDays).map { found in
      let own = prices[found.day] ?? []
      return MarketBriefReport.SimilarDay(
        day: found.day, similarity: DayReport.rounded(found.score, 4),
        meanPricePerMWh: DayReport.rounded(own.reduce(0, +) / Double(max(own.count, 1)), 2),
        biddingSpaceMW: (spaces[found.day] ?? []).map { DayReport.rounded($0, 1) },
        pricesPerMWh: own.map { DayReport.rounded($0, 2) })
    }
  }

  /// Every part against the day before.
  func partViews() -> [MarketBriefReport.Part] {
    parts.compactMap { part in
      guard let own = part.days[day], !own.isEmpty else { return nil }
      func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
      var view = MarketBriefReport.Part(
        name: part.name, series: BoundaryDays.series(part.name), meanMW: DayReport.rounded(mean(own), 1))
      if let old = part.days[day.advanced(by: -1)], old.count == own.count {
        view.yesterdayMeanMW = DayReport.rounded(mean(old), 1)
        view.changeMW = DayReport.rounded(mean(own) - mean(old), 1)
        let (change, place) = BoundaryDays.largest(own, old)
        view.largestChangeMW = DayReport.rounded(change, 1)
        view.largestChangeAt = grid.intervals[place].endLabel
      }
      return view
    }
  }

  static func series(_ name: String) -> String {
    let location = SpaceHistory.served.first { $0.name == name }
    return location.map { SeriesKey($0.quantity, .forecast, at: $0.location).description }
      ?? SeriesKey(.load, .forecast).description
  }

  /// The largest difference of two days and its position.
  static func largest(_ own: [Double], _ other: [Double]) -> (change: Double, position: Int) {
    let changes = zip(own, other).map { $0 - $1 }
    let position = changes.indices.max { abs(changes[$0]) < abs(changes[$1]) } ?? 0
    return (changes.isEmpty ? 0 : changes[position], position)
  }

  /// What the latest publication of the day's boundary says otherwise than the one before it.
  func changes(_ store: MarketStore, asOf: Date) throws -> [MarketBriefReport.Change] {
    try parts.compactMap { part in
      guard let key = SeriesKey(BoundaryDays.series(part.name)) else { return nil }
      func read(_ instant: Date) throws -> DayObservation? {
        try inDeskTerms { try store.observations(of: key, from: day, through: day, asOf: instant) }.first
      }
      guard let latest = try read(asOf), let before = try read(latest.availableAt.addingTimeInterval(-1)),
        before.values.count == latest.values.count, before.values != latest.values
      else { return nil }
      let (change, place) = BoundaryDays.largest(latest.values, before.values)
      let mean = zip(latest.values, before.values).reduce(0) { $0 + $1.0 - $1.1 } / Double(latest.values.count)
      return MarketBriefReport.Change(
        series: key.description, publishedAt: instantText(latest.availableAt), before: instantText(before.availableAt),
        meanChangeMW: DayReport.rounded(mean, 1), largestChangeMW: DayReport.rounded(change, 1),
        largestChangeAt: grid.intervals[place].endLabel)
    }
  }
}
