public import Foundation
public import MarketModel

/// What to evaluate, on what, and where the results go.
public struct EvaluationRequest: Sendable {
  public let target: EvaluatedTarget
  public let data: URL
  /// Name of the format; nil to tell it from the header.
  public let format: String?
  public let testFrom: MarketDay
  public let testTo: MarketDay
  /// Models to print; nil for all of them.
  public var models: [String]?
  /// Sites to walk; nil for the format's own choice.
  public var site: String?
  public var settings = Settings()
  /// File for the forecasts.
  public var output: URL?
  /// File for the page.
  public var page: URL?
  /// Forecasts that somebody published.
  public var references: [URL] = []
  /// Events whose probabilities are scored.
  public var events: [EvaluationEvent] = []
  /// Continue an interrupted run.
  public var resume = false
  /// The command as it was given, for the page.
  public var command = ""

  /// What the forecasters are told beside the data.
  public struct Settings: Sendable {
    public var seed: UInt64 = 1
    public var threads = 1
    /// Prices below and above which the market cannot clear.
    public var lowestPrice: Double?
    public var highestPrice: Double?
    /// Prefix of the calendar files, as "cn".
    public var calendar: String?
    /// Capacity of the plant in the unit of the file, and where it stands.
    public var capacity: Double?
    public var latitude: Double?
    public var longitude: Double?
    /// Joint paths that each price forecast carries; 0 for none.
    public var scenarios = 0

    public init() {}
  }

  public init(target: EvaluatedTarget, data: URL, format: String?, testFrom: MarketDay, testTo: MarketDay) {
    self.target = target
    self.data = data
    self.format = format
    self.testFrom = testFrom
    self.testTo = testTo
  }
}

/// What an evaluation is told by whoever started it, and tells it.
public struct EvaluationHooks: Sendable {
  /// Called with the test days that are done, and all of them; from several threads.
  public let progress: @Sendable (_ done: Int, _ of: Int) -> Void
  /// A sentence for people.
  public let say: @Sendable (String) -> Void
  /// Seconds on a clock that only moves forward.
  public let stopwatch: @Sendable () -> Double

  public init(
    progress: @escaping @Sendable (Int, Int) -> Void, say: @escaping @Sendable (String) -> Void,
    stopwatch: @escaping @Sendable () -> Double
  ) {
    self.progress = progress
    self.say = say
    self.stopwatch = stopwatch
  }
}
