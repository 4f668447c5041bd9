internal import PowerSystem

/// The schedule of one unit that is best at given prices of energy and reserve: a dynamic programme over starts and
/// stops, O(T²) at worst and O(T) where times are short. Ramps are left out, so that its value is a valid part of a
/// Lagrangian bound.
struct UnitProgramme: Sendable {
  /// The best schedule at some prices.
  struct Answer: Sendable {
    var isOn: [Bool]
    /// Cost less revenue; no schedule has less.
    var value: Double
  }

  private let intervals: Int
  private let hours: Double
  private let minimumUp: Int
  private let minimumDown: Int
  private let corners: [(output: Double, cost: Double)]
  private let costAdder: [Double]
  private let available: [Double]
  private let reserveLimit: Double
  private let stopCost: Double
  /// Cost of a start after so many intervals off, up to the coldest category.
  private let startCosts: [Double]
  private let wasOn: Bool
  private let before: Int
  private let fixed: [Bool?]

  init(_ unit: CommittableUnit, in problem: CommitmentProblem, servesReserve: Bool) {
    intervals = problem.intervalCount
    hours = problem.hoursPerInterval
    minimumUp = max(1, unit.minimumUpIntervals)
    minimumDown = max(1, unit.minimumDownIntervals)
    corners = unit.costCurve.map { ($0.output, $0.costPerHour) }
    costAdder = unit.costAdder
    available = unit.availableOutput
    reserveLimit = servesReserve ? unit.rampUp : 0
    stopCost = unit.shutDownCost
    let coldest = max(unit.startCategories.last?.afterIntervals ?? 0, minimumDown)
    startCosts = (0...coldest).map { unit.startCost(afterIntervals: $0) }
    wasOn = unit.initialState.isOn
    before =
      switch unit.initialState {
      case .on(let count, _), .off(let count): count
      }
    fixed = unit.fixedStatus
  }

  func startCost(after intervals: Int) -> Double { startCosts[min(intervals, startCosts.count - 1)] }

  /// Cost less revenue of an interval on line at the best output for the prices.
  func valueOn(_ interval: Int, price: Double, reservePrice: Double) -> Double {
    value(interval, price: price, reservePrice: reservePrice) { _, _ in }
  }

  /// The same; `choose` is told each output and reserve that is better than those before.
  func value(
    _ interval: Int, price: Double, reservePrice: Double, choose: (_ output: Double, _ reserve: Double) -> Void
  ) -> Double {
    let top = available.isEmpty ? corners[corners.count - 1].output : max(corners[0].output, available[interval])
    let adder = costAdder.isEmpty ? 0 : costAdder[interval]
    var best = Double.infinity
    func consider(_ output: Double, _ cost: Double) {
      let reserve = max(0, min(reserveLimit, top - output))
      let value = hours * (cost + adder * output) - price * output - reservePrice * reserve
      if value < best {
        best = value
        choose(output, reserve)
      }
    }
    var last = corners[0]
    consider(last.output, last.cost)
    for corner in corners.dropFirst() {
      let width = corner.output - last.output
      func cost(at output: Double) -> Double {
        width > 0 ? last.cost + (output - last.output) / width * (corner.cost - last.cost) : last.cost
      }
      // Reserve is capped by the ramp below this output: a corner of the value within the piece.
      let kink = top - reserveLimit
      if reservePrice > 0, kink > last.output, kink < corner.output { consider(kink, cost(at: kink)) }
      if corner.output >= top {
        consider(top, cost(at: top))
        break
      }
      consider(corner.output, corner.cost)
      last = corner
    }
    return best
  }

  /// The best schedule when an interval on line is worth `values`, cost less revenue.
  func best(values: [Double]) -> Answer {
    var search = UnitSearch(self, values)
    return search.run()
  }

