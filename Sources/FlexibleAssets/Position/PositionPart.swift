/// A part of the company on the joint paths of a day: what it earns and what it is exposed to.
public struct PositionPart: Hashable, Sendable {
  public let name: String
  /// Money on every path, equally likely.
  public let profits: [Double]
  /// MWh whose worth moves with the day-ahead price, sold above zero, at path·intervals + interval.
  public let dayAhead: [Double]
  /// The same for the real-time price.
  public let realTime: [Double]
  public let intervals: Int

  public init(name: String, profits: [Double], dayAhead: [Double], realTime: [Double], intervals: Int) {
    precondition(
      dayAhead.count == profits.count * intervals && realTime.count == dayAhead.count, "a value a path and interval")
    self.name = name
    self.profits = profits
    self.dayAhead = dayAhead
    self.realTime = realTime
    self.intervals = intervals
  }

  public var mean: Double { profits.reduce(0, +) / Double(max(profits.count, 1)) }

  /// Mean over the paths, MWh by interval.
  public var meanDayAhead: [Double] { means(dayAhead) }
  public var meanRealTime: [Double] { means(realTime) }

  private func means(_ values: [Double]) -> [Double] {
    (0..<intervals).map { interval in
      profits.indices.reduce(0) { $0 + values[$1 * intervals + interval] } / Double(max(profits.count, 1))
    }
  }
}

extension [PositionPart] {
  /// All parts as one.
  public func joined(name: String) -> PositionPart {
    precondition(!isEmpty, "a position has a part")
    func sum(_ values: (PositionPart) -> [Double]) -> [Double] {
      dropFirst().reduce(into: values(self[0])) { sum, part in
        for (index, value) in values(part).enumerated() { sum[index] += value }
      }
    }
    return PositionPart(
      name: name, profits: sum(\.profits), dayAhead: sum(\.dayAhead), realTime: sum(\.realTime),
      intervals: self[0].intervals)
  }
}
