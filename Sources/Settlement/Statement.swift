public import MarketModel
public import MarketRules

/// What a line of a statement pays for.
public enum StatementItem: String, Hashable, Sendable, Codable, CaseIterable {
  case dayAheadEnergy = "day-ahead-energy"
  case realTimeEnergy = "real-time-energy"
  /// Metered less day-ahead quantity.
  case deviationEnergy = "deviation-energy"
  /// Day-ahead quantity at day-ahead less real-time price.
  case dayAheadDifference = "day-ahead-difference"
  /// Day-ahead less contracted quantity.
  case dayAheadChange = "day-ahead-change"
  case contractEnergy = "contract-energy"
  case contractDifference = "contract-difference"
  /// Contracted quantity between the node and the contract's point.
  case contractCongestion = "contract-congestion"
  case deviationRecovery = "deviation-recovery"
  case makeWhole = "make-whole"
  case opportunityCost = "opportunity-cost"
  case capacityCompensation = "capacity-compensation"
  case mechanismPrice = "mechanism-price"
  case agcCapacity = "agc-capacity"
  case agcMileage = "agc-mileage"
  case agcOpportunity = "agc-opportunity"
}

/// One settlement period of a line: quantity × price = amount.
public struct PeriodAmount: Hashable, Sendable {
  /// 1 for the first period of the day.
  public let period: Int
  public let quantity: Energy
  public let price: EnergyPrice
  /// Exact, or rounded where the pack rounds in every period.
  public let amount: Money

  public init(period: Int, quantity: Energy, price: EnergyPrice, amount: Money) {
    self.period = period
    self.quantity = quantity
    self.price = price
    self.amount = amount
  }
}

/// A figure that went into a line, with its unit: "Q_D", 2160 MWh.
public struct StatementInput: Hashable, Sendable {
  public let name: String
  /// Plain decimal text.
  public let value: String
  public let unit: String

  public init(_ name: String, _ value: String, unit: String) {
    self.name = name
    self.value = value
    self.unit = unit
  }

  public init(_ name: String, _ value: Energy) {
    self.init(name, decimalText(Int128(value.wattMinutes) * 1_000 / 60, decimals: 9), unit: "MWh")
  }

  public init(_ name: String, _ value: EnergyPrice, currency: String) {
    self.init(name, value.text, unit: "\(currency)/MWh")
  }

  public init(_ name: String, _ value: Money, currency: String) {
    self.init(name, value.text, unit: currency)
  }
}

/// One line: who is paid what for which day, by which formula, from which inputs, after which clause.
public struct StatementLine: Hashable, Sendable {
  public let unit: UnitID
  public let day: MarketDay
  public let item: StatementItem
  /// The contract that the line belongs to; "" for none.
  public let contract: String
  /// Net energy of the line; zero where no energy is paid for.
  public let quantity: Energy
  /// In whole hundredths of the currency unit; positive is income.
  public let amount: Money
  public let formula: String
  public let inputs: [StatementInput]
  public let source: Citation
  public let periods: [PeriodAmount]

  public init(
    unit: UnitID, day: MarketDay, item: StatementItem, contract: String = "", quantity: Energy, amount: Money,
    formula: String, inputs: [StatementInput], source: Citation, periods: [PeriodAmount]
  ) {
    self.unit = unit
    self.day = day
    self.item = item
    self.contract = contract
    self.quantity = quantity
    self.amount = amount.rounded
    self.formula = formula
    self.inputs = inputs
    self.source = source
    self.periods = periods
  }

  /// Amount over quantity, to six decimals; nil without a quantity.
  public var meanPrice: EnergyPrice? {
    guard quantity != .zero else { return nil }
    let wattMinutes = Int128(quantity.wattMinutes)
    return EnergyPrice(
      quotient: wattMinutes < 0 ? -amount.quanta : amount.quanta, wattMinutes < 0 ? -wattMinutes : wattMinutes)
  }
}

/// The lines of one or more days, in the order in which they were settled.
public struct Statement: Hashable, Sendable {
  public let currency: String
  public private(set) var lines: [StatementLine]
  public private(set) var assumptions: [String]

  public init(currency: String, lines: [StatementLine] = [], assumptions: [String] = []) {
    self.currency = currency
    self.lines = lines
    self.assumptions = assumptions
  }

  /// Adds lines and what they assume; an assumption stands once.
  public mutating func add(_ more: [StatementLine], assumptions notes: [String] = []) {
    lines += more
    for note in notes where !assumptions.contains(note) { assumptions.append(note) }
  }

  /// The sum of the rounded lines, which is what is paid.
  public func total(of chosen: (StatementLine) -> Bool = { _ in true }) throws(SettlementError) -> Money {
    var sum = Money.zero
    for line in lines where chosen(line) { sum = try adding(sum, line.amount) }
    return sum
  }
}

/// A sum of money, with its overflow said as a settlement's.
func adding(_ left: Money, _ right: Money) throws(SettlementError) -> Money {
  do { return try left + right } catch { throw SettlementError(.wrong, error.description + ".") }
}
