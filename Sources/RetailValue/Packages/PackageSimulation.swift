internal import Foundation
internal import NumericMethods

/// What is assumed of a simulation; printed with its results.
public struct SimulationSettings: Sendable, Equatable, Codable {
  public var scenarios = 200
  public var seed: UInt64 = 1
  public var threads = 1
  /// Standard deviation of a customer's yearly level, and its correlation with the price level.
  public var loadVolatility = 0.08
  public var loadPriceCorrelation = 0.3
  /// Share of expected energy bought forward at the expected price of the month and hour.
  public var hedgeShare = 0.8
  /// Distance of our average procurement from all retailers', per MWh.
  public var ownDistance = -2.0
  /// Cost of imbalance and of serving a MWh.
  public var imbalanceCost = 1.5
  public var serviceCost = 0.5
  /// Share of the worst scenarios that CVaR averages.
  public var tail = 0.05
  public var acceptance = AcceptanceModel()
  /// Least margin per MWh of a proposal.
  public var leastMargin = 1.0

  public init() {}
}

/// One customer under one package over all scenarios.
public struct PackageOutcome: Sendable, Equatable {
  public let package: Int
  /// CNY of the year by scenario.
  public let bills: [Float]
  public let margins: [Float]
  public let energyMWh: Double

  public var expectedBill: Double { mean(bills.map(Double.init)) }
  public var expectedMargin: Double { mean(margins.map(Double.init)) }
  public var billDeviation: Double { standardDeviation(bills.map(Double.init)) }
  public func billQuantile(_ level: Double) -> Double { quantile(bills.map(Double.init), at: level) }
  public func conditionalValueAtRisk(_ tail: Double) -> Double { lossTail(margins.map(Double.init), tail: tail) }
  public var lossProbability: Double { Double(margins.count { $0 < 0 }) / Double(max(margins.count, 1)) }
}

/// The mean loss of the worst share of outcomes; the worst ⌈share · n⌉ count alike.
public func lossTail(_ margins: [Double], tail: Double) -> Double {
  let count = max(1, Int((tail * Double(margins.count)).rounded(.up)))
  let worst = margins.sorted().prefix(count)
  return -worst.reduce(0, +) / Double(worst.count)
}

/// Simulates customers × packages × scenarios from a dozen numbers a month.
public struct PackageSimulation: Sendable {
  public let packages: [RetailPackage]
  public let settings: SimulationSettings
  let scenarios: PriceScenarios
  private let references: [MonthReferences]
  private let expectedHourly: [Double]
  private let rules: PackageRules?
  private let flat: Double

  /// - Throws: ``RetailProblem`` if there are no hourly prices or loads.
  public init(
    _ records: PortfolioRecords, packages: [RetailPackage], rules: PackageRules?, settings: SimulationSettings
  ) throws(RetailProblem) {
    guard records.loads.hasHours else {
      throw RetailProblem("Packages are simulated from hourly loads; these are daily.")
    }
    let months = records.loads.months
    let scenarios = try PriceScenarios(
      records.loads.hours, months: months, scenarios: settings.scenarios, seed: settings.seed)
    self.scenarios = scenarios
    self.packages = packages
    self.settings = settings
    self.rules = rules
    // The forward price: the mean of all scenarios.
    flat = mean(scenarios.realTime)
    var expected = [Double](repeating: 0, count: months.count * 24)
    for (position, price) in scenarios.realTime.enumerated() {
      expected[position % expected.count] += price / Double(settings.scenarios)
    }
    expectedHourly = expected
    let flat = flat
    let tips = months.map { month in
      (0..<24).contains { records.loads.hours.bands?.band(month: month % 12 + 1, hour: $0) == .tip }
    }
    references = (0..<(settings.scenarios * months.count)).map { index in
      scenarios.references(
        index / months.count, index % months.count, flat: flat, ownDistance: settings.ownDistance,
        hasTip: tips[index % months.count])
    }
  }

  /// Mean real-time price over all scenarios and hours: what a template's price of 1 stands for.
  public var forwardPrice: Double { flat }

