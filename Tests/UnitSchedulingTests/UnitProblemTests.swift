import MarketModel
import MarketTestSupport
import Optimization
import Testing

@testable import UnitScheduling

@Suite("Unit problem") struct UnitProblemTests {
  static let prices = Example.pricePath(shift: 60, valley: 310)

  @Test("levels hold the limits of the day and are at most a bounded number")
  func levels() {
    let levels = OutputLevels([Example.unitDay()])
    #expect(levels.gross.first == .megawatts(165))
    #expect(levels.gross.last == .megawatts(330))
    #expect(levels.count <= OutputLevels.largestCount + 2)
    #expect(levels.netMegawatts.last == 310.2)
  }

  @Test("of two kinds of start that begin within one interval the colder one counts from its end on")
  func startsWithinOneInterval() throws {
    var unit = Example.unit(state: .off(minutes: 600))
    unit.startUp = StartUpStages(
      [(StartUpStage.Temperature.hot, 0, 100.0), (.warm, 20, 200), (.cold, 25, 300)].map {
        StartUpStage(temperature: $0, afterOffMinutes: $1, cost: .estimate($2), minutesToSynchronise: 0)
      })
    let problem = UnitProblem([Example.unitDay(unit)])
    #expect(
      problem.problem { _, _ in 0 }.startCosts == [
        StartCost(afterOffIntervals: 0, cost: 100), StartCost(afterOffIntervals: 2, cost: 300),
      ])
    _ = try problem.bestSchedule(atPrices: Self.prices)
  }

  /// Checks a schedule from the unit's data alone.
  static func violations(_ cleared: ClearedSchedule, _ day: UnitDay) -> [String] {
    let unit = day.unit
    let change = unit.rampUp.largestChange(over: day.grid.length)
    var found: [String] = []
    var before: Power? = if case .on(_, let output) = day.initialState { output } else { nil }
    for interval in day.grid.intervals {
      let output = cleared.output[interval]
      let isOn = cleared.commitment[interval]
      if isOn, output < day.minimumOutput[interval] || output > day.availableCapacity[interval] {
        found.append("limit in \(interval.endLabel)")
      }
      if !isOn, output != .zero { found.append("output while off in \(interval.endLabel)") }
      if isOn, let last = before, output - last > change || last - output > change {
        found.append("ramp in \(interval.endLabel)")
      }
      before = isOn ? output : nil
    }
    return found
  }

  @Test("the best schedule keeps limits and ramps and stays on line through a short valley")
  func bestSchedule() throws {
    let day = Example.unitDay()
    let problem = UnitProblem([day])
    let schedule = try problem.bestSchedule(atPrices: Self.prices)
    let prices = Example.series(Self.prices.map { EnergyPrice.perMegawattHour($0) })
    let cleared = try problem.clearedSchedule(schedule, atPrices: prices)
    #expect(Self.violations(cleared, day) == [])
    #expect(cleared.starts == 0)
    // The account in exact money agrees with the programme's value to rounding of the cost.
    #expect(abs(try cleared.profit.amount - schedule.value) < 0.02)
  }

  @Test("deratings and an outage bind")
  func outage() throws {
    let midnight = Example.zone.start(of: Example.day)
    func outage(_ from: Double, _ to: Double, _ left: Double) -> Outage {
      Outage(
        unit: UnitID("A1"), from: midnight.addingTimeInterval(from * 3_600),
        to: midnight.addingTimeInterval(to * 3_600),
        availableCapacity: .megawatts(left))
    }
    let day = Example.unitDay(outages: [outage(0, 6, 200), outage(20, 24, 0)])
    let problem = UnitProblem([day])
    let schedule = try problem.bestSchedule(atPrices: [Double](repeating: 900, count: 96))
    let prices = Example.series([EnergyPrice](repeating: .perMegawattHour(900), count: 96))
    let cleared = try problem.clearedSchedule(schedule, atPrices: prices)
    #expect(Self.violations(cleared, day) == [])
    #expect(cleared.commitment.values.suffix(16).allSatisfy { !$0 })
    #expect(cleared.finalState == .off(minutes: 240))
  }

  @Test("a start from cold costs the cold stage")
  func startUps() {
    let day = Example.unitDay(state: .off(minutes: 4_320))
    let problem = UnitProblem([day])
    let commitment = [Bool](repeating: false, count: 20) + [Bool](repeating: true, count: 76)
    #expect(problem.startUps(of: commitment).map(\.temperature) == [.cold])
    #expect(problem.startUpCost(of: commitment) == 600_000)
  }

  @Test("dispatch along a curve follows the price within the ramp", arguments: [CurveForm.steps, .slopes])
  func dispatch(form: CurveForm) throws {
    let day = Example.unitDay(state: .on(minutes: 6_000, output: .megawatts(165)))
    let problem = UnitProblem([day])
    let curve = try BidCurve(
      form: form,
      points: [(165, -80), (166, 300), (330, 400)].map {
        BidPoint(output: .megawatts($0), price: .perMegawattHour($1))
      })
    let on = [Bool](repeating: true, count: 96)
    let low = try problem.dispatch(of: curve, commitment: on, atPrices: [Double](repeating: 200, count: 96))
    #expect(low.levelIndex.allSatisfy { problem.levels.gross[$0] <= .megawatts(166) })
    let high = try problem.dispatch(of: curve, commitment: on, atPrices: [Double](repeating: 500, count: 96))
    #expect(problem.levels.gross[high.levelIndex[50]] == .megawatts(330))
    let between = try problem.dispatch(of: curve, commitment: on, atPrices: [Double](repeating: 350, count: 96))
    let settled = problem.levels.megawatts[between.levelIndex[50]]
    #expect(form == .slopes ? abs(settled - 248) < 3 : settled <= 166)
  }
}

extension UnitProblemTests {
  @Test("a unit that is off line cannot run before the start that was ordered is over")
  func startTime() throws {
    // Ordered 330 minutes before midnight; off for 600 minutes it is warm and needs 300: it may run at once. Cold needs
    // 480: 150 minutes, ten intervals, are missing.
    for (offMinutes, expected) in [(600, 0), (4_320, 10)] {
      let unit = Example.unit(state: .off(minutes: offMinutes))
      let day = UnitDay(
        unit: unit, grid: Example.grid(), zone: Example.zone, outages: [], initialState: unit.initialState,
        minutesFromOrder: 330)
      #expect(day.intervalsBeforeStart == expected)
      let schedule = try UnitProblem([day]).bestSchedule(atPrices: [Double](repeating: 2_000, count: 96))
      #expect(schedule.levelIndex.prefix { $0 < 0 }.count == expected)
    }
  }
}
