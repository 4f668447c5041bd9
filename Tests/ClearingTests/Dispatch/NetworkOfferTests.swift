import Clearing
import MarketModel
import PowerSystem
import Testing

@Suite("Offers on a network") struct NetworkOfferTests {
  /// Buses A and B with a line of 50 MW; participants stand at the bus that their name begins with.
  static func pair(_ names: [String], limit: Double = 50) -> MarketNetwork {
    MarketNetwork(
      buses: ["A", "B"],
      branches: [Branch(name: "line", from: 0, to: 1, susceptance: 1_000, limit: limit)],
      busOfParticipant: Dictionary(
        uniqueKeysWithValues: names.map { ($0, $0.hasPrefix("A") ? 0 : 1) }))
  }

  /// At A 20 MW are bought at 25 and 50 MW leave: the slope of 10 to 30 over 100 MW stands at 24 for 70 MW. At B the
  /// bids fall from 80 to 40 over 200 MW and meet the 60 of the seller at 100 MW, 50 of which come from A.
  @Test("two slopes, two steps and a full line by hand")
  func worked() throws {
    let offers = [
      OfferExample.sell("A1", 10, to: 30, 100), OfferExample.buy("A2", 25, 20),
      OfferExample.sell("B1", 60, 90),
      OfferExample.buy("B2", 80, to: 40, 200),
    ]
    let clearing = try clearOffers(offers, on: Self.pair(offers.map(\.participant)))
    for (value, expected) in zip(clearing.cleared, [70.0, 20, 50, 100]) {
      #expect(abs(value - expected) < 1e-5)
    }
    let interval = try #require(clearing.intervals.first)
    for (value, expected) in zip(interval.prices.map(\.total), [24.0, 60]) {
      #expect(abs(value - expected) < 1e-5)
    }
    for (value, expected) in zip(interval.sold, [70.0, 50]) {
      #expect(abs(value - expected) < 1e-5)
    }
    for (value, expected) in zip(interval.bought, [20.0, 100]) {
      #expect(abs(value - expected) < 1e-5)
    }
    #expect(abs(interval.flow[0] - 50) < 1e-5)
    #expect(abs(interval.branchPrice_perMWh[0] - 36) < 1e-5)
    #expect(abs(interval.congestionRentPerHour - 50 * 36) < 1e-3)
    // Bids of 20 · 25 and 100 · 70, offers of 70 · 17 and 50 · 60.
    #expect(abs(interval.welfarePerHour - (500 + 7_000 - 1_190 - 3_000)) < 1e-3)
    #expect(interval.audit == "passed")
  }

