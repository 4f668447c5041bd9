internal import Foundation
internal import NumericMethods

/// One customer's sums by month, and the figures that have no months.
struct CustomerFacts: Sendable {
  let months: Int
  var energy: [Double] = []
  var hourEnergy: [Double] = []
  var cost: [Double] = []
  var dayAheadCost: [Double] = []
  var priced: [Double] = []
  var surplus: [Double] = []
  var peakEnergy: [Double] = []
  var middayEnergy: [Double] = []
  var forecastError: [Double] = []
  var forecastEnergy: [Double] = []
  var elasticityCross: [Double] = []
  var elasticitySquare: [Double] = []
  var green: [Double] = []
  var crossSell: [Double] = []
  /// Days of the window with a load.
  let days: Int
  let daily: [Double]
  let dailyCost: [Double]
  /// P95 of the daily peaks in MW; nil without hours.
  let peakMW: Double?

  init(_ records: PortfolioRecords, customer: Int) {
    let loads = records.loads
    months = loads.months.count
    daily = loads.daily(customer)
    dailyCost = loads.dailyCost(customer)
    days = daily.count { $0.isFinite }
    let peaks = loads.hasHours ? loads.dailyPeak(customer).filter { $0 > 0 } : []
    peakMW = peaks.count < 20 ? nil : quantile(peaks, at: 0.95)
    let starts = loads.monthStarts + [daily.count]
    let errors = Self.forecastErrors(daily)
    for month in 0..<months {
      let span = starts[month]..<starts[month + 1]
      energy.append(daily[span].filter(\.isFinite).reduce(0, +))
      cost.append(zip(daily[span], dailyCost[span]).reduce(0) { $1.0.isFinite ? $0 + $1.1 : $0 })
      priced.append(loads.priced(customer, month))
      dayAheadCost.append(loads.dayAheadCost(customer, month))
      surplus.append(loads.surplus(customer, month))
      forecastError.append(errors[span].reduce(0) { $1.isFinite ? $0 + abs($1) : $0 })
      forecastEnergy.append(span.reduce(0) { errors[$1].isFinite ? $0 + daily[$1] : $0 })
      let hourly = loads.hourly(customer, month).map(Double.init)
      hourEnergy.append(hourly.reduce(0, +))
      middayEnergy.append(hourly[10..<15].reduce(0, +))
      peakEnergy.append(hourly.indices.reduce(0) { loads.isPeak(month: month, hour: $1) ? $0 + hourly[$1] : $0 })
      let sums = loads.elasticitySums(customer, month)
      elasticityCross.append(sums.cross)
      elasticitySquare.append(sums.square)
      green.append(Self.green(records, customer, month: loads.months[month]))
      crossSell.append(loads.hours.dailySpreads[loads.months[month]] ?? .nan)
    }
  }

  /// Day's energy less its forecast on the day before: the same weekday a week ago, moved by what the last two known days of
  /// before yesterday did against theirs.
  private static func forecastErrors(_ daily: [Double]) -> [Double] {
    daily.indices.map { day in
      guard day >= 10, daily[day].isFinite, daily[day - 7].isFinite else { return .nan }
      var ratio = 1.0
      var (recent, before) = (0.0, 0.0)
      for past in stride(from: day - 2, through: day - 3, by: -1)
      where daily[past].isFinite && daily[past - 7] > 0 {
        recent += daily[past]
        before += daily[past - 7]
      }
      if before > 0 { ratio = min(max(recent / before, 0.5), 2) }
      return daily[day] - daily[day - 7] * (1 + 0.5 * (ratio - 1))
    }
  }

  private static func green(_ records: PortfolioRecords, _ customer: Int, month: Int) -> Double {
    (records.green?[customer] ?? []).reduce(0) { sum, record in
      PriceHours.place(record.month.dayNumber).month == month ? sum + record.greenMWh + record.certificates : sum
    }
  }

  /// Σ of months that count so many times.
  func sum(_ values: [Double], _ counts: [Double]) -> Double {
    var sum = 0.0
    for month in 0..<months { sum += values[month] * counts[month] }
    return sum
  }
}
