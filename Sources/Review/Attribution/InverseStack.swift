/// The price at which offers meet a bidding space, read off past days: the non-decreasing function of least squares (pool adjacent
/// violators; Barlow, Bartholomew, Bremner, Brunk, "Statistical Inference under Order Restrictions", 1972), linear between the middles
/// of its blocks and level beyond them.
public struct InverseStack: Sendable {
  private let spaces: [Double]
  private let prices: [Double]

  /// - Parameters:
  ///   - spaces: bidding space in MW.
  ///   - prices: per MWh, one for each; pairs with a number missing are left out.
  /// - Returns: nil below ten pairs.
  public init?(spaces: [Double], prices: [Double]) {
    let pairs = zip(spaces, prices).filter { $0.0.isFinite && $0.1.isFinite }.sorted { $0 < $1 }
    guard pairs.count >= 10 else { return nil }
    var blocks: [(space: Double, price: Double, weight: Double)] = []
    for pair in pairs {
      blocks.append((pair.0, pair.1, 1))
      while blocks.count > 1, blocks[blocks.count - 2].price >= blocks[blocks.count - 1].price {
        let upper = blocks.removeLast()
        let lower = blocks.removeLast()
        let weight = lower.weight + upper.weight
        blocks.append(
          (
            (lower.space * lower.weight + upper.space * upper.weight) / weight,
            (lower.price * lower.weight + upper.price * upper.weight) / weight, weight
          ))
      }
    }
    self.spaces = blocks.map(\.space)
    self.prices = blocks.map(\.price)
  }

  /// The price at a bidding space in MW.
  public func price(at space: Double) -> Double {
    var (above, end) = (0, spaces.count)
    while above < end {
      let middle = (above + end) / 2
      if spaces[middle] >= space { end = middle } else { above = middle + 1 }
    }
    guard above < spaces.count else { return prices[prices.count - 1] }
    guard above > 0 else { return prices[0] }
    let (low, high) = (spaces[above - 1], spaces[above])
    guard high > low else { return prices[above] }
    return prices[above - 1] + (prices[above] - prices[above - 1]) * (space - low) / (high - low)
  }

  /// How a step of the space moves the price at a level, per 1,000 MW.
  public func slope(at space: Double, over step: Double = 1_000) -> Double {
    (price(at: space + step / 2) - price(at: space - step / 2)) / step * 1_000
  }
}
