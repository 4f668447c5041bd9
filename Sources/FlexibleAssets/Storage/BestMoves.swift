/// The best move out of every state of charge at once, O(states) whatever the power.
///
/// A move's money is linear in its size on either side, so that charging and discharging are largest values of a sliding window
/// over `next[j] − j·(money of a step)`; each is found from the largest values of fixed blocks, forwards and backwards
/// (van Herk, Pattern Recognition Letters 13, 1992). Exact for every price, also below zero.
struct BestMoves {
  private let grid: StorageGrid
  /// Windows of the two sides, in states.
  private let charging: Int
  private let discharging: Int
  /// Room for values, shifted values, and largest values forwards and backwards.
  private var scratch: [Double]

  init(_ grid: StorageGrid) {
    self.grid = grid
    charging = min(grid.largestCharge, grid.count - 1) + 1
    discharging = min(grid.largestDischarge, grid.count - 1) + 1
    scratch = [Double](repeating: 0, count: 4 * (grid.count + max(charging, discharging)))
  }

  /// Adds, to the sum of every state, a share of the value of its best move at a price.
  ///
  /// - Parameters:
  ///   - wear: of a delivered MWh.
  ///   - next: values of the states after the move.
  mutating func add(
    price: Double, wear: Double, next: UnsafeBufferPointer<Double>, share: Double,
    to sums: UnsafeMutableBufferPointer<Double>
  ) {
    let drawn = price * grid.stepMegawattHours / grid.unit.chargeEfficiency
    let delivered = (price - wear) * grid.stepMegawattHours * grid.unit.dischargeEfficiency
    let (count, up, down) = (grid.count, charging, discharging)
    scratch.withUnsafeMutableBufferPointer { scratch in
      let length = scratch.count / 4
      func part(_ number: Int) -> UnsafeMutableBufferPointer<Double> {
        UnsafeMutableBufferPointer(rebasing: scratch[(number * length)..<((number + 1) * length)])
      }
      let (values, forwards, backwards) = (part(0), part(2), part(3))
      for state in 0..<count { values[state] = next[state] - Double(state) * drawn }
      for place in count..<(count + up) { values[place] = -.infinity }
      Self.blocks(values, forwards, backwards, width: up, length: count + up)
      // Charging alone, kept where discharging is compared with it.
      for state in 0..<count {
        values[state] = max(backwards[state], forwards[state + up - 1]) + Double(state) * drawn
      }
      Self.discharge(next, values, part(1), forwards, backwards, money: delivered, count: count, width: down)
      for state in 0..<count { sums[state] += share * values[state] }
    }
  }

  /// Raises the values of charging to those of discharging where these are larger.
  private static func discharge(
    _ next: UnsafeBufferPointer<Double>, _ values: UnsafeMutableBufferPointer<Double>,
    _ shifted: UnsafeMutableBufferPointer<Double>,
    _ forwards: UnsafeMutableBufferPointer<Double>, _ backwards: UnsafeMutableBufferPointer<Double>, money: Double,
    count: Int, width: Int
  ) {
    // The window of a state ends with it: the states stand behind `width − 1` places that never win.
    for place in 0..<(width - 1) { shifted[place] = -.infinity }
    for state in 0..<count { shifted[state + width - 1] = next[state] - Double(state) * money }
    blocks(shifted, forwards, backwards, width: width, length: count + width - 1)
    for state in 0..<count {
      let best = max(backwards[state], forwards[state + width - 1]) + Double(state) * money
      if best > values[state] { values[state] = best }
    }
  }

  /// Largest value from a block's begin to each place, and from each place to the block's end.
  private static func blocks(
    _ values: UnsafeMutableBufferPointer<Double>, _ forwards: UnsafeMutableBufferPointer<Double>,
    _ backwards: UnsafeMutableBufferPointer<Double>, width: Int, length: Int
  ) {
    var start = 0
    while start < length {
      let end = min(start + width, length)
      forwards[start] = values[start]
      for place in start + 1..<max(end, start + 1) { forwards[place] = max(forwards[place - 1], values[place]) }
      backwards[end - 1] = values[end - 1]
      var place = end - 2
      while place >= start {
        backwards[place] = max(backwards[place + 1], values[place])
        place -= 1
      }
      start = end
    }
  }
}
