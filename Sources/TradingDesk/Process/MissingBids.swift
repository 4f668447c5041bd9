internal import Clearing
internal import DayPipeline
internal import Foundation
internal import MarketData
public import MarketModel
internal import MarketRules
internal import MarketStore
internal import Review

/// What happens to each unit of a day if no bid of it is submitted, beside what the prepared bid would bring.
public struct MissingBidReport: Sendable, Encodable {
  public var schema = "spotdesk.missing-bids/1"
  public var day: MarketDay
  public var pack: String
  public var currency: String
  /// The pack's rule with its clause.
  public var rule: String
  public var units: [UnitRow]
  /// Sums over the units whose default is known.
  public var profitIfMissing: Double
  public var profitIfSubmitted: Double
  public var assumptions: [String]

  public struct UnitRow: Sendable, Encodable {
    public var unit: String
    /// "registered-default", "last-valid", "bid-cap", "standing-offer", "none", or "unknown".
    public var taken: String
    /// In words: which file of which day, or why it is not known.
    public var reason: String
    /// The curve that counts, as "165 MW @ 1300, 330 MW @ 1300"; "" for none.
    public var curve: String
    /// Net MWh and profit in currency units at the forecast prices; nil where it is not known.
    public var energyMWh: Double?
    public var profit: Double?
    public var submittedEnergyMWh: Double
    public var submittedProfit: Double
  }
}

extension TradingDesk {
  /// Computes what the operator would take for every unit of a prepared day without a bid, and what that would bring.
  public func missingBids(_ day: MarketDay) throws -> MissingBidReport {
    let store = try openStore()
    let limits = try PreparedLimits(day, store: store, desk: self)
    let missing = MissingBids(
      limits: limits, day: day, entries: try inDeskTerms { try store.auditEntries() },
      load: { hash, day in try storedPayload(hash, day: day, store: store) })
    return try missing.report()
  }
}

/// The default bids of one day.
private struct MissingBids {
  let limits: PreparedLimits
  let day: MarketDay
  let entries: [AuditEntry]
  let load: (String, MarketDay) throws -> BidPayload

  private var pack: RulePack { limits.pack }

  /// What counts for a unit, and why.
  private struct Default {
    let rule: String
    let reason: String
    let curve: BidCurve?
  }

  func report() throws -> MissingBidReport {
    let prices = try forecastPrices()
    let grid = limits.grid
    let prepared = try limits.stored.optimised.map { try $0.bid(on: grid) }
    let own = try results(prepared, prices)
    var rows: [MissingBidReport.UnitRow] = []
    for bid in prepared {
      let found = try defaultBid(of: bid)
      let result = try result(of: bid, taken: found, prices: prices)
      let submitted = own[bid.unit]
      rows.append(
        MissingBidReport.UnitRow(
          unit: bid.unit.text, taken: found.rule, reason: found.reason, curve: found.curve?.words ?? "",
          energyMWh: result?.energy, profit: result?.profit, submittedEnergyMWh: submitted?.energy ?? 0,
          submittedProfit: submitted?.profit ?? 0))
    }
    let known = rows.filter { $0.profit != nil }
    return MissingBidReport(
      day: day, pack: pack.name, currency: pack.currency, rule: pack.settlement.missingBidSentence, units: rows,
      profitIfMissing: known.reduce(0) { $0 + ($1.profit ?? 0) },
      profitIfSubmitted: known.reduce(0) { $0 + $1.submittedProfit },
      assumptions: [
        "Prices are the day's forecast, whatever is bid.",
        "A unit is on line in the intervals that the prepared bid declares; under rule none it is off.",
      ])
  }

  private func forecastPrices() throws -> MarketPrices {
    guard let basis = pack.bids.priceBasis.value else {
      throw DeskProblem(.badData, "Rule pack \(pack.name) does not know price_basis. Complete the pack.")
    }
    do {
      let point = try limits.stored.forecast.point.map { try EnergyPrice(perMegawattHour: $0) }
      return MarketPrices(basis: basis, prices: try IntervalSeries(limits.grid, point))
    } catch {
      throw DeskProblem(.badData, "The forecast of \(day) cannot be used: \(error).")
    }
  }

