import NumericMethods
import Testing

@testable import FlexibleAssets

@Suite("Retail procurement") struct ProcurementTests {
  static func contract(_ price: Double, cost: Double = 0) -> HedgeProduct {
    HedgeProduct(name: "day", intervals: [0, 1], pricePerMWh: price, costPerMWh: cost, largestMegawatts: 100)
  }

  @Test("a margin worked by hand: contract, purchase ahead, the rest in real time")
  func worked() {
    let programme = ProcurementProgramme(
      load: [[10, 20]], dayAhead: [[100, 200]], realTime: [[150, 100]], hours: 1, tariffPerMWh: 300,
      contracts: [Self.contract(140)], largestDeviation: 0.5)
    // Ahead as expected: 10·300 + 20·300 − 10·100 − 20·200 = 4,000.
    #expect(programme.margins(.init(contracts: [0], shifts: [0])) == [4_000])
    // A tenth less ahead: 1 MW at 150 instead of 100 and 2 MW at 100 instead of 200: −50 + 200.
    #expect(abs(programme.margins(.init(contracts: [0], shifts: [-0.1]))[0] - 4_150) < 1e-9)
    // 5 MW by contract at 140 against 100 and 200: 5·(−40 + 60).
    #expect(abs(programme.margins(.init(contracts: [5], shifts: [0]))[0] - 4_100) < 1e-9)
  }

  @Test(
    "the advice is worth no less than buying as expected, keeps its bounds, and buys a hedge for a load that dear days raise"
  )
  func advice() throws {
    var random = SplitMix64(seed: 5)
    var (load, ahead, later) = ([[Double]](), [[Double]](), [[Double]]())
    for _ in 0..<200 {
      let level = random.nextGaussian()
      ahead.append([300 + 60 * level, 400 + 90 * level])
      later.append(ahead[ahead.count - 1].map { $0 + 40 * random.nextGaussian() })
      load.append([100 + 8 * level, 120 + 10 * level])
    }
    for weight in [0.0, 0.5, 1.0] {
      let programme = ProcurementProgramme(
        load: load, dayAhead: ahead, realTime: later, hours: 1, tariffPerMWh: 380,
        contracts: [Self.contract(350, cost: 1)], largestDeviation: 0.2)
      let plan = try programme.best(riskWeight: weight)
      let zero = ProcurementProgramme.Plan(contracts: [0], shifts: [0])
      let worth = { (plan: ProcurementProgramme.Plan) in
        RiskMeasure.weighted(programme.margins(plan), riskWeight: weight)
      }
      #expect(worth(plan) >= worth(zero) - 1e-6)
      #expect(abs(plan.shifts[0]) <= 0.2 + 1e-9 && abs(plan.contracts[0]) <= 100 + 1e-9)
      if weight == 1 { #expect(plan.contracts[0] > 50) }
    }
  }
}
