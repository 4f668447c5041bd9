/// The distribution that gives every one of a set of observed values the same weight.
public struct EmpiricalDistribution: Equatable, Sendable {
  /// The observed values, ascending.
  public let sorted: [Double]

  public init(of values: [Double]) {
    precondition(!values.isEmpty, "A distribution of no values is not defined")
    sorted = values.sorted()
  }

  /// The share of values at or below `value`.
  public func cumulativeProbability(of value: Double) -> Double {
    Double(countAtOrBelow(value)) / Double(sorted.count)
  }

  /// The type 7 quantile at a level in 0…1.
  public func quantile(at level: Double) -> Double {
    NumericMethods.quantile(ofSorted: sorted, at: level)
  }

  /// The split-conformal quantile: the ⌈(n + 1)·level⌉-th smallest value, held inside the sample.
  ///
  /// It lies at or above a new exchangeable value with probability at least `level`, as long as (n + 1)·level ≤ n
  /// (Vovk, Gammerman, Shafer 2005). Below the middle the mirrored rank ⌊(n + 1)·level⌋ is taken, so that central
  /// intervals are conservative on both sides.
  public func conformalQuantile(at level: Double) -> Double {
    precondition(level >= 0 && level <= 1, "A quantile level lies in 0…1, was \(level)")
    let position = Double(sorted.count + 1) * level
    // The tolerance keeps products such as 100 · 0.29 on the integer they mean.
    let rank = level < 0.5 ? (position + 1e-9).rounded(.down) : (position - 1e-9).rounded(.up)
    return sorted[min(max(Int(rank), 1), sorted.count) - 1]
  }

  private func countAtOrBelow(_ value: Double) -> Int {
    var lower = 0
    var upper = sorted.count
    while lower < upper {
      let middle = (lower + upper) / 2
      if sorted[middle] <= value { lower = middle + 1 } else { upper = middle }
    }
    return lower
  }
}
