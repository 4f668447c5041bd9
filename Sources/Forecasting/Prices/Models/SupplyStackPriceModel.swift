internal import Foundation
internal import NumericMethods

/// Price against bidding space, learned from history: the inputs of an interval are drawn together into one index of
/// scarcity by a regression, and price rises with that index by an isotonic regression (Robertson, Wright, Dykstra 1988), so
/// that floors and caps show as flat ends. Recent days count more; yesterday's error by hour is carried over in part.
///
/// It is the inverse stack of `methods.md` 5: what the others offer, seen from the price they leave.
struct SupplyStackPriceModel: PriceModel {
  let family = PriceFamily.stack
  var windowDays: Int { SupplyStackPriceModel.stackDays }
  var columns: Int { 0 }
  let name = "stack"
  var fitted = NothingFitted()
  static let stackDays = 120
  static let memoryDays = 30.0
  /// Share of the last days' error that is carried over.
  static let persistence = 0.6

  mutating func predicted(_ view: PriceView, refitAfter days: Int) throws(ForecastingError) -> [Double]? {
    let inputs = view.usableInputs.filter { view.history.isProfile[$0] }
    let window = view.window(days: SupplyStackPriceModel.stackDays)
    guard !inputs.isEmpty, window.count >= 21 else { return nil }
    let index = try ScarcityIndex(view, window, inputs)
    var points: [(index: Double, price: Double, weight: Double)] = []
    for position in window {
      let weight = exp(-Double(view.position - position) / SupplyStackPriceModel.memoryDays)
      let prices = view.hourlyPrices(at: position)
      for (hour, price) in prices.enumerated() {
        points.append((index.value(view, position, hour), price, weight))
      }
    }
    let curve = MonotoneCurve(points)
    var path = (0..<24).map { curve.value(at: index.value(view, view.position, $0)) }
    for (lag, share) in [(1, 0.7), (2, 0.2), (3, 0.1)] {
      let earlier = view.position - lag
      for (hour, price) in view.hourlyPrices(at: earlier).enumerated() {
        let error = price - curve.value(at: index.value(view, earlier, hour))
        path[hour] += SupplyStackPriceModel.persistence * share * error
      }
    }
    return try checkedPath(spread(path, view))
  }

  /// Hours to intervals, by the shape within the hour of the last week.
  private func spread(_ hourly: [Double], _ view: PriceView) -> [Double] {
    let perHour = view.history.perHour
    guard perHour > 1 else { return hourly }
    var shape = [Double](repeating: 0, count: view.intervals)
    let recent = (max(0, view.position - 7)..<view.position).compactMap { view.prices(at: $0) }
    for day in recent {
      let values = Array(day)
      for interval in values.indices {
        let hour = interval / perHour
        let centre = values[hour * perHour..<(hour + 1) * perHour].reduce(0, +) / Double(perHour)
        shape[interval] += (values[interval] - centre) / Double(recent.count)
      }
    }
    return shape.indices.map { hourly[$0 / perHour] + shape[$0] }
  }
}

/// θ·inputs for an hour, with θ the weighted regression of scaled prices on the inputs of the same hour.
private struct ScarcityIndex {
  private let inputs: [Int]
  private let weights: [Double]

  init(_ view: PriceView, _ window: [Int], _ inputs: [Int]) throws(ForecastingError) {
    let scaling = RobustScaling(fittedTo: window.flatMap { Array(view.hourlyPrices(at: $0)) })
    let spreads = inputs.map { input in
      max(standardDeviation(window.flatMap { Array(view.hourlyInput(input, at: $0)) }), 1e-9)
    }
    var rows: [[Double]] = []
    var responses: [Double] = []
    for position in window {
      let prices = view.hourlyPrices(at: position)
      let columns = inputs.map { Array(view.hourlyInput($0, at: position)) }
      for (hour, price) in prices.enumerated() {
        rows.append(columns.indices.map { columns[$0][hour] / spreads[$0] } + [1])
        responses.append(scaling.scaled(price))
      }
    }
    self.inputs = inputs
    do {
      weights = zip(try Matrix(rows: rows).leastSquares(for: responses).coefficients, spreads).map { $0 / $1 }
    } catch {
      throw ForecastingError("\(error)")
    }
  }

  func value(_ view: PriceView, _ position: Int, _ hour: Int) -> Double {
    var sum = 0.0
    for (input, weight) in zip(inputs, weights) {
      let values = view.hourlyInput(input, at: position)
      sum += weight * values[values.startIndex + hour]
    }
    return sum
  }
}

/// The non-decreasing step function nearest to weighted points in squares, by pooling adjacent violators; straight lines
/// between the centres of its steps.
struct MonotoneCurve {
  private var centres: [Double] = []
  private var values: [Double] = []

  init(_ points: [(index: Double, price: Double, weight: Double)]) {
    var blocks: [(weight: Double, index: Double, price: Double)] = []
    for point in points.sorted(by: { ($0.index, $0.price) < ($1.index, $1.price) }) {
      var block = (weight: point.weight, index: point.index, price: point.price)
      while let last = blocks.last, last.price >= block.price {
        let weight = last.weight + block.weight
        block = (
          weight, (last.index * last.weight + block.index * block.weight) / weight,
          (last.price * last.weight + block.price * block.weight) / weight
        )
        blocks.removeLast()
      }
      blocks.append(block)
    }
    centres = blocks.map(\.index)
    values = blocks.map(\.price)
  }

  /// Flat beyond the first and the last step.
  func value(at index: Double) -> Double {
    var low = 0
    var high = centres.count
    while low < high {
      let middle = (low + high) / 2
      if centres[middle] <= index { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return values.first ?? 0 }
    guard low < centres.count else { return values.last ?? 0 }
    let width = centres[low] - centres[low - 1]
    let share = width > 0 ? (index - centres[low - 1]) / width : 0
    return values[low - 1] + share * (values[low] - values[low - 1])
  }
}
