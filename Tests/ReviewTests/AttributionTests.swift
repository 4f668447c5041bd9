import Clearing
import Foundation
import MarketModel
import MarketTestSupport
import Testing

@testable import Review

/// Random numbers of a seed (SplitMix64).
struct SeededNumbers {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  /// In [0, 1).
  mutating func next() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((z ^ (z >> 31)) >> 11) / 9_007_199_254_740_992
  }
}

@Suite("Attribution of profit") struct AttributionTests {
  static func hourly() throws -> MarketZone { try #require(MarketZone(identifier: "Asia/Shanghai", length: .hour)) }

  static func prices(_ values: [Double], _ grid: IntervalGrid) throws -> MarketPrices {
    MarketPrices(
      basis: ReviewTests.basis,
      prices: try IntervalSeries(grid, values.map { .perMegawattHour(($0 * 100).rounded() / 100) }))
  }

  static func curve(_ points: [(Double, Double)]) throws -> BidCurve {
    try BidCurve(
      form: .slopes,
      points: points.map { BidPoint(output: .megawatts($0.0), price: .perMegawattHour(($0.1 * 100).rounded() / 100)) })
  }

  static func bid(_ points: [(Double, Double)], on commitment: IntervalSeries<Bool>) throws -> UnitBid {
    UnitBid(
      unit: UnitID("A1"), curve: try curve(points), commitment: commitment,
      plannedMegawatts: [Double](repeating: 0, count: commitment.grid.count))
  }

  @Test("closes to the cent on every day of a seeded year, and over the year")
  func year() throws {
    let zone = try Self.hourly()
    var random = SeededNumbers(20_260_401)
    let unit = Example.unit()
    var state = unit.initialState
    var year = ProfitWaterfall.zero
    var halves = 0
    for number in 0..<365 {
      let grid = zone.grid(for: Example.day.advanced(by: number))
      let day = UnitDay(unit: unit, grid: grid, zone: zone, outages: [], initialState: state)
      let level = 250 + 160 * random.next()
      let actual = (0..<24).map { level + 120 * sin(Double($0) / 3.8) + 60 * random.next() }
      let noise = 90 * (random.next() - 0.5)
      let forecast = actual.map { $0 + noise + 60 * (random.next() - 0.5) }
      let effect = actual.map { _ in noise + 40 * (random.next() - 0.5) }
      let prices = try Self.prices(actual, grid)
      let plan = try #require(
        try perfectForesight(
          unitDays: [day], at: Self.prices(forecast.map { $0 + 50 * (random.next() - 0.4) }, grid)
        ).first)
      let base = 200 + 200 * random.next()
      let bid = try Self.bid([(165, -80), (220, base), (330, base + 80)], on: plan.commitment)
      let paths = InformationPaths(
        actual: prices.prices.values.map(\.perMegawattHour), forecast: forecast, spaceEffect: effect)
      let outcomes = try decisionOutcomes(of: bid, on: day, paths: paths, prices: prices)
      let sold = try outcomes.submitted.profit
      let waterfall = try ProfitWaterfall(
        outcomes,
        RealisedMoney(
          delivered: try sold - Money.estimate(1_000 * random.next()),
          settled: try sold + Money(hundredths: Int64(3 * random.next())),
          realised: try sold + Money.estimate(50_000 * (random.next() - 0.5))))
      #expect(try waterfall.unexplained == .zero, "\(grid.day)")
      for cause in ProfitCause.allCases { #expect(waterfall[cause] == waterfall[cause].rounded) }
      #expect(try outcomes.perfect.profit.rounded >= outcomes.onForecast.profit.rounded)
      #expect(try outcomes.submittedCommitment.profit.rounded >= sold.rounded)
      if paths.systemShare > 0, paths.systemShare < 1 { halves += 1 }
      try year.add(waterfall)
      state = outcomes.submitted.finalState
    }
    #expect(try year.unexplained == .zero)
    #expect(halves > 50, "both sources of error were at work")
    #expect(year[.priceForecast] <= .zero)
  }

  @Test("a day seen from a schedule over many days closes as before; what its own end is worth is the horizon")
  func horizon() throws {
    let (alone, outcomes, _, _, _) = try Self.planted()
    let profit = try outcomes.perfect.profit - Money.estimate(12_345.678)
    let seen = try alone.seen(from: profit)
    #expect(seen.perfectForesight == profit.rounded && seen.realised == alone.realised)
    #expect(try seen[.horizon] == alone.perfectForesight - profit.rounded)
    #expect(try seen[.horizon] > .zero && seen.unexplained == .zero)
    #expect(seen.worst == alone.worst)
    #expect(try seen.seen(from: alone.perfectForesight) == alone, "seen twice, the last counts")
  }

  @Test("two causes share what they do together; odd hundredths are not lost")
  func shares() throws {
    func money(_ hundredths: Int64) -> Money { Money(hundredths: hundredths) }
    // Alone −100 and −50, together −130: −90 and −40.
    let (first, second) = try sharedEffect(from: money(0), first: money(-100), second: money(-50), both: money(-130))
    #expect(first == money(-90) && second == money(-40))
    let odd = try sharedEffect(from: money(0), first: money(-3), second: money(0), both: money(-4))
    #expect(try odd.first + odd.second == money(-4))
    let swapped = try sharedEffect(from: money(0), first: money(-50), second: money(-100), both: money(-130))
    #expect(swapped.first == second && swapped.second == first)
  }

  /// A day with one thing wrong; the waterfall and everything behind it.
  static func planted(
    forecast change: (Double) -> Double = { $0 }, effect: (Double) -> Double = { _ in 0 },
    points: [(Double, Double)] = [(165, -80), (170, 300), (330, 352)], commitment: [Bool]? = nil
  ) throws -> (ProfitWaterfall, DecisionOutcomes, UnitBid, UnitDay, MarketPrices) {
    let actual = Example.pricePath(shift: 60, valley: 200)
    let day = Example.unitDay(state: .on(minutes: 6_000, output: .megawatts(165)))
    let prices = ReviewTests.prices(actual)
    let best = try #require(try perfectForesight(unitDays: [day], at: prices).first)
    let bid = try bid(points, on: commitment.map { Example.series($0) } ?? best.commitment)
    let paths = InformationPaths(actual: actual, forecast: actual.map(change), spaceEffect: actual.map(effect))
    let outcomes = try decisionOutcomes(of: bid, on: day, paths: paths, prices: prices)
    let sold = try outcomes.submitted.profit
    let waterfall = try ProfitWaterfall(outcomes, RealisedMoney(delivered: sold, settled: sold, realised: sold))
    return (waterfall, outcomes, bid, day, prices)
  }

  @Test("a forecast that was far too low is the price forecast's fault, with the commitment that follows from it")
  func priceForecast() throws {
    let off = try Self.planted().1.perfect.commitment.values.map { _ in false }
    let (waterfall, _, _, _, _) = try Self.planted(forecast: { $0 - 300 }, commitment: off)
    #expect(waterfall.worst == .priceForecast)
    #expect(waterfall[.systemForecast] == .zero && waterfall[.commitment] == .zero && waterfall[.bidShape] == .zero)
  }

  @Test("the same error out of load and renewables is theirs")
  func systemForecast() throws {
    let off = [Bool](repeating: false, count: 96)
    let (waterfall, _, _, _, _) = try Self.planted(forecast: { $0 - 300 }, effect: { _ in -300 }, commitment: off)
    #expect(waterfall.worst == .systemForecast)
    #expect(waterfall[.priceForecast] == .zero)
    // An effect the other way explains nothing of it.
    let (other, _, _, _, _) = try Self.planted(forecast: { $0 - 300 }, effect: { _ in 300 }, commitment: off)
    #expect(other.worst == .priceForecast && other[.systemForecast] == .zero)
  }

  @Test("off line at a good forecast is the commitment's")
  func commitment() throws {
    let (waterfall, outcomes, _, day, _) = try Self.planted(commitment: [Bool](repeating: false, count: 96))
    #expect(waterfall.worst == .commitment)
    let gap = EnergyGap(outcomes, unit: day.unit, delivered: [Energy](repeating: .zero, count: 96))
    #expect(gap.lost[.commitment] == gap.total && gap.total > .zero)
    // The curve that keeps a unit out which is off line all day decides nothing.
    let (kept, _, _, _, _) = try Self.planted(
      points: [(165, 900), (330, 950)], commitment: [Bool](repeating: false, count: 96))
    #expect(kept[.bidShape] == .zero && kept[.commitment] == waterfall[.commitment] && kept[.commitment] < .zero)
  }

  @Test("a first segment that is far too dear, or too cheap, is named")
  func badFirstSegment() throws {
    let (dear, first, bid, day, prices) = try Self.planted(points: [(165, -80), (170, 900), (330, 952)])
    #expect(dear.worst == .bidShape)
    let kept = try #require(segmentEffects(of: bid, on: day, first, prices: prices).max { $0.loss < $1.loss })
    #expect(kept.segment == 3 && kept.lostMegawattHours > 100 && kept.loss > 0)
    let (cheap, second, other, _, _) = try Self.planted(points: [(300, -80), (310, 345), (330, 352)])
    #expect(cheap.worst == .bidShape)
    let let_in = try #require(segmentEffects(of: other, on: day, second, prices: prices).max { $0.loss < $1.loss })
    #expect(let_in.segment == 1 && let_in.surplusMegawattHours > 100 && let_in.loss > 0)
    let total = segmentEffects(of: other, on: day, second, prices: prices).reduce(0) { $0 + $1.loss }
    let lost = try second.submittedCommitment.profit.amount - second.submitted.profit.amount
    #expect(abs(total - lost) < 0.01 * lost + 50, "segments add up to the loss but for levels' steps")
  }

  @Test("an outage after the gate is the physics'")
  func outage() throws {
    let (_, outcomes, _, day, _) = try Self.planted()
    let sold = try outcomes.submitted.profit
    let waterfall = try ProfitWaterfall(
      outcomes,
      RealisedMoney(
        delivered: try sold - Money(hundredths: 50_000_00), settled: try sold - Money(hundredths: 50_000_00),
        realised: try sold - Money(hundredths: 50_000_00)))
    #expect(waterfall.worst == .physics && waterfall[.physics].amount == -50_000)
    let gap = EnergyGap(outcomes, unit: day.unit, delivered: [Energy](repeating: .zero, count: 96))
    #expect((gap.lost[.outage] ?? .zero) > .zero)
  }

  @Test("lost less surplus is perfect foresight less delivered", arguments: 1...5)
  func energyLaw(seed: UInt64) throws {
    var random = SeededNumbers(seed)
    let (_, outcomes, _, day, _) = try Self.planted(points: [(165, -80), (240, 280), (330, 420)])
    let delivered = outcomes.submitted.output.values.map {
      Energy(
        wattMinutes: Int64(
          Double(day.unit.netOutput(ofGross: $0).energy(over: .quarterHour).wattMinutes) * (0.5 + random.next())))
    }
    let gap = EnergyGap(outcomes, unit: day.unit, delivered: delivered)
    let best = outcomes.perfect.clearedEnergy
    #expect(gap.total - gap.surplus == best - delivered.reduce(.zero, +))
  }
}
