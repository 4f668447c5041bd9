/// Exactly one value for each trading interval of a market day.
public struct IntervalSeries<Value: Sendable>: Sendable {
  public let grid: IntervalGrid
  public let values: [Value]

  public init(_ grid: IntervalGrid, _ values: [Value]) throws(IntervalSeriesError) {
    guard values.count == grid.count else {
      throw IntervalSeriesError(day: grid.day, length: grid.length, expected: grid.count, found: values.count)
    }
    self.grid = grid
    self.values = values
  }

  public init(_ grid: IntervalGrid, repeating value: Value) {
    self.grid = grid
    values = Array(repeating: value, count: grid.count)
  }

  public var day: MarketDay { grid.day }

  public subscript(interval: TradingInterval) -> Value {
    precondition(interval.day == grid.day && interval.length == grid.length, "interval of another day or length")
    return values[interval.number - 1]
  }

  public func map<Other>(_ transform: (Value) -> Other) -> IntervalSeries<Other> {
    IntervalSeries<Other>(grid: grid, checked: values.map(transform))
  }

  private init(grid: IntervalGrid, checked values: [Value]) {
    self.grid = grid
    self.values = values
  }
}

extension IntervalSeries: Equatable where Value: Equatable {}
extension IntervalSeries: Hashable where Value: Hashable {}

/// A day was given more or fewer values than it has trading intervals.
public struct IntervalSeriesError: Error, Equatable, Sendable, CustomStringConvertible {
  public let day: MarketDay
  public let length: IntervalLength
  public let expected: Int
  public let found: Int

  public var description: String {
    "\(day) has \(expected) trading intervals of \(length.minutes) minutes; \(found) values were given"
  }
}
