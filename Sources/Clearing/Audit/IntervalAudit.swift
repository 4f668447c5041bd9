internal import MarketModel

/// The audit of one interval.
struct IntervalAudit {
  let result: IntervalClearing
  let offers: [AuditedOffer]
  let terms: ClearingTerms

  func findings() -> [ClearingFinding] {
    quantityFindings() + balanceFindings() + rangeFindings() + ruleFindings() + volumeFindings()
      + TieAudit(audit: self).findings()
  }

  func finding(_ kind: ClearingFinding.Kind, _ sentence: String) -> ClearingFinding {
    ClearingFinding(kind, result.interval, sentence)
  }

  var balance: Int64 { result.balancePrice.microPerMegawattHour }

  /// Kilowatts that one side may trade at a price: the least and the most.
  private func reach(_ side: OfferSide, at price: Int64) -> (least: Int64, most: Int64) {
    offers.reduce((0, 0)) { sum, row in
      guard row.offer.side == side else { return sum }
      let bounds = row.bounds(at: price)
      return (sum.0 + bounds.lowerBound, sum.1 + bounds.upperBound)
    }
  }

  private func quantityFindings() -> [ClearingFinding] {
    offers.compactMap { row in
      let name = "\(row.offer.side.rawValue) \(row.offer.participant) at \(row.offer.price.text)"
      guard row.cleared >= 0, row.cleared <= row.offer.quantity.kilowatts else {
        return finding(.quantityOutOfRange, "\(name) trades \(row.cleared) kW of \(row.offer.quantity)")
      }
      let bounds = row.bounds(at: balance)
      if row.cleared < bounds.lowerBound {
        return finding(.inTheMoneyNotFilled, "\(name) trades \(row.cleared) kW, at least \(bounds.lowerBound) are due")
      }
      if row.cleared > bounds.upperBound {
        return finding(.outOfTheMoneyFilled, "\(name) trades \(row.cleared) kW, at most \(bounds.upperBound) are due")
      }
      return nil
    }
  }

  private func balanceFindings() -> [ClearingFinding] {
    func sum(_ side: OfferSide) -> Int64 { offers.reduce(0) { $0 + ($1.offer.side == side ? $1.cleared : 0) } }
    let (sold, bought) = (sum(.sell), sum(.buy))
    guard sold != bought || sold != result.cleared.kilowatts else { return [] }
    return [finding(.unbalanced, "\(sold) kW are sold, \(bought) bought, \(result.cleared.kilowatts) reported")]
  }

  /// Supply up to a price covers the demand above it.
  private func covers(_ price: Int64) -> Bool { reach(.sell, at: price).most >= reach(.buy, at: price).least }

  /// Supply below a price does not exceed the demand from it on.
  private func doesNotExceed(_ price: Int64) -> Bool { reach(.sell, at: price).least <= reach(.buy, at: price).most }

  private func rangeFindings() -> [ClearingFinding] {
    let (low, high) = (result.lowestPrice.microPerMegawattHour, result.highestPrice.microPerMegawattHour)
    let (floor, cap) = (terms.floor.microPerMegawattHour, terms.cap.microPerMegawattHour)
    var found: [ClearingFinding] = []
    if low < floor || high > cap || low > high {
      found.append(finding(.priceOutOfBounds, "the range is \(result.lowestPrice.text) to \(result.highestPrice.text)"))
    }
    if !covers(low) || (low > floor && covers(low - 1)) {
      found.append(finding(.priceRange, "\(result.lowestPrice.text) is not the lowest price that balances"))
    }
    if !doesNotExceed(high) || (high < cap && doesNotExceed(high + 1)) {
      found.append(finding(.priceRange, "\(result.highestPrice.text) is not the highest price that balances"))
    }
    return found
  }

  private func ruleFindings() -> [ClearingFinding] {
    var found: [ClearingFinding] = []
    if result.price < terms.floor || result.price > terms.cap {
      found.append(finding(.priceOutOfBounds, "the price is \(result.price.text)"))
    }
    let (low, high) = (result.lowestPrice, result.highestPrice)
    let tick = terms.priceTick?.microPerMegawattHour ?? 1
    let middle = (low.microPerMegawattHour + high.microPerMegawattHour) / 2
    let isByRule =
      switch terms.priceRange {
      case _ where low == high: result.balancePrice == low
      case .lowest: result.balancePrice == low
      case .highest: result.balancePrice == high
      case .midpoint: abs(balance - middle) <= tick && low <= result.balancePrice && result.balancePrice <= high
      case nil: false
      }
    if !isByRule { found.append(finding(.priceRule, "\(result.balancePrice.text) is not what the rule chooses")) }
    return found + stateFindings(tick)
  }

