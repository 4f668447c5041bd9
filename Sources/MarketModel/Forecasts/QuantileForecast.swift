/// Quantiles of one quantity for every interval of a day, in the quantity's unit (MW or currency per MWh).
public struct QuantileForecast: Hashable, Sendable {
  public let grid: IntervalGrid
  /// Rising, within 0…1.
  public let probabilities: [Double]
  /// values[q][t]: quantile q in interval t; not falling in q.
  public let values: [[Double]]

  public init(grid: IntervalGrid, probabilities: [Double], values: [[Double]]) {
    precondition(values.count == probabilities.count, "one row for each probability")
    precondition(values.allSatisfy { $0.count == grid.count }, "one value for each interval")
    self.grid = grid
    self.probabilities = probabilities
    self.values = values
  }

  /// The row of the probability nearest to `probability`.
  public func quantile(_ probability: Double) -> [Double] {
    var best = 0
    for (index, candidate) in probabilities.enumerated()
    where abs(candidate - probability) < abs(probabilities[best] - probability) { best = index }
    return values.isEmpty ? [] : values[best]
  }
}
