import Clearing
import MarketModel
import Testing

/// Books of hundreds and thousands of offers against the curves themselves, added up offer by offer at each price.
@Suite("Large books") struct LargeBookTests {
  /// One interval: slopes and steps at prices of all kinds, many offers of nothing, a few of a whole region. A `lean` of
  /// 0 leaves few sellers, one of 10 few buyers, so that the curves meet near the cap, the floor and between.
  static func book(seed: UInt64, offers: Int, lean: Int) -> [MarketOffer] {
    var random = OfferExample.Random(seed: seed)
    return (0..<offers).map { number in
      let isSell = random.next(12) < lean + 1
      let price = Double(random.next(4_000_000)) / 1_000 - 500
      let width = random.next(2) == 0 ? Double(random.next(600_000)) / 1_000 : 0
      let kilowatts = [0, 1, 7, 400, 30_000, 30_000, 90_000, 2_000_000][random.next(8)] * (random.next(100) + 1)
      let end = isSell ? min(4_000, price + width) : max(-500, price - width)
      let megawatts = Double(kilowatts) / 1_000
      return isSell
        ? OfferExample.sell("P\(number)", price, to: end, megawatts)
        : OfferExample.buy("P\(number)", price, to: end, megawatts)
    }
  }

  /// Kilowatts of one side that stand on the near side of a price, whole kilowatts of each slope; prices in millionths.
  struct Curve {
    let offers: [(low: Int64, high: Int64, kilowatts: Int64)]

    init(_ offers: [MarketOffer], _ side: OfferSide) {
      self.offers = offers.filter { $0.side == side }.map { offer in
        let ends = [offer.price.microPerMegawattHour, offer.endPrice.microPerMegawattHour].sorted()
        return (ends[0], ends[1], offer.quantity.kilowatts)
      }
    }

    /// What is asked for at most this price; of buyers, what they have given up when the price is this.
    func upTo(_ price: Int64) -> Int64 {
      var sum: Int64 = 0
      for offer in offers {
        if offer.high <= price {
          sum += offer.kilowatts
        } else if offer.low < price {
          sum += Int64(Int128(offer.kilowatts) * Int128(price - offer.low) / Int128(offer.high - offer.low))
        }
      }
      return sum
    }

    var all: Int64 { offers.reduce(0) { $0 + $1.kilowatts } }
  }

  /// The lowest price for which a condition holds that holds for all prices above it; nil if it holds for none.
  static func lowest(_ holds: (Int64) -> Bool) -> Int64? {
    var (below, above): (Int64, Int64) = (-500_000_001, 4_000_000_001)
    while above - below > 1 {
      let middle = below + (above - below) / 2
      if holds(middle) { above = middle } else { below = middle }
    }
    return above > 4_000_000_000 ? nil : above
  }

  @Test(
    "the prices are those at which the curves cross", arguments: [66, 131, 150, 700, 2_000], [0, 1, 3, 5, 7, 9, 10])
  func crossing(offers: Int, lean: Int) throws {
    let book = Self.book(seed: UInt64(100 * offers + lean), offers: offers, lean: lean)
    let (supply, demand) = (Curve(book, .sell), Curve(book, .buy))
    let result = try cleared(book)
    let interval = try #require(result.intervals.first)
    let lowest = Self.lowest { supply.upTo($0) >= demand.all - demand.upTo($0) }
    // The price after the highest is the first at which the supply below it exceeds the demand from it on.
    let tooHigh = Self.lowest { supply.upTo($0 - 1) > demand.all - demand.upTo($0 - 1) }
    #expect(interval.lowestPrice.microPerMegawattHour == lowest ?? 4_000_000_000)
    #expect(interval.highestPrice.microPerMegawattHour == (tooHigh ?? 4_000_000_001) - 1)
    #expect(interval.offeredSupply.kilowatts == supply.all && interval.offeredDemand.kilowatts == demand.all)
    let price = interval.balancePrice.microPerMegawattHour
    #expect(interval.cleared.kilowatts == min(supply.upTo(price), demand.all - demand.upTo(price - 1)))
    let audit = ClearingAudit(result, of: book, welfare: try result.welfare(of: book))
    #expect(audit.isPassed, "\(audit.verdict)")
  }

  @Test("thousands of offers of nothing do not move the price of the few that trade", arguments: [10, 300, 3_000])
  func nothing(count: Int) throws {
    let few = [
      OfferExample.buy("L", 4_000, 100), OfferExample.sell("A", 10, 60), OfferExample.sell("B", 30, to: 50, 80),
    ]
    let idle = (0..<count).map { OfferExample.sell("N\($0)", Double($0 % 100) - 50, to: Double($0 % 100), 0) }
    let result = try cleared(idle + few)
    #expect(result.intervals.map(\.price.perMegawattHour) == [40])
    #expect(result.cleared.suffix(3).map(\.megawatts) == [100, 60, 40])
    #expect(result.cleared.prefix(count).allSatisfy { $0 == .zero })
  }

  @Test("intervals of very different size are cleared as if each were alone")
  func sizes() throws {
    let books = [(3, 5), (700, 4), (1, 9), (200, 2)].enumerated().map { index, size in
      Self.book(seed: UInt64(index), offers: size.0, lean: size.1).map { offer in
        MarketOffer(
          interval: index + 1, side: offer.side, participant: offer.participant, price: offer.price,
          endPrice: offer.endPrice, quantity: offer.quantity)
      }
    }
    let together = try cleared(books.flatMap { $0 })
    let alone = try books.map { try cleared($0) }
    #expect(together.intervals == alone.flatMap(\.intervals))
    #expect(together.cleared == alone.flatMap(\.cleared))
  }
}
