public import MarketModel

/// What is wrong with a clearing.
public struct ClearingFinding: Hashable, Sendable, CustomStringConvertible {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case incomplete = "incomplete result"
    case quantityOutOfRange = "quantity out of range"
    case unbalanced = "supply is not demand"
    case inTheMoneyNotFilled = "in the money, not filled"
    case outOfTheMoneyFilled = "out of the money, filled"
    case priceOutOfBounds = "price out of bounds"
    case priceOffTick = "price off the tick"
    case priceRange = "price range"
    case priceRule = "price against the rule"
    case volumeRule = "volume against the rule"
    case tieBreak = "tie-break"
    case welfare = "welfare"
  }

  public let kind: Kind
  /// nil where the whole day is meant.
  public let interval: Int?
  public let sentence: String
  public var description: String { kind.rawValue + (interval.map { ", interval \($0)" } ?? "") + ": " + sentence }

  init(_ kind: Kind, _ interval: Int?, _ sentence: String) {
    self.kind = kind
    self.interval = interval
    self.sentence = sentence
  }
}

/// Judges a clearing from the offers, the terms and the result alone; shares no code with the engine that made it.
///
/// It checks complementary slackness offer by offer (in the money: filled; out of the money: nothing; at the price:
/// between), conservation, the price range and the rules that choose within it, tie shares to the kilowatt, and that the
/// surpluses of all sides add up to the welfare.
public struct ClearingAudit: Sendable {
  public let findings: [ClearingFinding]
  public var isPassed: Bool { findings.isEmpty }
  /// "passed", or the first findings as sentences.
  public var verdict: String {
    isPassed ? "passed" : "failed: " + findings.prefix(5).map(\.description).joined(separator: "; ")
  }

  /// - Parameter welfare: the objective that was reported for the result, recomputed here.
  public init(_ clearing: MarketClearing, of offers: [MarketOffer], welfare: Money? = nil) {
    guard clearing.cleared.count == offers.count else {
      findings = [
        ClearingFinding(.incomplete, nil, "\(clearing.cleared.count) quantities for \(offers.count) offers")
      ]
      return
    }
    var rows: [Int: [AuditedOffer]] = [:]
    for (offer, power) in zip(offers, clearing.cleared) {
      rows[offer.interval, default: []].append(AuditedOffer(offer: offer, cleared: power.kilowatts))
    }
    var found: [ClearingFinding] = []
    if clearing.intervals.map(\.interval) != rows.keys.sorted() {
      found.append(ClearingFinding(.incomplete, nil, "the result's intervals are not those of the offers"))
    }
    for result in clearing.intervals {
      let audit = IntervalAudit(result: result, offers: rows[result.interval] ?? [], terms: clearing.terms)
      found += audit.findings()
    }
    if let welfare { found += ClearingAudit.welfareFindings(welfare, clearing, rows) }
    findings = found
  }

  /// The surpluses at the balance prices, in currency units; the welfare up to rounding if supply is demand.
  private static func welfareFindings(
    _ welfare: Money, _ clearing: MarketClearing, _ rows: [Int: [AuditedOffer]]
  ) -> [ClearingFinding] {
    var (sum, size) = (0.0, 0.0)
    for result in clearing.intervals {
      let price = result.balancePrice.perMegawattHour
      for row in rows[result.interval] ?? [] {
        let surplus = row.surplus(at: price) * clearing.terms.intervalLength.hours
        sum += surplus
        size += abs(surplus)
      }
    }
    let difference = abs(sum - welfare.amount)
    guard difference > 0.01 + 1e-9 * size else { return [] }
    return [ClearingFinding(.welfare, nil, "\(welfare.text) was reported, the surpluses add up to \(sum)")]
  }
}

/// An offer and what it trades, as the auditor sees them.
struct AuditedOffer {
  let offer: MarketOffer
  /// Kilowatts.
  let cleared: Int64

  /// The least and the most kilowatts that the offer may trade at a price.
  func bounds(at price: Int64) -> ClosedRange<Int64> {
    let quantity = offer.quantity.kilowatts
    let (first, last) = (offer.price.microPerMegawattHour, offer.endPrice.microPerMegawattHour)
    switch offer.side {
    case .sell: return taken(price - 1, first, last, quantity)...taken(price, first, last, quantity)
    case .buy:
      // What a buyer gives up as the price rises is rounded down, as a seller's quantity is.
      return quantity - taken(price, last, first, quantity)...quantity - taken(price - 1, last, first, quantity)
    }
  }

  private func taken(_ price: Int64, _ low: Int64, _ high: Int64, _ quantity: Int64) -> Int64 {
    guard price >= low else { return 0 }
    guard price < high else { return quantity }
    return Int64(Int128(quantity) * Int128(price - low) / Int128(high - low))
  }

  /// Gain per hour at a price in currency units: the mean price of the traded part against the price.
  func surplus(at price: Double) -> Double {
    let megawatts = Double(cleared) / 1_000
    let (first, last) = (offer.price.perMegawattHour, offer.endPrice.perMegawattHour)
    let share = offer.quantity > .zero ? Double(cleared) / Double(offer.quantity.kilowatts) : 0
    let mean = first + (last - first) * share / 2
    return megawatts * (offer.side == .buy ? mean - price : price - mean)
  }
}
