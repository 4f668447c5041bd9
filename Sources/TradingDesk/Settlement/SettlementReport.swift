public import MarketModel
internal import MarketRules
internal import Settlement

/// `spotdesk settle`: what is paid, line by line. Amounts are in `currency`, rounded to hundredths once, on the line.
public struct SettlementReport: Sendable, Encodable {
  public var schema = "spotdesk.settle/1"
  public var from: MarketDay
  public var to: MarketDay
  public var simulated: Bool
  public var currency: String
  /// The sum of the lines.
  public var total: Money
  public var days: [DayRow]
  public var items: [ItemRow]
  public var units: [UnitRow]
  public var lines: [LineRow]
  /// What was assumed because the rule pack says "unknown".
  public var assumptions: [String]
  public var notes: [String]
  public var reconciliation: ReconciliationView?

  public struct DayRow: Sendable, Encodable {
    public var day: MarketDay
    public var rulePack: String
    public var mode: String
    public var amount: Money
    /// Net energy sold day-ahead and metered.
    public var dayAheadMWh: Double
    public var meteredMWh: Double
    /// Why settled prices are not the disclosed ones; absent if they are.
    public var settlementPriceReason: String?
  }

  public struct ItemRow: Sendable, Encodable {
    public var item: String
    public var quantityMWh: Double
    public var amount: Money
  }

  public struct UnitRow: Sendable, Encodable {
    public var unit: UnitID
    public var amount: Money
  }

  public struct LineRow: Sendable, Encodable {
    public var unit: UnitID
    public var day: MarketDay
    public var item: String
    public var contract: String
    public var quantityMWh: Double
    public var pricePerMWh: Double?
    public var amount: Money
    public var formula: String
    public var inputs: [Input]
    public var clause: String
    public var confidence: String
    /// Absent where only days were asked for.
    public var periods: [Period]?
  }

  public struct Input: Sendable, Encodable {
    public var name: String
    public var value: String
    public var unit: String
  }

  public struct Period: Sendable, Encodable {
    public var period: Int
    public var quantityMWh: Double
    public var pricePerMWh: Double
    public var amount: Money
  }

  /// The operator's statement against ours.
  public struct ReconciliationView: Sendable, Encodable {
    public var file: String
    public var layout: String
    public var comparedLines: Int
    public var equalLines: Int
    public var ownTotal: Money
    public var operatorTotal: Money
    /// Operator less own.
    public var difference: Money
    public var causes: [CauseRow]
    public var differences: [DifferenceRow]
    /// Last day for a dispute; absent while the pack does not know it.
    public var disputeDeadline: MarketDay?
    public var disputeSentence: String
  }

  public struct CauseRow: Sendable, Encodable {
    public var cause: String
    public var lines: Int
    public var amount: Money
  }

  public struct DifferenceRow: Sendable, Encodable {
    public var cause: String
    public var day: MarketDay
    public var unit: UnitID
    public var item: String
    public var contract: String
    /// 0 for a whole day.
    public var period: Int
    /// Line of the file; absent for a missing line.
    public var line: Int?
    public var difference: Money
    public var quantityEffect: Money
    public var priceEffect: Money
    public var sentence: String
  }
}

extension SettlementReport {
  init(_ run: SettlementRun, _ request: SettleRequest, simulated: Bool) throws {
    let statement = run.statement
    (from, to, self.simulated) = (request.days.first, request.days.last, simulated)
    currency = statement.currency
    total = try inSettlementTerms { try statement.total() }
    items = try StatementItem.allCases.compactMap { item in
      let own = statement.lines.filter { $0.item == item }
      guard !own.isEmpty else { return nil }
      return ItemRow(
        item: item.rawValue, quantityMWh: SettlementReport.megawattHours(own.map(\.quantity)),
        amount: try inDeskTerms { try Money.sum(own.map(\.amount)) })
    }
    let ids = Set(statement.lines.map(\.unit)).sorted()
    units = try ids.map { id in
      UnitRow(
        unit: id,
        amount: try inDeskTerms { try Money.sum(statement.lines.filter { $0.unit == id }.map(\.amount)) })
    }
    days = try run.days.map { try DayRow($0, statement) }
    lines = statement.lines.map { LineRow($0, withPeriods: request.withPeriods) }
    assumptions = statement.assumptions
    let missing = request.days.days.filter { day in !run.days.contains { $0.day == day } }
    notes =
      (missing.isEmpty ? [] : ["\(missing.count) days were not prepared and are left out, the first is \(missing[0])"])
      + (run.meters == nil
        ? ["no meters were given: metered is what was sold, less what outages after the gate took"] : [])
  }

