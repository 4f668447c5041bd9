internal import MarketModel

/// The curves of one interval while they are cleared.
struct CurveMeeting {
  private let book: OfferBook
  private let interval: Int
  private let sellers: Range<Int>
  private let buyers: Range<Int>
  private let terms: ClearingTerms
  private let floor: Int64
  private let cap: Int64

  init(_ book: OfferBook, index: Int, terms: ClearingTerms) {
    self.book = book
    interval = book.intervals[index]
    (sellers, buyers) = book.ranges(index)
    self.terms = terms
    floor = terms.floor.microPerMegawattHour
    cap = terms.cap.microPerMegawattHour
  }

  /// Kilowatts of one side at a price: what trades in any case, and what may.
  struct Reach {
    var least: Int64 = 0
    var most: Int64 = 0
  }

  mutating func clear(
    with search: inout CriticalPriceSearch, into cleared: inout [Power]
  ) throws(MeritOrderError) -> IntervalClearing {
    let (supply, demand) = (try offered(.sell, sellers), try offered(.buy, buyers))
    let lowest = lowestPrice(supply, demand, &search)
    var marginal = MarginalOffers()
    var reach = fill(at: lowest, &cleared, &marginal)
    let highest = highestPrice(from: lowest, demand: demand, sold: reach.sold, bought: reach.bought)
    let balance = try balancePrice(lowest, highest)
    if balance != lowest { reach = fill(at: balance, &cleared, &marginal) }
    let volume = try volume(reach.sold, reach.bought)
    let allocation = MarginalAllocation(book: book, interval: interval, tieBreak: terms.tieBreak)
    try allocation.share(volume - reach.sold.least, among: marginal.sellers, .sell, into: &cleared)
    try allocation.share(volume - reach.bought.least, among: marginal.buyers, .buy, into: &cleared)
    let state = state(at: balance, reach.sold, reach.bought)
    return IntervalClearing(
      interval: interval, price: try publishedPrice(balance, state),
      balancePrice: EnergyPrice(microPerMegawattHour: balance),
      lowestPrice: EnergyPrice(microPerMegawattHour: lowest), highestPrice: EnergyPrice(microPerMegawattHour: highest),
      cleared: Power(kilowatts: volume), offeredSupply: Power(kilowatts: supply),
      offeredDemand: Power(kilowatts: demand), state: state,
      marginalOffers: marginal.sellers.count + marginal.buyers.count)
  }

  private func offered(_ side: OfferSide, _ range: Range<Int>) throws(MeritOrderError) -> Int64 {
    let sum = book.segments[range].reduce(0) { $0 + $1.quantity }
    if sum > Power.limitKilowatts { throw .tooMuchPower(side, interval: interval) }
    return sum
  }

  private func lowestPrice(_ supply: Int64, _ demand: Int64, _ search: inout CriticalPriceSearch) -> Int64 {
    book.segments.withUnsafeBufferPointer { segments in
      search.lowestPrice(
        filling: demand, of: UnsafeBufferPointer(rebasing: segments[sellers.lowerBound..<buyers.upperBound]),
        all: supply + demand, floor: floor, cap: cap)
    }
  }

  /// The highest price at which supply below it does not exceed the demand from it on.
  private func highestPrice(from lowest: Int64, demand: Int64, sold: Reach, bought: Reach) -> Int64 {
    let filled = sold.most + demand - bought.least
    guard filled == demand else { return lowest }
    var next = cap
    for position in sellers.lowerBound..<buyers.upperBound {
      if let price = book.segments[position].nextFilling(after: lowest), price < next { next = price }
    }
    return next
  }

  private func balancePrice(_ lowest: Int64, _ highest: Int64) throws(MeritOrderError) -> Int64 {
    guard lowest < highest else { return lowest }
    switch terms.priceRange {
    case .lowest: return lowest
    case .highest: return highest
    case .midpoint: return min(highest, max(lowest, onTick(lowest + (highest - lowest) / 2)))
    case nil:
      throw .unknownRule(
        .priceRange, interval: interval,
        why: "every price from \(text(lowest)) to \(text(highest)) per MWh balances the curves")
    }
  }

