internal import Foundation
internal import NumericMethods

/// The mean price of the days most like the one to forecast: like in the shape and level of the published inputs, in the
/// kind of day, and in the level of the day before; recent days count more.
struct SimilarDaysPriceModel: PriceModel {
  let family = PriceFamily.similarDays
  var windowDays: Int { SimilarDaysPriceModel.memoryDays }
  var columns: Int { 0 }
  let name = "similar-days"
  var fitted = NothingFitted()
  static let neighbours = 8
  static let memoryDays = 400

  mutating func predicted(_ view: PriceView, refitAfter days: Int) throws(ForecastingError) -> [Double]? {
    let first = max(1, view.position - SimilarDaysPriceModel.memoryDays)
    guard first < view.position else { return nil }
    let likeness = PriceDayDistance(view, from: first)
    var found: [(distance: Double, position: Int)] = []
    for position in first..<view.position where view.prices(at: position) != nil {
      found.append((likeness.distance(to: position), position))
    }
    found.sort { ($0.distance, -$0.position) < ($1.distance, -$1.position) }
    guard let closest = found.first else { return nil }
    var sum = [Double](repeating: 0, count: view.intervals)
    var total = 0.0
    for (distance, position) in found.prefix(SimilarDaysPriceModel.neighbours) {
      guard let prices = view.prices(at: position) else { continue }
      let weight = exp(-(distance - closest.distance) / 0.3)
      total += weight
      for (interval, price) in prices.enumerated() { sum[interval] += weight * price }
    }
    return sum.map { $0 / total }
  }
}

/// How unlike the day to forecast an earlier day is, in spreads of what is compared.
private struct PriceDayDistance {
  let view: PriceView
  private let inputs: [Int]
  private let spreads: [Double]
  private let priceSpread: Double
  private let levels: [Double]
  private let first: Int

  init(_ view: PriceView, from first: Int) {
    self.view = view
    self.first = first
    inputs = view.usableInputs.filter { view.history.isProfile[$0] }
    func spread(_ values: ArraySlice<Double>) -> Double { max(standardDeviation(Array(values)), 1e-9) }
    spreads = inputs.map { spread(view.history.hourlyInputs[$0][first * 24..<(view.position + 1) * 24]) }
    priceSpread = spread(view.history.hourlyPrices[(first - 1) * 24..<view.position * 24])
    levels = (first - 1..<view.position).map { view.hourlyPrices(at: $0).reduce(0, +) / 24 }
  }

  private func kind(_ position: Int) -> Int {
    switch view.weekday(at: position) {
    case 1...5: 0
    case 6: 1
    default: 2
    }
  }

  func distance(to position: Int) -> Double {
    var squares = 0.0
    for (input, spread) in zip(inputs, spreads) {
      let own = view.hourlyInput(input, at: view.position)
      let other = view.hourlyInput(input, at: position)
      for (a, b) in zip(own, other) { squares += (a - b) * (a - b) / (spread * spread) }
    }
    let shape = inputs.isEmpty ? 0 : (squares / Double(24 * inputs.count)).squareRoot()
    let kind = kind(view.position) == kind(position) ? 0 : 0.3
    let level = 0.5 * abs(levels[levels.count - 1] - levels[position - first]) / priceSpread
    return shape + kind + level + 0.6 * Double(view.position - position) / Double(SimilarDaysPriceModel.memoryDays)
  }
}
