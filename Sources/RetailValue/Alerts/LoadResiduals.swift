internal import Foundation
internal import NumericMethods

/// How far every customer is from its own baseline on every day, without what the whole portfolio did.
///
/// baseline: median of the same weekdays, a week old or older, without unusual days; residual: ln((x + o)/(b + o)) less the
/// portfolio's median residual of the day. Nothing of a later day is read.
struct LoadResiduals: Sendable {
  let days: Int
  /// [customer · days + day]; NaN where there is no baseline or no value.
  let residuals: [Float]
  let baselines: [Float]
  let offsets: [Float]
  /// The portfolio's median residual of each day.
  let common: [Double]
  /// Calendar holidays and days on which the portfolio fell together.
  let unusual: [Bool]

  init(_ loads: DailyLoads, holidays: UnusualDays, settings: AlertSettings, threads: Int) {
    days = loads.days
    let rows = concurrentMap(count: loads.customers.count, threads: threads) { customer in
      CustomerBaseline(loads, customer: customer, unusual: holidays.marks, settings: settings)
    }
    let least = settings.leastShareOfMedian * LoadResiduals.medianLevel(rows)
    var residuals = [Float](repeating: .nan, count: loads.values.count)
    for (customer, row) in rows.enumerated() {
      for day in 0..<loads.days where Double(row.levels[day]) >= least && row.levels[day] > 0 {
        let value = loads[customer, day]
        let offset = settings.offsetShare * Double(row.levels[day])
        residuals[customer * loads.days + day] = Float(
          log((max(value, 0) + offset) / (Double(row.baselines[day]) + offset)))
      }
    }
    let common = LoadResiduals.medians(residuals, days: loads.days)
    for customer in rows.indices {
      for day in 0..<loads.days { residuals[customer * loads.days + day] -= Float(common[day]) }
    }
    self.residuals = residuals
    self.common = common
    baselines = rows.flatMap(\.baselines)
    offsets = rows.flatMap { $0.levels.map { Float(settings.offsetShare) * $0 } }
    unusual = zip(holidays.marks, common).map { $0 || $1 < -settings.commonFall }
  }

  private static func medianLevel(_ rows: [CustomerBaseline]) -> Double {
    let last = rows.compactMap { row in row.levels.last { $0.isFinite && $0 > 0 }.map(Double.init) }
    return last.isEmpty ? 0 : median(last)
  }

  /// Median over the customers of each day; 0 where fewer than 20 are known.
  private static func medians(_ residuals: [Float], days: Int) -> [Double] {
    (0..<days).map { day in
      let known = stride(from: day, to: residuals.count, by: days).compactMap { position -> Double? in
        residuals[position].isFinite ? Double(residuals[position]) : nil
      }
      return known.count < 20 ? 0 : median(known)
    }
  }
}

/// One customer's expected energy of each day and its level.
struct CustomerBaseline: Sendable {
  let baselines: [Float]
  let levels: [Float]

  init(_ loads: DailyLoads, customer: Int, unusual: [Bool], settings: AlertSettings) {
    let values = Array(loads.values[(customer * loads.days)..<((customer + 1) * loads.days)])
    var baselines = [Float](repeating: .nan, count: loads.days)
    var levels = baselines
    var known: [Double] = []
    for day in 0..<loads.days {
      if day >= settings.window {
        let joined = day - settings.window
        if !unusual[joined], values[joined].isFinite {
          known.append(values[joined])
          if known.count > settings.levelDays { known.removeFirst() }
        }
      }
      let weekdays = CustomerBaseline.sameWeekdays(values, day, unusual, settings)
      guard known.count >= settings.levelDays / 2, weekdays.count >= settings.baselineWeeks / 2 else { continue }
      levels[day] = Float(median(known))
      baselines[day] = Float(median(weekdays))
    }
    self.baselines = baselines
    self.levels = levels
  }

  private static func sameWeekdays(
    _ values: [Double], _ day: Int, _ unusual: [Bool], _ settings: AlertSettings
  ) -> [Double] {
    var found: [Double] = []
    for week in 1..<(settings.baselineWeeks + 4) where day - 7 * week >= 0 {
      let past = day - 7 * week
      if !unusual[past], values[past].isFinite { found.append(values[past]) }
      if found.count == settings.baselineWeeks { break }
    }
    return found
  }
}