  /// The first of the pack's rules that has something to apply to.
  private func defaultBid(of bid: UnitBid) throws -> Default {
    guard case .known(let rules, _) = pack.settlement.missingBid else {
      return Default(rule: "unknown", reason: pack.settlement.missingBidSentence, curve: nil)
    }
    var passedOver: [String] = []
    for rule in rules {
      let found: Default?
      switch rule {
      case .registeredDefault, .standingOffer:
        found = try stored(of: bid, rule, "registered-default") { $0 <= day }
      case .lastValid: found = try stored(of: bid, rule, "submitted") { $0 < day }
      case .bidCap: found = try atCap(bid)
      case .none: found = Default(rule: rule.rawValue, reason: "the unit is not in the market", curve: nil)
      }
      if let found { return found }
      passedOver.append(rule.rawValue)
    }
    return Default(
      rule: "unknown", reason: "nothing on record for \(passedOver.joined(separator: ", then "))", curve: nil)
  }

  /// The unit's bid in the latest payload of an action.
  private func stored(
    of bid: UnitBid, _ rule: MissingBidRule, _ action: String, _ isInTime: (MarketDay) -> Bool
  ) throws -> Default? {
    for entry in entries.reversed() where entry.action == action {
      guard let date = entry.day, isInTime(date), let hash = BidAct.payload(in: entry.content) else { continue }
      let segments = try load(hash, date).rows.filter { $0.unit == bid.unit }
      guard !segments.isEmpty else { continue }
      return Default(
        rule: rule.rawValue, reason: "\(action) for \(date) by \(entry.actor)",
        curve: try curve(segments, form: bid.curve.form))
    }
    return nil
  }

  private func curve(_ segments: [BidSegmentRow], form: CurveForm) throws -> BidCurve {
    do {
      let points = try segments.filter { $0.to > 0 }.map {
        BidPoint(output: try Power(megawatts: $0.to), price: try EnergyPrice(perMegawattHour: $0.price))
      }
      return try BidCurve(form: form, points: points)
    } catch {
      throw DeskProblem(.badData, "The recorded bid of unit \(segments[0].unit) is no curve: \(error).")
    }
  }

  /// Every output at the bid cap.
  private func atCap(_ bid: UnitBid) throws -> Default? {
    guard case .known(let cap, let citation) = pack.bids.cap else { return nil }
    let points = [bid.curve.points[0].output, bid.curve.points[bid.curve.points.count - 1].output]
    let reason = "bid cap \(cap.text) (\(citation.clause))"
    do {
      let curve = try BidCurve(
        form: bid.curve.form,
        points: (points[0] == points[1] ? [points[0]] : points).map { BidPoint(output: $0, price: cap) })
      return Default(rule: MissingBidRule.bidCap.rawValue, reason: reason, curve: curve)
    } catch {
      return Default(
        rule: MissingBidRule.bidCap.rawValue, reason: "\(reason), which makes no curve: \(error)", curve: nil)
    }
  }

  private func result(
    of bid: UnitBid, taken: Default, prices: MarketPrices
  ) throws -> (energy: Double, profit: Double)? {
    if taken.rule == MissingBidRule.none.rawValue { return (0, 0) }
    guard let curve = taken.curve else { return nil }
    let counted = UnitBid(
      unit: bid.unit, curve: curve, commitment: bid.commitment, plannedMegawatts: bid.plannedMegawatts)
    return try results([counted], prices)[bid.unit]
  }

  private func results(
    _ bids: [UnitBid], _ prices: MarketPrices
  ) throws -> [UnitID: (energy: Double, profit: Double)] {
    let book = BidBook(day: day, strategy: .optimised, bids: bids)
    let schedules = try inDeskTerms {
      try DayPipeline.clearDay(book, unitDays: limits.unitDays, at: prices).schedules
    }
    var found: [UnitID: (energy: Double, profit: Double)] = [:]
    for schedule in schedules {
      let result = try inDeskTerms { try UnitResult(schedule) }
      found[schedule.unit] = (
        DayReport.rounded(result.clearedEnergy.megawattHours, 3), DayReport.rounded(result.profit.rounded.amount, 2)
      )
    }
    return found
  }
}

extension BidCurve {
  /// "165 MW @ -80, 330 MW @ 350".
  fileprivate var words: String {
    points.map { "\($0.output.megawattText) MW @ \($0.price.text)" }.joined(separator: ", ")
  }
}
