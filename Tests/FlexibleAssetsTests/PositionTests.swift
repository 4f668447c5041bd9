import NumericMethods
import Testing

@testable import FlexibleAssets

@Suite("One position") struct PositionTests {
  /// Prices of two intervals on many paths.
  static func prices(_ count: Int = 200, seed: UInt64 = 1) -> [[Double]] {
    var generator = SplitMix64(seed: seed)
    return (0..<count).map { _ in
      let level = 300 + 60 * generator.nextGaussian()
      return [level, level + 40 * generator.nextGaussian()]
    }
  }

  static func product(_ prices: [[Double]], cost: Double = 0, limit: Double = 1_000) -> HedgeProduct {
    let mean = prices.reduce(0) { $0 + $1[0] + $1[1] } / Double(2 * prices.count)
    return HedgeProduct(
      name: "base", intervals: [0, 1], pricePerMWh: mean, costPerMWh: cost, largestMegawatts: limit)
  }

  /// A part that sells so many MW in both intervals.
  static func part(_ megawatts: Double, _ prices: [[Double]], name: String = "plant") -> PositionPart {
    PositionPart(
      name: name, profits: prices.map { megawatts * ($0[0] + $0[1]) },
      dayAhead: prices.flatMap { _ in [megawatts, megawatts] }, realTime: prices.flatMap { _ in [0, 0] }, intervals: 2)
  }

  @Test("a seller of 100 MW sells 100 MW ahead, a buyer buys, and the worst days get better") func direction() throws {
    let prices = Self.prices()
    for power in [100.0, -100] {
      let part = Self.part(power, prices)
      let product = Self.product(prices)
      let hedge = try Hedge.best(of: part.profits, products: [product], prices: prices, hours: 1, riskWeight: 0.5)
      #expect(abs(hedge.megawatts[0] - power) < 1e-3)
      let after = hedge.profits(part.profits, products: [product], prices: prices, hours: 1)
      #expect(
        RiskMeasure.conditionalValueAtRisk(after) > RiskMeasure.conditionalValueAtRisk(part.profits) + 1_000)
      let mean = after.reduce(0, +) / 200
      #expect(abs(mean - part.mean) < 1e-3)
    }
  }

  @Test("the limit binds, a dear hedge is left, and no other quantity is better") func limits() throws {
    let prices = Self.prices(seed: 4)
    let part = Self.part(100, prices)
    func best(_ product: HedgeProduct) throws -> Double {
      try Hedge.best(of: part.profits, products: [product], prices: prices, hours: 1, riskWeight: 0.5).megawatts[0]
    }
    #expect(abs(try best(Self.product(prices, limit: 30)) - 30) < 1e-6)
    #expect(abs(try best(Self.product(prices, cost: 500))) < 1e-6)
    let product = Self.product(prices, cost: 10)
    let chosen = try best(product)
    func score(_ power: Double) -> Double {
      RiskMeasure.weighted(
        Hedge(megawatts: [power]).profits(part.profits, products: [product], prices: prices, hours: 1), riskWeight: 0.5)
    }
    for other in stride(from: -50.0, through: 150, by: 10) { #expect(score(chosen) >= score(other) - 1e-3) }
  }

  @Test("parts that offset each other need no hedge together; apart they pay for two") func joint() throws {
    let prices = Self.prices(seed: 9)
    let parts = [Self.part(100, prices), Self.part(-100, prices, name: "retail")]
    let whole = parts.joined(name: "all")
    #expect(whole.profits.allSatisfy { abs($0) < 1e-9 } && whole.meanDayAhead.allSatisfy { abs($0) < 1e-9 })
    let value = try JointValue(
      of: parts, products: [Self.product(prices, cost: 1)], prices: prices, hours: 1, riskWeight: 0.5, seed: 2)
    #expect(abs(value.joint.megawatts[0]) < 1e-6)
    #expect(value.separate.count == 2 && value.separate[0].megawatts[0] > 50 && value.separate[1].megawatts[0] < -50)
    // Two hedges of about 100 MW over two hours at 1 a MWh.
    #expect(value.value > 250 && value.value < 1_500)
    #expect(value.low <= value.value && value.value <= value.high && value.low > 0)
  }
}
