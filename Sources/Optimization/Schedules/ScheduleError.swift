/// Why no schedule exists. Intervals count from 0.
public enum ScheduleError: Error, Sendable, Equatable {
  /// Neither off nor any level is allowed.
  case nothingAllowed(interval: Int)
  /// Off is not allowed, but the minimum off time is not over; `until` is the first interval that may be on.
  case minimumOffTime(interval: Int, minimum: Int, until: Int)
  /// No level is allowed, but the minimum on time is not over; `until` is the first interval that may be off.
  case minimumOnTime(interval: Int, minimum: Int, until: Int)
  /// No level is allowed, but the level before is above the largest last level.
  case lastLevelTooHigh(interval: Int, largestLastLevel: Double)
  /// No allowed level can be reached from the initial level.
  case initialLevelTooFar(interval: Int, level: Double, largestRise: Double, largestFall: Double)
  /// Every way into the interval breaks a ramp or the limit of a first or last level.
  case nothingReachable(interval: Int)
  /// The given commitment is off where off is not allowed.
  case commitmentOffNotAllowed(interval: Int)
  /// The given commitment starts before the minimum off time is over.
  case commitmentStartsTooEarly(interval: Int, offIntervals: Int, minimum: Int)
  /// The given commitment stops before the minimum on time is over.
  case commitmentStopsTooEarly(interval: Int, onIntervals: Int, minimum: Int)
}

extension ScheduleError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .nothingAllowed(let interval):
      "No schedule exists: interval \(interval) may neither be off nor on at any level."
    case .minimumOffTime(let interval, let minimum, let until):
      "No schedule exists: interval \(interval) must be on but the minimum off time of \(minimum) intervals "
        + "lasts until interval \(until)."
    case .minimumOnTime(let interval, let minimum, let until):
      "No schedule exists: interval \(interval) must be off but the minimum on time of \(minimum) intervals "
        + "lasts until interval \(until)."
    case .lastLevelTooHigh(let interval, let limit):
      "No schedule exists: interval \(interval) must be off but every level that can be reached before it is above "
        + "the largest last level \(limit)."
    case .initialLevelTooFar(let interval, let level, let rise, let fall):
      "No schedule exists: no allowed level of interval \(interval) can be reached from the initial level \(level) "
        + "with a rise of at most \(rise) and a fall of at most \(fall)."
    case .nothingReachable(let interval):
      "No schedule exists: nothing allowed in interval \(interval) can be reached within the ramps and the limits "
        + "of first and last levels."
    case .commitmentOffNotAllowed(let interval):
      "The commitment is off in interval \(interval), which must be on."
    case .commitmentStartsTooEarly(let interval, let duration, let minimum):
      "The commitment starts in interval \(interval) after \(duration) off-intervals; the minimum is \(minimum)."
    case .commitmentStopsTooEarly(let interval, let duration, let minimum):
      "The commitment stops in interval \(interval) after \(duration) on-intervals; the minimum is \(minimum)."
    }
  }
}
