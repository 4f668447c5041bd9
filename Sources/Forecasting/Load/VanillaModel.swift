internal import MarketModel
internal import NumericMethods

/// Tao's Vanilla benchmark: one linear regression with trend, month, weekday × hour, and the polynomial of degree three
/// of the temperature alone, × month and × hour (Hong, "Short term electric load forecasting", 2010). The temperature
/// is the plain mean over stations.
///
/// It is fitted to the days of a window of ``windowDays``, its normal equations kept from day to day.
struct VanillaModel: Sendable {
  static let windowDays = 3 * 365

  private struct Day: Sendable {
    let day: LoadDay
    let years: Double
    let temperatures: [Double]
    let actual: [Double]
  }

  private let intervals: Int
  private let perHour: Int
  private var equations: NormalEquations
  private var days: [Day] = []
  private var coefficients: [Double] = []

  init(intervals: Int) {
    self.intervals = intervals
    perHour = max(1, intervals / 24)
    let hours = (intervals + perHour - 1) / perHour
    equations = NormalEquations(count: 1 + 11 + 7 * intervals + 3 * (12 + hours - 1))
  }

  /// One value for each interval, on the scale of what was observed; nil before the first fit.
  func predicted(_ day: LoadDay, years: Double, temperatures: [Double]) -> [Double]? {
    if coefficients.isEmpty { return nil }
    return (0..<intervals).map { interval in
      let row = row(day, years, temperatures, interval)
      return zip(row.indices, row.values).reduce(0) { $0 + coefficients[$1.0] * $1.1 }
    }
  }

  /// Takes a day in, and the day that leaves the window out.
  mutating func observe(_ day: LoadDay, years: Double, temperatures: [Double], actual: [Double]) {
    days.append(Day(day: day, years: years, temperatures: temperatures, actual: actual))
    change(days[days.count - 1], weight: 1)
    if days.count > VanillaModel.windowDays { change(days.removeFirst(), weight: -1) }
  }

  /// Solves the equations of what was observed.
  mutating func fit() {
    // A penalty of a millionth of a row separates columns that depend on each other and moves nothing else.
    if let solved = try? equations.coefficients(penalty: 1e-6 * max(equations.totalWeight, 1)) {
      coefficients = solved
    }
  }

  private mutating func change(_ day: Day, weight: Double) {
    for interval in 0..<intervals where day.actual[interval].isFinite {
      let row = row(day.day, day.years, day.temperatures, interval)
      equations.add(indices: row.indices, values: row.values, target: day.actual[interval], weight: weight)
    }
  }

  private func row(_ day: LoadDay, _ years: Double, _ temperatures: [Double], _ interval: Int) -> (
    indices: [Int], values: [Double]
  ) {
    var indices = [0]
    var values = [years]
    let month = day.day.month - 1
    let hour = interval / perHour
    if month > 0 {
      indices.append(month)
      values.append(1)
    }
    indices.append(12 + (day.weekday - 1) * intervals + interval)
    values.append(1)
    guard !temperatures.isEmpty else { return (indices, values) }
    let hours = (intervals + perHour - 1) / perHour
    let temperature = temperatures[interval]
    var power = 1.0
    for degree in 0..<3 {
      power *= temperature
      let start = 12 + 7 * intervals + degree * (12 + hours - 1)
      indices.append(start + month)
      values.append(power)
      if hour > 0 {
        indices.append(start + 11 + hour)
        values.append(power)
      }
    }
    return (indices, values)
  }
}
