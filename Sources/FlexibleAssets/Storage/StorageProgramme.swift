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
    let price = priceOfDelivery(prices: prices, from: state, final: final)
    let (lower, upper) = (price.lowerBound, price.upperBound)
    // Below the price that keeps the limit the plan is cut off where the limit is reached; the better of both counts.
    let cut = schedule(
      prices: prices, from: state, final: final, added: lower, largestDelivery: largestDelivery(intervals: prices.count)
    )
    guard upper > lower else { return cut }
    let kept = schedule(prices: prices, from: state, final: final, added: upper)
    func worth(_ plan: [Int]) -> Double {
      profit(of: plan, from: state, prices: prices) + final[plan.last ?? state]
    }
    return worth(kept) >= worth(cut) ? kept : cut
  }

  /// Delivered MWh that so many intervals may have; infinite without a limit of cycles.
  public func largestDelivery(intervals: Int) -> Double {
    guard let cycles = grid.unit.largestCyclesPerDay else { return .infinity }
    return cycles * grid.unit.usableMegawattHours * grid.unit.dischargeEfficiency * Double(intervals) * grid.hours / 24
      + 1e-9
  }

  /// Money that a delivered MWh has to bring beside wear: the best schedule breaks the limit of cycles at the lower end and keeps it at
  /// the upper one, which are next to each other; 0 to 0 if nothing has to be added.
  public func priceOfDelivery(prices: [Double], from state: Int, final: [Double]) -> ClosedRange<Double> {
    let limit = largestDelivery(intervals: prices.count)
    func isKept(_ added: Double) -> Bool {
      delivered(schedule(prices: prices, from: state, final: final, added: added), from: state) <= limit
    }
    guard limit.isFinite, !isKept(0) else { return 0...0 }
    let worths = prices + final.filter(\.isFinite).map { $0 / max(grid.stepMegawattHours, 1e-9) }
    var (low, high) = (0.0, 2 * (worths.map(abs).max() ?? 0) + 1)
    for _ in 0..<40 {
      let middle = (low + high) / 2
      if isKept(middle) { high = middle } else { low = middle }
    }
    return low...high
  }

  private func schedule(
    prices: [Double], from state: Int, final: [Double], added: Double, largestDelivery: Double = .infinity
  ) -> [Int] {
    let table = values([prices], final: final, added: added)
    var (current, left) = (state, largestDelivery)
    return prices.indices.map { interval in
      let next = bestMove(
        from: current, price: prices[interval], next: table, row: interval + 1, added: added, largestDelivery: left)
      left -= delivered([next], from: current)
      current = next
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
    var moves = BestMoves(grid)
    let share = 1 / Double(rows.count)
    table.withUnsafeMutableBufferPointer { table in
      for interval in stride(from: intervals - 1, through: 0, by: -1) {
        let own = UnsafeMutableBufferPointer(rebasing: table[(interval * count)..<((interval + 1) * count)])
        let next = UnsafeBufferPointer(rebasing: table[((interval + 1) * count)..<((interval + 2) * count)])
        for row in rows { moves.add(price: row[interval], wear: wear, next: next, share: share, to: own) }
      }
    }
    return table
  }

  /// The same where a price says something of those after it: a path that stands high among the paths of an interval tends to stay high.
  /// Paths of an interval are put into classes by rank, and classes follow each other as the paths do (a Markov chain).
  ///
  /// - Parameters:
  ///   - classes: how many; fewer where there are few paths.
  ///   - added: money that a delivered MWh has to bring beside wear.
  public func regimeValues(
    _ rows: [[Double]], classes: Int, final: [Double], added: Double = 0
  ) -> RegimeValues {
    let number = max(1, min(classes, rows.count / 5))
    let regimes = PriceRegimes(rows, classes: number)
    let intervals = rows.first?.count ?? 0
    let count = grid.count
    // What each state is worth after every interval, by the class of its price: interval, class, state.
    let width = number * count
    var after = [Double](repeating: 0, count: intervals * width)
    for own in 0..<number where intervals > 0 {
      after.replaceSubrange(
        ((intervals - 1) * width + own * count)..<((intervals - 1) * width + (own + 1) * count), with: final)
    }
    var within = [Double](repeating: 0, count: width)
    for interval in stride(from: intervals - 1, to: 0, by: -1) {
      addBestValues(rows, regimes, interval, after: after, added: added, to: &within)
      let follows = regimes.follows[interval - 1]
      after.withUnsafeMutableBufferPointer { after in
        for before in 0..<number {
          let first = (interval - 1) * width + before * count
          for own in 0..<number where follows[before][own] > 0 {
            let share = follows[before][own]
            for state in 0..<count { after[first + state] += share * within[own * count + state] }
          }
        }
      }
    }
    return RegimeValues(regimes: regimes, states: count, after: after)
  }

  /// Value of every state before an interval by the class of its price: the mean over the class's paths of the best move.
  private func addBestValues(
    _ rows: [[Double]], _ regimes: PriceRegimes, _ interval: Int, after: [Double], added: Double,
    to within: inout [Double]
  ) {
    let count = grid.count
    let first = interval * within.count
    var moves = BestMoves(grid)
    for place in within.indices { within[place] = 0 }
    after.withUnsafeBufferPointer { after in
      within.withUnsafeMutableBufferPointer { within in
        for (row, path) in rows.enumerated() {
          let own = regimes.classOfRow[interval][row]
          let places = (own * count)..<((own + 1) * count)
          let next = UnsafeBufferPointer(rebasing: after[(first + places.lowerBound)..<(first + places.upperBound)])
          moves.add(
            price: path[interval], wear: grid.unit.wearCostPerMWh + added, next: next,
            share: 1 / Double(regimes.sizes[interval][own]), to: UnsafeMutableBufferPointer(rebasing: within[places]))
        }
      }
    }
  }

  /// The state after one interval that is best at its price. Of equal ones the smallest move.
  ///
  /// - Parameters:
  ///   - added: money that a delivered MWh has to bring beside wear.
  ///   - largestDelivery: MWh that may still be delivered.
  public func bestMove(
    from state: Int, price: Double, next table: [Double], row: Int, added: Double = 0,
    largestDelivery: Double = .infinity
  ) -> Int {
    let wear = grid.unit.wearCostPerMWh + added
    var best = (state: state, value: grid.gain(ofChange: 0, price: price, wear: wear) + table[row * grid.count + state])
    let lowest = max(0, state - grid.largestDischarge)
    let highest = min(grid.count - 1, state + grid.largestCharge)
    for distance in 1...max(1, max(state - lowest, highest - state)) {
      for other in [state - distance, state + distance]
      where (lowest...highest).contains(other) && grid.energy(ofChange: other - state) <= largestDelivery {
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
