/// Lowest, mean and highest price, for each MWh; zeros if there is none.
public struct PriceRange: Encodable, Sendable {
  public let min: Double
  public let mean: Double
  public let max: Double

  init(_ prices: [Double]) {
    min = prices.min() ?? 0
    mean = prices.reduce(0, +) / Double(Swift.max(1, prices.count))
    max = prices.max() ?? 0
  }
}
