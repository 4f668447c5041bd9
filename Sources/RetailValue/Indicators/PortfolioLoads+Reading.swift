public import MarketModel
internal import NumericMethods

/// The load of many customers over a window of months, as sums.
public struct PortfolioLoads: Sendable {
  /// Month numbers, ascending.
  public let months: [Int]
  private let sums: [MonthSums]
  public let customers: Int
  public let hasHours: Bool
  public let hours: PriceHours
  /// Every hour of some customers by day number, MWh.
  var details: [Int: [Int: [Double]]] = [:]
  /// Customers with several meters, whose peaks are not known.
  var shared: Set<Int> = []
  /// Intervals of each customer's usual day.
  private let intervals: [UInt16]

  init(sums: [MonthSums], customers: Int, hasHours: Bool, hours: PriceHours) throws(RetailProblem) {
    months = sums.map(\.month)
    self.sums = sums
    self.customers = customers
    self.hasHours = hasHours
    self.hours = hours
    var intervals: [UInt16] = []
    for customer in 0..<customers {
      let (usual, most) = Self.readingsPerDay(customer, sums)
      // A day may have an hour more when the clock changes, and no more than that.
      guard most <= usual + usual / 24 else {
        throw RetailProblem(
          "A customer's day has \(most) readings where \(usual) are usual; do rows of the load file stand twice?")
      }
      intervals.append(UInt16(usual))
    }
    self.intervals = intervals
  }

  /// The most frequent and the largest number of readings of a customer's days.
  private static func readingsPerDay(_ customer: Int, _ sums: [MonthSums]) -> (usual: Int, most: Int) {
    var frequency: [Int: Int] = [:]
    for month in sums {
      for slot in (customer * 31)..<(customer * 31 + 31) where month.counts[slot] > 0 {
        frequency[Int(month.counts[slot]), default: 0] += 1
      }
    }
    let usual = frequency.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? 1
    return (usual, frequency.keys.max() ?? 1)
  }

  /// The last day of the window.
  public var lastDay: MarketDay {
    let month = months.last ?? 0
    return MarketDay(year: month / 12, month: month % 12 + 1, day: Self.length(of: month)) ?? MarketDay(dayNumber: 0)
  }

  static func length(of month: Int) -> Int {
    let next = MarketDay(year: (month + 1) / 12, month: (month + 1) % 12 + 1, day: 1)
    let first = MarketDay(year: month / 12, month: month % 12 + 1, day: 1)
    return (next?.dayNumber ?? 0) - (first?.dayNumber ?? 0)
  }

  /// MWh by hour of the day in one month of the window; 24 values.
  func hourly(_ customer: Int, _ month: Int) -> ArraySlice<Float> {
    sums[month].hourly[(customer * 24)..<(customer * 24 + 24)]
  }

  func surplus(_ customer: Int, _ month: Int) -> Double { Double(sums[month].surplus[customer]) }
  func priced(_ customer: Int, _ month: Int) -> Double { Double(sums[month].priced[customer]) }
  func dayAheadCost(_ customer: Int, _ month: Int) -> Double { Double(sums[month].dayAheadCost[customer]) }

  func elasticitySums(_ customer: Int, _ month: Int) -> (cross: Double, square: Double) {
    (Double(sums[month].elasticity[2 * customer]), Double(sums[month].elasticity[2 * customer + 1]))
  }

  /// Energy of each day of the window, MWh; NaN on days with less than nine tenths of their readings.
  func daily(_ customer: Int) -> [Double] {
    days(customer) { month, slot in Double(month.daily[slot]) }
  }

  /// Cost of each day at real-time prices.
  func dailyCost(_ customer: Int) -> [Double] {
    days(customer) { month, slot in Double(month.dailyCost[slot]) }
  }

  /// Highest power of each day, MW.
  func dailyPeak(_ customer: Int) -> [Double] {
    if shared.contains(customer) { return [] }
    let scale = Double(intervals[customer]) / 24
    return days(customer) { month, slot in Double(month.peaks[slot]) * scale }
  }

  private func days(_ customer: Int, _ value: (MonthSums, Int) -> Double) -> [Double] {
    var found: [Double] = []
    found.reserveCapacity(months.count * 31)
    let least = max(1, Int(intervals[customer]) * 9 / 10)
    for (index, month) in months.enumerated() {
      for day in 0..<Self.length(of: month) {
        let slot = customer * 31 + day
        found.append(Int(sums[index].counts[slot]) >= least ? value(sums[index], slot) : .nan)
      }
    }
    return found
  }

  /// First position of each month in the values of ``daily(_:)``.
  var monthStarts: [Int] {
    var start = 0
    return months.map { month in
      defer { start += Self.length(of: month) }
      return start
    }
  }
}

extension PortfolioLoads {
  /// Energy of each month of the window, MWh.
  public func monthlyEnergy(_ customer: Int) -> [Double] {
    let days = daily(customer)
    let starts = monthStarts + [days.count]
    return months.indices.map { month in days[starts[month]..<starts[month + 1]].filter(\.isFinite).reduce(0, +) }
  }
}
