public import Bidding
public import Compliance
public import Forecasting
public import Foundation
public import MarketModel
public import MarketRules

/// Everything that a day is prepared from, all of it as of the gate.
public struct DayInputs: Sendable {
  public let prices: PriceForecastInputs
  public let unitDays: [UnitDay]
  public let nextUnitDays: [UnitDay]
  public let plants: [Plant]
  /// What the company has sold or bought for difference.
  public let contracts: [ContractForDifference]
  public let riskAversion: Double
  /// Share of the scenarios that follow the path of ``referenceModel`` instead of the mixed forecast's.
  public let secondOpinion: Double
  /// Share of the scenarios that are the days of the last four weeks as they came.
  public let recentDays: Double
  /// When the bids would be sent; nil if that is not part of the check.
  public let submissionTime: Date?
  /// What plants may burn in the week; nil where coal and emissions are no limit.
  public let fuel: FuelWeek?

  public init(
    prices: PriceForecastInputs, unitDays: [UnitDay], nextUnitDays: [UnitDay], plants: [Plant],
    contracts: [ContractForDifference] = [], riskAversion: Double, secondOpinion: Double = 0, recentDays: Double = 0,
    submissionTime: Date?,
    fuel: FuelWeek? = nil
  ) {
    self.prices = prices
    self.unitDays = unitDays
    self.nextUnitDays = nextUnitDays
    self.plants = plants
    self.contracts = contracts
    self.riskAversion = riskAversion
    self.secondOpinion = secondOpinion
    self.recentDays = recentDays
    self.submissionTime = submissionTime
    self.fuel = fuel
  }

  /// The day's own intervals; the price inputs are fitted to a day of 24 hours.
  public var grid: IntervalGrid { unitDays.first?.grid ?? prices.grid }

  /// The same day with the units found in other states.
  public func starting(in states: [UnitID: UnitState]) -> DayInputs {
    DayInputs(
      prices: prices, unitDays: unitDays.map { $0.starting(in: states[$0.unit.id] ?? $0.initialState) },
      nextUnitDays: nextUnitDays, plants: plants, contracts: contracts, riskAversion: riskAversion,
      secondOpinion: secondOpinion,
      recentDays: recentDays, submissionTime: submissionTime, fuel: fuel)
  }

  static let referenceModel = "lear"

  /// What offers are drawn from.
  ///
  /// - Throws: `StrategyError` if the limits of the day contradict each other, or the contracts sell more than the fleet has.
  public func biddingInputs(expecting forecast: PriceForecast) throws -> BiddingInputs {
    let after = nextUnitDays.first.map { next in
      forecast.dayAfter.mapRows { ClockChange.fitted($0, to: next.grid) }
    }
    let rows = after ?? forecast.dayAfter
    let recent = prices.prices.suffix(DayInputs.recentDayCount).reversed().compactMap { $0 }
    let own = BiddingInputs(
      unitDays: unitDays, nextUnitDays: nextUnitDays, plants: plants, scenarios: forecast.scenarios,
      expectedPrices: forecast.expected,
      dayAfter: DayAfter(outlooks: rows.outlooks, deviations: rows.deviations, beyond: rows.beyond),
      riskAversion: riskAversion,
      threads: prices.threads, fuel: fuel?.with(recentDays: recent))
    let second = forecast.modelPoints[DayInputs.referenceModel].flatMap { $0.allSatisfy(\.isFinite) ? $0 : nil }
    let strategy = try Strategy(.optimised, ["second_opinion": secondOpinion, "recent_days": recentDays])
    return try StrategyInputs(
      bidding: own, reference: second ?? forecast.point, contracts: contracts,
      recentDays: recent.map { ClockChange.fitted($0, to: grid) }
    ).pooled(for: strategy).bidding
  }

  /// Days that count as recent: four weeks.
  public static let recentDayCount = 28

  /// A book as it would be sent under a pack.
  public func submitted(_ book: BidBook, under pack: RulePack) throws -> [SubmittedBid] {
    guard let basis = pack.bids.priceBasis.value else {
      throw OfferRulesError(pack: "\(pack.market) \(pack.version)", rule: "price_basis")
    }
    return book.bids.map { SubmittedBid($0, currency: pack.currency, basis: basis) }
  }

  public func complianceContext(under pack: RulePack) -> ComplianceContext {
    ComplianceContext(
      units: Dictionary(uniqueKeysWithValues: unitDays.map { ($0.unit.id, $0) }), plants: plants, pack: pack,
      submissionTime: submissionTime)
  }
}
