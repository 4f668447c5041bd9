public import MarketModel

/// What of a set of series can be used, and everything that was found wrong with them.
///
/// Every series is examined on its own, by its own history: units, frozen values, implausible values, clock, gaps, in
/// this order. Nothing is repaired silently: each change of a value belongs to a finding, and the findings say what
/// stands in its place (the module's README lists the fallbacks). O(values · log values).
public struct InputHealth: Sendable {
  /// Longest gap that is bridged between its neighbours, in hours.
  public static let longestBridge = 2
  /// Most hours that may be missing on the day to forecast; beyond them the input is left out for that day.
  public static let mostHoursMissing = 6

  /// values[series][day][interval]: what can be used, NaN where nothing can. Every day has the ordinary length.
  public let values: [[[Double]]]
  /// By series in the order given, then by day.
  public let findings: [InputFinding]
  /// Inputs that are not usable on the last day; their values of that day are all NaN.
  public let leftOut: [String]

  /// - Parameters:
  ///   - series: all with the same number of consecutive days, the day to forecast last.
  ///   - firstDay: the day of the first values.
  ///   - intervals: intervals of an ordinary day, a multiple of 24.
  /// - Throws: ``ForecastingError`` if the series have different numbers of days or none.
  public init(_ series: [InputSeries], firstDay: MarketDay, intervals: Int) throws(ForecastingError) {
    guard intervals >= 24, intervals.isMultiple(of: 24) else {
      throw ForecastingError("A day of \(intervals) intervals is not made of hours; hand 24, 48, 96 or 288 a day")
    }
    for one in series where one.values.isEmpty || one.values.count != series[0].values.count {
      throw ForecastingError(
        "\(one.name) has \(one.values.count) days, \(series[0].name) has \(series[0].values.count); hand the same days of each"
      )
    }
    var values: [[[Double]]] = []
    var findings: [InputFinding] = []
    var leftOut: [String] = []
    for one in series {
      var examination = SeriesExamination(one, firstDay: firstDay, intervals: intervals)
      examination.run()
      values.append(examination.rows)
      findings += examination.findings
      if examination.isLeftOut { leftOut.append(one.name) }
    }
    self.values = values
    self.findings = findings
    self.leftOut = leftOut
  }
}

/// One series under examination: its values as they stand so far, and what was found.
struct SeriesExamination {
  let name: String
  let isTarget: Bool
  let isPower: Bool
  let lowest: Double?
  let highest: Double?
  let levelIsConfirmed: Bool
  let firstDay: MarketDay
  let perDay: Int
  /// As given, for the lengths of days.
  let given: [[Double]]
  /// rows[day][interval], every day as long as an ordinary one.
  var rows: [[Double]]
  /// True where a finding has already said why a value is NaN.
  var isExplained: [[Bool]]
  var findings: [InputFinding] = []
  var isLeftOut = false

  var perHour: Int { perDay / 24 }
  var lastIndex: Int { rows.count - 1 }

  init(_ series: InputSeries, firstDay: MarketDay, intervals: Int) {
    name = series.name
    isTarget = series.isTarget
    isPower = series.isPower
    lowest = series.lowest
    highest = series.highest
    levelIsConfirmed = series.levelIsConfirmed
    self.firstDay = firstDay
    perDay = intervals
    given = series.values
    rows = []
    isExplained = [[Bool]](repeating: [Bool](repeating: false, count: intervals), count: series.values.count)
  }

  mutating func run() {
    fitToOrdinaryDays()
    findUnitChanges()
    findFlatLines()
    findImplausibleValues()
    findMovedShape()
    fillGaps()
    let rank = InputFinding.Kind.allCases
    findings.sort {
      ($0.firstDay, rank.firstIndex(of: $0.kind) ?? 0) < ($1.firstDay, rank.firstIndex(of: $1.kind) ?? 0)
    }
  }

  func day(_ index: Int) -> MarketDay { firstDay.advanced(by: index) }

  /// "on 2023-03-04" or "from 2023-03-04 to 2023-03-08".
  func span(_ first: Int, _ last: Int) -> String {
    first == last ? "on \(day(first))" : "from \(day(first)) to \(day(last))"
  }

  mutating func report(
    _ kind: InputFinding.Kind, _ first: Int, _ last: Int, count: Int, _ what: String, fallback: String
  ) {
    findings.append(
      InputFinding(
        kind: kind, series: name, firstDay: day(first), lastDay: day(last), count: count,
        sentence: "\(name) \(span(first, last)): \(what).", fallback: fallback))
  }

  /// Takes values out of use, for a reason that a finding gives.
  mutating func remove(_ day: Int, _ intervals: Range<Int>) {
    for interval in intervals {
      rows[day][interval] = .nan
      isExplained[day][interval] = true
    }
  }

  /// What follows from values taken out of use between two days.
  func removalFallback(_ last: Int) -> String {
    let rest = isTarget ? "the fit leaves them out" : "gaps are treated as missing values are"
    return "The values are not used; \(rest)\(last == lastIndex && !isTarget ? ", the day to forecast too" : "")."
  }
}

/// A number without needless digits.
func plain(_ value: Double) -> String {
  guard value.isFinite, abs(value) < 1e15 else { return "\(value)" }
  if value == value.rounded() { return "\(Int(value))" }
  let size = abs(value)
  let scale = size >= 1_000 ? 1.0 : size >= 1 ? 100.0 : 10_000.0
  let rounded = (value * scale).rounded() / scale
  return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded == 0 ? value : rounded)"
}
