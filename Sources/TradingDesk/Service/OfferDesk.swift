internal import Bidding
internal import Compliance
internal import DayPipeline
internal import Forecasting
internal import Foundation
public import MarketModel
internal import MarketRules
internal import Synchronization

/// A prepared day kept in memory, so that what a trader changes is answered while he waits: no forecast and no commitment is
/// made anew.
public final class OfferDesk: Sendable {
  public let day: MarketDay
  public let simulated: Bool
  let inputs: DayInputs
  let pack: RulePack
  private let bidding: BiddingInputs
  private let bids: [UnitID: UnitBid]
  private let opened = Mutex<[UnitID: OpenedUnit]>([:])

  /// What does not change from one question to the next.
  private struct OpenedUnit {
    let desk: WhatIfDesk
    let prepared: OfferEvaluation.Worth
  }

  init(_ inputs: DayInputs, pack: RulePack, forecast: PriceForecast, bids: [UnitBid], simulated: Bool) throws {
    day = inputs.grid.day
    self.simulated = simulated
    self.inputs = inputs
    self.pack = pack
    bidding = try inputs.biddingInputs(expecting: forecast)
    self.bids = Dictionary(uniqueKeysWithValues: bids.map { ($0.unit, $0) })
  }

  /// Units that have an offer, in order.
  public var units: [UnitID] { bids.keys.sorted() }

  /// The prepared curve of a unit.
  public func preparedSegments(of unit: String) throws -> [DraftSegment] {
    try bid(of: unit).curve.points.map {
      DraftSegment(toMW: $0.output.megawatts, pricePerMWh: $0.price.perMegawattHour)
    }
  }

  /// What a curve is worth on the day's scenarios, and what the rules say of it.
  ///
  /// - Throws: `DeskProblem` "bad data" if the numbers are no curve: nothing, a falling price, an empty segment.
  public func evaluate(_ unit: String, _ segments: [DraftSegment]) throws -> OfferEvaluation {
    let prepared = try bid(of: unit)
    let own = try open(prepared)
    let bid = UnitBid(
      unit: prepared.unit, curve: try OfferDesk.curve(segments, form: prepared.curve.form),
      commitment: prepared.commitment, plannedMegawatts: prepared.plannedMegawatts)
    let draft = OfferEvaluation.Worth(try inDeskTerms { try own.desk.worth(of: bid) }, bid)
    let found = try check(bid)
    let blocks = found.contains { $0.severity != CheckSeverity.warn.rawValue }
    return OfferEvaluation(
      day: day, unit: bid.unit, currency: pack.currency, rulePack: "\(pack.market) \(pack.version)",
      simulated: simulated, prepared: own.prepared, draft: draft,
      expectedProfitDifference: DayReport.rounded(draft.expectedProfit - own.prepared.expectedProfit, 2),
      conditionalValueAtRisk_5Difference: DayReport.rounded(
        draft.conditionalValueAtRisk_5 - own.prepared.conditionalValueAtRisk_5, 2),
      verdict: blocks ? "violated" : "compliant", findings: found)
  }

  private func bid(of unit: String) throws -> UnitBid {
    guard let bid = bids.first(where: { $0.key.text == unit })?.value else {
      throw DeskProblem(.notFound, "There is no offer of unit \(unit) on \(day).")
    }
    return bid
  }

  private func open(_ bid: UnitBid) throws -> OpenedUnit {
    if let known = opened.withLock({ $0[bid.unit] }) { return known }
    let own = try inDeskTerms {
      let desk = try WhatIfDesk(bidding, bid: bid)
      return OpenedUnit(desk: desk, prepared: OfferEvaluation.Worth(try desk.worth(of: bid), bid))
    }
    opened.withLock { $0[bid.unit] = own }
    return own
  }

  private func check(_ bid: UnitBid) throws -> [OfferEvaluation.Finding] {
    let book = BidBook(day: day, strategy: .optimised, bids: [bid])
    let report = try inDeskTerms {
      checkBids(try inputs.submitted(book, under: pack), in: inputs.complianceContext(under: pack))
    }
    return report.units.flatMap(\.outcomes).flatMap { outcome -> [OfferEvaluation.Finding] in
      guard case .violated(let violations) = outcome.result else { return [] }
      return violations.map { violation in
        OfferEvaluation.Finding(
          check: outcome.id, severity: outcome.severity.rawValue, segment: violation.segment,
          interval: violation.interval, message: "\(violation.finding). \(violation.advice)",
          messageChinese: violation.chinese ?? violation.finding, clause: violation.source)
      }
    }
  }

  static func curve(_ segments: [DraftSegment], form: CurveForm) throws -> BidCurve {
    do {
      let points = try segments.map { segment -> BidPoint in
        guard segment.toMW.isFinite, (0...100_000).contains(segment.toMW) else {
          throw DeskProblem(.badData, "\(segment.toMW) MW is no output; use 0 to 100000.")
        }
        return BidPoint(
          output: .megawatts(segment.toMW), price: try EnergyPrice(perMegawattHour: segment.pricePerMWh))
      }
      return try BidCurve(form: form, points: points)
    } catch let problem as DeskProblem {
      throw problem
    } catch {
      throw DeskProblem(.badData, "\(error).")
    }
  }
}

extension OfferEvaluation.Worth {
  init(_ worth: OfferWorth, _ bid: UnitBid) {
    expectedProfit = DayReport.rounded(worth.expectation.profit.mean, 2)
    conditionalValueAtRisk_5 = DayReport.rounded(worth.expectation.conditionalValueAtRisk, 2)
    expectedEnergyMWh = DayReport.rounded(worth.expectation.clearedEnergy.mean, 3)
    var start = Power.zero
    segments = zip(bid.curve.points, worth.clearingShares).enumerated().map { number, pair in
      defer { start = pair.0.output }
      return OfferEvaluation.Segment(
        segment: number + 1, fromMW: start.megawatts, toMW: pair.0.output.megawatts,
        pricePerMWh: pair.0.price.perMegawattHour, clearingProbability: DayReport.rounded(pair.1, 4))
    }
  }
}

extension TradingDesk {
  /// Opens a prepared day for questions. It makes the day's forecast again, with the prepared day's own settings, and reads
  /// the offers as they were written; it writes nothing.
  public func openOffers(_ day: MarketDay) throws -> OfferDesk {
    let store = try openStore()
    let limits = try PreparedLimits(day, store: store, desk: self)
    let settings = try preparedSummary(of: day).provenance
    var own = DaySettings(
      seed: settings.seed, scenarios: settings.scenarios, riskAversion: settings.riskAversion, threads: 1)
    own.secondOpinion = settings.secondOpinion ?? 0
    own.recentDays = settings.recentDays ?? 0
    let context = try DayContext(
      day: day, pack: limits.pack, store: store,
      portfolioFile: workspace.dayDirectory(day).appending(path: "units.csv"), settings: own,
      desk: self)
    guard context.prices.history.dataHash == settings.dataHash else {
      throw DeskProblem(
        .badData, "The data of \(day) changed since its bids were made. Run `spotdesk day \(day)` again.")
    }
    progress("\(day): opening the offers of \(limits.stored.optimised.count) units")
    let forecast = try inDeskTerms {
      var session = learnedSession()
      return try session.forecast(context.inputs.prices).fitted(to: context.inputs.grid)
    }
    return try OfferDesk(
      context.inputs, pack: limits.pack, forecast: forecast,
      bids: try limits.stored.optimised.map { try $0.bid(on: limits.grid) }, simulated: try isSimulated(store))
  }
}
