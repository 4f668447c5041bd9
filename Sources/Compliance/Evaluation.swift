import MarketModel
import MarketRules

/// A rule that is known, with the words that name its source.
struct StatedRule<Value> {
  let value: Value
  /// "example 2022-01, 鲁发改价格〔2021〕822号".
  let source: String
}

/// One check at work on one bid: it collects the rules that were read, the violations, and what is missing.
struct Evaluation {
  let bid: SubmittedBid
  let context: ComplianceContext
  /// Starts declared by all units of a plant in the same file.
  let startsOfPlants: [PlantID: Int]
  /// How many bids of the file are for this unit.
  let bidsOfUnit: Int
  /// All bids of the file, in the order of the units.
  let book: [SubmittedBid]
  /// The day's intervals, the exact segments and the unit's facts, read once for all checks of the bid.
  let grid: IntervalGrid
  let facts: UnitFacts
  private let exactSegments: Reading<[ExactSegment]>

  private(set) var rules: [AppliedRule] = []
  private var violations: [RuleViolation] = []
  private var missing: [String] = []

  init(
    bid: SubmittedBid, context: ComplianceContext, startsOfPlants: [PlantID: Int], bidsOfUnit: Int,
    book: [SubmittedBid] = []
  ) {
    self.bid = bid
    self.context = context
    self.startsOfPlants = startsOfPlants
    self.bidsOfUnit = bidsOfUnit
    self.book = book
    grid = context.pack.zone.grid(for: bid.day)
    facts = context.facts.units?[bid.unit.text] ?? UnitFacts()
    exactSegments = bid.exactSegments
  }

  /// A violation outweighs what is missing; what is missing never passes.
  var result: CheckResult {
    if !violations.isEmpty { return .violated(violations) }
    return missing.isEmpty ? .passed : .notEvaluated(reason: missing.joined(separator: "; "))
  }

  var pack: RulePack { context.pack }

  /// The register of units as a source of limits.
  static let registerSource = "unit register"
  static let formSource = "form of a bid"
  /// The desk's own limits and records as a source.
  static let deskSource = "desk record"
}

extension Evaluation {
  /// The value of a rule; nil if the pack does not know it, which is noted as missing.
  mutating func known<Value>(
    _ rule: RuleValue<Value>, _ name: String, text: (Value) -> String
  ) -> StatedRule<Value>? {
    switch rule {
    case .known(let value, let citation):
      rules.append(AppliedRule(name: name, value: text(value), citation: citation))
      return StatedRule(value: value, source: "\(pack.name), \(citation.clause)")
    case .unknown(let reason):
      rules.append(AppliedRule(name: name, value: "unknown", citation: nil))
      cannotJudge("rule pack \(pack.name) does not know the \(name) (\(reason))")
      return nil
    }
  }

  /// Notes a limit that the unit register states.
  mutating func register(_ name: String, _ value: String) {
    rules.append(AppliedRule(name: name, value: value + " (" + Evaluation.registerSource + ")", citation: nil))
  }

  mutating func cannotJudge(_ reason: String) { missing.append(reason) }

  /// A fact that somebody has to state; nil, and noted as missing, where nobody has.
  mutating func given<Value>(_ value: Value?, _ name: String) -> Value? {
    if value == nil { cannotJudge("no \(name) is given") }
    return value
  }

  /// Notes a value of the desk's own records.
  mutating func record(_ name: String, _ value: String) {
    rules.append(AppliedRule(name: name, value: value + " (" + Evaluation.deskSource + ")", citation: nil))
  }

  mutating func violate(
    _ finding: String, chinese: String? = nil, segment: Int? = nil, interval: TradingInterval? = nil, source: String,
    advice: String
  ) {
    violations.append(
      RuleViolation(
        unit: bid.unit, day: bid.day, interval: interval?.endLabel, segment: segment, finding: finding,
        source: source, advice: advice, chinese: chinese))
  }

  /// The unit's limits on the bid's day.
  mutating func unitDay() -> UnitDay? {
    guard let unitDay = context.units[bid.unit] else {
      cannotJudge("unit \(bid.unit) is not in the portfolio")
      return nil
    }
    guard unitDay.grid == grid else {
      cannotJudge("the limits of unit \(bid.unit) are those of \(unitDay.grid.day), not of \(bid.day)")
      return nil
    }
    return unitDay
  }

  mutating func segments() -> [ExactSegment]? { readable(exactSegments) }
  mutating func commitment() -> [Bool]? { readable(bid.declaredCommitment(on: grid)) }
  mutating func plan() -> [Double]? { readable(bid.declaredPlan(on: grid)) }

  private mutating func readable<Value>(_ reading: Reading<Value>) -> Value? {
    switch reading {
    case .readable(let value): return value
    case .unreadable(let reason):
      cannotJudge(reason)
      return nil
    }
  }

  /// "1300 CNY/MWh".
  func text(_ price: EnergyPrice) -> String { price.text + " " + pack.currency + "/MWh" }
}

/// "5 %", exact for shares of at most six decimals.
func percentText(_ share: Double) -> String {
  decimalText(Int128(partsPerMillion(share)), decimals: 4) + " %"
}

/// A share of at most six decimals as the whole number that it was in the pack.
func partsPerMillion(_ share: Double) -> Int64 { Int64((share * 1_000_000).rounded()) }
