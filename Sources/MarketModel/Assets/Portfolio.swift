/// The units, plants and contracts of one company.
public struct Portfolio: Hashable, Sendable {
  /// In the order of their identifiers.
  public let units: [ThermalUnit]
  public let plants: [Plant]
  public let contracts: [ContractForDifference]

  /// Throws if two units share an identifier or a unit's numbers contradict each other.
  public init(
    units: [ThermalUnit], plants: [Plant] = [], contracts: [ContractForDifference] = []
  ) throws(PortfolioError) {
    self.units = units.sorted { $0.id < $1.id }
    for (first, second) in zip(self.units, self.units.dropFirst()) where first.id == second.id {
      throw PortfolioError(unit: first.id, problem: "is in the register twice")
    }
    for unit in self.units {
      if let problem = unit.problems.first { throw PortfolioError(unit: unit.id, problem: problem) }
    }
    let named = Set(plants.map(\.id))
    let implied = Set(units.map(\.plant)).subtracting(named).map { Plant(id: $0, maximumStartsPerDay: nil) }
    self.plants = (plants + implied).sorted { $0.id < $1.id }
    self.contracts = contracts.sorted { $0.id < $1.id }
  }

  public func unit(_ id: UnitID) -> ThermalUnit? { units.first { $0.id == id } }
}

public struct Plant: Hashable, Sendable {
  public let id: PlantID
  /// How many of its units may start on one day; nil if nothing limits that.
  public let maximumStartsPerDay: Int?

  public init(id: PlantID, maximumStartsPerDay: Int?) {
    self.id = id
    self.maximumStartsPerDay = maximumStartsPerDay
  }
}

public struct PortfolioError: Error, Hashable, Sendable, CustomStringConvertible {
  public let unit: UnitID
  public let problem: String
  public var description: String { "Unit \(unit): \(problem). Correct the unit register." }

  public init(unit: UnitID, problem: String) {
    self.unit = unit
    self.problem = problem
  }
}

/// A medium- or long-term contract that is settled on a price difference: quantity × (contract price − reference).
public struct ContractForDifference: Hashable, Sendable {
  public enum Reference: String, Hashable, Sendable, Codable { case dayAhead = "day-ahead", realTime = "real-time" }

  public let id: String
  public let counterparty: String
  public let firstDay: MarketDay
  public let lastDay: MarketDay
  /// First and last clock minute of each day in which it delivers; 0…1440 is the whole day.
  public let fromMinute: Int
  public let toMinute: Int
  public let power: Power
  public let price: EnergyPrice
  public let reference: Reference

  public init(
    id: String, counterparty: String, firstDay: MarketDay, lastDay: MarketDay, fromMinute: Int, toMinute: Int,
    power: Power, price: EnergyPrice, reference: Reference
  ) {
    self.id = id
    self.counterparty = counterparty
    self.firstDay = firstDay
    self.lastDay = lastDay
    self.fromMinute = fromMinute
    self.toMinute = toMinute
    self.power = power
    self.price = price
    self.reference = reference
  }

  /// Contracted power in an interval.
  public func power(in interval: TradingInterval) -> Power {
    let inPeriod = (firstDay...lastDay).contains(interval.day)
    let inHours = interval.endMinute > fromMinute && interval.endMinute <= toMinute
    return inPeriod && inHours ? power : .zero
  }
}

extension ContractForDifference {
  /// What the contract pays us on a day: Σ quantity × (contract price − reference price), exact.
  ///
  /// - Parameter reference: the prices that the contract settles against, on the stage that it names.
  public func payment(against reference: IntervalSeries<EnergyPrice>) throws(QuantityError) -> Money {
    var total = Money.zero
    for interval in reference.grid.intervals {
      let energy = power(in: interval).energy(over: interval.length)
      if energy > .zero { total = try total + energy.value(at: price - reference[interval]) }
    }
    return total
  }
}
