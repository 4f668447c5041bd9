/// What a fleet's output costs per hour when its cheapest blocks run first: convex and piecewise linear.
///
/// Units of one owner are not rivals: the owner's curve is drawn for the fleet and then split in the order of cost.
public struct FleetCost: Hashable, Sendable {
  /// MW up to and with each block, ascending; the first is that of the lowest output.
  private let ends: [Double]
  private let costs: [Double]
  private let slopes: [Double]
  /// MW that run whatever the price is.
  public let lowest: Double
  /// Positions of the blocks given, in the order of their cost.
  public let order: [Int]

  /// - Parameters:
  ///   - lowest: MW of all units at their lowest output.
  ///   - costAtLowest: money per hour of that output.
  ///   - blocks: MW above it, none negative, with the cost of each MWh; in any order.
  public init(lowest: Double, costAtLowest: Double, blocks: [(megawatts: Double, cost: Double)]) {
    precondition(lowest >= 0 && blocks.allSatisfy { $0.megawatts >= 0 && $0.cost.isFinite }, "blocks have a size")
    self.lowest = lowest
    let order = blocks.indices.sorted { (blocks[$0].cost, $0) < (blocks[$1].cost, $1) }
    var ends = [lowest]
    var costs = [costAtLowest]
    for position in order {
      ends.append(ends[ends.count - 1] + blocks[position].megawatts)
      costs.append(costs[costs.count - 1] + blocks[position].megawatts * blocks[position].cost)
    }
    self.ends = ends
    self.costs = costs
    self.order = order
    slopes = order.map { blocks[$0].cost }
  }

  /// MW when every block runs.
  public var highest: Double { ends[ends.count - 1] }

  /// Money per hour; below the lowest output in proportion, above the highest that of the highest.
  public func perHour(_ megawatts: Double) -> Double {
    guard megawatts > lowest else { return lowest > 0 ? costs[0] * max(0, megawatts) / lowest : 0 }
    guard let block = ends.firstIndex(where: { $0 >= megawatts }), block > 0 else { return costs[costs.count - 1] }
    return costs[block - 1] + (megawatts - ends[block - 1]) * slopes[block - 1]
  }

  /// Cost of a MWh between two outputs, the first below the second.
  public func meanIncremental(from low: Double, to high: Double) -> Double {
    (perHour(high) - perHour(low)) / (high - low)
  }

  /// Where each block lies on the fleet's axis, in the order of the blocks given.
  public func ranges() -> [ClosedRange<Double>] {
    var result = [ClosedRange<Double>](repeating: lowest...lowest, count: order.count)
    for (rank, position) in order.enumerated() { result[position] = ends[rank]...ends[rank + 1] }
    return result
  }
}
