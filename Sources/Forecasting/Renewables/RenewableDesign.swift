internal import Foundation
internal import NumericMethods

/// Predictors of every interval, and which of them play a part of their own.
struct RenewableDesign {
  /// Part of a predictor in the models that are not trees.
  struct Role {
    let column: Int
    /// Weight in the distance between analogues, of the standardised predictor; zero if it has none.
    let distance: Double
    /// Whether the linear quantiles use it.
    let linear: Bool
  }

  /// The column of somebody's forecast of the power itself, as an operator publishes it.
  static let publishedForecast = "published-forecast"

  private(set) var names: [String] = []
  private(set) var roles: [Role] = []
  private var columns: [[Double]] = []
  /// What drives the power: wind speed at hub height, radiation.
  let driver: [Double]
  /// Power and driver in the last hours before the day, and how much of their gap still counts.
  let lastShare: [Double]
  let lastDriver: [Double]
  let fading: [Double]

  init(driver: [Double], lastShare: [Double], lastDriver: [Double], fading: [Double]) {
    self.driver = driver
    self.lastShare = lastShare
    self.lastDriver = lastDriver
    self.fading = fading
  }

  mutating func add(_ name: String, _ values: [Double], distance: Double = 0, linear: Bool = false) {
    if distance > 0 || linear { roles.append(Role(column: columns.count, distance: distance, linear: linear)) }
    names.append(name)
    columns.append(values)
  }

  mutating func add(_ many: [(name: String, values: [Double])]) {
    for (name, values) in many { add(name, values) }
  }

  /// Rows of the predictors with two more: the curve's power, and the fading gap of the last hours to it.
  func rows(_ curve: PowerCurve, at positions: [Int]) -> FeatureRows {
    var rows = FeatureRows(columns: columns.count + 2)
    rows.reserveCapacity(positions.count)
    var row = [Float](repeating: 0, count: columns.count + 2)
    for position in positions {
      for column in columns.indices { row[column] = Float(columns[column][position]) }
      row[columns.count] = Float(curve(driver[position]))
      row[columns.count + 1] = Float((lastShare[position] - curve(lastDriver[position])) * fading[position])
      rows.append(row)
    }
    return rows
  }

  /// Column of the curve's power in ``rows(_:at:)``; the gap stands after it.
  var curveColumn: Int { columns.count }
}

/// The mean power by driver: means of bins of equal count, made monotone by pooling neighbours (isotonic regression).
struct PowerCurve: Sendable {
  private let drivers: [Double]
  private let shares: [Double]

  static let bins = 40

  init(drivers: [Double], shares: [Double]) {
    let order = drivers.indices.filter { drivers[$0].isFinite && shares[$0].isFinite }
      .sorted { (drivers[$0], $0) < (drivers[$1], $1) }
    var blocks: [(driver: Double, share: Double, weight: Double)] = []
    let bins = max(1, min(PowerCurve.bins, order.count / 10))
    for bin in 0..<bins where !order.isEmpty {
      let members = order[(bin * order.count / bins)..<((bin + 1) * order.count / bins)]
      guard !members.isEmpty else { continue }
      let weight = Double(members.count)
      blocks.append(
        (
          members.reduce(0) { $0 + drivers[$1] } / weight, members.reduce(0) { $0 + shares[$1] } / weight, weight
        ))
      while blocks.count > 1, blocks[blocks.count - 2].share > blocks[blocks.count - 1].share {
        let last = blocks.removeLast()
        let kept = blocks.removeLast()
        let sum = kept.weight + last.weight
        blocks.append(
          (
            (kept.driver * kept.weight + last.driver * last.weight) / sum,
            (kept.share * kept.weight + last.share * last.weight) / sum, sum
          ))
      }
    }
    self.drivers = blocks.map(\.driver)
    self.shares = blocks.map(\.share)
  }

  /// Linear between the bins, level beyond them; NaN for an unknown driver.
  func callAsFunction(_ driver: Double) -> Double {
    guard driver.isFinite, let first = drivers.first, let last = drivers.last else { return .nan }
    if driver <= first { return shares[0] }
    if driver >= last { return shares[shares.count - 1] }
    var low = 0
    var high = drivers.count - 1
    while high - low > 1 {
      let middle = (low + high) / 2
      if drivers[middle] <= driver { low = middle } else { high = middle }
    }
    let part = (driver - drivers[low]) / (drivers[high] - drivers[low])
    return shares[low] + part * (shares[high] - shares[low])
  }
}