  private func volume(_ sold: Reach, _ bought: Reach) throws(MeritOrderError) -> Int64 {
    let most = min(sold.most, bought.most)
    let least = max(sold.least, bought.least)
    guard least < most else { return most }
    switch terms.equalPriceVolume {
    case .most: return most
    case .least: return least
    case nil:
      throw .unknownRule(
        .equalPriceVolume, interval: interval,
        why:
          "buyers and sellers meet at one price, where \(Power(kilowatts: least)) to \(Power(kilowatts: most)) can be "
          + "traded")
    }
  }

  private func state(at price: Int64, _ sold: Reach, _ bought: Reach) -> IntervalState {
    if price == cap, sold.most < bought.most { return .shortage }
    return price == floor && bought.most < sold.most ? .surplus : .balanced
  }

  private func publishedPrice(_ balance: Int64, _ state: IntervalState) throws(MeritOrderError) -> EnergyPrice {
    switch (state, terms.shortagePrice, terms.surplusPrice) {
    case (.balanced, _, _): return EnergyPrice(microPerMegawattHour: min(cap, max(floor, onTick(balance))))
    case (.shortage, .cap, _): return terms.cap
    case (.surplus, _, .floor): return terms.floor
    case (.shortage, .lastOffer, _):
      return EnergyPrice(microPerMegawattHour: book.segments[sellers].lazy.map(\.end).max() ?? cap)
    case (.surplus, _, .lastBid):
      return EnergyPrice(microPerMegawattHour: book.segments[buyers].lazy.map(\.start).min() ?? floor)
    case (.shortage, nil, _):
      throw .unknownRule(
        .shortagePrice, interval: interval, why: "supply does not cover the demand that is bid at the cap")
    case (.surplus, _, nil):
      throw .unknownRule(
        .surplusPrice, interval: interval, why: "the supply that is offered at the floor exceeds all demand")
    }
  }

  /// The nearest multiple of the tick; the higher one from the middle on.
  private func onTick(_ price: Int64) -> Int64 {
    guard let tick = terms.priceTick?.microPerMegawattHour else { return price }
    let rest = ((price % tick) + tick) % tick
    return 2 * rest >= tick ? price - rest + tick : price - rest
  }

  private func text(_ micro: Int64) -> String { EnergyPrice(microPerMegawattHour: micro).text }

  /// Writes what every offer trades at least at a price, and collects those that may trade more.
  private func fill(
    at price: Int64, _ cleared: inout [Power], _ marginal: inout MarginalOffers
  ) -> (sold: Reach, bought: Reach) {
    marginal.removeAll()
    return cleared.withUnsafeMutableBufferPointer { cleared in
      book.segments.withUnsafeBufferPointer { segments in
        book.rows.withUnsafeBufferPointer { rows in
          var (sold, bought) = (Reach(), Reach())
          for position in sellers {
            let segment = segments[position]
            let (least, most) = (segment.filled(at: price - 1), segment.filled(at: price))
            cleared[rows[position]] = Power(kilowatts: least)
            sold.least += least
            sold.most += most
            if most > least { marginal.sellers.append(MarginalOffer(rows[position], segment, width: most - least)) }
          }
          for position in buyers {
            let segment = segments[position]
            let least = segment.quantity - segment.filled(at: price)
            let most = segment.quantity - segment.filled(at: price - 1)
            cleared[rows[position]] = Power(kilowatts: least)
            bought.least += least
            bought.most += most
            if most > least { marginal.buyers.append(MarginalOffer(rows[position], segment, width: most - least)) }
          }
          return (sold, bought)
        }
      }
    }
  }
}
