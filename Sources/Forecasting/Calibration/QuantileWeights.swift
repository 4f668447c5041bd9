/// Weights of members by what each would have lost in pinball less than their average, for five bands of levels: ML-Poly
/// on the gradient of the pinball loss (``ExpertRegrets``), half of the weight kept equal.
struct QuantileWeights: Sendable, Codable {
  private static let bands = 5
  private static let equalShare = 0.5
  static func band(of level: Int) -> Int { min(level / 20, bands - 1) }

  /// weights[band][member].
  private(set) var weights: [[Double]] = []
  private var regrets: ExpertRegrets?

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
    var regrets = regrets ?? ExpertRegrets(experts: members.count, columns: QuantileWeights.bands)
    if regrets.experts != members.count {
      regrets = ExpertRegrets(experts: members.count, columns: QuantileWeights.bands)
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
        regrets.add(regret[band] / Double(known.count), expert: member, column: band)
      }
    }
    self.regrets = regrets
    weights = (0..<QuantileWeights.bands).map { QuantileWeights.weights(regrets, at: $0) }
  }

  private static func weights(_ regrets: ExpertRegrets, at band: Int) -> [Double] {
    let equal = 1 / Double(regrets.experts)
    guard let learned = regrets.weights(at: band) else { return [Double](repeating: equal, count: regrets.experts) }
    return learned.map { (1 - equalShare) * $0 + equalShare * equal }
  }
}
