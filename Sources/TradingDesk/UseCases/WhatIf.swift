internal import Bidding
internal import Compliance
internal import DayPipeline
public import Foundation
internal import MarketData
public import MarketModel

/// `spotdesk what-if`: one segment of one unit's offer moved by hand.
public struct WhatIfReport: Sendable, Encodable {
  public var schema = "spotdesk.what-if/1"
  public let day: MarketDay
  public let unit: String
  public let segment: Int
  public let simulated: Bool
  public let currency: String
  public let rulePack: String
  public let before: View
  public let after: View
  /// After less before.
  public let expectedProfitDifference: Double
  public let conditionalValueAtRisk_5Difference: Double
  /// From the moved segment to worth and compliance, the preparation of the day apart.
  public let milliseconds: Double

  public struct View: Sendable, Encodable {
    public let toMW: Double
    public let pricePerMWh: Double
    public let expectedProfit: Double
    public let conditionalValueAtRisk_5: Double
    /// Share of scenario intervals on line in which the price reaches the segment's end.
    public let clearingProbability: Double
    public let expectedEnergyMWh: Double
    /// What the rules say against the offer, one sentence each.
    public let violations: [String]

    init(_ worth: OfferWorth, _ bid: UnitBid, segment: Int, violations: [String]) {
      let point = bid.curve.points[segment - 1]
      toMW = point.output.megawatts
      pricePerMWh = point.price.perMegawattHour
      expectedProfit = DayReport.rounded(worth.expectation.profit.mean, 2)
      conditionalValueAtRisk_5 = DayReport.rounded(worth.expectation.conditionalValueAtRisk, 2)
      clearingProbability = DayReport.rounded(worth.clearingShares[segment - 1], 4)
      expectedEnergyMWh = DayReport.rounded(worth.expectation.clearedEnergy.mean, 3)
      self.violations = violations
    }
  }
}

extension TradingDesk {
  /// What the day's optimised offer of a unit would be worth with one segment at another price or output. Writes nothing.
  ///
  /// - Parameters:
  ///   - segment: from 1.
  ///   - pricePerMWh, megawatts: nil to leave as they are.
  public func whatIf(
    _ day: MarketDay, unit: String, segment: Int, pricePerMWh: Double?, megawatts: Double?, portfolioFile: URL?,
    settings: DaySettings
  ) throws -> WhatIfReport {
    let store = try openStore()
    let pack = try rulePack(on: day, market: nil, store: store)
    let context = try DayContext(
      day: day, pack: pack, store: store, portfolioFile: portfolioFile, settings: settings, desk: self)
    let prepared = try inDeskTerms { try DayPipeline.prepareDay(context.inputs, under: pack) }
    guard let bid = prepared.bids.optimised.bids.first(where: { $0.unit.text == unit }) else {
      throw DeskProblem(.notFound, "There is no offer of unit \(unit) on \(day).")
    }
    return try inDeskTerms {
      let desk = try WhatIfDesk(try context.inputs.biddingInputs(expecting: prepared.forecast), bid: bid)
      let change = SegmentChange(
        segment: segment, price: pricePerMWh.map { .perMegawattHour($0) }, output: megawatts.map { .megawatts($0) })
      func view(_ bid: UnitBid) throws -> WhatIfReport.View {
        let book = BidBook(day: day, strategy: .optimised, bids: [bid])
        let compliance = checkBids(
          try context.inputs.submitted(book, under: pack), in: context.inputs.complianceContext(under: pack))
        return WhatIfReport.View(try desk.worth(of: bid), bid, segment: segment, violations: compliance.sentences)
      }
      let begin = now()
      let moved = try desk.moved(change)
      let after = try view(moved)
      let milliseconds = now().timeIntervalSince(begin) * 1_000
      let before = try view(bid)
      return WhatIfReport(
        day: day, unit: unit, segment: segment, simulated: try isSimulated(store), currency: pack.currency,
        rulePack: "\(pack.market) \(pack.version)", before: before, after: after,
        expectedProfitDifference: DayReport.rounded(after.expectedProfit - before.expectedProfit, 2),
        conditionalValueAtRisk_5Difference: DayReport.rounded(
          after.conditionalValueAtRisk_5 - before.conditionalValueAtRisk_5, 2),
        milliseconds: DayReport.rounded(milliseconds, 2))
    }
  }
}