  private func stateFindings(_ tick: Int64) -> [ClearingFinding] {
    let (sold, bought) = (reach(.sell, at: balance).most, reach(.buy, at: balance).most)
    let isShort = result.balancePrice == terms.cap && sold < bought
    let isLong = result.balancePrice == terms.floor && bought < sold
    let state: IntervalState = isShort ? .shortage : isLong ? .surplus : .balanced
    guard result.state == state else {
      return [finding(.priceRule, "the interval is \(state.rawValue), not \(result.state.rawValue)")]
    }
    let sellers = offers.filter { $0.offer.side == .sell }.map(\.offer.endPrice)
    let buyers = offers.filter { $0.offer.side == .buy }.map(\.offer.endPrice)
    let due: EnergyPrice? =
      switch (state, terms.shortagePrice, terms.surplusPrice) {
      case (.shortage, .cap, _): terms.cap
      case (.shortage, .lastOffer, _): sellers.max() ?? terms.cap
      case (.surplus, _, .floor): terms.floor
      case (.surplus, _, .lastBid): buyers.min() ?? terms.floor
      default: nil
      }
    if state == .balanced {
      let distance = abs(result.price.microPerMegawattHour - balance)
      // The market's limits need not lie on the tick.
      let isLimit = result.price == terms.floor || result.price == terms.cap
      let isOffTick = result.price.microPerMegawattHour % tick != 0 && !isLimit
      if isOffTick { return [finding(.priceOffTick, "\(result.price.text) is no multiple of the tick")] }
      return 2 * distance <= tick ? [] : [finding(.priceRule, "\(result.price.text) is far from the balance")]
    }
    return result.price == due ? [] : [finding(.priceRule, "\(result.price.text) in \(state.rawValue)")]
  }

  private func volumeFindings() -> [ClearingFinding] {
    let (sold, bought) = (reach(.sell, at: balance), reach(.buy, at: balance))
    let least = max(sold.least, bought.least)
    let most = min(sold.most, bought.most)
    let due = least >= most ? most : terms.equalPriceVolume == .least ? least : most
    guard result.cleared.kilowatts != due else { return [] }
    return [finding(.volumeRule, "\(result.cleared.kilowatts) kW are traded, \(due) are due")]
  }
}

/// Whether the offers at the balance price share as the tie-break says.
struct TieAudit {
  let audit: IntervalAudit

  func findings() -> [ClearingFinding] {
    OfferSide.allCases.flatMap { side in
      let tied = audit.offers.filter {
        $0.offer.side == side && !$0.offer.isSlope && $0.offer.price == audit.result.balancePrice
      }
      switch audit.terms.tieBreak {
      case .priority(let names):
        return order(tied, names) + names.flatMap { name in shares(tied.filter { $0.offer.priorityClass == name }) }
      case .proRata: return shares(tied)
      case nil: return isCut(tied) && tied.count > 1 ? [audit.finding(.tieBreak, "a tie was cut by no rule")] : []
      }
    }
  }

  private func isCut(_ tied: [AuditedOffer]) -> Bool {
    let (given, width) = totals(tied)
    return given > 0 && given < width
  }

  private func totals(_ tied: [AuditedOffer]) -> (given: Int64, width: Int64) {
    tied.reduce((0, 0)) { ($0.0 + $1.cleared, $0.1 + $1.offer.quantity.kilowatts) }
  }

  /// Everyone's share is the proportional one to less than a kilowatt.
  private func shares(_ tied: [AuditedOffer]) -> [ClearingFinding] {
    let (given, width) = totals(tied)
    return tied.compactMap { row in
      let apart = Int128(row.cleared) * Int128(width) - Int128(given) * Int128(row.offer.quantity.kilowatts)
      guard apart.magnitude >= UInt128(max(width, 1)) else { return nil }
      return audit.finding(
        .tieBreak, "\(row.offer.participant) trades \(row.cleared) kW where \(given) of \(width) are shared")
    }
  }

  /// A class gets nothing while one before it wants more.
  private func order(_ tied: [AuditedOffer], _ names: [String]) -> [ClearingFinding] {
    var isOpen = false
    var found: [ClearingFinding] = []
    for name in names {
      let (given, width) = totals(tied.filter { $0.offer.priorityClass == name })
      if isOpen, given > 0 { found.append(audit.finding(.tieBreak, "class \(name) was served before its turn")) }
      isOpen = isOpen || given < width
    }
    return found
  }
}
