import FlexibleAssets
import Testing

@Suite("Storage schedules") struct StorageTests {
  static func unit(hours: Double = 2, cycles: Double? = nil, wear: Double = 0) throws -> StorageUnit {
    let efficiency = 0.9.squareRoot()
    return try StorageUnit(
      name: "B", chargeMegawatts: 100, dischargeMegawatts: 100, usableMegawattHours: 100 * hours,
      chargeEfficiency: efficiency, dischargeEfficiency: efficiency, wearCostPerMWh: wear, largestCyclesPerDay: cycles)
  }

  @Test("a cheap and a dear hour, worked by hand: what is drawn, lost and delivered")
  func worked() throws {
    let grid = StorageGrid(try Self.unit(hours: 1), hours: 1)
    let programme = StorageProgramme(grid)
    let zero = [Double](repeating: 0, count: grid.count)
    let plan = programme.schedule(prices: [100, 300], from: 0, final: zero)
    // 100 MW for an hour stores 94.868 MWh, of which 90 are delivered: 90 · 300 − 100 · 100 = 17,000.
    #expect(abs(programme.profit(of: plan, from: 0, prices: [100, 300]) - 17_000) < 1e-6)
    #expect(abs(programme.delivered(plan, from: 0) - 90) < 1e-9)
    // Below the losses (300 · 0.9 = 270) it does not move.
    #expect(programme.schedule(prices: [271, 300], from: 0, final: zero) == [0, 0])
    #expect(programme.schedule(prices: [269, 300], from: 0, final: zero).first ?? 0 > 0)
  }

  @Test("power and energy are kept, energy is conserved, and no other schedule of the grid earns more")
  func enumeration() throws {
    let unit = try StorageUnit(
      name: "S", chargeMegawatts: 10, dischargeMegawatts: 8, usableMegawattHours: 12, chargeEfficiency: 0.8,
      dischargeEfficiency: 0.9)
    let grid = StorageGrid(unit, hours: 1)
    let programme = StorageProgramme(grid)
    #expect(-grid.energy(ofChange: grid.largestCharge) <= 10 + 1e-9)
    #expect(grid.energy(ofChange: -grid.largestDischarge) <= 8 + 1e-9)
    #expect(Double(grid.count - 1) * grid.stepMegawattHours <= 12 + 1e-9)
    let prices: [Double] = [40, -20, 90, 70]
    let final = (0..<grid.count).map { 30 * Double($0) * grid.stepMegawattHours }
    let start = grid.state(atShare: 0.5)
    var best = -Double.infinity
    func search(_ path: [Int], _ value: Double) {
      guard path.count < prices.count else {
        best = max(best, value + final[path[path.count - 1]])
        return
      }
      let state = path.last ?? start
      for next in max(0, state - grid.largestDischarge)...min(grid.count - 1, state + grid.largestCharge) {
        let one = programme.profit(of: [next], from: state, prices: [prices[path.count]])
        search(path + [next], value + one)
      }
    }
    search([], 0)
    let plan = programme.schedule(prices: prices, from: start, final: final)
    let value = programme.profit(of: plan, from: start, prices: prices) + final[plan[plan.count - 1]]
    #expect(abs(value - best) < 1e-6)
  }

  @Test("a limit of cycles is kept and costs money; wear keeps a small spread from being traded")
  func limits() throws {
    let prices = (0..<96).map { 200 + 150 * Double(($0 / 12) % 2) }
    let grid = StorageGrid(try Self.unit(), hours: 0.25)
    let zero = [Double](repeating: 0, count: grid.count)
    let free = StorageProgramme(grid)
    let limited = StorageProgramme(StorageGrid(try Self.unit(cycles: 1), hours: 0.25))
    let (many, one) = (
      free.schedule(prices: prices, from: 0, final: zero), limited.schedule(prices: prices, from: 0, final: zero)
    )
    #expect(limited.delivered(one, from: 0) <= 200 * 0.9.squareRoot() + 1e-6)
    #expect(free.delivered(many, from: 0) > limited.delivered(one, from: 0))
    #expect(free.profit(of: many, from: 0, prices: prices) > limited.profit(of: one, from: 0, prices: prices))
    let worn = StorageProgramme(StorageGrid(try Self.unit(wear: 160), hours: 0.25))
    #expect(worn.delivered(worn.schedule(prices: prices, from: 0, final: zero), from: 0) == 0)
  }

  @Test(
    "with one path the values are those of the schedule; seeing prices first is worth no less than a fixed schedule")
  func values() throws {
    let grid = StorageGrid(try Self.unit(), hours: 0.25)
    let programme = StorageProgramme(grid)
    let zero = [Double](repeating: 0, count: grid.count)
    var paths: [[Double]] = []
    for number in 0..<20 {
      var path: [Double] = []
      for interval in 0..<96 {
        let place = (interval * 7 + number * 13) % 11 - 5
        path.append(300 + 24 * Double(place))
      }
      paths.append(path)
    }
    let mean = (0..<96).map { interval -> Double in paths.reduce(0.0) { $0 + $1[interval] } / 20 }
    let plan = programme.schedule(prices: mean, from: 0, final: zero)
    let fixed = programme.profit(of: plan, from: 0, prices: mean)
    #expect(abs(programme.values([mean], final: zero)[0] - fixed) < 1e-6)
    #expect(programme.values(paths, final: zero)[0] >= fixed)
    // One class knows nothing of the path; its values after an interval are those of the plain programme.
    let plain = programme.values(paths, final: zero)
    let regimes = programme.regimeValues(paths, classes: 1, final: zero)
    for interval in [0, 40, 95] {
      let own = regimes.values(after: interval, price: 300)
      #expect(zip(own, plain[((interval + 1) * grid.count)...]).allSatisfy { abs($0 - $1) < 1e-6 })
    }
  }

  @Test("two levels that last all day: a class says which one it is, and the store waits for the dear hours")
  func regimes() throws {
    let grid = StorageGrid(try Self.unit(hours: 1), hours: 1)
    let programme = StorageProgramme(grid)
    // Every path is cheap, then dear, around a level of its own; the level shows in the first hour.
    let rows = (0..<20).map { number -> [Double] in
      let level = number < 10 ? 100.0 : 400
      return [level, level + 20 + Double(number % 10), level + 200]
    }
    let values = programme.regimeValues(rows, classes: 2, final: [Double](repeating: 0, count: grid.count))
    // At a level of 400 the third hour brings 600: a full store keeps its energy in the second hour; at 100 it brings 300.
    let full = grid.count - 1
    let high = values.values(after: 1, price: 425)
    let low = values.values(after: 1, price: 125)
    #expect(programme.bestMove(from: full, price: 425, next: high, row: 0) == full)
    #expect(
      abs(high[full] - low[full] - 300 * 0.9.squareRoot() * 100 * Double(full) * grid.stepMegawattHours / 100) < 1)
  }

  @Test("an impossible storage is one sentence", arguments: [0.0, 1.2])
  func refused(efficiency: Double) {
    #expect(throws: StorageProblem.self) {
      try StorageUnit(
        name: "X", chargeMegawatts: 1, dischargeMegawatts: 1, usableMegawattHours: 1, chargeEfficiency: efficiency,
        dischargeEfficiency: 1)
    }
  }
}
