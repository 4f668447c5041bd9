internal import MarketModel

/// Gathers daily energy of customers whose readings come in any order.
public final class DailyLoadCollector {
  private var days: [Int: [Double]] = [:]
  private var lastDay = Int.min

  public init() {}

  /// - Parameter day: day number; readings of a customer and day add up.
  public func add(customer: Int, day: Int, energyMWh: Double) {
    let count = days[day]?.count ?? 0
    if count <= customer {
      days[day, default: []] += [Double](repeating: .nan, count: max(customer + 1 - count, customer / 2))
    }
    if let known = days[day]?[customer] { days[day]?[customer] = known.isNaN ? energyMWh : known + energyMWh }
  }

  /// The loads from the first day to the last; days and customers without readings are not known.
  ///
  /// - Throws: ``RetailProblem`` without any reading.
  public func loads(customers: [String]) throws(RetailProblem) -> DailyLoads {
    guard let first = days.keys.min(), let last = days.keys.max(), !customers.isEmpty else {
      throw RetailProblem("There is no load.")
    }
    let count = last - first + 1
    guard count <= 20_000 else { throw RetailProblem("The load reaches over \(count) days; is a date wrong?") }
    var values = [Double](repeating: .nan, count: count * customers.count)
    for (day, row) in days {
      for (customer, value) in row.prefix(customers.count).enumerated() {
        values[customer * count + day - first] = value
      }
    }
    return DailyLoads(firstDay: MarketDay(dayNumber: first), days: count, customers: customers, values: values)
  }
}
