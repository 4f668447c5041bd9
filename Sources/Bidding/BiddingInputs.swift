public import MarketModel
internal import Synchronization

/// What the bids of a day are drawn from: everything as of the gate.
public struct BiddingInputs: Sendable {
  /// One for each unit that is to be bid, on the market day.
  public let unitDays: [UnitDay]
  /// The same units on the day after, for the value of ending the day on or off line.
  public let nextUnitDays: [UnitDay]
  public let plants: [Plant]
  /// Joint paths of the day-ahead price.
  public let scenarios: ScenarioSet
  /// Expected day-ahead price by interval, per MWh.
  public let expectedPrices: [Double]
  /// What the day after may bring.
  public let dayAfter: DayAfter
  /// Weight of the distance between the mean and the mean of the worst 5 % of scenarios; 0 is risk-neutral.
  public let riskAversion: Double
  public let threads: Int
  /// What plants may burn in the week; nil where coal and emissions are no limit.
  public let fuel: FuelWeek?
  private let shared: SharedPaths

  /// One expected path of the day after, with the deviations of the day's own paths around it.
  public init(
    unitDays: [UnitDay], nextUnitDays: [UnitDay], plants: [Plant], scenarios: ScenarioSet, expectedPrices: [Double],
    lookAheadPrices: [Double], riskAversion: Double, threads: Int, fuel: FuelWeek? = nil
  ) {
    let deviations = (0..<scenarios.count).map { number in
      let path = scenarios.path(number, of: .dayAheadPrice)
      return lookAheadPrices.indices.map { index in
        let same = min(index, path.count - 1)
        return path[same] - expectedPrices[same]
      }
    }
    self.init(
      unitDays: unitDays, nextUnitDays: nextUnitDays, plants: plants, scenarios: scenarios,
      expectedPrices: expectedPrices,
      dayAfter: DayAfter(outlooks: [lookAheadPrices], deviations: deviations), riskAversion: riskAversion,
      threads: threads, fuel: fuel)
  }

  public init(
    unitDays: [UnitDay], nextUnitDays: [UnitDay], plants: [Plant], scenarios: ScenarioSet, expectedPrices: [Double],
    dayAfter: DayAfter, riskAversion: Double, threads: Int, fuel: FuelWeek? = nil
  ) {
    self.init(
      unitDays: unitDays, nextUnitDays: nextUnitDays, plants: plants, scenarios: scenarios,
      expectedPrices: expectedPrices, dayAfter: dayAfter, riskAversion: riskAversion, threads: threads, fuel: fuel,
      shared: SharedPaths(scenarios))
  }

  private init(
    unitDays: [UnitDay], nextUnitDays: [UnitDay], plants: [Plant], scenarios: ScenarioSet, expectedPrices: [Double],
    dayAfter: DayAfter, riskAversion: Double, threads: Int, fuel: FuelWeek?, shared: SharedPaths
  ) {
    precondition(unitDays.map(\.unit.id) == nextUnitDays.map(\.unit.id), "both days hold the same units")
    precondition(expectedPrices.count == scenarios.grid.count, "one expected price for each interval")
    precondition(
      nextUnitDays.allSatisfy { $0.grid.count == dayAfter.outlooks[0].count }, "one look-ahead price for each interval")
    precondition(
      fuel?.laterUnitDays.allSatisfy { $0.map(\.unit.id) == unitDays.map(\.unit.id) } ?? true,
      "later days hold the same units")
    self.unitDays = unitDays
    self.nextUnitDays = nextUnitDays
    self.plants = plants
    self.scenarios = scenarios
    self.expectedPrices = expectedPrices
    self.dayAfter = dayAfter
    self.riskAversion = riskAversion
    self.threads = threads
    self.fuel = fuel
    self.shared = shared
  }

  var grid: IntervalGrid { scenarios.grid }

  /// The price paths of the day.
  var paths: [[Double]] { shared.paths }
  var risingPrices: RisingPrices { shared.risingPrices }

  /// The same forecasts for other units; what was computed of the paths is shared.
  func with(unitDays: [UnitDay], next: [UnitDay], plants: [Plant], fuel: FuelWeek?) -> BiddingInputs {
    BiddingInputs(
      unitDays: unitDays, nextUnitDays: next, plants: plants, scenarios: scenarios, expectedPrices: expectedPrices,
      dayAfter: dayAfter, riskAversion: riskAversion, threads: threads, fuel: fuel, shared: shared)
  }
}

/// The paths of a set of scenarios and their prices in rising order, found when they are first asked for and then kept: many groups of
/// units draw from the same ones.
private final class SharedPaths: Sendable {
  private struct Known {
    var paths: [[Double]]?
    var rising: RisingPrices?
  }

  private let scenarios: ScenarioSet
  private let known = Mutex(Known())

  init(_ scenarios: ScenarioSet) { self.scenarios = scenarios }

  var paths: [[Double]] { known.withLock { paths(&$0) } }

  var risingPrices: RisingPrices {
    known.withLock { known in
      if let rising = known.rising { return rising }
      let rising = RisingPrices(paths(&known))
      known.rising = rising
      return rising
    }
  }

  private func paths(_ known: inout Known) -> [[Double]] {
    if let paths = known.paths { return paths }
    let paths = (0..<scenarios.count).map { scenarios.path($0, of: .dayAheadPrice) }
    known.paths = paths
    return paths
  }
}
