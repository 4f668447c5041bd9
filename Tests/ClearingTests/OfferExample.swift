import Clearing
import MarketModel
import Testing

/// Offers of one or many intervals, written short, and made-up books that are the same for a seed.
enum OfferExample {
  static let terms = ClearingTerms(
    floor: .perMegawattHour(-500), cap: .perMegawattHour(4_000), priceTick: .perMegawattHour(0.01),
    tieBreak: .proRata, priceRange: .lowest, equalPriceVolume: .most, shortagePrice: .cap, surplusPrice: .floor)

  static func sell(
    _ name: String, _ price: Double, to end: Double? = nil, _ megawatts: Double, at interval: Int = 1,
    class: String = ""
  ) -> MarketOffer {
    MarketOffer(
      interval: interval, side: .sell, participant: name, price: .perMegawattHour(price),
      endPrice: end.map { .perMegawattHour($0) }, quantity: .megawatts(megawatts), priorityClass: `class`)
  }

  static func buy(
    _ name: String, _ price: Double, to end: Double? = nil, _ megawatts: Double, at interval: Int = 1
  ) -> MarketOffer {
    MarketOffer(
      interval: interval, side: .buy, participant: name, price: .perMegawattHour(price),
      endPrice: end.map { .perMegawattHour($0) }, quantity: .megawatts(megawatts))
  }

  /// SplitMix64 of Steele, Lea and Flood 2014.
  struct Random {
    var state: UInt64
    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

    mutating func next(_ bound: Int) -> Int {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
    }
  }

  /// Prices on a coarse grid, so that ties, ranges, shortage and surplus all come up; every third offer a slope if asked.
  static func book(seed: UInt64, offers: Int = 60, intervals: Int = 3, slopes: Bool = false) -> [MarketOffer] {
    var random = Random(seed: seed)
    return (0..<offers).flatMap { number in
      (1...intervals).map { interval in
        let isSell = random.next(2) == 0
        let price = random.next(8) == 0 ? (isSell ? -500 : 4_000) : Double(random.next(40)) * 5 - 50
        let width = slopes && random.next(3) == 0 ? Double(random.next(30) + 1) : 0
        let end = isSell ? min(4_000, price + width) : max(-500, price - width)
        let megawatts = Double(random.next(500) + 1) / 10
        return isSell
          ? sell("P\(number)", price, to: end, megawatts, at: interval)
          : buy("P\(number)", price, to: end, megawatts, at: interval)
      }
    }
  }
}

func cleared(_ offers: [MarketOffer], _ terms: ClearingTerms = OfferExample.terms) throws -> MarketClearing {
  try clearByMeritOrder(OfferBook(offers), terms: terms)
}

/// Price and quantity of the first interval, in the units of the files; every worked example is audited.
func outcome(
  _ offers: [MarketOffer], _ terms: ClearingTerms = OfferExample.terms
) throws -> (price: Double, megawatts: Double, each: [Double]) {
  let result = try cleared(offers, terms)
  let audit = ClearingAudit(result, of: offers, welfare: try result.welfare(of: offers))
  #expect(audit.isPassed, "\(audit.verdict)")
  let first = result.intervals[0]
  return (first.price.perMegawattHour, first.cleared.megawatts, result.cleared.map(\.megawatts))
}
