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

  /// Adds readings of one customer's day; whether one of them was of an hour.
  mutating func add(
    _ readings: [(hour: Int, energy: Double)], customer: Int, day: Int, prices: MonthPrices?
  ) -> Bool {
    let slot = customer * 31 + day
    var (energy, peak, hasHours) = (daily[slot], peaks[slot], false)
    for reading in readings {
      energy += Float(reading.energy)
      guard reading.hour >= 0 else { continue }
      hasHours = true
      hourly[customer * 24 + reading.hour] += Float(reading.energy)
      peak = max(peak, Float(reading.energy))
    }
    (daily[slot], peaks[slot]) = (energy, peak)
    counts[slot] &+= UInt16(truncatingIfNeeded: readings.count)
    (firstDay, lastDay) = (min(firstDay, day), max(lastDay, day))
    if hasHours, let prices { addPriced(readings, customer: customer, day: day, prices) }
    return hasHours
  }

  private mutating func addPriced(
    _ readings: [(hour: Int, energy: Double)], customer: Int, day: Int, _ prices: MonthPrices
  ) {
    var (cost, known, ahead, low) = (
      dailyCost[customer * 31 + day], priced[customer], dayAheadCost[customer], surplus[customer]
    )
    var (cross, square) = (elasticity[2 * customer], elasticity[2 * customer + 1])
    for (hour, energy) in readings where hour >= 0 {
      let price = prices.realTime[day * 24 + hour]
      guard price.isFinite else { continue }
      cost += Float(energy * price)
      known += Float(energy)
      ahead += Float(energy * prices.dayAhead[day * 24 + hour])
      if price <= prices.surplusPrice { low += Float(energy) }
      let signal = prices.signals[day * 24 + hour]
      guard energy > 0, signal.isFinite else { continue }
      cross += Float(signal * log(energy))
      square += Float(signal * signal)
    }
    (dailyCost[customer * 31 + day], priced[customer], dayAheadCost[customer], surplus[customer]) = (
      cost, known, ahead, low
    )
    (elasticity[2 * customer], elasticity[2 * customer + 1]) = (cross, square)
  }
}

/// Takes readings in any order and keeps sums by month, day and hour of the day: about 550 bytes a customer and month.
///
/// Months that lie more than a year before the latest are let go while reading.
public final class LoadAccumulator {
  private var books: LoadBooks

  /// - Parameters:
  ///   - customers: how many are expected; more may come.
  ///   - detailed: customers whose every hour is kept, as for hourly plans and hourly green energy.
  ///   - shared: customers with several meters; their peaks are not known.
  public init(customers: Int, hours: PriceHours, detailed: Set<Int> = [], shared: Set<Int> = []) {
    books = LoadBooks(customers: customers, hours: hours)
    books.details = Dictionary(uniqueKeysWithValues: detailed.map { ($0, [:]) })
    books.shared = shared
  }

  /// - Parameter hour: 0…23, or -1 if the energy is that of a whole day.
  public func add(customer: Int, day: Int, hour: Int, energyMWh: Double) {
    books.add(customer: customer, day: day, hour: hour, energyMWh: energyMWh)
  }

  /// Closes the books: the trailing twelve complete months, or all there is if no month is complete.
  ///
  /// - Throws: ``RetailProblem`` if a day of a customer has more intervals than its days have, as when rows stand twice.
  public func finish(customers count: Int) throws(RetailProblem) -> PortfolioLoads {
    try books.finish(customers: count)
  }
}

/// Prices of one month by day and hour.
struct MonthPrices: Sendable {
  let realTime: [Double]
  let dayAhead: [Double]
  let signals: [Double]
  let surplusPrice: Double
}

/// The sums of all months, and the readings of one customer's day that are not yet in them.
private struct LoadBooks {
  private let hours: PriceHours
  private var months: [MonthSums] = []
  private var customers: Int
  private var latest = Int.min
  private var pendingCustomer = -1
  private var pendingDay = Int.min
  private var pending: [(hour: Int, energy: Double)] = []
  private var lastDayNumber = Int.min
  private var lastPlace = (month: 0, day: 0)
  /// Position of the month that was last added to; nil if it lies too far back.
  private var current: Int?
  private var currentMonth = Int.min
  private var prices: MonthPrices?
  private var hasHours = false
  /// Every hour of some customers by day number, MWh; NaN where there is no reading.
  var details: [Int: [Int: [Double]]] = [:]
  var shared: Set<Int> = []

  init(customers: Int, hours: PriceHours) {
    self.customers = max(customers, 1)
    self.hours = hours
    pending.reserveCapacity(96)
  }

  mutating func add(customer: Int, day: Int, hour: Int, energyMWh: Double) {
    if customer != pendingCustomer || day != pendingDay {
      flush()
      (pendingCustomer, pendingDay) = (customer, day)
    }
    pending.append((hour, energyMWh))
  }

  private mutating func flush() {
    guard !pending.isEmpty else { return }
    defer { pending.removeAll(keepingCapacity: true) }
    if pendingDay != lastDayNumber {
      lastDayNumber = pendingDay
      lastPlace = PriceHours.place(pendingDay)
    }
    if lastPlace.month != currentMonth { enter(lastPlace.month) }
    if !details.isEmpty, details[pendingCustomer] != nil { keepHours() }
    guard let current else { return }
    if pendingCustomer >= customers { grow(to: pendingCustomer + 1) }
    if months[current].add(pending, customer: pendingCustomer, day: lastPlace.day, prices: prices) { hasHours = true }
  }

  private mutating func keepHours() {
    var day = details[pendingCustomer]?[pendingDay] ?? [Double](repeating: .nan, count: 24)
    for reading in pending where reading.hour >= 0 {
      day[reading.hour] = day[reading.hour].isNaN ? reading.energy : day[reading.hour] + reading.energy
    }
    details[pendingCustomer]?[pendingDay] = day
  }

  private mutating func enter(_ month: Int) {
    currentMonth = month
    latest = max(latest, month)
    current = nil
    guard month >= latest - 13 else { return }
    months.removeAll { $0.month < latest - 13 }
    if !months.contains(where: { $0.month == month }) { months.append(MonthSums(month: month, customers: customers)) }
    current = months.firstIndex { $0.month == month }
    prices = nil
    if let realTime = hours.realTime[month], let dayAhead = hours.dayAhead[month], let signals = hours.signals[month] {
      prices = MonthPrices(
        realTime: realTime, dayAhead: dayAhead, signals: signals, surplusPrice: hours.surplusPrice)
    }
  }

  private mutating func grow(to wanted: Int) {
    customers = max(wanted, customers + customers / 2)
    for index in months.indices { months[index].grow(to: customers) }
  }

  mutating func finish(customers count: Int) throws(RetailProblem) -> PortfolioLoads {
    flush()
    guard !months.isEmpty else { throw RetailProblem("There is no load.") }
    if count > customers { grow(to: count) }
    let ordered = months.sorted { $0.month < $1.month }
    let complete = ordered.filter(\.isComplete)
    let window = complete.isEmpty ? ordered.suffix(12) : complete.filter { $0.month > (complete.last?.month ?? 0) - 12 }
    var loads = try PortfolioLoads(sums: Array(window), customers: count, hasHours: hasHours, hours: hours)
    (loads.details, loads.shared) = (details, shared)
    return loads
  }
}
