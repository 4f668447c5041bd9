/// Brings features to mean 0 and deviation 1 over the days of training; the first stays 1.
public struct FeatureScaling: Hashable, Sendable, Codable {
  private let means: [Double]
  private let deviations: [Double]

  /// - Parameter rows: features of each day, all of one length.
  public init(_ rows: [[Double]]) {
    let count = Double(max(1, rows.count))
    means = (rows.first ?? []).indices.map { feature in rows.reduce(0) { $0 + $1[feature] } / count }
    let means = means
    deviations = means.indices.map { feature in
      let square = rows.reduce(0) { $0 + ($1[feature] - means[feature]) * ($1[feature] - means[feature]) } / count
      return max(square.squareRoot(), 1e-9)
    }
  }

  /// Within three deviations, so that a strange day is treated as the strangest seen.
  public func scaled(_ row: [Double]) -> [Double] {
    row.enumerated().map { $0 == 0 ? 1 : min(max(($1 - means[$0]) / deviations[$0], -3), 3) }
  }
}
