/// One offer as the search sees it: nothing is filled below `start`, everything from `end` on, prices in millionths.
///
/// A seller's segment is filled as the price rises. A buyer's demand falls as the price rises; what has fallen away is
/// filled in the same way, so that both sides are one list: supply covers the demand bid above a price exactly where
/// the filled quantities of all segments reach the whole demand.
struct OfferSegment {
  var start: Int64
  var end: Int64
  /// In kilowatts.
  var quantity: Int64

  /// Kilowatts filled at a price: whole kilowatts, never falling with the price.
  @inline(__always)
  func filled(at price: Int64) -> Int64 {
    if price >= end { return quantity }
    if price <= start { return 0 }
    return share(at: price)
  }

  /// Between the ends of a slope: quantity × (price − start) ÷ (end − start), rounded down.
  @inline(never)
  func share(at price: Int64) -> Int64 {
    let product = UInt64(quantity).multipliedFullWidth(by: UInt64(price - start))
    return Int64(UInt64(end - start).dividingFullWidth(product).quotient)
  }

  /// The lowest price above `price` at which more is filled than at `price`; nil if there is none.
  func nextFilling(after price: Int64) -> Int64? {
    guard price < end, quantity > 0 else { return nil }
    if start == end { return end }
    // The first price at which one kilowatt more is reached: rounded up.
    let wanted = Int128(filled(at: price)) + 1
    let (quotient, rest) = (wanted * Int128(end - start)).quotientAndRemainder(dividingBy: Int128(quantity))
    return start + Int64(quotient) + (rest > 0 ? 1 : 0)
  }
}
