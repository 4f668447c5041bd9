import MarketModel
import MarketTestSupport
import Testing

@testable import Bidding

@Suite("Commitment with recourse") struct RecourseTests {
  static let next = Example.day.advanced(by: 1)

  static func desk(_ unit: ThermalUnit, paths: [[Double]], dayAfter: DayAfter) -> UnitDesk {
    let expected = (0..<96).map { t in paths.reduce(0) { $0 + $1[t] } / Double(paths.count) }
    return UnitDesk(
      day: Example.unitDay(unit), next: Example.unitDay(unit, day: next), paths: paths, dayAfter: dayAfter,
      expectedPrices: expected)
  }

  /// Without ramps, that the additive values are the whole truth.
  static func unit(_ state: UnitState) -> ThermalUnit {
    var unit = Example.unit(state: state)
    unit.rampUp = .megawattsPerMinute(330)
    unit.rampDown = .megawattsPerMinute(330)
    return unit
  }

  @Test(
    "one scenario that is the truth gives the commitment of perfect foresight",
    arguments: [
      UnitState.on(minutes: 6_000, output: .megawatts(200)), .off(minutes: 600), .off(minutes: 60),
    ], [-160.0, -60, 0, 60])
  func truth(state: UnitState, shift: Double) throws {
    let unit = Self.unit(state)
    let today = Example.pricePath(shift: shift)
    let after = Example.pricePath(shift: shift + 40, valley: 150)
    let zero = [Double](repeating: 0, count: 96)
    let desk = Self.desk(unit, paths: [today], dayAfter: DayAfter(outlooks: [after], deviations: [zero]))
    let own = try desk.expectedBestCommitment()
    let other = try desk.commitment(atPrices: today + after)
    func worth(_ commitment: [Bool]) -> Double {
      desk.worth(of: commitment)
    }
    #expect(
      abs(worth(own) - worth(other)) < 1e-6,
      "\(own.map { $0 ? "1" : "0" }.joined()) \(other.map { $0 ? "1" : "0" }.joined()) \(worth(own)) \(worth(other))")
  }

  @Test("a unit keeps its line through a poor day if tomorrow may call for it, and leaves it if that is known not to")
  func option() throws {
    let unit = Self.unit(.on(minutes: 6_000, output: .megawatts(200)))
    let poor = [Double](repeating: 350, count: 96)
    let zero = [Double](repeating: 0, count: 96)
    func commitment(_ outlooks: [Double]) throws -> [Bool] {
      try Self.desk(
        unit, paths: [poor],
        dayAfter: DayAfter(outlooks: outlooks.map { [Double](repeating: $0, count: 96) }, deviations: [zero])
      ).expectedBestCommitment()
    }
    // Both have the mean 310; only the spread one pays for waiting on line.
    #expect(try commitment([480, 140]).last == true)
    #expect(try commitment([310, 310]).last == false)
  }

  @Test("a choice that helps on no scenario is not taken for one that does")
  func judgedApart() throws {
    let unit = Self.unit(.on(minutes: 6_000, output: .megawatts(200)))
    let good = (0..<20).map { Example.pricePath(shift: Double($0) + 60, valley: 300) }
    let floor = [[Double]](repeating: [Double](repeating: -80, count: 96), count: 20)
    let zero = [[Double]](repeating: [Double](repeating: 0, count: 96), count: 2)
    let onGood = Self.desk(unit, paths: good, dayAfter: DayAfter(outlooks: [good[0], good[1]], deviations: zero))
    let onFloor = Self.desk(unit, paths: floor, dayAfter: DayAfter(outlooks: [floor[0], floor[1]], deviations: zero))
    #expect(try onGood.gainJudgedApart(over: onGood.fullCommitment()) <= 0)
    #expect(try onFloor.gainJudgedApart(over: onFloor.fullCommitment()) > 0)
  }

  @Test("the baselines keep their plan")
  func plans() throws {
    let inputs = BiddingTests.inputs()
    let pack = try ExamplePack.pack()
    let always = try draftPlannedBids(for: inputs, committing: .always, under: pack)
    #expect(always.bids[0].commitment.values.allSatisfy { $0 })
    let low = [Double](repeating: -80, count: 96)
    let never = try draftPlannedBids(for: inputs, committing: .atPrices(day: low, next: low), under: pack)
    #expect(never.bids[0].commitment.values.last == false)
  }
}
