public import Bidding
public import Clearing
public import Compliance
public import Forecasting
public import MarketModel
public import MarketRules

/// Before the gate: what we expect, what we offer, and whether the rules allow it.
public func prepareDay(_ inputs: DayInputs, under rules: RulePack) throws -> PreparedDay {
  var session = PriceForecastSession()
  return try prepareDay(inputs, under: rules, continuing: &session)
}

/// The same for one of many consecutive days, whose price forecasts go on from each other instead of starting from nothing.
public func prepareDay(
  _ inputs: DayInputs, under rules: RulePack, continuing session: inout PriceForecastSession
) throws -> PreparedDay {
  let forecast = try session.forecast(inputs.prices).fitted(to: inputs.grid)
  let bids = try draftBids(for: try inputs.biddingInputs(expecting: forecast), under: rules)
  let compliance = checkBids(
    try inputs.submitted(bids.optimised, under: rules), in: inputs.complianceContext(under: rules))
  return PreparedDay(forecast: forecast, bids: bids, compliance: compliance)
}

/// After the results, in place of the operator: what a book would have met at these prices.
public func clearDay(_ book: BidBook, unitDays: [UnitDay], at prices: MarketPrices) throws -> ClearingResult {
  try clearAsPriceTaker(book, unitDays: unitDays, at: prices)
}

/// What a day holds once it is ready to submit.
public struct PreparedDay: Sendable {
  public let forecast: PriceForecast
  public let bids: DraftedBids
  /// Of the optimised book, which is the one to submit.
  public let compliance: ComplianceReport
}
