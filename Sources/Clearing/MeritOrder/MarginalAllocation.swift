internal import MarketModel

/// An offer at the balance price: it trades a least quantity in any case and up to `width` kilowatts more.
struct MarginalOffer {
  let row: Int
  /// A slope's width is what lies within one millionth of price; a step's is its whole quantity.
  let isSlope: Bool
  let width: Int64

  init(_ row: Int, _ segment: OfferSegment, width: Int64) {
    self.row = row
    isSlope = segment.start < segment.end
    self.width = width
  }
}

struct MarginalOffers {
  var sellers: [MarginalOffer] = []
  var buyers: [MarginalOffer] = []

  mutating func removeAll() {
    sellers.removeAll(keepingCapacity: true)
    buyers.removeAll(keepingCapacity: true)
  }
}

/// Shares what is left among the offers at the balance price by the market's tie-break.
///
/// Slopes are no ties: their quantity is a function of the price, and only the rounding to kilowatts is shared. A
/// seller's slope is complete at the price, so it is served before the steps; a buyer's is already, so it comes last.
struct MarginalAllocation {
  let book: OfferBook
  let interval: Int
  let tieBreak: TieBreak?

  func share(
    _ amount: Int64, among offers: [MarginalOffer], _ side: OfferSide, into cleared: inout [Power]
  ) throws(MeritOrderError) {
    guard amount > 0 else { return }
    let steps = offers.filter { !$0.isSlope }
    let slopes = offers.filter(\.isSlope)
    var rest = amount
    if side == .sell { give(&rest, to: slopes, &cleared) }
    for group in try groups(steps, rest) { give(&rest, to: group, &cleared) }
    if side == .buy { give(&rest, to: slopes, &cleared) }
  }

  /// The steps in the order in which they are served; one group shares in proportion.
  private func groups(_ steps: [MarginalOffer], _ amount: Int64) throws(MeritOrderError) -> [[MarginalOffer]] {
    let width = steps.reduce(0) { $0 + $1.width }
    guard steps.count > 1, amount > 0, amount < width else { return [steps] }
    switch tieBreak {
    case .proRata: return [steps]
    case .priority(let names):
      if let stranger = steps.first(where: { !names.contains(book.offers[$0.row].priorityClass) }) {
        throw .unnamedClass(book.offers[stranger.row].priorityClass, interval: interval, named: names)
      }
      return names.map { name in steps.filter { book.offers[$0.row].priorityClass == name } }
    case nil:
      throw .unknownRule(
        .tieBreak, interval: interval,
        why: "\(steps.count) offers of \(Power(kilowatts: width)) share the clearing price where "
          + "\(Power(kilowatts: amount)) are needed")
    }
  }

  /// Gives as much of `amount` as fits, in proportion to the widths; kilowatts that are left over go to the largest
  /// remainders (Hamilton's method), among equal ones by participant and quantity, never by row.
  private func give(_ amount: inout Int64, to group: [MarginalOffer], _ cleared: inout [Power]) {
    let width = group.reduce(0) { $0 + $1.width }
    let given = min(amount, width)
    guard given > 0 else { return }
    amount -= given
    var shares: [(row: Int, whole: Int64, remainder: Int64)] = group.map { offer in
      let product = UInt64(given).multipliedFullWidth(by: UInt64(offer.width))
      let (quotient, remainder) = UInt64(width).dividingFullWidth(product)
      return (offer.row, Int64(quotient), Int64(remainder))
    }
    let left = given - shares.reduce(0) { $0 + $1.whole }
    if left > 0 {
      shares.sort { first, second in
        first.remainder != second.remainder ? first.remainder > second.remainder : precedes(first.row, second.row)
      }
      for index in 0..<Int(left) { shares[index].whole += 1 }
    }
    for share in shares { cleared[share.row] = cleared[share.row] + Power(kilowatts: share.whole) }
  }

  private func precedes(_ first: Int, _ second: Int) -> Bool {
    let (left, right) = (book.offers[first], book.offers[second])
    return (left.participant, left.priorityClass, left.band, left.quantity)
      < (right.participant, right.priorityClass, right.band, right.quantity)
  }
}
