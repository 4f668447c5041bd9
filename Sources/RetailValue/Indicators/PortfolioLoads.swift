internal import Foundation
internal import MarketModel

func logarithm(_ value: Double) -> Double { log(value) }

/// Sums of one month over all customers, customer after customer.
struct MonthSums: Sendable {
  let month: Int
  var hourly: [Float] = []
  var daily: [Float] = []
  var dailyCost: [Float] = []
  var peaks: [Float] = []
  var counts: [UInt16] = []
  /// Energy in hours with a price, its cost at day-ahead prices, energy in hours of surplus.
  var priced: [Float] = []
  var dayAheadCost: [Float] = []
  var surplus: [Float] = []
  /// Σ signal · ln q, Σ signal² over the hours that count.
  var elasticity: [Float] = []
  var firstDay = 31
  var lastDay = -1

  init(month: Int, customers: Int) {
    self.month = month
    grow(to: customers)
  }

  mutating func grow(to customers: Int) {
    let more = customers - priced.count
    guard more > 0 else { return }
    let (one, two) = ([Float](repeating: 0, count: more), [Float](repeating: 0, count: more * 2))
    let days = [Float](repeating: 0, count: more * 31)
    hourly += [Float](repeating: 0, count: more * 24)
    daily += days
    dailyCost += days
    peaks += days
    counts += [UInt16](repeating: 0, count: more * 31)
    priced += one
    dayAheadCost += one
    surplus += one
    elasticity += two
  }

  var isComplete: Bool { firstDay == 0 && lastDay == PortfolioLoads.length(of: month) - 1 }
}

/// Takes readings in any order and keeps sums by month, day and hour of the day: about 3 kB a customer and month.
///
/// Months that lie more than a year before the latest are let go while reading.
public final class LoadAccumulator {
  private let hours: PriceHours
  private var months: [MonthSums] = []
  private var customers: Int
  private var latest = Int.min
  private var lastDayNumber = Int.min
  private var lastPlace = (month: 0, day: 0)
  /// Position of the month that was last added to; nil if it lies too far back.
  private var current: Int?
  private var currentMonth = Int.min
  private var prices: (realTime: [Double], dayAhead: [Double], signals: [Double])?
  private var hasHours = false

  /// - Parameter customers: how many are expected; more may come.
  public init(customers: Int, hours: PriceHours) {
    self.customers = max(customers, 1)
    self.hours = hours
  }

  /// - Parameter hour: 0…23, or -1 if the energy is that of a whole day.
  public func add(customer: Int, day: Int, hour: Int, energyMWh: Double) {
    if day != lastDayNumber {
      lastDayNumber = day
      lastPlace = PriceHours.place(day)
    }
    if lastPlace.month != currentMonth { enter(lastPlace.month) }
    guard let current else { return }
    if customer >= customers { grow(to: customer + 1) }
    let slot = customer * 31 + lastPlace.day
    months[current].daily[slot] += Float(energyMWh)
    months[current].counts[slot] &+= 1
    months[current].firstDay = min(months[current].firstDay, lastPlace.day)
    months[current].lastDay = max(months[current].lastDay, lastPlace.day)
    guard hour >= 0 else { return }
    hasHours = true
    months[current].hourly[customer * 24 + hour] += Float(energyMWh)
    if Float(energyMWh) > months[current].peaks[slot] { months[current].peaks[slot] = Float(energyMWh) }
    addPriced(current, customer: customer, slot: slot, hour: lastPlace.day * 24 + hour, energyMWh: energyMWh)
  }

  private func addPriced(_ month: Int, customer: Int, slot: Int, hour: Int, energyMWh: Double) {
    guard let prices, prices.realTime[hour].isFinite else { return }
    let price = prices.realTime[hour]
    months[month].dailyCost[slot] += Float(energyMWh * price)
    months[month].priced[customer] += Float(energyMWh)
    months[month].dayAheadCost[customer] += Float(energyMWh * prices.dayAhead[hour])
    if price <= hours.surplusPrice { months[month].surplus[customer] += Float(energyMWh) }
    let signal = prices.signals[hour]
    if energyMWh > 0, signal.isFinite {
      months[month].elasticity[2 * customer] += Float(signal * log(energyMWh))
      months[month].elasticity[2 * customer + 1] += Float(signal * signal)
    }
  }

  private func enter(_ month: Int) {
    currentMonth = month
    latest = max(latest, month)
    current = nil
    guard month >= latest - 13 else { return }
    months.removeAll { $0.month < latest - 13 }
    if !months.contains(where: { $0.month == month }) { months.append(MonthSums(month: month, customers: customers)) }
    current = months.firstIndex { $0.month == month }
    prices = hours.realTime[month].flatMap { realTime in
      hours.dayAhead[month].flatMap { dayAhead in hours.signals[month].map { (realTime, dayAhead, $0) } }
    }
  }

  private func grow(to wanted: Int) {
    customers = max(wanted, customers + customers / 2)
    for index in months.indices { months[index].grow(to: customers) }
  }

  /// Closes the books: the trailing twelve complete months, or all there is if no month is complete.
  ///
  /// - Throws: ``RetailProblem`` if a day of a customer has more intervals than its days have, as when rows stand twice.
  public func finish(customers count: Int) throws(RetailProblem) -> PortfolioLoads {
    guard !months.isEmpty else { throw RetailProblem("There is no load.") }
    if count > customers { grow(to: count) }
    let ordered = months.sorted { $0.month < $1.month }
    let complete = ordered.filter(\.isComplete)
    let window = complete.isEmpty ? ordered.suffix(12) : complete.filter { $0.month > (complete.last?.month ?? 0) - 12 }
    return try PortfolioLoads(sums: Array(window), customers: count, hasHours: hasHours, hours: hours)
  }
}