  /// Bills and margins of a customer under each of the packages and, first, under the present terms (`nil` package position −1).
  public func outcomes(_ records: PortfolioRecords, customer: Int, packages chosen: [RetailPackage]) -> [PackageOutcome]
  {
    let loads = records.loads
    let months = loads.months.count
    let hourly = (0..<months).map { month in loads.hourly(customer, month).map(Double.init) }
    let bands = (0..<months).map { month in
      (0..<24).map { loads.hours.bands?.band(month: loads.months[month] % 12 + 1, hour: $0).rawValue ?? 2 }
    }
    let kept = 1 - (records.customers[customer].channelKeeps ?? 0)
    var random = SplitMix64(seed: settings.seed ^ stableHash(records.customers[customer].id, 3))
    var bills = [[Float]](repeating: [], count: chosen.count)
    var margins = bills
    let scale = 12 / Double(max(months, 1))
    for scenario in 0..<settings.scenarios {
      let own = random.nextGaussian()
      var (bill, margin) = ([Double](repeating: 0, count: chosen.count), [Double](repeating: 0, count: chosen.count))
      for month in 0..<months {
        let place = scenario * months + month
        let (aggregate, hedge) = aggregate(hourly[month], bands[month], place: place, month: month, own: own)
        let cost = aggregate.realTimeCost + (settings.imbalanceCost + settings.serviceCost) * aggregate.energy
        for (index, package) in chosen.enumerated() {
          let fee = PackageBill(package, month: aggregate, references: references[place], rules: rules)
          bill[index] += fee.total
          let gross = fee.energyFee - cost + hedge * (1 - package.marketShare)
          margin[index] += gross > 0 ? kept * gross : gross
        }
      }
      for index in chosen.indices {
        bills[index].append(Float(bill[index] * scale))
        margins[index].append(Float(margin[index] * scale))
      }
    }
    let energy = hourly.reduce(0) { $0 + $1.reduce(0, +) } * scale
    return chosen.indices.map {
      PackageOutcome(package: $0, bills: bills[$0], margins: margins[$0], energyMWh: energy)
    }
  }

  /// A month's aggregate under a level of load, and what the hedge brings in: share · expected energy · (price − forward).
  private func aggregate(
    _ hourly: [Double], _ bands: [Int], place: Int, month: Int, own: Double
  ) -> (BillAggregate, hedge: Double) {
    let rho = settings.loadPriceCorrelation
    let level = scenarios.levels[place] / 0.1
    let draw = rho * min(max(level, -3), 3) + (1 - rho * rho).squareRoot() * own
    let factor = exp(settings.loadVolatility * draw - settings.loadVolatility * settings.loadVolatility / 2)
    var aggregate = BillAggregate(energy: 0, bands: [0, 0, 0, 0, 0])
    var hedge = 0.0
    let start = place * 24
    for hour in 0..<24 {
      let energy = factor * hourly[hour]
      let price = scenarios.realTime[start + hour]
      aggregate.energy += energy
      aggregate.bands[bands[hour]] += energy
      aggregate.dayAheadCost += energy * scenarios.dayAhead[start + hour]
      aggregate.realTimeCost += energy * price
      hedge += hourly[hour] * (price - expectedHourly[month * 24 + hour])
    }
    return (aggregate, settings.hedgeShare * hedge)
  }

  /// The present terms of a contract as a package; nil where it does not say.
  public static func present(_ contract: RetailPackageTerms) -> RetailPackage? {
    let linked = contract.linkedShare ?? (contract.fixedPrice == nil ? 1 : 0)
    guard contract.fixedPrice != nil || contract.uplift != nil else { return nil }
    var package = RetailPackage.fixed("present", price: (contract.fixedPrice ?? 0) * (1 - linked))
    package.name = "present"
    package.realTimeWeight = linked
    package.linkedShare = linked
    package.uplift = contract.uplift ?? 0
    package.concepts = 0
    return package
  }
}

/// Price terms of a contract that packages are compared with.
public struct RetailPackageTerms: Sendable {
  public var fixedPrice: Double?
  public var linkedShare: Double?
  public var uplift: Double?

  public init(fixedPrice: Double?, linkedShare: Double?, uplift: Double?) {
    self.fixedPrice = fixedPrice
    self.linkedShare = linkedShare
    self.uplift = uplift
  }
}
