import Foundation
import MarketModel
import ProvinceSimulation

/// The province of `data/demonstration`, made once for all tests of shape.
struct DemonstrationProvince: Sendable {
  static let seed: UInt64 = 20_260_401
  static let shared = Result { try DemonstrationProvince() }

  let province: SimulatedProvince
  let holidays: Set<MarketDay>
  let dayAhead: [Double]
  let realTime: [Double]

  static func text(_ path: String) throws -> String {
    var root = URL(filePath: #filePath)
    for _ in 0..<3 { root.deleteLastPathComponent() }
    return try String(contentsOf: root.appending(path: "data").appending(path: path), encoding: .utf8)
  }

  static func texts() throws -> ProvinceTexts {
    ProvinceTexts(
      province: try text("demonstration/province.csv"), sites: try text("demonstration/sites.csv"),
      profiles: try text("demonstration/profiles.csv"),
      calendars: try [2024, 2025, 2026].map { try text("calendars/cn-\($0).csv") })
  }

  /// The texts with a period of a few days, for tests that make more than one province.
  static func shortTexts(lastDay: String) throws -> ProvinceTexts {
    var short = try texts()
    short.province = short.province.replacingOccurrences(of: "last_day,2026-03-31", with: "last_day,\(lastDay)")
    return short
  }

  init() throws {
    let texts = try Self.texts()
    province = simulateProvince(try ProvinceParameters(texts), seed: Self.seed)
    holidays = Set(
      texts.calendars.flatMap { $0.split(separator: "\n") }.filter { $0.contains(",holiday,") }
        .compactMap { MarketDay($0.prefix(10)) })
    dayAhead = province.values(of: SeriesKey(.price, .dayAhead)) ?? []
    realTime = province.values(of: SeriesKey(.price, .realTime)) ?? []
  }

  func series(_ quantity: SeriesQuantity, _ stage: SeriesStage, at location: String = "") throws -> [Double] {
    guard let values = province.values(of: SeriesKey(quantity, stage, at: location)) else {
      throw MissingSeries(quantity: quantity)
    }
    return values
  }

  /// Day-ahead prices of the intervals that start at or after `from` and before `to` o'clock, on the chosen days.
  func prices(from: Int = 0, to: Int = 24, on chosen: (MarketDay) -> Bool = { _ in true }) -> [Double] {
    (0..<province.days).filter { chosen(province.firstDay.advanced(by: $0)) }
      .flatMap { day in dayAhead[(day * 96 + from * 4)..<(day * 96 + to * 4)] }
  }

  /// Load less wind, solar, imports and the other supply that does not bid.
  func biddingSpace(_ stage: SeriesStage) throws -> [Double] {
    let others = try [
      series(.wind, stage), series(.solar, stage), series(.imports, stage),
      series(.exogenous, stage, at: SimulatedProvince.nonBidding),
    ]
    return try series(.load, stage).enumerated().map { position, load in
      others.reduce(load) { $0 - $1[position] }
    }
  }
}

struct MissingSeries: Error { let quantity: SeriesQuantity }

func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(values.count, 1)) }

func share(_ values: [Double], where holds: (Double) -> Bool) -> Double {
  Double(values.filter(holds).count) / Double(max(values.count, 1))
}

func correlation(_ first: [Double], _ second: [Double]) -> Double {
  let (firstMean, secondMean) = (mean(first), mean(second))
  let products = zip(first, second).map { ($0 - firstMean) * ($1 - secondMean) }
  let squares = first.map { ($0 - firstMean) * ($0 - firstMean) }
  let otherSquares = second.map { ($0 - secondMean) * ($0 - secondMean) }
  return mean(products) / (mean(squares) * mean(otherSquares)).squareRoot()
}

/// Position of each value in rising order; ties share the mean of their positions.
func ranks(_ values: [Double]) -> [Double] {
  let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
  var ranks = [Double](repeating: 0, count: values.count)
  var start = 0
  while start < order.count {
    var end = start
    while end + 1 < order.count, values[order[end + 1]] == values[order[start]] { end += 1 }
    for place in start...end { ranks[order[place]] = Double(start + end) / 2 }
    start = end + 1
  }
  return ranks
}
