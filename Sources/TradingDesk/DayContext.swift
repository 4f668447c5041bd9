internal import Bidding
internal import DayPipeline
internal import Foundation
internal import MarketData
internal import MarketModel
internal import MarketRules
internal import MarketStore

/// The company on one day, as of the pack's information cutoff: units, what limits them, plants, contracts.
struct FleetContext {
  let unitDays: [UnitDay]
  let nextUnitDays: [UnitDay]
  let plants: [Plant]
  let contracts: [ContractForDifference]
  let initialStates: String
  /// What the plants may burn in the week; without the prices of recent days.
  let fuel: FuelWeek?
  /// Sentences on duties that cannot be served, and on fuel that is not known.
  let notes: [String]

  /// Name of the strategy whose cleared schedule the next day starts from.
  static let submittedStrategy = OfferStrategy.optimised

  init(day: MarketDay, pack: RulePack, store: MarketStore, portfolioFile: URL?) throws {
    let gate = try ForecastGate(day: day, pack: pack)
    let asOf = gate.asOf
    let fleet = try FleetContext.fleet(store, asOf: asOf, portfolioFile: portfolioFile)
    contracts = try inDeskTerms { try store.contracts(asOf: asOf) }
    let outages = try inDeskTerms { try store.outages(asOf: asOf) }
    let states = try FleetContext.states(fleet.units, day: day, store: store, asOf: asOf)
    initialStates = states.sentence
    plants = fleet.plants
    let zone = pack.zone
    // A start is ordered with the operator's plan; where its hour is unknown, no earlier than the offers are made.
    let order = pack.timetable.dispatchPlan.value ?? pack.timetable.curveGate?.closes ?? gate.cutoff
    let lead = Int(zone.start(of: day).timeIntervalSince(order.instant(for: day, in: zone)) / 60)
    func unitDays(_ grid: IntervalGrid, minutesFromOrder: Int?) -> [UnitDay] {
      fleet.units.map {
        UnitDay(
          unit: $0, grid: grid, zone: zone, outages: outages, initialState: states.byUnit[$0.id] ?? $0.initialState,
          minutesFromOrder: minutesFromOrder)
      }
    }
    self.unitDays = unitDays(gate.grid, minutesFromOrder: lead)
    nextUnitDays = unitDays(zone.grid(for: day.advanced(by: 1)), minutesFromOrder: nil)
    let (budgets, unknown) = FuelBudget.budgets(from: try inDeskTerms { try store.fuel(asOf: asOf) }, on: day)
    let own = Set(fleet.units.map(\.plant))
    let strange = Set(budgets.map(\.plant)).subtracting(own).sorted()
    notes =
      self.unitDays.compactMap(\.lostHeatDuty) + unknown
      + strange.map { "The fuel list names plant \($0), which has no unit in the register; its line changes no offer." }
    let longest = budgets.map(\.days).max() ?? 0
    let later =
      longest < 3 ? [] : (2..<longest).map { unitDays(zone.grid(for: day.advanced(by: $0)), minutesFromOrder: nil) }
    fuel = budgets.isEmpty ? nil : FuelWeek(budgets: budgets, laterUnitDays: later)
  }

  private static func fleet(
    _ store: MarketStore, asOf: Date, portfolioFile: URL?
  ) throws -> (units: [ThermalUnit], plants: [Plant]) {
    let known = try inDeskTerms { try store.plants(asOf: asOf) }
    let units: [ThermalUnit]
    if let portfolioFile {
      guard FileManager.default.fileExists(atPath: portfolioFile.path) else {
        throw DeskProblem(.missingInput, "\(portfolioFile.path) does not exist; name a unit register with --portfolio.")
      }
      units = try inDeskTerms { try UnitRegister.read(from: portfolioFile) }
    } else {
      units = try inDeskTerms { try store.units(asOf: asOf) }
    }
    guard !units.isEmpty else {
      throw DeskProblem(
        .missingInput,
        "The workspace holds no units. Import a register with `spotdesk import units.csv --format units`, or name one with --portfolio."
      )
    }
    let portfolio = try inDeskTerms { try Portfolio(units: units, plants: known) }
    return (portfolio.units, portfolio.plants)
  }

  /// What the cleared schedule of the day before left, if that was known at the cutoff; else the register's.
  private static func states(
    _ units: [ThermalUnit], day: MarketDay, store: MarketStore, asOf: Date
  ) throws -> (byUnit: [UnitID: UnitState], sentence: String) {
    var states: [UnitID: UnitState] = [:]
    for unit in units {
      let known = try inDeskTerms {
        try store.unitState(of: unit.id, strategy: submittedStrategy.rawValue, before: day, asOf: asOf)
      }
      if let known, known.day == day.advanced(by: -1) { states[unit.id] = known.state }
    }
    let sentence =
      states.isEmpty
      ? "register" : "cleared schedule of \(day.advanced(by: -1)) for \(states.count) units, register for the others"
    return (states, sentence)
  }
}

/// Everything that the preparation of one day reads, as of the pack's information cutoff.
struct DayContext {
  let prices: PriceContext
  let fleet: FleetContext
  let inputs: DayInputs
  let settings: DaySettings

  init(
    day: MarketDay, pack: RulePack, store: MarketStore, portfolioFile: URL?, settings: DaySettings, desk: TradingDesk
  ) throws {
    self.settings = settings
    prices = try PriceContext(day: day, pack: pack, store: store, settings: ForecastSettings(settings), desk: desk)
    fleet = try FleetContext(day: day, pack: pack, store: store, portfolioFile: portfolioFile)
    inputs = DayInputs(
      prices: prices.inputs, unitDays: fleet.unitDays, nextUnitDays: fleet.nextUnitDays, plants: fleet.plants,
      contracts: fleet.contracts, riskAversion: settings.riskAversion, secondOpinion: settings.secondOpinion,
      recentDays: settings.recentDays,
      submissionTime: nil, fuel: fleet.fuel)
  }

  var day: MarketDay { prices.day }
  var pack: RulePack { prices.pack }
  var grid: IntervalGrid { prices.grid }
  var asOf: Date { prices.asOf }
  var contracts: [ContractForDifference] { fleet.contracts }
  var initialStates: String { fleet.initialStates }
}
