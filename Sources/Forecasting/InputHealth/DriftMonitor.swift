internal import Foundation
public import MarketModel

/// Watches whether a forecast still earns its keep: its rolling error against a naive forecast's, and a test for a change.
///
/// Two alarms. *Worse than naive*: the mean absolute error of the last 28 days exceeds the naive one (relative mean absolute
/// error above 1). *Change*: Page's cumulative sum (Page, Biometrika 41, 1954; with the running mean, Page–Hinkley) of the
/// daily log loss ratio, in its own standard deviations, crosses a threshold: the forecast got worse against the naive than
/// it used to be, though it may still be better. After that alarm the sum starts again.
public struct DriftMonitor: Sendable, Codable, Equatable {
  public enum Alarm: String, Sendable, Codable { case worseThanNaive, change }

  /// An alarm, with its sentence.
  public struct Report: Sendable, Codable, Equatable {
    public let alarm: Alarm
    public let day: MarketDay
    public let sentence: String
  }

  public let windowDays: Int
  /// The sum, in standard deviations, at which a change is called.
  public let threshold: Double
  /// What each day may be worse, in standard deviations, without adding to the sum.
  public let tolerance: Double

  private var losses: [Double] = []
  private var naiveLosses: [Double] = []
  private var count = 0.0
  private var ratioMean = 0.0
  private var squares = 0.0
  private var sum = 0.0
  private var changeStart: MarketDay?

  /// - Parameters:
  ///   - windowDays: days of the rolling skill; no alarm before as many are known.
  ///   - threshold: with 10 and a tolerance of 0.5 a steady forecast is called about once in thousands of days.
  public init(windowDays: Int = 28, threshold: Double = 10, tolerance: Double = 0.5) {
    precondition(windowDays >= 1 && threshold > 0 && tolerance >= 0, "a window, a threshold, a tolerance")
    self.windowDays = windowDays
    self.threshold = threshold
    self.tolerance = tolerance
  }

  /// Mean absolute error of the window over that of the naive forecast; nil before the window is full or if naive had no error.
  public var relativeError: Double? {
    guard losses.count == windowDays else { return nil }
    let naive = naiveLosses.reduce(0, +)
    return naive > 0 ? losses.reduce(0, +) / naive : nil
  }

  /// Takes the mean absolute errors of one day; a day without a finite pair is passed over. Returns alarms raised by it.
  public mutating func observe(day: MarketDay, loss: Double, naiveLoss: Double) -> [Report] {
    guard loss.isFinite, naiveLoss.isFinite, loss >= 0, naiveLoss >= 0 else { return [] }
    losses.append(loss)
    naiveLosses.append(naiveLoss)
    if losses.count > windowDays {
      losses.removeFirst()
      naiveLosses.removeFirst()
    }
    var reports: [Report] = []
    if let relativeError, relativeError > 1 {
      reports.append(
        Report(
          alarm: .worseThanNaive, day: day,
          sentence:
            "Over the \(windowDays) days to \(day) the forecast errs \(plain(100 * (relativeError - 1))) % more than the naive one: use the naive one or fit anew."
        ))
    }
    if let start = change(day, log((loss + 1e-9) / (naiveLoss + 1e-9))) {
      reports.append(
        Report(
          alarm: .change, day: day,
          sentence:
            "Since about \(start) the forecast has become worse against the naive one than it used to be: look for a change in the market or the inputs."
        ))
    }
    return reports
  }

  /// Adds one log ratio; the day from which the sum rose if it crosses the threshold.
  private mutating func change(_ day: MarketDay, _ ratio: Double) -> MarketDay? {
    defer { learn(ratio) }
    guard count >= Double(windowDays), squares > 0 else { return nil }
    let deviation = (ratio - ratioMean) / (squares / (count - 1)).squareRoot()
    // One day counts for four standard deviations at the most: a single bad day is no drift.
    sum = max(0, sum + min(deviation, 4) - tolerance)
    if sum == 0 { changeStart = nil } else if changeStart == nil { changeStart = day }
    guard sum > threshold, let start = changeStart else { return nil }
    sum = 0
    changeStart = nil
    count = 0
    ratioMean = 0
    squares = 0
    return start
  }

  /// Welford's running mean and squares.
  private mutating func learn(_ ratio: Double) {
    count += 1
    let difference = ratio - ratioMean
    ratioMean += difference / count
    squares += difference * (ratio - ratioMean)
  }
}
