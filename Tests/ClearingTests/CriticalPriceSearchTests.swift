import Testing

@testable import Clearing

/// How much work the search does: a bad pivot ends at the same price, after more passes.
@Suite("Critical price search") struct CriticalPriceSearchTests {
  /// Prices of all kinds, half of them slopes; one offer of `giants` is a thousand times the others.
  static func segments(seed: UInt64, count: Int, giants: Int = 200) -> [OfferSegment] {
    var random = OfferExample.Random(seed: seed)
    return (0..<count).map { _ in
      let start = Int64(random.next(4_000_000)) * 1_000
      let width = random.next(2) == 0 ? Int64(random.next(50_000)) * 1_000 : 0
      let quantity = Int64(random.next(1_000) + 1) * (random.next(giants) == 0 ? 1_000 : 1)
      return OfferSegment(start: start, end: start + width, quantity: quantity)
    }
  }

  /// The price that fills a share of the segments, and how many times each segment is read for it.
  static func search(_ segments: [OfferSegment], share: Double) -> (price: Int64, passes: Double) {
    let all = segments.reduce(0) { $0 + $1.quantity }
    let target = Int64(share * Double(all))
    var search = CriticalPriceSearch(capacity: segments.count)
    let price = segments.withUnsafeBufferPointer {
      search.lowestPrice(filling: target, of: $0, all: all, floor: 0, cap: 4_100_000_000)
    }
    return (price, Double(search.read) / Double(segments.count))
  }

  @Test("the price is the lowest that fills the quantity", arguments: [1, 2, 3, 64, 65, 66, 131, 1_000, 20_000])
  func lowest(count: Int) {
    let segments = Self.segments(seed: UInt64(count), count: count)
    let all = segments.reduce(0) { $0 + $1.quantity }
    for share in [0.001, 0.1, 0.5, 0.9, 0.999, 1] {
      let price = Self.search(segments, share: share).price
      let target = Int64(share * Double(all))
      func filled(_ price: Int64) -> Int64 { segments.reduce(0) { $0 + $1.filled(at: price) } }
      #expect(filled(price) >= target)
      #expect(price == 0 || filled(price - 1) < target)
    }
  }

  @Test(
    "each offer is read one and a half times, whatever is searched, few giants or none",
    arguments: [2, 200, 1_000_000])
  func work(giants: Int) {
    for (count, most) in [(130, 1.75), (131, 1.75), (5_000, 1.75), (100_000, 1.6)] {
      let segments = Self.segments(seed: 3, count: count, giants: giants)
      let passes = (1...39).map { Self.search(segments, share: Double($0) / 40).passes }
      #expect(passes.reduce(0, +) / 39 < most, "\(count) offers")
      #expect(passes.allSatisfy { $0 >= 1 && $0 < 4 }, "\(count) offers")
    }
  }
}
