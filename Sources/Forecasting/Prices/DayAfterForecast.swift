/// What the price may be on the day after the forecast day, and how much of that will be known when that day is bid.
public struct DayAfterForecast: Hashable, Sendable {
  /// Expected price by interval.
  public let expected: [Double]
  /// Expected paths that the forecast of tomorrow may show; equally likely rows.
  public let outlooks: [[Double]]
  /// How prices may then still lie around them; equally likely rows.
  public let deviations: [[Double]]
  /// Expected price by interval of one day more.
  public let beyond: [Double]

  public init(expected: [Double], outlooks: [[Double]], deviations: [[Double]], beyond: [Double]) {
    self.expected = expected
    self.outlooks = outlooks
    self.deviations = deviations
    self.beyond = beyond
  }

  /// The same with every row changed alike, as for a day on which the clock changes.
  public func mapRows(_ transform: ([Double]) -> [Double]) -> DayAfterForecast {
    DayAfterForecast(
      expected: transform(expected), outlooks: outlooks.map(transform), deviations: deviations.map(transform),
      beyond: transform(beyond))
  }
}

extension DayAfterForecast {
  /// Rows of either kind at the most.
  static let largestCount = 60

  /// From the joint paths of the forecast day and the prices before it, of which nothing later is known.
  ///
  /// The day after is regressed on the day and the weeks before (``DayAfterRegression``); each of the day's paths gives an
  /// expected path of the day after, to which an error of the regression is added, shrunk: tomorrow's forecast will explain
  /// all of it but the share that today's forecast leaves unexplained of the day.
  ///
  /// - Parameters:
  ///   - calendar: kind of each day of the history, of the day, of the day after and of the one behind it.
  ///   - history: consecutive days up to the one before the forecast day; nil where not known.
  ///   - paths: paths[path · intervals + interval] of the forecast day.
  public static func make(
    calendar: [DayKind], history: [[Double]?], expected: [Double], paths: [Double], ownShare: Double = 0.4
  ) -> DayAfterForecast {
    precondition(calendar.count == history.count + 3, "kinds of the history and of three days more")
    let width = expected.count
    let count = max(paths.count / width, 1)
    let rows = paths.isEmpty ? [expected] : (0..<count).map { Array(paths[$0 * width..<($0 + 1) * width]) }
    let chosen = evenly(rows)
    let deviations = chosen.map { row in zip(row, expected).map { $0 - $1 } }
    guard let model = DayAfterRegression(calendar: calendar, history: history, width: width) else {
      let plain = blend(expected, history, ownShare: ownShare)
      return DayAfterForecast(expected: plain, outlooks: [plain], deviations: deviations, beyond: plain)
    }
    let kind = calendar[history.count + 1]
    let mean = model.predict(after: expected, kind: kind)
    let errors = evenly(model.errors)
    let unexplained = sqrtOfRest(deviations, errors)
    let outlooks = errors.indices.map { number in
      let path = model.predict(after: chosen[number * 7 % chosen.count], kind: kind)
      return zip(path, errors[number]).map { $0 + unexplained * $1 }
    }
    return DayAfterForecast(
      expected: mean, outlooks: outlooks, deviations: deviations,
      beyond: model.advanced(by: expected).predict(after: mean, kind: calendar[history.count + 2]))
  }

  /// √(1 − variance that today's forecast leaves / variance that the regression leaves).
  private static func sqrtOfRest(_ deviations: [[Double]], _ errors: [[Double]]) -> Double {
    func meanSquare(_ rows: [[Double]]) -> Double {
      let values = rows.joined()
      return values.reduce(0) { $0 + $1 * $1 } / Double(max(values.count, 1))
    }
    let total = meanSquare(errors)
    guard total > 0 else { return 0 }
    return (1 - min(max(meanSquare(deviations) / total, 0.1), 0.8)).squareRoot()
  }

  private static func evenly(_ rows: [[Double]]) -> [[Double]] {
    guard rows.count > largestCount else { return rows }
    return (0..<largestCount).map { rows[$0 * rows.count / largestCount] }
  }

  /// With too short a history: a share of the day's own expected path and of the last two weeks' mean.
  private static func blend(_ expected: [Double], _ history: [[Double]?], ownShare: Double) -> [Double] {
    let recent = history.suffix(14).compactMap { $0 }
    guard !recent.isEmpty else { return expected }
    return expected.indices.map { interval in
      let climate = recent.reduce(0) { $0 + $1[interval] } / Double(recent.count)
      return ownShare * expected[interval] + (1 - ownShare) * climate
    }
  }
}

/// What sets a day's price level apart by the calendar alone.
public enum DayKind: Int, Hashable, Sendable, CaseIterable {
  case monday, midweek, friday, saturday, sunday

  /// - Parameter weekday: 1 is Monday. A holiday counts as a Sunday, a weekend day that is worked as midweek.
  public init(weekday: Int, isHoliday: Bool, isShiftedWorkday: Bool) {
    self =
      if isHoliday { .sunday } else if isShiftedWorkday { .midweek } else {
        switch weekday {
        case 1: .monday
        case 5: .friday
        case 6: .saturday
        case 7: .sunday
        default: .midweek
        }
      }
  }
}
