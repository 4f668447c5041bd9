/// A choice of off or level for each interval.
public struct Schedule: Sendable, Equatable {
  /// Index of the level in each interval; −1 means off.
  public var levelIndex: [Int]
  /// Sum of values less start costs, plus the final value.
  public var value: Double
  /// Intervals in which the machine starts, ascending.
  public var starts: [Int]

  /// Creates a schedule.
  public init(levelIndex: [Int], value: Double, starts: [Int]) {
    self.levelIndex = levelIndex
    self.value = value
    self.starts = starts
  }

  /// Whether the machine is on, by interval.
  public var on: [Bool] { levelIndex.map { $0 >= 0 } }
}