  static func megawattHours(_ energies: [Energy]) -> Double {
    DayReport.rounded(energies.reduce(.zero, +).megawattHours, 6)
  }
}

extension SettlementReport.DayRow {
  fileprivate init(_ day: SettledDay, _ statement: Statement) throws {
    self.day = day.day
    rulePack = day.packName
    mode = day.mode.rawValue
    let own = statement.lines.filter { $0.day == day.day }
    amount = try inDeskTerms { try Money.sum(own.map(\.amount)) }
    func total(_ items: [StatementItem]) -> Energy {
      own.filter { items.contains($0.item) }.map(\.quantity).reduce(.zero, +)
    }
    let deviation = total([.deviationEnergy])
    let contracted = total([.contractEnergy])
    let sold: Energy =
      switch day.mode {
      case .delta: contracted + total([.dayAheadChange])
      case .realTimeFull: total([.dayAheadDifference])
      case .zoneReference, .single: total([.realTimeEnergy])
      case .contractForDifference, .twoSettlement: total([.dayAheadEnergy])
      }
    let metered: Energy = day.mode == .realTimeFull ? total([.realTimeEnergy]) : sold + deviation
    dayAheadMWh = SettlementReport.megawattHours([sold])
    meteredMWh = SettlementReport.megawattHours([metered])
    settlementPriceReason = day.priceReason
  }
}

extension SettlementReport.LineRow {
  init(_ line: StatementLine, withPeriods: Bool) {
    unit = line.unit
    day = line.day
    item = line.item.rawValue
    contract = line.contract
    quantityMWh = SettlementReport.megawattHours([line.quantity])
    pricePerMWh = line.meanPrice?.perMegawattHour
    amount = line.amount
    formula = line.formula
    inputs = line.inputs.map { SettlementReport.Input(name: $0.name, value: $0.value, unit: $0.unit) }
    clause = line.source.clause
    confidence = line.source.confidence.rawValue
    periods =
      withPeriods && !line.periods.isEmpty
      ? line.periods.map {
        SettlementReport.Period(
          period: $0.period, quantityMWh: SettlementReport.megawattHours([$0.quantity]),
          pricePerMWh: $0.price.perMegawattHour, amount: $0.amount.rounded)
      } : nil
  }
}

extension SettlementReport.ReconciliationView {
  init(
    _ found: Reconciliation, file: String, layout: String, deadline: (day: MarketDay?, sentence: String),
    causes all: [(DifferenceCause, [StatementDifference])]
  ) {
    self.file = file
    self.layout = layout
    comparedLines = found.comparedLines
    equalLines = found.equalLines
    ownTotal = found.ownTotal
    operatorTotal = found.operatorTotal
    difference = Money(quanta: found.operatorTotal.quanta - found.ownTotal.quanta)
    causes = all.filter { !$0.1.isEmpty }.map { cause, own in
      SettlementReport.CauseRow(
        cause: cause.rawValue, lines: own.count,
        amount: Money(quanta: own.reduce(Int128(0)) { $0 + $1.difference.quanta }))
    }
    differences = found.differences.map {
      SettlementReport.DifferenceRow(
        cause: $0.cause.rawValue, day: $0.key.day, unit: $0.key.unit, item: $0.key.item.rawValue,
        contract: $0.key.contract, period: $0.key.period, line: $0.row, difference: $0.difference,
        quantityEffect: $0.quantityEffect, priceEffect: $0.priceEffect, sentence: $0.sentence)
    }
    disputeDeadline = deadline.day
    disputeSentence = deadline.sentence
  }
}
