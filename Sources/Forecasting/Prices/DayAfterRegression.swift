internal import NumericMethods

/// The price of a day from the day before and the weeks before, interval by interval: a ridge regression on differences to the
/// level of the last seven days, as far as they are known two days ahead (Hoerl and Kennard, Technometrics 12, 1970; lags as in
/// Lago et al., Applied Energy 293, 2021).
struct DayAfterRegression {
  /// Days that are fitted on at the most, and at the least.
  private static let window = 730
  private static let leastDays = 28
  /// Days before a target that its predictors reach back to: the level of four weeks, from the day before the last known.
  private static let reach = 29
  private static let largestErrors = 150

  private let width: Int
  private let coefficients: [[Double]]
  /// errors[day][interval] of the last days that were fitted on, the loss of degrees of freedom made good.
  let errors: [[Double]]
  /// The last ``reach`` known days, oldest first; gaps hold the day before them.
  private let recent: [[Double]]

  /// nil if fewer than 28 days can be fitted on.
  init?(calendar: [DayKind], history: [[Double]?], width: Int) {
    let known = DayAfterRegression.filled(history, width: width)
    guard let known, known.count > DayAfterRegression.reach + DayAfterRegression.leastDays else { return nil }
    self.width = width
    recent = Array(known.suffix(DayAfterRegression.reach))
    let offset = history.count - known.count
    let first = max(DayAfterRegression.reach + 1, known.count - DayAfterRegression.window)
    let targets = (first..<known.count).filter { history[offset + $0] != nil }
    guard targets.count >= DayAfterRegression.leastDays else { return nil }
    let designs = targets.map { target in
      DayAfterRegression.design(
        after: known[target - 1], before: known[(target - 1 - DayAfterRegression.reach)..<(target - 1)],
        kind: calendar[offset + target])
    }
    var coefficients: [[Double]] = []
    var errors = targets.suffix(DayAfterRegression.largestErrors).map { _ in [Double](repeating: 0, count: width) }
    let inflation = (Double(targets.count) / Double(max(targets.count - Design.count, targets.count / 2))).squareRoot()
    for interval in 0..<width {
      guard let own = DayAfterRegression.fit(designs, targets.map { known[$0][interval] }, interval) else { return nil }
      coefficients.append(own)
      let offset = targets.count - errors.count
      for number in errors.indices {
        let said = designs[offset + number].value(own, interval)
        errors[number][interval] = (known[targets[offset + number]][interval] - said) * inflation
      }
    }
    self.coefficients = coefficients
    self.errors = errors
  }

  private init(width: Int, coefficients: [[Double]], errors: [[Double]], recent: [[Double]]) {
    self.width = width
    self.coefficients = coefficients
    self.errors = errors
    self.recent = recent
  }

  /// The same regression with one day more behind it, as if it had come.
  func advanced(by day: [Double]) -> DayAfterRegression {
    DayAfterRegression(
      width: width, coefficients: coefficients, errors: errors, recent: Array(recent.dropFirst()) + [day])
  }

  /// Expected price by interval of the day that follows `day`, which follows the history.
  func predict(after day: [Double], kind: DayKind) -> [Double] {
    let design = DayAfterRegression.design(after: day, before: recent[...], kind: kind)
    return (0..<width).map { design.value(coefficients[$0], $0) }
  }

  /// Known days without the unknown ones at the start; later gaps repeat the same day of the week before, or the day before.
  private static func filled(_ history: [[Double]?], width: Int) -> [[Double]]? {
    guard let start = history.firstIndex(where: { $0 != nil }) else { return nil }
    var known: [[Double]] = []
    for day in history[start...] {
      if let day { known.append(day) } else { known.append(known[max(known.count - 7, 0)]) }
    }
    return known.allSatisfy { $0.count == width && $0.allSatisfy(\.isFinite) } ? known : nil
  }

  private static func fit(_ designs: [Design], _ prices: [Double], _ interval: Int) -> [Double]? {
    var equations = NormalEquations(count: Design.count)
    var spread = 0.0
    for (design, price) in zip(designs, prices) {
      let row = design.row(interval)
      spread += row[0] * row[0]
      equations.add(row, target: price - design.level)
    }
    let variance = max(spread / Double(designs.count), 1e-6)
    let penalties = [Double](repeating: 30 * variance, count: Design.lags) + [Double](repeating: 2, count: 4) + [1e-6]
    return try? equations.coefficients(penalties: penalties)
  }

  private static func design(after day: [Double], before: ArraySlice<[Double]>, kind: DayKind) -> Design {
    let last = Array(before.suffix(28))
    func mean(_ values: some Sequence<Double>, _ count: Int) -> Double { values.reduce(0, +) / Double(count) }
    let width = day.count
    let week = last.suffix(6).reduce(0) { $0 + $1.reduce(0, +) }
    let level = (week + day.reduce(0, +)) / Double(7 * width)
    let evening = day.suffix(width / 4)
    return Design(
      level: level, day: day, weekBefore: last[22], dayBefore: last[27], fortnightBefore: last[15],
      dayMean: mean(day, width) - level, eveningMean: mean(evening, max(evening.count, 1)) - level,
      weekBeforeMean: mean(last[22], width) - level, monthMean: mean(last.joined(), 28 * width) - level, kind: kind)
  }
}

/// The predictors of one target day.
private struct Design {
  static let lags = 8
  static let count = lags + 5

  let level: Double
  let day: [Double]
  let weekBefore: [Double]
  let dayBefore: [Double]
  let fortnightBefore: [Double]
  let dayMean: Double
  let eveningMean: Double
  let weekBeforeMean: Double
  let monthMean: Double
  let kind: DayKind

  func row(_ interval: Int) -> [Double] {
    [
      day[interval] - level, dayMean, eveningMean, weekBefore[interval] - level, weekBeforeMean,
      dayBefore[interval] - level, fortnightBefore[interval] - level, monthMean,
      kind == .monday ? 1 : 0, kind == .friday ? 1 : 0, kind == .saturday ? 1 : 0, kind == .sunday ? 1 : 0, 1,
    ]
  }

  func value(_ coefficients: [Double], _ interval: Int) -> Double {
    zip(row(interval), coefficients).reduce(level) { $0 + $1.0 * $1.1 }
  }
}
