/// How the five dimensions and their indicators are weighed.
public struct ScoreSettings: Sendable {
  /// Weight of each dimension; sums to 1.
  public var dimensionWeights: [ValueDimension: Double]
  /// Pairwise judgements of a dimension's indicators in the order of ``Indicator/all``; nil: the default weights.
  public var judgements: [ValueDimension: [[Double]]] = [:]
  public var assumptions = ScoreAssumptions()
  /// Monthly blocks drawn for the band of the total.
  public var bootstraps = 200
  public var seed: UInt64 = 1
  public var threads = 1

  public init(profile: Profile = .standard) { dimensionWeights = profile.weights }

  /// Saved sets of weights.
  public enum Profile: String, Sendable, CaseIterable {
    case standard, growth, defensive, green

    var weights: [ValueDimension: Double] {
      let values: [Double] =
        switch self {
        case .standard: [0.35, 0.20, 0.15, 0.20, 0.10]
        case .growth: [0.30, 0.10, 0.15, 0.35, 0.10]
        case .defensive: [0.30, 0.40, 0.10, 0.10, 0.10]
        case .green: [0.25, 0.15, 0.20, 0.15, 0.25]
        }
      return Dictionary(uniqueKeysWithValues: zip(ValueDimension.allCases, values))
    }
  }
}
