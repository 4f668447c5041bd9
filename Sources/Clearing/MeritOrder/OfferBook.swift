public import MarketModel

/// The offers of a day in contiguous buffers: by interval, sellers before buyers, each side in the order of the rows.
public struct OfferBook: Sendable {
  public let offers: [MarketOffer]
  /// Numbers of the intervals that have offers, rising.
  public let intervals: [Int]
  let segments: [OfferSegment]
  /// Position in ``offers`` of each segment.
  let rows: [Int]
  /// Where the sellers of the interval at an index begin, then its buyers; one more at the end.
  let bounds: [Int]
  /// The lowest and the highest price of any offer, in millionths; nil without offers.
  let priceRange: ClosedRange<Int64>?

  /// Sorts the offers by interval and side, by counting; O(offers + intervals).
  public init(_ offers: [MarketOffer]) {
    self.offers = offers
    let last = offers.lazy.map(\.interval).max() ?? 0
    var counts = [Int](repeating: 0, count: 2 * last + 1)
    for offer in offers { counts[OfferBook.group(offer)] += 1 }
    intervals = last == 0 ? [] : (1...last).filter { counts[2 * $0 - 2] + counts[2 * $0 - 1] > 0 }
    var next = [Int](repeating: 0, count: 2 * last + 1)
    for group in 0..<(2 * last) { next[group + 1] = next[group] + counts[group] }
    bounds = intervals.flatMap { [next[2 * $0 - 2], next[2 * $0 - 1]] } + [offers.count]
    var rows = [Int](repeating: 0, count: offers.count)
    for (row, offer) in offers.enumerated() {
      let group = OfferBook.group(offer)
      rows[next[group]] = row
      next[group] += 1
    }
    self.rows = rows
    segments = rows.map { row in
      let offer = offers[row]
      let (first, last) = (offer.price.microPerMegawattHour, offer.endPrice.microPerMegawattHour)
      return OfferSegment(start: min(first, last), end: max(first, last), quantity: offer.quantity.kilowatts)
    }
    var range: ClosedRange<Int64>?
    for segment in segments {
      let known = range ?? segment.start...segment.end
      range = min(known.lowerBound, segment.start)...max(known.upperBound, segment.end)
    }
    priceRange = range
  }

  private static func group(_ offer: MarketOffer) -> Int { 2 * offer.interval - (offer.side == .sell ? 2 : 1) }

  /// Positions of the segments of the interval at an index: sellers, buyers.
  func ranges(_ index: Int) -> (sellers: Range<Int>, buyers: Range<Int>) {
    let first = bounds[2 * index]
    let middle = bounds[2 * index + 1]
    return (first..<middle, middle..<bounds[2 * index + 2])
  }

  /// Numbers of the intervals in which one side is missing.
  public var oneSidedIntervals: [(interval: Int, missing: OfferSide)] {
    intervals.indices.compactMap { index in
      let (sellers, buyers) = ranges(index)
      return sellers.isEmpty ? (intervals[index], .sell) : buyers.isEmpty ? (intervals[index], .buy) : nil
    }
  }
}
