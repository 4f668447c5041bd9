/// Weights of members by what each would have lost in pinball less than their average, for five bands of levels: ML-Poly
/// on the gradient of the pinball loss (Gaillard, Stoltz, van Erven, COLT 2014), half of the weight kept equal.
struct QuantileWeights: Sendable {
  private static let bands = 5
  private static let equalShare = 0.5
  static func band(of level: Int) -> Int { min(level / 20, bands - 1) }

  /// weights[band][member].
  private(set) var weights: [[Double]] = []
  private var regrets: [[Double]] = []
  private var squares: [[Double]] = []

  /// The average of the members' columns; equal weights until as many members were learned.
  func averaged(_ members: [[Double]]) -> [Double] {
    guard members.count > 1 else { return members[0] }
    let known = weights.first?.count == members.count
    var result = [Double](repeating: 0, count: members[0].count)
    for (member, column) in members.enumerated() {
      for index in column.indices {
        let weight = known ? weights[QuantileWeights.band(of: index % 99)][member] : 1 / Double(members.count)
        result[index] += weight * column[index]
      }
    }
    return result
  }

  /// Learns from a day; NaN does not count.
  mutating func learn(_ members: [[Double]], averaged: [Double], actual: [Double]) {
    let known = actual.indices.filter { actual[$0].isFinite }
    guard members.count > 1, !known.isEmpty else { return }
    if weights.first?.count != members.count {
      regrets = [[Double]](repeating: [Double](repeating: 0, count: members.count), count: QuantileWeights.bands)
      squares = regrets
    }
    for (member, column) in members.enumerated() {
      var regret = [Double](repeating: 0, count: QuantileWeights.bands)
      for interval in known {
        for level in 0..<99 {
          let index = interval * 99 + level
          let gradient = (actual[interval] <= averaged[index] ? 1.0 : 0.0) - Double(level + 1) / 100
          regret[QuantileWeights.band(of: level)] += gradient * (averaged[index] - column[index])
        }
      }
      for band in regret.indices {
        regrets[band][member] += regret[band] / Double(known.count)
        squares[band][member] += regret[band] * regret[band] / Double(known.count * known.count)
      }
    }
    weights = (0..<QuantileWeights.bands).map { bandWeights($0) }
  }

  private func bandWeights(_ band: Int) -> [Double] {
    let raw = zip(regrets[band], squares[band]).map { max($0, 0) / max($1.squareRoot(), 1e-12) }
    let total = raw.reduce(0, +)
    let equal = 1 / Double(raw.count)
    return raw.map {
      total > 0 ? (1 - QuantileWeights.equalShare) * $0 / total + QuantileWeights.equalShare * equal : equal
    }
  }
}
