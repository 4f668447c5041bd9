public import MarketModel

/// Everything that is known of a portfolio, customer by customer; any part may be missing.
public struct PortfolioRecords: Sendable {
  public let customers: [RetailCustomer]
  public let loads: PortfolioLoads
  /// One an entry of `customers`; nil without a contract or without a file of contracts.
  public let contracts: [RetailContract?]
  /// nil if no such file was given; an empty list is a customer of whom the file says nothing.
  public let payments: [[RetailPayment]]?
  public let green: [[GreenRecord]]?
  public let registry: [[RegistryEvent]]?
  /// Daily plans by day number; nil if no such file was given.
  public let plans: [[Int: Double]]?
  /// By customer, day number and hour of the day, MWh; nil if no such file was given.
  public var hourlyPlans: [String: [Int: [Double]]]?
  public var hourlyGreen: [String: [Int: [Double]]]?
  /// By customer; nil if no such file was given.
  public var demandResponse: [String: [DemandResponseRecord]]?

  public init(
    customers: [RetailCustomer], loads: PortfolioLoads, contracts: [RetailContract] = [],
    payments: [RetailPayment]? = nil, green: [GreenRecord]? = nil, registry: [RegistryEvent]? = nil,
    plans: [[Int: Double]]? = nil
  ) {
    precondition(loads.customers >= customers.count, "Loads of \(loads.customers) of \(customers.count) customers")
    self.customers = customers
    self.loads = loads
    var positions: [String: Int] = [:]
    for (position, customer) in customers.enumerated() { positions[customer.id] = position }
    for (position, customer) in customers.enumerated() {
      if let code = customer.creditCode, positions[code] == nil { positions[code] = position }
    }
    var chosen = [RetailContract?](repeating: nil, count: customers.count)
    let today = loads.lastDay
    for contract in contracts {
      guard let position = positions[contract.customer] else { continue }
      if Self.counts(contract, on: today) >= Self.counts(chosen[position], on: today) { chosen[position] = contract }
    }
    self.contracts = chosen
    let count = customers.count
    self.payments = payments.map { Self.spread($0, count) { positions[$0.customer] } }
    self.green = green.map { Self.spread($0, count) { positions[$0.customer] } }
    self.registry = registry.map { Self.spread($0, count) { positions[$0.company] } }
    self.plans = plans
  }

  /// The contract in force counts most, then the one that ends last.
  private static func counts(_ contract: RetailContract?, on day: MarketDay) -> Int {
    guard let contract else { return Int.min }
    let ends = contract.end?.dayNumber ?? 99_999
    let isInForce = (contract.start?.dayNumber ?? 0) <= day.dayNumber && ends >= day.dayNumber
    return isInForce ? 1_000_000 + ends : ends
  }

  private static func spread<Record>(
    _ records: [Record], _ count: Int, _ position: (Record) -> Int?
  ) -> [[Record]] {
    var lists = [[Record]](repeating: [], count: count)
    for record in records { if let index = position(record) { lists[index].append(record) } }
    return lists
  }
}

/// What an indicator assumes where no file says better; every one is printed with the scores.
public struct ScoreAssumptions: Sendable, Equatable, Codable {
  /// Yearly rate at which later margins count less.
  public var discountRate = 0.08
  /// Probability that a contract is renewed at its end.
  public var renewal = 0.85
  /// tCO2 that a MWh of the grid stands for.
  public var gridFactor = 0.5703
  /// Share of the linked price that passes each period's own price on, where the contract does not say.
  public var passThrough = 1.0
  public var linkedShare = 0.0
  /// Power factor by which kVA become kW.
  public var powerFactor = 0.95
  /// Round-trip efficiency of moved energy.
  public var storageEfficiency = 0.85

  public init() {}
}
