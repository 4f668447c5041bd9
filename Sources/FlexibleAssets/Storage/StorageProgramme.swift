/// Schedules of a storage by dynamic programming over its states of charge: exact for the grid, O(T · states · moves).
public struct StorageProgramme: Sendable {
  public let grid: StorageGrid

  public init(_ grid: StorageGrid) { self.grid = grid }

  /// States after each interval that earn most at known or expected prices.
  ///
  /// The objective is linear in the price, so that the best schedule for expected prices is the best self-schedule in expectation.
  /// Where the day's deliveries have a limit, a price of delivery is raised until it is kept (bisection).
  ///
  /// - Parameters:
  ///   - prices: by interval, per MWh.
  ///   - final: what each state is worth at the end, by state.
  public func schedule(prices: [Double], from state: Int, final: [Double]) -> [Int] {
    precondition((0..<grid.count).contains(state), "state \(state) of \(grid.count)")
    precondition(final.count == grid.count, "one final value for each state")
    let plan = schedule(prices: prices, from: state, final: final, added: 0)
    guard let cycles = grid.unit.largestCyclesPerDay else { return plan }
    let days = Double(prices.count) * grid.hours / 24
    let limit = cycles * grid.unit.usableMegawattHours * grid.unit.dischargeEfficiency * days + 1e-9
    guard delivered(plan, from: state) > limit else { return plan }
    var (low, high) = (0.0, 2 * (prices.map(abs).max() ?? 0) + 1)
    var best = [Int](repeating: state, count: prices.count)
    for _ in 0..<40 {
      let middle = (low + high) / 2
      let plan = schedule(prices: prices, from: state, final: final, added: middle)
      if delivered(plan, from: state) > limit { low = middle } else { (high, best) = (middle, plan) }
    }
    return best
  }

  private func schedule(prices: [Double], from state: Int, final: [Double], added: Double) -> [Int] {
    let table = values([prices], final: final, added: added)
    var current = state
    return prices.indices.map { interval in
      current = bestMove(from: current, price: prices[interval], next: table, row: interval + 1, added: added)
      return current
    }
  }

  /// Expected value of every state before every interval if each price is seen before its move: prices of an interval are one row's
  /// each, all equally likely, independent of those before.
  ///
  /// - Parameter rows: price paths, of equal length.
  /// - Returns: (intervals + 1) · states values, interval by interval; the last ones are `final`.
  public func values(_ rows: [[Double]], final: [Double]) -> [Double] { values(rows, final: final, added: 0) }

  private func values(_ rows: [[Double]], final: [Double], added: Double) -> [Double] {
    let intervals = rows.first?.count ?? 0
    let count = grid.count
    let wear = grid.unit.wearCostPerMWh + added
    var table = [Double](repeating: 0, count: (intervals + 1) * count)
    table.replaceSubrange((intervals * count)..., with: final)
    let changes = Array(-grid.largestDischarge...grid.largestCharge)
    let energies = changes.map { grid.energy(ofChange: $0) }
    table.withUnsafeMutableBufferPointer { table in
      for interval in stride(from: intervals - 1, through: 0, by: -1) {
        let (own, next) = (interval * count, (interval + 1) * count)
        for row in rows {
          let price = row[interval]
          for state in 0..<count {
            var best = -Double.infinity
            let (first, last) = (
              max(0, grid.largestDischarge - state), min(changes.count - 1, count - 1 - state + grid.largestDischarge)
            )
            for place in first...last {
              let energy = energies[place]
              let value = energy * price - max(energy, 0) * wear + table[next + state + changes[place]]
              if value > best { best = value }
            }
            table[own + state] += best
          }
        }
        let share = 1 / Double(rows.count)
        for state in 0..<count { table[own + state] *= share }
      }
    }
    return table
  }

  /// The state after one interval that is best at its price. Of equal ones the smallest move.
  public func bestMove(from state: Int, price: Double, next table: [Double], row: Int, added: Double = 0) -> Int {
    let wear = grid.unit.wearCostPerMWh + added
    var best = (state: state, value: grid.gain(ofChange: 0, price: price, wear: wear) + table[row * grid.count + state])
    let lowest = max(0, state - grid.largestDischarge)
    let highest = min(grid.count - 1, state + grid.largestCharge)
    for distance in 1...max(1, max(state - lowest, highest - state)) {
      for other in [state - distance, state + distance] where (lowest...highest).contains(other) {
        let value = grid.gain(ofChange: other - state, price: price, wear: wear) + table[row * grid.count + other]
        if value > best.value + 1e-9 { best = (other, value) }
      }
    }
    return best.state
  }

  /// Money that a schedule earns at prices, wear included.
  public func profit(of states: [Int], from state: Int, prices: [Double]) -> Double {
    var (sum, before) = (0.0, state)
    for (after, price) in zip(states, prices) {
      sum += grid.gain(ofChange: after - before, price: price, wear: grid.unit.wearCostPerMWh)
      before = after
    }
    return sum
  }

  /// Delivered energy in MWh.
  public func delivered(_ states: [Int], from state: Int) -> Double {
    var (sum, before) = (0.0, state)
    for after in states {
      sum += max(grid.energy(ofChange: after - before), 0)
      before = after
    }
    return sum
  }
}
