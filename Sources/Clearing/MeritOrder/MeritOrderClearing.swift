internal import MarketModel

/// Clears every interval of a book at one price: the curves of all sellers and all buyers meet, whoever asked less or
/// bid more trades first. Prices and quantities are whole millionths and kilowatts; the order of the offers does not
/// matter.
///
/// A price p balances the curves where supply up to p covers the demand above p, and supply below p does not exceed the
/// demand from p on. Where a range of prices does, `terms.priceRange` decides; where offers at the price are not all
/// needed, `terms.tieBreak` does. A rule that decides and is not known is an error.
public func clearByMeritOrder(_ book: OfferBook, terms: ClearingTerms) throws(MeritOrderError) -> MarketClearing {
  guard let range = book.priceRange else { throw .noOffers }
  if range.lowerBound < terms.floor.microPerMegawattHour || range.upperBound > terms.cap.microPerMegawattHour {
    try requireBounds(book.offers, terms)
  }
  let largest = book.intervals.indices.map { book.bounds[2 * $0 + 2] - book.bounds[2 * $0] }.max() ?? 0
  var search = CriticalPriceSearch(capacity: largest)
  var cleared = [Power](repeating: .zero, count: book.offers.count)
  var intervals: [IntervalClearing] = []
  intervals.reserveCapacity(book.intervals.count)
  for index in book.intervals.indices {
    var meeting = CurveMeeting(book, index: index, terms: terms)
    intervals.append(try meeting.clear(with: &search, into: &cleared))
  }
  return MarketClearing(terms: terms, intervals: intervals, cleared: cleared)
}

private func requireBounds(_ offers: [MarketOffer], _ terms: ClearingTerms) throws(MeritOrderError) {
  for (index, offer) in offers.enumerated() {
    let (low, high) = (min(offer.price, offer.endPrice), max(offer.price, offer.endPrice))
    if low < terms.floor || high > terms.cap {
      throw .offerOutsideBounds(
        index: index, interval: offer.interval, price: low < terms.floor ? low : high, floor: terms.floor,
        cap: terms.cap)
    }
  }
}
