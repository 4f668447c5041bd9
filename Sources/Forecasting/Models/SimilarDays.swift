internal import Foundation
internal import MarketModel
internal import NumericMethods

/// The mean price of the days most like the one to forecast: like in the shape and level of the published inputs, in the
/// kind of day, and in the level of the day before; recent days count more.
struct SimilarDays {
  static let neighbours = 8
  static let memoryDays = 400

  private let source: PriceForecastInputs
  /// By input, hourly means of each day of the history and of the day to forecast.
  private let blocks: [[[Double]?]]
  private let kinds: [Int]
  private let levels: [Double?]

  init(_ source: PriceForecastInputs) {
    self.source = source
    let perHour = source.grid.length.perHour
    let calendar = DayCalendar(holidays: source.holidays, shiftedWorkdays: source.shiftedWorkdays)
    kinds = (source.historyDays + [source.grid.day]).map { calendar.kind($0) }
    levels = source.prices.map { $0.map { mean($0) } }
    blocks = source.inputs.map { input in
      (input.history + [input.day]).map { $0.map { FeatureTable.hourlyMeans($0, perHour: perHour) } }
    }
  }

  /// Spreads of the prices and of each input, as known before the gate of a position.
  private struct Spreads {
    let price: Double
    let inputs: [Double]
  }

  private func spreads(at position: Int) -> Spreads {
    let first = max(0, position - SimilarDays.memoryDays)
    return Spreads(
      price: SimilarDays.spread(source.prices[first..<position]),
      inputs: blocks.map { SimilarDays.spread($0[first...position]) })
  }

  private static func spread(_ days: ArraySlice<[Double]?>) -> Double {
    let values = days.compactMap { $0 }.flatMap { $0 }
    return max(values.count > 1 ? standardDeviation(values) : 1, 1e-9)
  }

  /// The forecast for a position in the history (or for the day itself, which stands after it), from earlier days alone.
  func predicted(at position: Int) -> [Double]? {
    let spreads = spreads(at: position)
    var found: [(distance: Double, index: Int)] = []
    for index in max(0, position - SimilarDays.memoryDays)..<position where source.prices[index] != nil {
      if let distance = distance(from: position, to: index, spreads) { found.append((distance, index)) }
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

  private func distance(from position: Int, to index: Int, _ spreads: Spreads) -> Double? {
    var squares = 0.0
    var count = 0
    for (block, spread) in zip(blocks, spreads.inputs) {
      guard let own = block[position], let other = block[index] else { return nil }
      for (a, b) in zip(own, other) { squares += (a - b) * (a - b) / (spread * spread) }
      count += own.count
    }
    let shape = count == 0 ? 0 : (squares / Double(count)).squareRoot()
    let kind = kinds[position] == kinds[index] ? 0 : 0.3
    var level = 0.3
    if position > 0, index > 0, let before = levels[position - 1], let earlier = levels[index - 1] {
      level = 0.5 * abs(before - earlier) / spreads.price
    }
    return shape + kind + level + 0.6 * Double(position - index) / Double(SimilarDays.memoryDays)
  }
}
