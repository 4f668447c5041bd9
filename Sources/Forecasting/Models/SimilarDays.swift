internal import Foundation
internal import MarketModel
internal import NumericMethods

/// The mean price of the days most like the one to forecast: like in the shape and level of the published inputs, in the
/// kind of day, and in the level of the day before; recent days count more.
struct SimilarDays {
  static let neighbours = 8
  static let memoryDays = 400

  private let source: PriceForecastInputs
  private let profiles: [[Double]?]
  private let kinds: [Int]
  private let levels: [Double?]
  private let priceSpread: Double

  init(_ source: PriceForecastInputs) {
    self.source = source
    let perHour = source.grid.length.perHour
    let calendar = DayCalendar(holidays: source.holidays, shiftedWorkdays: source.shiftedWorkdays)
    kinds = (source.historyDays + [source.grid.day]).map { calendar.kind($0) }
    levels = source.prices.map { $0.map { mean($0) } }
    let known = source.prices.compactMap { $0 }.suffix(SimilarDays.memoryDays).flatMap { $0 }
    priceSpread = max(known.count > 1 ? standardDeviation(known) : 1, 1e-9)
    var joined = [[Double]?](repeating: [], count: source.historyDays.count + 1)
    for input in source.inputs {
      let blocks = (input.history + [input.day]).map { $0.map { FeatureTable.hourlyMeans($0, perHour: perHour) } }
      let values = blocks.compactMap { $0 }.flatMap { $0 }
      let spread = max(values.count > 1 ? standardDeviation(values) : 1, 1e-9)
      for index in joined.indices {
        guard let block = blocks[index], let before = joined[index] else {
          joined[index] = nil
          continue
        }
        joined[index] = before + block.map { $0 / spread }
      }
    }
    profiles = joined
  }

  /// The forecast for a position in the history (or for the day itself, which stands after it), from earlier days alone.
  func predicted(at position: Int) -> [Double]? {
    var found: [(distance: Double, index: Int)] = []
    for index in max(0, position - SimilarDays.memoryDays)..<position where source.prices[index] != nil {
      if let distance = distance(from: position, to: index) { found.append((distance, index)) }
    }
    found.sort { ($0.distance, -$0.index) < ($1.distance, -$1.index) }
    let nearest = found.prefix(SimilarDays.neighbours)
    guard let closest = nearest.first else { return nil }
    var sum = [Double](repeating: 0, count: source.grid.count)
    var total = 0.0
    for (distance, index) in nearest {
      guard let prices = source.prices[index] else { continue }
      let weight = exp(-(distance - closest.distance) / 0.3)
      total += weight
      for interval in sum.indices { sum[interval] += weight * prices[interval] }
    }
    return sum.map { $0 / total }
  }

  private func distance(from position: Int, to index: Int) -> Double? {
    guard let own = profiles[position], let other = profiles[index] else { return nil }
    var squares = 0.0
    for (a, b) in zip(own, other) { squares += (a - b) * (a - b) }
    let shape = own.isEmpty ? 0 : (squares / Double(own.count)).squareRoot()
    let kind = kinds[position] == kinds[index] ? 0 : 0.3
    var level = 0.3
    if position > 0, index > 0, let before = levels[position - 1], let earlier = levels[index - 1] {
      level = 0.5 * abs(before - earlier) / priceSpread
    }
    return shape + kind + level + 0.6 * Double(position - index) / Double(SimilarDays.memoryDays)
  }
}
