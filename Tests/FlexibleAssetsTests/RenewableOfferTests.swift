import NumericMethods
import Testing

@testable import FlexibleAssets

@Suite("Wind and solar offers") struct RenewableOfferTests {
  static let rule = try? QuadraticImbalance(costPerSquaredMWh: 0.07, largestBid: 1_800)

  @Test("the imbalance rule by hand") func rule() throws {
    let rule = try #require(Self.rule)
    // Ahead 50, imbalance 36: a bid 100 above the output of 300 earns 14 a MWh less 0.07·100².
    #expect(rule.revenue(bid: 400, output: 300, ahead: 50, spread: 14) == 50 * 400 - 100 * 36 - 700)
    #expect(abs(rule.bid(output: 300, spread: 14) - 400) < 1e-9)
    #expect(rule.bid(output: 10, spread: -14) == 0)
    #expect(rule.bid(output: 1_790, spread: 14) == 1_800)
    #expect(abs(rule.regret(bid: 300, output: 300, spread: 14) - 700) < 1e-9)
    #expect(throws: AssetProblem.self) { try QuadraticImbalance(costPerSquaredMWh: 0, largestBid: 1) }
  }

  @Test("no bid has a negative regret") func regret() throws {
    let rule = try #require(Self.rule)
    var generator = SplitMix64(seed: 5)
    for _ in 0..<500 {
      let regret = rule.regret(
        bid: 1_800 * generator.nextUniform(), output: 1_800 * generator.nextUniform(),
        spread: 200 * generator.nextUniform() - 100)
      #expect(regret >= -1e-6)
    }
  }

  /// Days of a made-up market whose spread is half of what is forecast and whose output is 20 MWh below its forecast.
  static func days(_ count: Int, seed: UInt64) -> [[ImbalanceBidder.Interval]] {
    var generator = SplitMix64(seed: seed)
    return (0..<count).map { _ in
      (0..<48).map { _ in
        let (forecast, spread) = (1_000 * generator.nextUniform() + 300, 40 * generator.nextUniform() - 20)
        let noise = 40 * generator.nextUniform() - 20
        return ImbalanceBidder.Interval(
          output: forecast - 20 + noise, spread: 0.5 * spread + noise / 4, outputForecast: forecast,
          spreadForecasts: [spread])
      }
    }
  }

  @Test("the bidder learns bias and trust, and earns more than the forecast and than the forecast spread")
  func learning() throws {
    let rule = try #require(Self.rule)
    let days = Self.days(60, seed: 3)
    var settings = ImbalanceBidder.Settings()
    settings.penalty = 0.001
    var bidder = try ImbalanceBidder(rule, settings: settings, scaledBy: days[0])
    for day in days.prefix(40) { try bidder.learn(day) }
    var (ours, plain, trusting) = (0.0, 0.0, 0.0)
    for interval in days.suffix(20).joined() {
      let lost = { (bid: Double) in rule.regret(bid: bid, output: interval.output, spread: interval.spread) }
      ours += lost(bidder.bid(interval))
      plain += lost(rule.bounded(interval.outputForecast))
      trusting += lost(rule.bid(output: interval.outputForecast, spread: interval.spreadForecasts[0]))
      #expect(abs(bidder.expectedOutput(interval) - interval.outputForecast + 20) < 8)
    }
    #expect(ours < 0.6 * plain)
    #expect(ours < 0.8 * trusting)
    let probe = days[50][7]
    let expected = probe.outputForecast - 20 + 0.5 * probe.spreadForecasts[0] / 0.14
    #expect(abs(bidder.bid(probe) - expected) < 12)
  }

  @Test("what is missing is not learned and bids nothing") func missing() throws {
    let rule = try #require(Self.rule)
    let days = Self.days(3, seed: 9)
    var bidder = try ImbalanceBidder(rule, scaledBy: days[0])
    try bidder.learn(days[0])
    var other = bidder
    let hole = ImbalanceBidder.Interval(output: .nan, spread: 3, outputForecast: 200, spreadForecasts: [1])
    let silent = ImbalanceBidder.Interval(output: 3, spread: 3, outputForecast: .nan, spreadForecasts: [1])
    try bidder.learn(days[1])
    try other.learn(days[1] + [hole, silent])
    #expect(bidder.bid(days[2][0]) == other.bid(days[2][0]))
    #expect(bidder.bid(silent) == 0)
    #expect(throws: AssetProblem.self) { try ImbalanceBidder(rule, scaledBy: [silent]) }
  }

