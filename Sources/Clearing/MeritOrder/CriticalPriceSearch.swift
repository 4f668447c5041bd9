/// Finds the lowest price at which offers fill a quantity, without sorting them.
///
/// Prune and search with two pivots from a sample (Floyd and Rivest 1975, "Expected time bounds for selection"; Balas and
/// Zemel 1980 for the weighted case): a pass keeps only what lies between the pivots, so that the work is about one and
/// a half passes over the offers. The sample is taken at fixed distances; nothing is random.
struct CriticalPriceSearch: ~Copyable {
  private static let sampleSize = 65
  private var first: UnsafeMutableBufferPointer<OfferSegment>
  private var second: UnsafeMutableBufferPointer<OfferSegment>
  private let sample: UnsafeMutableBufferPointer<(price: Int64, quantity: Int64)>
  /// Segments read in all passes of all searches: the work.
  private(set) var read = 0

  /// Holds buffers for at most `capacity` offers at a time.
  init(capacity: Int) {
    first = .allocate(capacity: capacity)
    second = .allocate(capacity: capacity)
    sample = .allocate(capacity: CriticalPriceSearch.sampleSize)
  }

  deinit {
    first.deallocate()
    second.deallocate()
    sample.deallocate()
  }

  /// The lowest price from `floor` to `cap`, in millionths, at which `segments`, `all` kilowatts together, fill `target`
  /// kilowatts. They must do so at the cap.
  mutating func lowestPrice(
    filling target: Int64, of segments: UnsafeBufferPointer<OfferSegment>, all: Int64, floor: Int64, cap: Int64
  ) -> Int64 {
    guard target > 0 else { return floor }
    var active = segments
    var (low, high) = (floor - 1, cap)
    /// Quantity of the segments that were put aside because they are full at `low`.
    var filledBelow: Int64 = 0
    var (filledAtLow, filledAtHigh): (Int64, Int64) = (0, all)
    while !active.isEmpty, high - low > 1 {
      let between = filledAtHigh - filledAtLow
      let (lower, upper) = pivots(active, low: low, high: high, wanted: target - filledAtLow, of: between)
      read += active.count
      let pass = CriticalPriceSearch.keep(active, from: lower, to: upper, in: second)
      let (atLower, atUpper) = (filledBelow + pass.filledAtLower, filledBelow + pass.filledAtUpper)
      if atLower >= target {
        (high, filledAtHigh) = (lower, atLower)
        read += active.count
        active = keepBelow(active, lower)
      } else if atUpper < target {
        (low, filledAtLow) = (upper, atUpper)
        read += active.count
        let rest = CriticalPriceSearch.keep(active, from: upper, to: high, in: second)
        filledBelow += rest.full
        active = UnsafeBufferPointer(rebasing: second[..<rest.count])
      } else {
        (low, high) = (lower, upper)
        (filledAtLow, filledAtHigh) = (atLower, atUpper)
        filledBelow += pass.full
        active = UnsafeBufferPointer(rebasing: second[..<pass.count])
      }
      swap(&first, &second)
    }
    return high
  }

  private struct Pass {
    /// Segments that are kept: neither full at the lower price nor empty up to the upper one.
    var count = 0
    /// Quantity of the segments that are full at the lower price.
    var full: Int64 = 0
    var filledAtLower: Int64 = 0
    var filledAtUpper: Int64 = 0
  }

  private static func keep(
    _ active: UnsafeBufferPointer<OfferSegment>, from lower: Int64, to upper: Int64,
    in target: UnsafeMutableBufferPointer<OfferSegment>
  ) -> Pass {
    var pass = Pass()
    var (partLower, partUpper): (Int64, Int64) = (0, 0)
    var fullUpper: Int64 = 0
    for segment in active {
      // Written always, counted when it is kept: no branch that depends on the data.
      target[pass.count] = segment
      pass.count += segment.end > lower && segment.start < upper ? 1 : 0
      pass.full += segment.end <= lower ? segment.quantity : 0
      fullUpper += segment.end <= upper ? segment.quantity : 0
      if segment.start < segment.end {
        if lower > segment.start, lower < segment.end { partLower += segment.share(at: lower) }
        if upper > segment.start, upper < segment.end { partUpper += segment.share(at: upper) }
      }
    }
    pass.filledAtLower = pass.full + partLower
    pass.filledAtUpper = fullUpper + partUpper
    return pass
  }

  /// What can be filled below a price.
  private func keepBelow(_ active: UnsafeBufferPointer<OfferSegment>, _ price: Int64) -> UnsafeBufferPointer<
    OfferSegment
  > {
    var count = 0
    for segment in active {
      second[count] = segment
      count += segment.start < price ? 1 : 0
    }
    return UnsafeBufferPointer(rebasing: second[..<count])
  }

  /// Two prices inside the bracket between which the wanted price probably lies: that at which `wanted` of the `between`
  /// kilowatts are filled that fill up between its ends.
  private func pivots(
    _ active: UnsafeBufferPointer<OfferSegment>, low: Int64, high: Int64, wanted: Int64, of between: Int64
  ) -> (Int64, Int64) {
    // One giant in the sample does not stand for giants everywhere.
    let most = 2 * max(1, between / Int64(active.count))
    var (count, inSample): (Int, Int64) = (0, 0)
    let step = max(1, active.count / CriticalPriceSearch.sampleSize)
    var index = step / 2
    while index < active.count, count < CriticalPriceSearch.sampleSize {
      let segment = active[index]
      index += step
      let isStart = segment.start > low && segment.start < high
      let price = isStart ? segment.start : segment.end
      guard price > low, price < high else { continue }
      let quantity = min(segment.quantity, most)
      insert((price, quantity), at: count)
      inSample += quantity
      count += 1
    }
    guard count > 0, inSample > 0 else {
      let middle = low + (high - low) / 2
      return (middle, middle)
    }
    return around(wanted: Double(wanted) / Double(between), of: inSample, count: count)
  }

  private func insert(_ entry: (price: Int64, quantity: Int64), at count: Int) {
    var position = count
    while position > 0, sample[position - 1].price > entry.price {
      sample[position] = sample[position - 1]
      position -= 1
    }
    sample[position] = entry
  }

  /// The sample's prices on both sides of its weighted quantile.
  private func around(wanted share: Double, of total: Int64, count: Int) -> (Int64, Int64) {
    let target = share * Double(total)
    var (sum, position) = (0.0, 0)
    while position < count - 1 {
      sum += Double(sample[position].quantity)
      if sum >= target { break }
      position += 1
    }
    let margin = max(1, count / 6)
    return (sample[max(0, position - margin)].price, sample[min(count - 1, position + margin)].price)
  }
}
