import Clearing
import Forecasting
import MarketModel
import ProvinceSimulation
import Testing

/// The others' stack, estimated from what the demonstration province publishes, against what the province then does.
@Suite("Estimated supply stack") struct SupplyStackTests {
  /// Learns from the ninety days before the last fourteen, reads those, and forgets nothing later.
  private struct Trial {
    let estimate: SupplyStackEstimate
    let spaces: [Double]
    let prices: [Double]
  }

  private func trial() throws -> Trial {
    let province = try DemonstrationProvince.shared.get()
    let spaces = Array(try province.biddingSpace(.forecast).prefix(province.dayAhead.count))
    let end = spaces.count - 14 * 96
    let past = (end - 90 * 96)..<end
    let estimate = try SupplyStackEstimate(
      biddingSpace: Array(spaces[past]), price: Array(province.dayAhead[past]),
      age: past.map { Double((end - $0 + 95) / 96) })
    return Trial(estimate: estimate, spaces: Array(spaces[end...]), prices: Array(province.dayAhead[end...]))
  }

  @Test("its median is nearer to the prices of the next two weeks than the days before are, and its band holds them")
  func nearTheTruth() throws {
    let trial = try trial()
    let median = trial.spaces.map { trial.estimate.price(meeting: $0, level: 2) }
    let error = mean(zip(median, trial.prices).map { abs($0 - $1) })
    let yesterday = mean((96..<trial.prices.count).map { abs(trial.prices[$0] - trial.prices[$0 - 96]) })
    let inside = trial.spaces.indices.filter { index in
      let band = [0, 4].map { trial.estimate.price(meeting: trial.spaces[index], level: $0) }
      return trial.prices[index] >= band[0] - 0.01 && trial.prices[index] <= band[1] + 0.01
    }
    let coverage = Double(inside.count) / Double(trial.spaces.count)
    #expect(error < 0.5 * yesterday, "\(error) against \(yesterday)")
    #expect(coverage > 0.6, "\(coverage)")
  }

  @Test("prices rise with the space and with the level, slopes are not negative, supply is the inverse")
  func monotone() throws {
    let estimate = try trial().estimate
    for level in estimate.levels.indices {
      #expect(zip(estimate.prices[level], estimate.prices[level].dropFirst()).allSatisfy { $0 <= $1 })
      if level > 0 {
        #expect(zip(estimate.prices[level - 1], estimate.prices[level]).allSatisfy { $0 <= $1 + 1e-9 })
      }
    }
    let middle = estimate.spaces[estimate.spaces.count / 2]
    #expect(estimate.slopes(at: middle, width: 2_000).allSatisfy { $0 >= 0 })
    for space in estimate.spaces {
      let price = estimate.price(meeting: space, level: 2)
      #expect(estimate.supply(upTo: price, level: 2) >= space - 1e-6)
    }
  }

  @Test("the market clears with our offers inside, and residual demand falls to what we sell")
  func residual() throws {
    let estimate = try trial().estimate
    let terms = ClearingTerms(
      floor: .perMegawattHour(-100), cap: .perMegawattHour(1_500), tieBreak: .proRata, priceRange: .lowest,
      equalPriceVolume: .most, shortagePrice: .cap, surplusPrice: .floor)
    let space = estimate.spaces[estimate.spaces.count / 2]
    // Our history: 3,000 MW offered at the floor and 3,000 more at 300.
    let own = { (price: Double) in price < 300 ? 3_000.0 : 6_000 }
    func price(ours: [(Double, Double)]) throws -> Double {
      let offers =
        estimate.othersOffers(interval: 1, level: 2, own: own)
        + ours.map {
          MarketOffer(
            interval: 1, side: .sell, participant: "own", price: .perMegawattHour($0.0), quantity: .megawatts($0.1))
        }
        + [
          MarketOffer(
            interval: 1, side: .buy, participant: "demand", price: terms.cap, quantity: .megawatts(space))
        ]
      let result = try clearByMeritOrder(OfferBook(offers), terms: terms)
      #expect(ClearingAudit(result, of: offers).isPassed)
      return result.intervals[0].price.perMegawattHour
    }
    // As in the history the price is the estimate's; with less of ours it does not fall, with more it does not rise.
    let usual = try price(ours: [(-80, 3_000), (300, 3_000)])
    #expect(abs(usual - estimate.price(meeting: space, level: 2)) < 8)
    #expect(try price(ours: [(-80, 2_000), (400, 3_000)]) >= usual)
    #expect(try price(ours: [(-80, 6_000)]) <= usual)
    let demands = estimate.residualDemand(
      space: space, at: [-80, 200, 300, 400, 800], level: 2, own: own)
    #expect(zip(demands, demands.dropFirst()).allSatisfy { $0 >= $1 })
    #expect(demands.allSatisfy { $0 >= 0 && $0 <= space })
  }

  @Test("too little history, and rows that do not pair up, are said in a sentence")
  func refused() {
    #expect {
      _ = try SupplyStackEstimate(biddingSpace: [1, .nan], price: [1, 2], age: [1, 1])
    } throws: { "\($0)".contains("needs 480 intervals") && "\($0)".contains("1 are known") }
    #expect {
      _ = try SupplyStackEstimate(biddingSpace: [1], price: [1, 2], age: [1, 1])
    } throws: { "\($0)".contains("give one of each") }
  }
}
