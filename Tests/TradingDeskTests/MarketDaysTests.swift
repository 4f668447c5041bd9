import MarketModel
import PowerSystem
import Testing
import UnitCommitment

@testable import TradingDesk

/// Three buses in a triangle, made up: a cheap unit and wind at the first, a dear one at the second, a peaker and most of the
/// demand at the third, a storage at the second.
private struct TriangleDays: MarketDays {
  static let first = MarketDay(dayNumber: 18_000)
  let lastDay = TriangleDays.first.advanced(by: 2)
  let groups = ["cheap": "Coal", "middle": "Gas CC", "peak": "Gas CT", "wind": "Wind", "store": "Storage"]
  let digest = "made up"
  /// Demand that comes beyond the forecast, by hour of the run, MW at the third bus.
  var extra: [Int: Double] = [:]
  var lineLimit = 1_000.0

  func forecast(_ firstDay: MarketDay, days: Int) throws -> CommitmentProblem {
    let count = 24 * days
    let day: [Double] = (0..<count).map { hour in
      let distance = abs(hour % 24 - 14)
      return Double(240 - 10 * distance)
    }
    func constant(_ value: Double) -> [Double] { [Double](repeating: value, count: count) }
    let wind: [Double] = (0..<count).map { hour in (hour / 6).isMultiple(of: 2) ? 40 : 20 }
    return CommitmentProblem(
      name: "triangle", intervalCount: count,
      units: [
        unit("cheap", bus: 0, from: 60, to: 200, price: 20, start: 500, isOn: true),
        unit("middle", bus: 1, from: 20, to: 120, price: 40, start: 200, isOn: false),
        unit("peak", bus: 2, from: 5, to: 100, price: 90, start: 50, isOn: false),
      ],
      profiledUnits: [ProfiledUnit(name: "wind", bus: 0, minimumOutput: constant(0), maximumOutput: wind)],
      storages: [
        StorageUnit(
          name: "store", bus: 1, minimumLevel: constant(0), maximumLevel: constant(60), initialLevel: 30,
          minimumCharge: constant(0), maximumCharge: constant(15), minimumDischarge: constant(0),
          maximumDischarge: constant(15), chargeCost_perMWh: constant(0), dischargeCost_perMWh: constant(0.1),
          chargeEfficiency: constant(0.8), dischargeEfficiency: constant(1), loss: constant(0),
          allowsBoth: [Bool](repeating: false, count: count))
      ],
      buses: [
        Bus(name: "A", demand: day.map { 0.1 * $0 }), Bus(name: "B", demand: day.map { 0.2 * $0 }),
        Bus(name: "C", demand: day.map { 0.7 * $0 }),
      ],
      branches: [
        Branch(name: "A-B", from: 0, to: 1, susceptance: 1_000),
        Branch(name: "B-C", from: 1, to: 2, susceptance: 1_000),
        Branch(name: "A-C", from: 0, to: 2, susceptance: 1_000, limit: lineLimit),
      ], shortageCost_perMWh: 3_000, surplusCost_perMWh: 3_000)
  }

  func actual(_ firstDay: MarketDay, days: Int, minutes: Int) throws -> PowerValues {
    let parts = 60 / minutes
    let start = 24 * Self.first.distance(to: firstDay)
    var problem = try forecast(firstDay, days: days)
    for hour in 0..<problem.intervalCount { problem.buses[2].demand[hour] += extra[start + hour] ?? 0 }
    return PowerValues(problem.divided(into: parts))
  }

  private func unit(
    _ name: String, bus: Int, from: Double, to: Double, price: Double, start: Double, isOn: Bool
  ) -> CommittableUnit {
    let middle = (from + to) / 2
    let corners: [CommittableUnit.CostPoint] = [from, middle, to].map { output in
      CommittableUnit.CostPoint(output: output, costPerHour: price * output + max(0, output - middle))
    }
    return CommittableUnit(
      name: name, bus: bus, costCurve: corners,
      startCategories: [CommittableUnit.StartCategory(afterIntervals: 3, cost: start)], shutDownCost: 0,
      minimumUpIntervals: 3, minimumDownIntervals: 3,
      initialState: isOn ? .on(forIntervals: 48, output: 100) : .off(forIntervals: 48))
  }
}

@Suite("Days of a market in a row") struct MarketDaysTests {
  private func run(
    _ days: TriangleDays, minutes: Int? = 60, threads: Int = 1, count: Int = 2
  ) throws -> MarketRun {
    try clearMarket(
      days, from: TriangleDays.first, count: count,
      settings: MarketChainSettings(lookAheadHours: 12, gap: 1e-6, realTimeMinutes: minutes), threads: threads)
  }

