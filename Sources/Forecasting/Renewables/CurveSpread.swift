internal import NumericMethods

/// Percentiles of the power at the drivers nearest in rank: the power curve with its spread.
struct CurveSpread: Sendable {
  static let neighbours = 400
  private let drivers: [Double]
  private let responses: [Double]

  init(drivers: [Double], responses: [Double]) {
    let order = drivers.indices.filter { drivers[$0].isFinite }.sorted { (drivers[$0], $0) < (drivers[$1], $1) }
    self.drivers = order.map { drivers[$0] }
    self.responses = order.map { responses[$0] }
  }

  /// nil if the driver is not known.
  func percentiles(_ driver: Double) -> [Double]? {
    guard driver.isFinite, !drivers.isEmpty else { return nil }
    let place = drivers.count { $0 < driver }
    let count = min(CurveSpread.neighbours, drivers.count)
    let first = min(max(0, place - count / 2), drivers.count - count)
    let near = responses[first..<(first + count)].sorted()
    return Percentiles.levels.map { quantile(ofSorted: near, at: $0) }
  }
}
