public import MarketModel

/// Why profit was not that of perfect foresight, in the order in which it is told.
///
/// The order follows the causes: what was known comes before what was decided on it, that before what was delivered, that before how
/// it was paid. Within the first pair (price model, load and renewables) and the second (curve, commitment) no order is the
/// right one; each gets the mean over both orders, its Shapley value (Shapley, "A value for n-person games", 1953).
public enum ProfitCause: String, Hashable, Sendable, Codable, CaseIterable {
  /// Perfect foresight of each day alone, from the states in which our offers left the units, less that of all days as one schedule: what
  /// the day's own end is worth. Zero where one day stands alone.
  case horizon
  case priceForecast = "price-forecast-error"
  case systemForecast = "load-and-renewable-error"
  case bidShape = "bid-shape"
  case commitment
  case physics = "physics-and-outages"
  /// What another form of settlement than day-ahead price for day-ahead quantity brings, and the rounding of the lines.
  case settlementForm = "settlement-form"
  case contracts
}

/// What a unit's day brought once it was delivered and settled, in whole hundredths.
public struct RealisedMoney: Hashable, Sendable {
  /// Day-ahead revenue, the deviation at the real-time price, less the cost of what ran.
  public let delivered: Money
  /// The statement without contracts, less that cost.
  public let settled: Money
  /// The statement, less that cost.
  public let realised: Money

  public init(delivered: Money, settled: Money, realised: Money) {
    self.delivered = delivered.rounded
    self.settled = settled.rounded
    self.realised = realised.rounded
  }
}

/// From perfect foresight to what was realised; sums of units and days are exact.
public struct ProfitWaterfall: Hashable, Sendable {
  public private(set) var perfectForesight: Money
  private var effects: [ProfitCause: Money]
  public private(set) var realised: Money

  public static let zero = ProfitWaterfall()

  private init() { (perfectForesight, effects, realised) = (.zero, [:], .zero) }

  /// The waterfall of one unit on one day.
  ///
  /// - Throws: `QuantityError` if a sum leaves the range of money.
  public init(_ outcomes: DecisionOutcomes, _ money: RealisedMoney) throws(QuantityError) {
    let best = try outcomes.perfect.profit.rounded
    let forecast = try outcomes.onForecast.profit.rounded
    let committed = try outcomes.submittedCommitment.profit.rounded
    let submitted = try outcomes.submitted.profit.rounded
    let (model, system) = try sharedEffect(
      from: best, first: outcomes.onModel, second: outcomes.onSystem, both: forecast)
    let (shape, commitment) = try sharedEffect(
      from: forecast, first: outcomes.curveOnForecast, second: committed, both: submitted)
    perfectForesight = best
    realised = money.realised
    effects = [
      .priceForecast: model, .systemForecast: system, .bidShape: shape, .commitment: commitment,
      .physics: try money.delivered - submitted, .settlementForm: try money.settled - money.delivered,
      .contracts: try money.realised - money.settled,
    ]
  }

  public subscript(cause: ProfitCause) -> Money { effects[cause] ?? .zero }

  /// What the effects leave unexplained: nothing, by construction; tests say so.
  public var unexplained: Money {
    get throws(QuantityError) {
      var sum = perfectForesight
      for cause in ProfitCause.allCases { sum = try sum + self[cause] }
      return try realised - sum
    }
  }

  /// The cause that took most, horizon, contracts and form of settlement apart; nil if none took anything.
  public var worst: ProfitCause? {
    let apart: [ProfitCause] = [.horizon, .contracts, .settlementForm]
    let candidates = ProfitCause.allCases.filter { !apart.contains($0) && self[$0] < .zero }
    return candidates.min { self[$0] < self[$1] }
  }

  /// The same day as part of a schedule of perfect foresight over many days.
  ///
  /// - Parameter profit: what that schedule earns on the day.
  public func seen(from profit: Money) throws(QuantityError) -> ProfitWaterfall {
    var own = self
    own.perfectForesight = profit.rounded
    let horizon = try perfectForesight + self[.horizon] - profit.rounded
    own.effects[.horizon] = horizon == .zero ? nil : horizon
    return own
  }

  public mutating func add(_ other: ProfitWaterfall) throws(QuantityError) {
    perfectForesight = try perfectForesight + other.perfectForesight
    realised = try realised + other.realised
    for cause in ProfitCause.allCases { effects[cause] = try self[cause] + other[cause] }
  }
}

/// The Shapley values of two causes in whole hundredths; where the halves are odd, the first is rounded down and the second takes the
/// rest, so that both add up to the whole effect.
func sharedEffect(
  from base: Money, first: Money, second: Money, both: Money
) throws(QuantityError) -> (first: Money, second: Money) {
  let hundredth = Money(hundredths: 1).quanta
  let twice = try (first - base) + (both - second)
  let half = (twice.quanta / hundredth) >> 1
  let own = Money(quanta: half * hundredth)
  return (own, try (both - base) - own)
}