  @Test("newsvendor: the level balances surplus and shortage") func newsvendor() {
    #expect(NewsvendorQuantity.criticalLevel(ahead: 50, surplus: 30, shortage: 130) == 0.2)
    #expect(NewsvendorQuantity.criticalLevel(ahead: 50, surplus: 50, shortage: 50) == 0.5)
    let (levels, quantiles) = ([0.1, 0.5, 0.9], [10.0, 50, 70])
    #expect(NewsvendorQuantity.quantity(at: 0.2, levels: levels, quantiles: quantiles) == 20)
    #expect(NewsvendorQuantity.quantity(at: 0.95, levels: levels, quantiles: quantiles) == 70)
    #expect(NewsvendorQuantity.quantity(at: 0, levels: levels, quantiles: quantiles) == 10)
  }

  @Test("newsvendor: no other quantity earns more on the drawn outputs") func newsvendorIsBest() {
    var generator = SplitMix64(seed: 11)
    let outputs = (0..<999).map { _ in 100 * generator.nextUniform() }.sorted()
    let levels = outputs.indices.map { (Double($0) + 0.5) / 999 }
    let gain = { (bid: Double) in
      outputs.reduce(0) { $0 + 50 * bid + ($1 > bid ? 30 * ($1 - bid) : 130 * ($1 - bid)) }
    }
    let best = NewsvendorQuantity.quantity(at: 0.2, levels: levels, quantiles: outputs)
    for other in stride(from: 0.0, through: 100, by: 2.5) { #expect(gain(best) >= gain(other) - 5_000) }
    #expect(abs(best - 20) < 4)
  }

  @Test("one price: all or nothing without risk, near the output where prices swing") func onePrice() {
    let (ahead, outputs) = ([Double](repeating: 50, count: 200), (0..<200).map { 40 + Double($0 % 21) })
    let dear = (0..<200).map { $0 % 2 == 0 ? 10.0 : 80.0 }
    let sell = { (w: Double, realTime: [Double]) in
      NewsvendorQuantity.quantity(ahead: ahead, realTime: realTime, outputs: outputs, within: 0...100, riskWeight: w)
    }
    #expect(abs(sell(0, dear) - 100) < 1e-3)  // 45 expected against 50
    #expect(sell(0, dear.map { $0 + 20 }) == 0)
    let careful = sell(1, dear)
    #expect(careful > 35 && careful < 65)
  }

  @Test("CVaR counts a part of a path") func risk() {
    let values = (1...30).map(Double.init)
    #expect(abs(RiskMeasure.conditionalValueAtRisk(values) - (1 + 0.5 * 2) / 1.5) < 1e-12)
    #expect(RiskMeasure.conditionalValueAtRisk(values, share: 1) == 15.5)
  }

  @Test("the mechanism's part is worth producing below zero, and is not sold twice") func mechanism() throws {
    let site = try RenewableSite(
      name: "LW", ratedMegawatts: 200, mechanismShare: 0.6, mechanismPricePerMWh: 350, certificatePricePerMWh: 10)
    #expect(abs(site.curtailmentPrice(reference: 250) + 64) < 1e-9)
    #expect(site.output(available: 150, price: -60, reference: 250) == 150)
    #expect(site.output(available: 150, price: -70, reference: 250) == 0)
    #expect(site.saleable(expectedMWh: 1_000, contractedMWh: 300) == 100)
    #expect(site.saleable(expectedMWh: 1_000, contractedMWh: 500) == 0)
    #expect(site.soldTwice(producedMWh: 1_000, contractedMWh: 400, certificatesMWh: 400) == nil)
    let twice = site.soldTwice(producedMWh: 1_000, contractedMWh: 450, certificatesMWh: 0)
    #expect(twice?.description.contains("50 MWh are sold twice") == true)
    let offer = site.offer(quantity: 100, reference: 250, limits: -80...1_300)
    #expect(offer == [OfferStep(from: 0, to: 60, pricePerMWh: -80), OfferStep(from: 60, to: 100, pricePerMWh: -10)])
  }

  @Test("a forecast above rated power counts as rated, and it is said") func aboveRated() throws {
    let site = try RenewableSite(name: "LW", ratedMegawatts: 200)
    let (values, note) = site.bounded([150, 230, .nan, -1])
    #expect(values == [150, 200, 0, 0])
    #expect(note?.contains("above its rated 200 MW") == true)
    #expect(note?.contains("1 intervals of LW have no forecast") == true)
    #expect(throws: AssetProblem.self) { try RenewableSite(name: "LW", ratedMegawatts: -3) }
  }
}