  @Test("an offer of nothing clears nothing, and who stands at no bus is named")
  func edges() throws {
    let offers = [
      OfferExample.sell("A1", 10, 0), OfferExample.sell("A2", 20, 30),
      OfferExample.buy("B1", 40, 25),
    ]
    let clearing = try clearOffers(offers, on: Self.pair(["A1", "A2", "B1"]))
    for (value, expected) in zip(clearing.cleared, [0.0, 25, 25]) {
      #expect(abs(value - expected) < 1e-6)
    }
    #expect(
      throws: DispatchError.unfit([
        ProblemFinding(
          element: "B1",
          text: "stands at no bus of the network; add it to the network's participants.")
      ])
    ) {
      try clearOffers(offers, on: Self.pair(["A1", "A2"]))
    }
  }

  /// Three buses in a ring with tight lines, the participants of a made-up book spread over them.
  static func ring(_ offers: [MarketOffer], limit: Double) -> MarketNetwork {
    let names = Set(offers.map(\.participant)).sorted()
    return MarketNetwork(
      buses: ["A", "B", "C"],
      branches: [(0, 1), (1, 2), (0, 2)].map { from, to in
        Branch(name: "line \(from)-\(to)", from: from, to: to, susceptance: 1_000, limit: limit)
      }, busOfParticipant: Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0 % 3) })
    )
  }

  /// Quantities that an offer may clear at a price, by its own terms: all or nothing away from its prices.
  static func wanted(_ offer: MarketOffer, at price: Double) -> ClosedRange<Double> {
    let sign = offer.side == .sell ? 1.0 : -1
    let (first, last) = (sign * offer.price.perMegawattHour, sign * offer.endPrice.perMegawattHour)
    func quantity(_ price: Double) -> ClosedRange<Double> {
      if first < last {
        let share = min(1, max(0, (price - first) / (last - first)))
        return share * offer.quantity.megawatts...share * offer.quantity.megawatts
      }
      return
        (price > first ? offer.quantity.megawatts : 0)...(price >= first
        ? offer.quantity.megawatts : 0)
    }
    return quantity(sign * price - 1e-4).lowerBound - 1e-3...quantity(sign * price + 1e-4)
      .upperBound + 1e-3
  }

  @Test("at the price of his bus everybody gets what he asks for", arguments: 1...12)
  func everybody(seed: UInt64) throws {
    let offers = OfferExample.book(seed: seed, slopes: true)
    let network = Self.ring(offers, limit: Double(10 * (1 + seed % 4)))
    let clearing = try clearOffers(offers, on: network)
    #expect(clearing.intervals.map(\.interval) == [1, 2, 3])
    for interval in clearing.intervals {
      #expect(interval.audit == "passed")
      for (offer, quantity) in zip(offers, clearing.cleared)
      where offer.interval == interval.interval {
        let bus = try #require(network.busOfParticipant[offer.participant])
        let band = Self.wanted(offer, at: interval.prices[bus].total)
        #expect(
          band.contains(quantity),
          "\(offer) clears \(quantity) of \(band) at \(interval.prices[bus].total)")
      }
    }
  }

  /// What an offer's quantity is worth as bid or costs as asked: quantity times the mean of the prices passed.
  static func worth(_ offer: MarketOffer, _ quantity: Double) -> Double {
    guard offer.quantity > .zero else { return 0 }
    let (first, last) = (offer.price.perMegawattHour, offer.endPrice.perMegawattHour)
    let reached = first + (last - first) * quantity / offer.quantity.megawatts
    return (offer.side == .buy ? 1 : -1) * quantity * (first + reached) / 2
  }

  @Test(
    "totals by bus, welfare and rent are those of the offers; lines carry what is sold and not bought",
    arguments: 1...12)
  func totals(seed: UInt64) throws {
    let offers = OfferExample.book(seed: seed, slopes: true)
    let network = Self.ring(offers, limit: Double(10 * (1 + seed % 4)))
    let clearing = try clearOffers(offers, on: network)
    for interval in clearing.intervals {
      let own = zip(offers, clearing.cleared).filter { $0.0.interval == interval.interval }
      func total(_ side: OfferSide, _ bus: Int) -> Double {
        own.filter { $0.0.side == side && network.busOfParticipant[$0.0.participant] == bus }
          .reduce(0) { $0 + $1.1 }
      }
      var rent = 0.0
      for bus in network.buses.indices {
        let (sold, bought) = (total(.sell, bus), total(.buy, bus))
        #expect(abs(interval.sold[bus] - sold) < 1e-5)
        #expect(abs(interval.bought[bus] - bought) < 1e-5)
        let outward = zip(network.branches, interval.flow).reduce(0.0) {
          $0 + ($1.0.from == bus ? $1.1 : 0) - ($1.0.to == bus ? $1.1 : 0)
        }
        #expect(abs(outward - (sold - bought)) < 1e-4)
        rent += (bought - sold) * interval.prices[bus].total
      }
      let welfare = own.reduce(0) { $0 + Self.worth($1.0, $1.1) }
      #expect(abs(interval.welfarePerHour - welfare) < 1e-6 * max(1, abs(welfare)))
      #expect(abs(interval.congestionRentPerHour - rent) < 1e-6 * max(1, abs(rent)))
      // Buyers pay sellers, and the rest is what the full lines earn.
      let earned = zip(interval.branchPrice_perMWh, interval.flow).reduce(0) { $0 + $1.0 * $1.1 }
      #expect(abs(rent - earned) < 1e-2 * max(1, abs(rent) / 1_000))
    }
  }
}
