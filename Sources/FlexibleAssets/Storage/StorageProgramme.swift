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

  /// The same where a price says something of those after it: a path that stands high among the paths of an interval tends to stay high.
  /// Paths of an interval are put into classes by rank, and classes follow each other as the paths do (a Markov chain).
  ///
  /// - Parameter classes: how many; fewer where there are few paths.
  public func regimeValues(_ rows: [[Double]], classes: Int, final: [Double]) -> RegimeValues {
    let number = max(1, min(classes, rows.count / 5))
    let regimes = PriceRegimes(rows, classes: number)
    let intervals = rows.first?.count ?? 0
    let count = grid.count
    // What each state is worth after an interval whose price was of a class.
    var after = [[Double]](repeating: final, count: number)
    var tables: [[[Double]]] = []
    for interval in stride(from: intervals - 1, through: 0, by: -1) {
      tables.append(after)
      // Before the next interval, by its class: the mean over the class's paths of the best move.
      var within = [[Double]](repeating: [Double](repeating: 0, count: count), count: number)
      for (row, path) in rows.enumerated() {
        let own = regimes.classOfRow[interval][row]
        let table = after[own]
        let share = 1 / Double(regimes.sizes[interval][own])
        for state in 0..<count {
          within[own][state] += share * bestValue(from: state, price: path[interval], next: table)
        }
      }
      guard interval > 0 else { break }
      after = (0..<number).map { before in
        (0..<count).map { state in
          (0..<number).reduce(0) { $0 + regimes.follows[interval - 1][before][$1] * within[$1][state] }
        }
      }
    }
    return RegimeValues(regimes: regimes, after: tables.reversed())
  }

  private func bestValue(from state: Int, price: Double, next: [Double]) -> Double {
    let lowest = max(0, state - grid.largestDischarge)
    let highest = min(grid.count - 1, state + grid.largestCharge)
    var best = -Double.infinity
    for other in lowest...highest {
      best = max(best, grid.gain(ofChange: other - state, price: price, wear: grid.unit.wearCostPerMWh) + next[other])
    }
    return best
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

/// Ranks of price paths by interval, in classes, and how classes follow each other.
struct PriceRegimes: Sendable {
  /// By interval and path.
  let classOfRow: [[Int]]
  /// Paths in each class, by interval.
  let sizes: [[Int]]
  /// Share of the paths of a class that are in each class of the next interval.
  let follows: [[[Double]]]
  /// Upper end of each class but the last, by interval.
  private let bounds: [[Double]]

  init(_ rows: [[Double]], classes: Int) {
    let intervals = rows.first?.count ?? 0
    var (classOfRow, sizes, bounds): ([[Int]], [[Int]], [[Double]]) = ([], [], [])
    for interval in 0..<intervals {
      let order = rows.indices.sorted { (rows[$0][interval], $0) < (rows[$1][interval], $1) }
      var own = [Int](repeating: 0, count: rows.count)
      var size = [Int](repeating: 0, count: classes)
      for (rank, row) in order.enumerated() {
        own[row] = rank * classes / rows.count
        size[own[row]] += 1
      }
      classOfRow.append(own)
      sizes.append(size)
      bounds.append(
        (1..<max(classes, 1)).map { place in
          let first = (place * rows.count + classes - 1) / classes
          return (rows[order[first - 1]][interval] + rows[order[first]][interval]) / 2
        })
    }
    follows = (0..<max(intervals - 1, 0)).map { interval in
      var counts = [[Double]](repeating: [Double](repeating: 0, count: classes), count: classes)
      for row in rows.indices { counts[classOfRow[interval][row]][classOfRow[interval + 1][row]] += 1 }
      return counts.enumerated().map { place, row in row.map { $0 / Double(sizes[interval][place]) } }
    }
    self.classOfRow = classOfRow
    self.sizes = sizes
    self.bounds = bounds
  }

  func index(of price: Double, in interval: Int) -> Int {
    bounds[interval].firstIndex { price <= $0 } ?? bounds[interval].count
  }
}

/// Values of stored energy by interval, class of the price and state.
public struct RegimeValues: Sendable {
  let regimes: PriceRegimes
  /// After each interval, by the class of its price.
  let after: [[[Double]]]

  /// What each state is worth after an interval with this price.
  public func values(after interval: Int, price: Double) -> [Double] {
    after[interval][regimes.index(of: price, in: interval)]
  }
}