  /// Forward pass over the end of each block on line and off line.
  private struct UnitSearch {
    let programme: UnitProgramme
    /// Sum of the values before an interval.
    var sums: [Double]
    /// First interval after `t` that must be off, and that must be on.
    var mustOffFrom: [Int]
    var mustOnFrom: [Int]
    /// Least value of the intervals before t when a block on line ends there, and where it began.
    var onUntil: [Double]
    var onBegan: [Int]
    /// The same for a block off line.
    var offUntil: [Double]
    var offBegan: [Int]

    init(_ programme: UnitProgramme, _ values: [Double]) {
      self.programme = programme
      let count = programme.intervals
      sums = [Double](repeating: 0, count: count + 1)
      for interval in 0..<count { sums[interval + 1] = sums[interval] + values[interval] }
      mustOffFrom = [Int](repeating: count, count: count + 1)
      mustOnFrom = mustOffFrom
      if !programme.fixed.isEmpty {
        for interval in stride(from: count - 1, through: 0, by: -1) {
          mustOffFrom[interval] = programme.fixed[interval] == false ? interval : mustOffFrom[interval + 1]
          mustOnFrom[interval] = programme.fixed[interval] == true ? interval : mustOnFrom[interval + 1]
        }
      }
      onUntil = [Double](repeating: .infinity, count: count + 1)
      offUntil = onUntil
      onBegan = [Int](repeating: -1, count: count + 1)
      offBegan = onBegan
    }

    mutating func run() -> Answer {
      let count = programme.intervals
      begin()
      for end in 1..<max(1, count + 1) {
        // Blocks that start at s < end from a block off line that ends at s.
        extendOn(to: end)
        extendOff(to: end)
      }
      return trace(fromOn: onUntil[count] <= offUntil[count])
    }

    /// Blocks that go on from before the first interval.
    private mutating func begin() {
      let count = programme.intervals
      if programme.wasOn {
        let least = max(0, programme.minimumUp - programme.before)
        for end in min(least, count)...count where mustOffFrom[0] >= end {
          (onUntil[end], onBegan[end]) = (sums[end], 0)
        }
        // A stop before the first interval.
      } else {
        let least = max(0, programme.minimumDown - programme.before)
        for end in min(least, count)...count where mustOnFrom[0] >= end {
          (offUntil[end], offBegan[end]) = (0, 0)
        }
      }
    }

    private mutating func extendOn(to end: Int) {
      let count = programme.intervals
      for start in 0..<end {
        if end - start < programme.minimumUp, end < count { break }
        guard mustOffFrom[start] >= end, offUntil[start] < .infinity else { continue }
        let length = start - offBegan[start] + (offBegan[start] == 0 && !programme.wasOn ? programme.before : 0)
        // The best block off line that ends here may be longer than another with a cheaper start: see `offUntil`.
        let value = offUntil[start] + programme.startCost(after: length) + sums[end] - sums[start]
        if value < onUntil[end] { (onUntil[end], onBegan[end]) = (value, start) }
      }
    }

    private mutating func extendOff(to end: Int) {
      let count = programme.intervals
      var best = offUntil[end] + (end < count ? programme.startCost(after: end + programme.before) : 0)
      for stop in 0..<end {
        if end - stop < programme.minimumDown, end < count { break }
        guard mustOnFrom[stop] >= end, onUntil[stop] < .infinity else { continue }
        let value = onUntil[stop] + programme.stopCost
        // Compared with the start that follows, so that the chain of best blocks is exact.
        let whole = value + (end < count ? programme.startCost(after: end - stop) : 0)
        if whole < best {
          best = whole
          (offUntil[end], offBegan[end]) = (value, stop)
        }
      }
    }

    private func trace(fromOn: Bool) -> Answer {
      let count = programme.intervals
      var isOn = [Bool](repeating: false, count: count)
      var end = count
      var onLine = fromOn
      while end > 0 {
        let began = onLine ? onBegan[end] : offBegan[end]
        guard began >= 0 else { break }
        if onLine { for interval in began..<end { isOn[interval] = true } }
        if began == 0, onLine == programme.wasOn { break }
        end = began
        onLine.toggle()
      }
      return Answer(isOn: isOn, value: min(onUntil[count], offUntil[count]))
    }
  }
}
