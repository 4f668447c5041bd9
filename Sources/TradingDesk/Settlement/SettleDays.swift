internal import Clearing
public import Foundation
internal import MarketData
internal import MarketModel
internal import MarketRules
internal import MarketStore
internal import Settlement

/// What `spotdesk settle` is asked for.
public struct SettleRequest: Sendable {
  public var days: MarketDayRange
  /// A convention by its name, in place of the pack's.
  public var mode: String?
  /// Another pack: market, or market/version.
  public var rules: String?
  /// Metered net energy (CSV), in place of what was sold and could be delivered.
  public var meters: URL?
  /// Capacity, mechanism price, AGC and other payments by line (CSV).
  public var services: URL?
  /// The operator's statement, and the layout to read it with if it is not to be found by itself.
  public var statement: URL?
  public var layout: String?
  /// Every settlement period of every line.
  public var withPeriods: Bool

  public init(days: MarketDayRange, withPeriods: Bool) {
    self.days = days
    self.withPeriods = withPeriods
  }
}

extension TradingDesk {
  /// The statement of our submitted offers on prepared days, and its comparison with the operator's if there is one.
  public func settle(_ request: SettleRequest) throws -> SettlementReport {
    let store = try openStore()
    let mode = try request.mode.map { name in
      guard let mode = SettlementMode(rawValue: name) else {
        let known = SettlementMode.allCases.map(\.rawValue).joined(separator: ", ")
        throw DeskProblem(.notFound, "There is no settlement convention \(name); there are \(known).")
      }
      return mode
    }
    let meters = try request.meters.map { try MeteredEnergy(file: $0) }
    var run = SettlementRun(desk: self, store: store, mode: mode, rules: request.rules, meters: meters)
    for day in try preparedDays(request.days, store) { try run.add(day) }
    if let services = request.services { try run.add(services: try ServiceList(file: services), request.days) }
    var report = try SettlementReport(run, request, simulated: isSimulated(store))
    if let file = request.statement {
      report.reconciliation = try reconciliation(run, file: file, layout: request.layout, days: request.days)
    }
    if request.days.isOneDay {
      try locked {
        try Workspace.write(
          [("settlement.json", try encodedDocument(report))], in: workspace.dayDirectory(request.days.first))
      }
    }
    return report
  }

  /// The days of a range that were prepared.
  ///
  /// - Throws: `DeskProblem` if none was.
  func preparedDays(_ range: MarketDayRange, _ store: MarketStore) throws -> [MarketDay] {
    let found = try inDeskTerms {
      try store.documents(StoredDay.kind, strategy: "", from: range.first, through: range.last, asOf: .distantFuture)
    }.map(\.day)
    guard !found.isEmpty else {
      throw DeskProblem(
        .notFound,
        "\(range.isOneDay ? "\(range.first)" : "Every day of \(range)") has no bids in \(workspace.directory.path). Run `spotdesk day \(range.first)` first."
      )
    }
    return found
  }
}

/// The state of a settlement between two days.
struct SettlementRun {
  let desk: TradingDesk
  let store: MarketStore
  let mode: SettlementMode?
  let rules: String?
  let meters: MeteredEnergy?
  private(set) var statement = Statement(currency: "")
  private(set) var days: [SettledDay] = []
  private(set) var notes: [String] = []

  init(desk: TradingDesk, store: MarketStore, mode: SettlementMode?, rules: String?, meters: MeteredEnergy?) {
    (self.desk, self.store, self.mode, self.rules, self.meters) = (desk, store, mode, rules, meters)
  }

  mutating func add(_ day: MarketDay) throws {
    let past = try PastDay(day, store: store, desk: desk)
    let pack = try rules.map { try desk.namedPack($0, day: day) } ?? past.pack
    let sold = try past.clear(past.optimised)
    let settled = try SettledDay(
      past, pack: pack, sold: sold.schedules, actual: try past.actualUnitDays(store), mode: mode, meters: meters,
      store: store)
    if statement.currency.isEmpty { statement = Statement(currency: pack.currency) }
    statement.add(settled.lines, assumptions: settled.assumptions)
    days.append(settled)
  }

  mutating func add(services: ServiceList, _ range: MarketDayRange) throws {
    let (desk, store, rules) = (desk, store, rules)
    statement.add(
      try services.lines(in: range, currency: statement.currency) { day in
        try rules.map { try desk.namedPack($0, day: day) } ?? desk.rulePack(on: day, market: nil, store: store)
      })
  }
}

/// One day with its lines.
struct SettledDay {
  let day: MarketDay
  let packName: String
  let mode: SettlementMode
  let priceReason: String?
  let lines: [StatementLine]
  let delivered: [UnitID: DeliveredDay]
  /// Metered net energy by trading interval, and what the statement pays without contracts.
  let metered: [UnitID: [Energy]]
  let withoutContracts: [UnitID: Money]
  /// By trading interval, as disclosed.
  let prices: SettlementPriceReader
  let contracts: [UnitID: [ContractPosition]]
  let assumptions: [String]
  let disputeDays: Int?
  let periodMinutes: Int

