internal import Bidding
internal import Forecasting
internal import Foundation
internal import MarketModel
internal import NumericMethods

/// The price forecast of one day as it was issued, in single precision: what every strategy of a comparison shares.
struct IssuedForecast: Codable, Sendable {
  /// Everything that the forecast hangs on, so that a kept one is used for the same inputs alone.
  let key: String
  let dayNumber: Int
  /// Mean and joint paths of the day, the baseline's path, and the day after; rows one after another.
  private let expected: Data
  private let paths: Data
  private let reference: Data
  private let outlooks: Data
  private let deviations: Data
  private let beyond: Data
  /// Whether the baseline's model had a path; without one its place is taken by the mixed forecast.
  let hasReference: Bool

  static let referenceModel = "lear"

  init(_ forecast: PriceForecast, day: MarketDay, key: String, nextGrid: IntervalGrid) {
    let own = forecast.modelPoints[IssuedForecast.referenceModel].flatMap { $0.allSatisfy(\.isFinite) ? $0 : nil }
    let after = forecast.dayAfter.mapRows { ClockChange.fitted($0, to: nextGrid) }
    self.init(
      day: day, key: key, expected: forecast.expected, paths: forecast.scenarios.values,
      reference: own ?? forecast.point, hasReference: own != nil, outlooks: after.outlooks,
      deviations: after.deviations, beyond: after.beyond)
  }

  /// - Parameter paths: path after path, of the day's intervals.
  init(
    day: MarketDay, key: String, expected: [Double], paths: [Double], reference: [Double], hasReference: Bool,
    outlooks: [[Double]], deviations: [[Double]], beyond: [Double]
  ) {
    self.key = key
    dayNumber = day.dayNumber
    self.hasReference = hasReference
    self.expected = IssuedForecast.bytes(expected)
    self.paths = IssuedForecast.bytes(paths)
    self.reference = IssuedForecast.bytes(reference)
    self.outlooks = IssuedForecast.bytes(outlooks.flatMap { $0 })
    self.deviations = IssuedForecast.bytes(deviations.flatMap { $0 })
    self.beyond = IssuedForecast.bytes(beyond)
  }

  private static func bytes(_ values: [Double]) -> Data {
    values.map(Float.init).withUnsafeBytes { Data($0) }
  }

  private static func values(_ data: Data) -> [Double] {
    var values = [Float](repeating: 0, count: data.count / MemoryLayout<Float>.size)
    _ = values.withUnsafeMutableBytes { data.copyBytes(to: $0) }
    return values.map(Double.init)
  }

  private static func rows(_ data: Data, width: Int) -> [[Double]] {
    let all = values(data)
    return stride(from: 0, to: all.count, by: max(width, 1)).map { Array(all[$0..<min($0 + width, all.count)]) }
  }

  /// Equally likely joint paths of the price.
  func pricePaths(on grid: IntervalGrid) -> [[Double]] { IssuedForecast.rows(paths, width: grid.count) }

  /// The forecast as a prepared day keeps it: the middle and the bands of its paths, interval by interval.
  ///
  /// - Parameter yesterday: the last prices that were known.
  func stored(on grid: IntervalGrid, yesterday: [Double]) -> StoredDay.StoredForecast {
    let rows = IssuedForecast.rows(paths, width: grid.count)
    let sorted = (0..<grid.count).map { index in rows.map { $0[index] }.sorted() }
    func level(_ probability: Double) -> [Double] { sorted.map { quantile(ofSorted: $0, at: probability) } }
    return StoredDay.StoredForecast(
      point: level(0.5), sameAsYesterday: ClockChange.fitted(yesterday, to: grid), low: level(0.1), high: level(0.9),
      lowest: level(0.05), highest: level(0.95))
  }

  /// What strategies draw from on a day with these units; the day may be another one than that of the forecast (placebo).
  ///
  /// - Throws: `StrategyError` if the forecast has another number of intervals than the day.
  func inputs(for day: StrategyDay, unitDays: [UnitDay], threads: Int) throws -> StrategyInputs {
    let grid = day.prices.prices.grid
    let nextCount = day.nextUnitDays.first?.grid.count ?? grid.count
    let scenarios = try StrategyInputs.scenarios(IssuedForecast.rows(paths, width: grid.count), on: grid)
    func next(_ data: Data) throws -> [[Double]] {
      let rows = IssuedForecast.rows(data, width: nextCount)
      guard rows.allSatisfy({ $0.count == nextCount }) else {
        throw StrategyError("The forecast for the day after \(grid.day) has another number of intervals.")
      }
      return rows
    }
    return try StrategyInputs(
      bidding: BiddingInputs(
        unitDays: unitDays, nextUnitDays: day.nextUnitDays, plants: day.plants, scenarios: scenarios,
        expectedPrices: IssuedForecast.values(expected),
        dayAfter: DayAfter(
          outlooks: try next(outlooks), deviations: try next(deviations), beyond: try next(beyond).first ?? []),
        riskAversion: 0, threads: threads, fuel: day.fuel?.with(recentDays: day.recentDays)),
      reference: IssuedForecast.values(reference), contracts: day.contracts, recentDays: day.recentDays,
      rest: day.rest)
  }
}
