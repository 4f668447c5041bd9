import NumericMethods
import Testing

@testable import FlexibleAssets

@Suite("Best moves of all states at once") struct BestMovesTests {
  @Test("no move of any state is worth more, at every price, width of window and end")
  func enumeration() throws {
    var random = SplitMix64(seed: 8)
    for round in 0..<120 {
      let unit = try StorageUnit(
        name: "B", chargeMegawatts: 20 + 80 * random.nextUniform(), dischargeMegawatts: 20 + 80 * random.nextUniform(),
        usableMegawattHours: 10 + 300 * random.nextUniform(), chargeEfficiency: 0.7 + 0.3 * random.nextUniform(),
        dischargeEfficiency: 0.7 + 0.3 * random.nextUniform(), wearCostPerMWh: 40 * random.nextUniform())
      let grid = StorageGrid(unit, hours: round % 2 == 0 ? 0.25 : 1)
      let programme = StorageProgramme(grid)
      var next = (0..<grid.count).map { 200 * Double($0) * grid.stepMegawattHours * random.nextUniform() }
      if round % 5 == 0 { for state in next.indices where state % 3 != 0 { next[state] = -.infinity } }
      let price = 600 * random.nextUniform() - 200
      var found = [Double](repeating: 0, count: grid.count)
      var moves = BestMoves(grid)
      next.withUnsafeBufferPointer { next in
        found.withUnsafeMutableBufferPointer { found in
          moves.add(price: price, wear: unit.wearCostPerMWh, next: next, share: 1, to: found)
        }
      }
      for state in 0..<grid.count {
        var best = -Double.infinity
        for other in max(0, state - grid.largestDischarge)...min(grid.count - 1, state + grid.largestCharge) {
          best = max(best, programme.profit(of: [other], from: state, prices: [price]) + next[other])
        }
        #expect(found[state] == best || abs(found[state] - best) < 1e-7)
      }
    }
  }
}
