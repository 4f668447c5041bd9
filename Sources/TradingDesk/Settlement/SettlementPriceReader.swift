internal import Foundation
internal import MarketModel
internal import MarketRules
internal import MarketStore
internal import Settlement

/// The day's prices at every point that a settlement may need, from the workspace's series.
///
/// `price.day-ahead` and `price.real-time` are the unified prices; `price.day-ahead@UNIT` or `@PLANT` is a node's, else the unified price
/// stands for it; `price.real-time@zone` is the zone's.
struct SettlementPriceReader {
  let day: MarketDay
  let grid: IntervalGrid
  let terms: SettlementTerms
  let evidence: SecondLevelEvidence
  /// The latest day up to the settled one whose mean price is not known: days running are counted after it.
  let lastUnknownDay: MarketDay
  private(set) var notes: [String] = []
  private let known: [SeriesKey: [EnergyPrice]]

  init(_ past: PastDay, store: MarketStore, terms: SettlementTerms) throws {
    day = past.day
    grid = past.grid
    self.terms = terms
    var found: [SeriesKey: [EnergyPrice]] = [:]
    let keys = try inDeskTerms { try store.seriesKeys(asOf: .distantFuture) }.filter { $0.quantity == .price }
    let own = day
    for key in keys {
      let days = try inDeskTerms { try store.observations(of: key, from: own, through: own, asOf: .distantFuture) }
      if let observation = days.first { found[key] = try SettlementPriceReader.exact(observation, past.grid) }
    }
    known = found
    let before = try inDeskTerms {
      try store.observations(
        of: SeriesKey(.price, .dayAhead), from: own.advanced(by: -30), through: own, asOf: .distantFuture)
    }
    let means = Dictionary(uniqueKeysWithValues: before.map { ($0.day, SettlementPriceReader.mean($0)) })
    var running: [EnergyPrice] = []
    var last = own
    while let mean = means[last] ?? nil {
      running.insert(mean, at: 0)
      last = last.advanced(by: -1)
    }
    evidence = SecondLevelEvidence(dailyMeans: running)
    lastUnknownDay = last
    if found[SeriesKey(.price, .realTime)] == nil {
      notes.append("no real-time price is known of some days; where nothing deviates none is needed")
    }
    if found[SeriesKey(.price, .realTime, at: "zone")] == nil, terms.contractPoint == .zone {
      notes.append("no series price.real-time@zone; the unified real-time price stands for the zone's")
    }
  }

  /// The day's mean price; nil if a value is missing.
  private static func mean(_ observation: DayObservation) -> EnergyPrice? {
    let sum = observation.values.reduce(0, +)
    guard !observation.values.isEmpty, sum.isFinite else { return nil }
    return try? EnergyPrice(perMegawattHour: sum / Double(observation.values.count))
  }

  /// The values as exact prices.
  ///
  /// - Throws: `DeskProblem` where values are missing.
  static func exact(_ observation: DayObservation, _ grid: IntervalGrid) throws -> [EnergyPrice] {
    let name = "\(observation.key) of \(observation.day)"
    guard observation.values.count == grid.count else {
      throw DeskProblem(
        .badData,
        "\(name) has \(observation.values.count) of \(grid.count) intervals; import the whole day.")
    }
    let gaps = grid.intervals.filter { !observation.values[$0.number - 1].isFinite }
    if let first = gaps.first {
      throw DeskProblem(
        .badData,
        "\(name) is missing in \(gaps.count) of \(grid.count) intervals, the first ends at \(first.endLabel); import the prices again."
      )
    }
    do { return try observation.values.map { try EnergyPrice(perMegawattHour: $0) } } catch {
      throw DeskProblem(.badData, "\(name): \(error).")
    }
  }

  /// The prices of a unit by trading interval, as disclosed; nil if they are not known.
  func intervalPrices(_ stage: SeriesStage, of unit: ThermalUnit?) -> [EnergyPrice]? {
    let node = unit.flatMap {
      known[SeriesKey(.price, stage, at: $0.id.text)] ?? known[SeriesKey(.price, stage, at: $0.plant.text)]
    }
    return node ?? known[SeriesKey(.price, stage)]
  }

  /// The prices of a unit by settlement period.
  ///
  /// - Parameter energies: net energy by interval, for weighted means.
  func prices(of unit: ThermalUnit, energies: [Energy]) throws -> SettlementPrices {
    func node(_ stage: SeriesStage) -> [EnergyPrice]? {
      known[SeriesKey(.price, stage, at: unit.id.text)] ?? known[SeriesKey(.price, stage, at: unit.plant.text)]
        ?? known[SeriesKey(.price, stage)]
    }
    let unified = known[SeriesKey(.price, .realTime)]
    let all: [(PricePoint, [EnergyPrice]?)] = [
      (.dayAheadNode, node(.dayAhead)), (.dayAheadUnified, known[SeriesKey(.price, .dayAhead)]),
      (.realTimeNode, node(.realTime)), (.realTimeUnified, unified),
      (.zone, known[SeriesKey(.price, .realTime, at: "zone")] ?? unified),
    ]
    var series: [PricePoint: [EnergyPrice]] = [:]
    for (point, values) in all {
      guard let values else { continue }
      series[point] = try inSettlementTerms {
        try periodPrices(
          values, intervalsPerPeriod: terms.intervalsPerPeriod, rule: terms.periodPrice, energies: energies)
      }
    }
    return SettlementPrices(day: day, series: series)
  }
}