  /// - Throws: `DeskProblem`, one sentence, if a price or a quantity is missing.
  init(
    _ past: PastDay, pack: RulePack, sold: [ClearedSchedule], actual: [UnitDay], mode stated: SettlementMode?,
    meters: MeteredEnergy?, store: MarketStore
  ) throws {
    day = past.day
    packName = pack.name
    disputeDays = pack.settlement.disputeDays.value
    let terms = try inSettlementTerms { try SettlementTerms(pack, mode: stated) }
    mode = terms.mode
    let count = terms.intervalsPerPeriod
    let length = past.grid.length
    periodMinutes = count * length.minutes
    let units = past.unitDays.map(\.unit)
    let contracts = sharedContracts(past.contracts, units: units, grid: past.grid, intervalsPerPeriod: count)
    let reader = try SettlementPriceReader(past, store: store, terms: terms)
    var notes = terms.assumptions + reader.notes
    let second = SecondLevelLimit.of(pack)
    if let note = second.note { notes.append(note) }
    if case .loweredCap(_, _, let trigger) = second.limit, let days = trigger.days,
      reader.evidence.dailyMeans.count < days
    {
      notes.append(
        "the mean price of \(reader.lastUnknownDay) is not known: whether the price was above its limit on \(days) days running cannot be told"
      )
    }
    var lines: [StatementLine] = []
    var delivered: [UnitID: DeliveredDay] = [:]
    var meteredEnergy: [UnitID: [Energy]] = [:]
    var plain: [UnitID: Money] = [:]
    var reason: String?
    for (unitDay, actualDay) in zip(past.unitDays, actual) {
      let unit = unitDay.unit
      let schedule = sold.first { $0.unit == unit.id }
      let net = schedule.map { $0.output.values.map { unit.netOutput(ofGross: $0).energy(over: length) } }
      let sale = net ?? [Energy](repeating: .zero, count: past.grid.count)
      let physical = try schedule.map { try DeliveredDay($0, of: unitDay, actual: actualDay) }
      delivered[unit.id] = physical
      let metered = try meters?.energy(of: unit.id, on: past.grid) ?? physical?.net ?? sale
      let disclosed = try reader.prices(of: unit, energies: metered)
      let prices = second.limit.map { disclosed.settled(under: $0, evidence: reader.evidence) } ?? disclosed
      reason = reason ?? prices.reason
      let position = EnergyPosition(
        unit: unit.id, day: day, dayAhead: periodEnergies(sale, intervalsPerPeriod: count),
        metered: periodEnergies(metered, intervalsPerPeriod: count), contracts: contracts[unit.id] ?? [])
      var own = try inSettlementTerms {
        try settleEnergy(position, at: prices, under: terms, currency: pack.currency)
      }
      meteredEnergy[unit.id] = metered
      if let schedule, pack.settlement.paysStartUp.value == true, let source = pack.settlement.paysStartUp.citation {
        own += try inSettlementTerms { try SettledDay.makeWhole(schedule, of: unit, pack, source) }
      }
      lines += own
      plain[unit.id] = try SettledDay.withoutContracts(own, position, at: prices, under: terms)
    }
    self.lines = lines
    self.delivered = delivered
    (self.metered, withoutContracts, self.prices, self.contracts) = (meteredEnergy, plain, reader, contracts)
    priceReason = reason
    assumptions = notes
  }

  /// The statement of a unit had it no contracts; in the delta form that is not the sum of the lines without one.
  private static func withoutContracts(
    _ lines: [StatementLine], _ position: EnergyPosition, at prices: SettlementPrices, under terms: SettlementTerms
  ) throws -> Money {
    guard terms.mode == .delta, !position.contracts.isEmpty else {
      return try inDeskTerms { try Money.sum(lines.filter { $0.contract.isEmpty }.map(\.amount)) }
    }
    let alone = EnergyPosition(
      unit: position.unit, day: position.day, dayAhead: position.dayAhead, metered: position.metered)
    let energy = try inSettlementTerms { try settleEnergy(alone, at: prices, under: terms, currency: "") }
    let others = lines.filter { $0.periods.isEmpty }
    return try inDeskTerms { try Money.sum((energy + others).map(\.amount)) }
  }

  /// The day-ahead shortfall against start-up and running cost; nothing where revenue covers them.
  private static func makeWhole(
    _ schedule: ClearedSchedule, of unit: ThermalUnit, _ pack: RulePack, _ source: Citation
  ) throws(SettlementError) -> [StatementLine] {
    let hours = Double(schedule.commitment.values.count { $0 }) * schedule.output.grid.length.hours
    let noLoad = Money.estimate(unit.noLoadCostPerHour.amount * hours)
    let account = CommitmentAccount(
      startUp: schedule.startUpCost, noLoad: pack.settlement.paysNoLoad.value == true ? noLoad : .zero,
      energyCost: Money(quanta: schedule.operatingCost.quanta - noLoad.quanta), energyRevenue: schedule.revenue)
    let payment = try dayAheadMakeWhole(account)
    guard payment > .zero else { return [] }
    return [
      StatementLine(
        unit: unit.id, day: schedule.output.day, item: .makeWhole, quantity: .zero, amount: payment,
        formula: "max(0, C_start + C_noload + ∫C(P) − Σ Q_D · P_D)",
        inputs: [
          StatementInput("C_start", account.startUp, currency: pack.currency),
          StatementInput("C_noload", account.noLoad, currency: pack.currency),
          StatementInput("∫C(P)", account.energyCost, currency: pack.currency),
          StatementInput("Σ Q_D · P_D", account.energyRevenue, currency: pack.currency),
        ], source: source, periods: [])
    ]
  }
}

/// Says a settlement's own problems as the desk's.
func inSettlementTerms<Result>(_ work: () throws -> Result) throws -> Result {
  do { return try work() } catch let problem as SettlementError {
    throw DeskProblem(problem.kind == .missing ? .notFound : .badData, problem.description)
  }
}
