public import MarketModel

/// The daily energy of many customers over the same run of days, customer after customer in one buffer.
public struct DailyLoads: Sendable, Equatable {
  public let firstDay: MarketDay
  public let days: Int
  public let customers: [String]
  /// values[customer · days + day]: energy of the day in the unit of the file; NaN where it is not known.
  public var values: [Double]

  public init(firstDay: MarketDay, days: Int, customers: [String], values: [Double]) {
    precondition(values.count == days * customers.count, "\(values.count) values of \(customers.count) customers")
    self.firstDay = firstDay
    self.days = days
    self.customers = customers
    self.values = values
  }

  public subscript(customer: Int, day: Int) -> Double {
    get { values[customer * days + day] }
    set { values[customer * days + day] = newValue }
  }

  public func day(_ index: Int) -> MarketDay { firstDay.advanced(by: index) }
}
