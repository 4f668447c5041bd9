import MarketModel
import MarketTestSupport
import Testing

@testable import RetailValue

@Suite("Hourly indicators, cost to serve, levers") struct CostAndLeverTests {
  /// One customer with 2 MWh in every hour of January 2025; real-time prices 10 above day-ahead by day, 20 below by night.
  private func values(
    _ plan: [Int: [Double]], green: [Int: [Double]] = [:], calls: [DemandResponseRecord] = []
  ) throws -> [Double] {
    let first = Example.day(2025, 1, 1)
    var prices: [(day: Int, hour: Int, dayAhead: Double, realTime: Double)] = []
    for day in 0..<31 {
      for hour in 0..<24 { prices.append((first.dayNumber + day, hour, 300, hour < 12 ? 310 : 280)) }
    }
    let hours = PriceHours(prices: prices, bands: nil)
    let accumulator = LoadAccumulator(customers: 1, hours: hours, detailed: [0])
    for day in 0..<31 {
      for quarter in 0..<96 {
        accumulator.add(customer: 0, day: first.dayNumber + day, hour: quarter / 4, energyMWh: 0.5)
      }
    }
    var records = PortfolioRecords(
      customers: [RetailCustomer(id: "A")], loads: try accumulator.finish(customers: 1))
    records.hourlyPlans = ["A": plan]
    records.hourlyGreen = ["A": green]
    records.demandResponse = ["A": calls]
    return IndicatorValues(
      records, customer: 0, pool: PoolFigures(records.loads, threads: 1), assumptions: ScoreAssumptions()
    ).values([1])
  }

  private func value(_ id: String, _ values: [Double]) -> Double { values[Indicator.position(id)] }

  @Test("imbalance costs what is missed times the spread; a plan too low by day and too high by night is dear twice")
  func imbalance() throws {
    let day = Example.day(2025, 1, 5).dayNumber
    let plan = (0..<24).map { $0 < 12 ? 1.5 : 2.5 }
    // Σ (0.5 · 10 + 0.5 · 20) · 12 h over 48 MWh.
    #expect(abs(value("E5", try values([day: plan])) - 180.0 / 48) < 1e-9)
    #expect(abs(value("E5", try values([day: plan.map { 4 - $0 }])) + 180.0 / 48) < 1e-9)
    #expect(value("E5", try values([:])).isNaN)
    #expect(value("E5", try values([day + 60: plan])).isNaN, "days behind the window do not count")
  }

  @Test("green energy matches by hour, and demand response counts what was delivered up to what was committed")
  func greenAndResponse() throws {
    let day = Example.day(2025, 1, 5).dayNumber
    let sun = (0..<24).map { (8..<16).contains($0) ? 6.0 : 0 }
    #expect(abs(value("G4", try values([:], green: [day: sun])) - 100.0 / 3) < 1e-9)
    #expect(
      abs(value("G4", try values([:], green: [day: sun, day + 1: [Double](repeating: 0, count: 24)])) - 100.0 / 6)
        < 1e-9)
    let call = { (delivered: Double) in
      DemandResponseRecord(
        customer: "A", day: Example.day(2025, 1, 9), committedMWh: 2, deliveredMWh: delivered)
    }
    #expect(abs(value("M5", try values([:], calls: [call(5), call(1), call(-3)])) - 50) < 1e-9)
    #expect(value("M5", try values([:])).isNaN)
  }

  @Test("cost to serve adds up, and shows nothing that is not known")
  func costToServe() throws {
    for (number, score) in try ScoreTests.run.get().scores.enumerated() {
      let cost = score.costToServe
      let parts = [cost.profile, cost.imbalance, cost.credit, cost.channel].compactMap { $0 }
      #expect(abs(cost.total - parts.reduce(0, +)) < 1e-9 && cost.imbalance == nil)
      let value = { (id: String) in score.indicators.first { $0.indicator.id == id }?.value }
      if let margin = value("E1"), margin > 0, number % 3 == 1 {
        // The channel keeps 30 %: margin after it is 70 % of the gross.
        #expect(abs((cost.channel ?? 0) - margin / 0.7 * 0.3) < 1e-6)
      }
      #expect(number % 3 != 0 || cost.channel == 0)
    }
  }

  @Test("every lever lifts the tier when its value is set, and none does when it is set to a worse one")
  func levers() throws {
    let run = try ScoreTests.run.get()
    let maker = ScoreMaker(run.reference)
    var seen = 0
    for score in run.scores {
      let ordered = score.indicators.sorted { $0.position < $1.position }
      let values = ordered.map { $0.value ?? .nan }
      for lever in score.levers {
        seen += 1
        #expect(lever.indicator.isLever && lever.points > 0 && lever.tier > score.tier.tier)
        var changed = values
        changed[lever.position] = lever.to
        let total = maker.result(changed, medians: ordered.map(\.segmentMedian)).total
        #expect(abs(total - score.total - lever.points) < 1e-9)
      }
    }
    #expect(seen > 10)
  }
}