  @Test("where nothing changes, real time does what was cleared at the prices that were", arguments: [60, 15])
  func unchanged(minutes: Int) throws {
    let run = try run(TriangleDays(lineLimit: 95), minutes: minutes, count: minutes == 15 ? 1 : 2)
    let real = try #require(run.trace.realTime)
    let parts = 60 / minutes
    #expect(run.days.allSatisfy { $0.audit.all.allSatisfy { $0 == "passed" } && $0.addedUnitHours == 0 })
    #expect(real.demand.count == 24 * run.days.count * parts)
    for unit in run.trace.schedule {
      for hour in unit { #expect(abs(hour.cleared - (hour.dispatched ?? .nan)) < 1e-5) }
    }
    for (ahead, day) in run.days.map({ ($0.dayAhead.cost, $0.realTime?.cost ?? .nan) }) {
      #expect(abs(ahead - day) < 1e-6 * ahead)
    }
  }

  @Test("output and demand balance in both markets")
  func balance() throws {
    let run = try run(TriangleDays(extra: [17: 30, 40: 12]))
    for market in [run.trace.dayAhead, try #require(run.trace.realTime)] {
      for interval in market.demand.indices {
        let output = market.output.values.reduce(0) { $0 + $1[interval] }
        #expect(abs(output - market.demand[interval]) < 1e-5)
      }
    }
    let real = try #require(run.trace.realTime)
    #expect(abs(real.demand[17] - run.trace.dayAhead.demand[17] - 30) < 1e-6)
    #expect(abs(real.demand[16] - run.trace.dayAhead.demand[16]) < 1e-6)
  }

  @Test("more demand than the schedule's units carry adds a unit, and takes none away")
  func reliability() throws {
    let days = TriangleDays(extra: Dictionary(uniqueKeysWithValues: (36..<42).map { ($0, 110.0) }))
    let run = try run(days)
    #expect(run.days[0].addedUnitHours == 0 && run.days[1].addedUnitHours > 0)
    for unit in run.trace.schedule { #expect(unit.allSatisfy { !$0.isCleared || $0.isOn }) }
    let added = (0..<48).filter { hour in run.trace.schedule.contains { $0[hour].isOn && !$0[hour].isCleared } }
    #expect(added.contains { (36..<42).contains($0) } && added.allSatisfy { $0 > 24 })
    let dispatched = try #require(run.days[1].realTime)
    #expect(dispatched.shortageMWh < 1e-6 && dispatched.cost > run.days[1].dayAhead.cost)
    #expect(run.days.allSatisfy { $0.audit.all.allSatisfy { $0 == "passed" } })
  }

  @Test("the rent is what the limits of flows are worth, and prices part where a limit binds")
  func rent() throws {
    let chain = try MarketChain(
      TriangleDays(lineLimit: 70), from: TriangleDays.first, settings: MarketChainSettings(lookAheadHours: 0, gap: 1e-6)
    )
    let day = try chain.clear(TriangleDays.first, from: nil)
    let rent = day.problem.congestionRent(day.schedule, LocationalPrices(day.prices))
    var value = 0.0
    for (price, flow) in zip(day.prices.branch, day.prices.flow) {
      for (price, flow) in zip(price, flow) { value += price * flow }
    }
    #expect(rent > 1 && abs(rent - value) < 1e-4 * rent)
    #expect((0..<24).contains { day.prices.energy[2][$0] > day.prices.energy[0][$0] + 1 })
  }

  @Test("a day begins in the state that the day before ended in")
  func handOver() throws {
    let chain = try MarketChain(
      TriangleDays(), from: TriangleDays.first, settings: MarketChainSettings(lookAheadHours: 6, gap: 1e-6))
    let first = try chain.clear(TriangleDays.first, from: nil)
    let second = try chain.clear(TriangleDays.first.advanced(by: 1), from: first.end)
    for unit in second.problem.units.indices {
      let before = first.isOn[unit]
      #expect(second.problem.units[unit].initialState.isOn == before[23])
      let length = before.reversed().prefix { $0 == before[23] }.count
      switch second.problem.units[unit].initialState {
      case .on(let hours, _): #expect(hours == (length == 24 ? 72 : length))
      case .off(let hours): #expect(hours == (length == 24 ? 72 : length))
      }
    }
    let store = first.problem.storages[0]
    var level = store.initialLevel
    for hour in 0..<24 { level += 0.8 * first.schedule.charge[0][hour] - first.schedule.discharge[0][hour] }
    #expect(abs(second.problem.storages[0].initialLevel - level) < 1e-6)
  }

  @Test("the number of threads changes nothing, and the page holds every day")
  func threads() throws {
    let days = TriangleDays(extra: [20: 15], lineLimit: 80)
    let (one, two) = (try run(days, count: 3), try run(days, threads: 2, count: 3))
    #expect(one.trace.priceTable() == two.trace.priceTable() && one.trace.scheduleTable() == two.trace.scheduleTable())
    let report = MarketReport(
      provenance: MarketReport.Provenance(program: "p", command: "c", data: "d", sha256: "s"), from: TriangleDays.first,
      to: TriangleDays.first.advanced(by: 2), days: one.days,
      total: MarketReport.Total(
        dayAheadCost: 1, realTimeCost: 1, meanGap: 0, largestGap: 0, audit: "passed", seconds: 0), notes: [])
    let page = MarketPage(report: report, trace: one.trace).document()
    #expect((0..<3).allSatisfy { page.contains("\(TriangleDays.first.advanced(by: $0))") })
    #expect(page.contains("prefers-color-scheme:dark") && !page.contains(">nan<"))
  }

  @Test("an interval that is cut into parts costs the same")
  func parts() throws {
    let problem = try TriangleDays().forecast(TriangleDays.first, days: 1).part(0..<4)
    #expect(problem.intervalCount == 4 && problem.findings().isEmpty)
    let divided = problem.divided(into: 4)
    #expect(divided.findings().isEmpty && divided.hoursPerInterval == 0.25)
    let isOn = [[true, true, true, true], [true, true, true, true], [false, false, false, false]]
    let whole = try marginalPrices(of: problem, isOn: isOn).prices
    let fine = try marginalPrices(of: divided, isOn: isOn.map { $0.flatMap { [Bool](repeating: $0, count: 4) } }).prices
    #expect(abs(whole.objective - fine.objective) < 1e-6 * whole.objective)
    #expect(abs(whole.energy[2][1] - fine.energy[2][5]) < 1e-6)
  }
}
