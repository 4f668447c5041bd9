import Clearing
import MarketModel
import Testing

/// What stands at the price, what it costs and what is refused, worked by hand.
@Suite("Marginal offers") struct MarginalOfferTests {
  /// Every price from 70 to 90 balances; three offers stand at 70, at 90 one and one of nothing.
  private let offers = [
    OfferExample.buy("L", 4_000, 100), OfferExample.sell("A", 10, 60), OfferExample.sell("B", 70, 40),
    OfferExample.buy("P", 70, 50), OfferExample.buy("Q", 70, 20), OfferExample.sell("C", 90, 60),
    OfferExample.sell("D", 90, 0),
  ]

  @Test(
    "those that stand at the price are counted, and none from another price of the range",
    arguments: [(PriceRangeRule.lowest, 3), (.midpoint, 0), (.highest, 1)])
  func count(rule: PriceRangeRule, count: Int) throws {
    var terms = OfferExample.terms
    terms.priceRange = rule
    let result = try cleared(offers, terms)
    #expect(result.intervals.map(\.marginalOffers) == [count])
    #expect(result.cleared.map(\.megawatts) == [100, 60, 40, 0, 0, 0, 0])
  }

  @Test("a seller's slope gives no more than its price allows; the tied step gives the rest")
  func sellersSlope() throws {
    // 2 kW for each millionth: 499.998 MW below 10.25, 500 MW up to it.
    let slope = OfferExample.sell("A", 10, to: 10.5, 1_000)
    let result = try outcome([OfferExample.buy("L", 4_000, 540), slope, OfferExample.sell("B", 10.25, 100)])
    #expect(abs(result.price - 10.25) < 1e-9 && result.each == [540, 500, 40])
  }

  @Test("sellers' slopes share what the price leaves open as their widths, not as their quantities")
  func sellersSlopes() throws {
    // At 10.25 the first may sell 2 kW more than its 499.998 MW, the second 10 kW more than its 499.990 MW.
    let slopes = [OfferExample.sell("A", 10, to: 10.5, 1_000), OfferExample.sell("B", 10.2, to: 10.3, 1_000)]
    let result = try outcome([OfferExample.buy("L", 4_000, 999.994)] + slopes)
    #expect(result.each == [999.994, 499.999, 499.995])
  }

  @Test("buyers' slopes share what the price leaves open as their widths, after the steps")
  func buyersSlopes() throws {
    // At 10.25 the first may buy 2 kW more than its 500 MW, the second 10 kW more than its 500 MW.
    let slopes = [OfferExample.buy("P", 10.5, to: 10, 1_000), OfferExample.buy("Q", 10.3, to: 10.2, 1_000)]
    #expect(try outcome([OfferExample.sell("A", -500, 1_000.006)] + slopes).each == [1_000.006, 500.001, 500.005])
    let step = OfferExample.buy("M", 10.25, 100)
    let result = try outcome([OfferExample.sell("A", -500, 1_100.006), step] + slopes)
    #expect(result.each == [1_100.006, 100, 500.001, 500.005])
  }

  @Test("the area under a slope is rounded to the nearest quantum, away from zero on both sides")
  func area() {
    // One millionth over 7 kW, the first kilowatts of them in an hour of 60,000 Wmin: k² · 60,000 / 14.
    func quanta(_ side: OfferSide, _ kilowatts: Int64, of quantity: Int64) -> Int128 {
      let offer = MarketOffer(
        interval: 1, side: side, participant: "A", price: .zero,
        endPrice: EnergyPrice(microPerMegawattHour: side == .sell ? 1 : -1), quantity: Power(kilowatts: quantity))
      return offer.offeredValue(of: Power(kilowatts: kilowatts), over: .hour).quanta
    }
    // 4,285.71, 17,142.86, 38,571.43 and 210,000; over 11 kW 2,727.27.
    #expect([1, 2, 3, 7].map { quanta(.sell, $0, of: 7) } == [4_286, 17_143, 38_571, 210_000])
    #expect([1, 2, 3, 7].map { quanta(.buy, $0, of: 7) } == [-4_286, -17_143, -38_571, -210_000])
    #expect(quanta(.sell, 1, of: 11) == 2_727 && quanta(.buy, 1, of: 11) == -2_727)
    // 60,000 / 32 = 1,875; 60,000 / 64 = 937.5.
    #expect(quanta(.sell, 1, of: 16) == 1_875 && quanta(.buy, 1, of: 16) == -1_875)
    #expect(quanta(.sell, 1, of: 32) == 938 && quanta(.buy, 1, of: 32) == -938)
  }

  @Test("the offer beyond the bounds is named with the price that is")
  func beyondBounds() {
    let load = OfferExample.buy("L", 4_000, 5, at: 2)
    let cases: [(MarketOffer, Double)] = [
      (OfferExample.sell("A", -500.01, 5, at: 2), -500.01), (OfferExample.sell("A", 4_000.01, 5, at: 2), 4_000.01),
      (OfferExample.sell("A", 10, to: 4_000.01, 5, at: 2), 4_000.01),
      (OfferExample.sell("A", -501, to: 10, 5, at: 2), -501),
      (OfferExample.buy("P", 10, to: -500.01, 5, at: 2), -500.01),
      (OfferExample.buy("P", 4_001, to: 10, 5, at: 2), 4_001),
    ]
    for (offer, price) in cases {
      let error = MeritOrderError.offerOutsideBounds(
        index: 1, interval: 2, price: .perMegawattHour(price), floor: OfferExample.terms.floor,
        cap: OfferExample.terms.cap)
      #expect(throws: error) { try cleared([load, offer]) }
    }
  }
}
