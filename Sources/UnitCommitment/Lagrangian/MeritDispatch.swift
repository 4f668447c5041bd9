internal import PowerSystem

/// Outputs for given statuses, interval after interval in merit order within the ramps: fast, and not quite the
/// cheapest, as an interval does not look ahead. Single bus; storage stands still.
struct MeritDispatch {
  let problem: CommitmentProblem
  let demand: [Double]
  let reserve: [Double]
  /// Pieces of all units' cost curves by rising slope: (unit, width, slope).
  private let pieces: [(unit: Int, from: Double, to: Double, slope: Double)]

  init(_ problem: CommitmentProblem, reserve: [Double]) {
    self.problem = problem
    self.reserve = reserve
    demand = problem.demand
    var pieces: [(unit: Int, from: Double, to: Double, slope: Double)] = []
    for (index, unit) in problem.units.enumerated() {
      for (left, right) in zip(unit.costCurve, unit.costCurve.dropFirst()) where right.output > left.output {
        let slope = (right.costPerHour - left.costPerHour) / (right.output - left.output)
        pieces.append((index, left.output, right.output, slope))
      }
    }
    self.pieces = pieces.sorted { ($0.slope, $0.unit) < ($1.slope, $1.unit) }
  }

  /// Range of a unit's output in an interval, MW.
  private struct Window {
    var low = 0.0
    var high = 0.0
  }

  /// First interval in which the statuses cannot carry demand and reserve, and by how much: missing MW (positive) or
  /// output that cannot be lowered (negative).
  struct Failure: Error {
    var interval: Int
    var missing: Double
  }

  func commitment(for isOn: [[Bool]]) -> Result<Commitment, Failure> {
    let intervals = problem.intervalCount
    var output = isOn.map { [Double](repeating: 0, count: $0.count) }
    var profiled = problem.profiledUnits.map { $0.minimumOutput }
    var served = problem.priceSensitiveDemands.map { [Double](repeating: 0, count: $0.maximumDemand.count) }
    var held = problem.reserves.map { _ in isOn.map { [Double](repeating: 0, count: $0.count) } }
    let beforeStop = isOn.indices.map { highestBeforeStop($0, isOn[$0]) }
    for interval in 0..<intervals {
      let windows = isOn.indices.map { unit in
        isOn[unit][interval]
          ? window(unit, interval, isOn[unit], output[unit], beforeStop[unit][interval]) : Window()
      }
      var open = demand[interval] - windows.reduce(0) { $0 + $1.low }
      for unit in problem.profiledUnits { open -= unit.minimumOutput[interval] }
      if open < -1e-6 { return .failure(Failure(interval: interval, missing: open)) }
      let high = windows.reduce(0) { $0 + $1.high }
      let free = problem.profiledUnits.reduce(0.0) { $0 + $1.maximumOutput[interval] }
      let missing = demand[interval] + reserve[interval] - high - min(free, demand[interval])
      if missing > 1e-6, problem.shortageCost_perMWh == nil {
        return .failure(Failure(interval: interval, missing: missing))
      }
      for unit in isOn.indices { output[unit][interval] = windows[unit].low }
      fill(&open, interval, windows, &output, &profiled)
      if open > 1e-6 { return .failure(Failure(interval: interval, missing: open)) }
      sellRest(interval, windows, &output, &served)
      holdReserves(interval, windows, output, &held)
    }
    let nothing = problem.storages.map { [Double](repeating: 0, count: $0.maximumLevel.count) }
    return .success(
      Commitment(
        isOn: isOn, output: output, profiledOutput: profiled, charge: nothing, discharge: nothing,
        priceSensitiveDemand: served, reserve: held,
        reserveShortfall: problem.reserves.map { [Double](repeating: 0, count: $0.requirement.count) }))
  }

  /// Highest output by interval from which a unit still gets down to its shut-down limit in time.
  private func highestBeforeStop(_ index: Int, _ isOn: [Bool]) -> [Double] {
    let unit = problem.units[index]
    var limits = [Double](repeating: unit.maximumOutput, count: isOn.count)
    for interval in stride(from: isOn.count - 2, through: 0, by: -1) where isOn[interval] {
      limits[interval] =
        isOn[interval + 1]
        ? min(unit.maximumOutput, limits[interval + 1] + unit.rampDown)
        : min(unit.maximumOutput, unit.shutDownLimit, unit.minimumOutput + unit.rampDown)
    }
    return limits
  }

  private func window(
    _ index: Int, _ interval: Int, _ isOn: [Bool], _ output: [Double], _ beforeStop: Double
  ) -> Window {
    let unit = problem.units[index]
    var before: Double?
    if interval > 0 {
      before = isOn[interval - 1] ? output[interval - 1] : nil
    } else if case .on(_, let initial) = unit.initialState {
      before = initial
    }
    let available = unit.availableOutput.isEmpty ? unit.maximumOutput : unit.availableOutput[interval]
    var window = Window(low: unit.minimumOutput, high: min(available, beforeStop))
    if let before {
      window.low = max(window.low, before - unit.rampDown)
      window.high = min(window.high, before + unit.rampUp)
    } else {
      window.high = min(window.high, unit.startUpLimit, unit.minimumOutput + unit.rampUp)
    }
    window.high = max(window.low, window.high)
    return window
  }

  /// Fills what is open from the cheapest source on: profiled output at its cost, then pieces by slope.
  private func fill(
    _ open: inout Double, _ interval: Int, _ windows: [Window], _ output: inout [[Double]],
    _ profiled: inout [[Double]]
  ) {
    for (index, unit) in problem.profiledUnits.enumerated() where open > 0 {
      let more = min(open, unit.maximumOutput[interval] - unit.minimumOutput[interval])
      profiled[index][interval] += more
      open -= more
    }
    for piece in pieces where open > 0 {
      let current = output[piece.unit][interval]
      let top = min(piece.to, windows[piece.unit].high)
      guard windows[piece.unit].high > 0, current < top, piece.to > current else { continue }
      let more = min(open, top - current)
      output[piece.unit][interval] += more
      open -= more
    }
  }

  /// Serves price-sensitive demand from what is left as long as it pays.
  private func sellRest(
    _ interval: Int, _ windows: [Window], _ output: inout [[Double]], _ served: inout [[Double]]
  ) {
    var room = windows.reduce(0) { $0 + $1.high } - output.reduce(0) { $0 + $1[interval] } - reserve[interval]
    for (index, demand) in problem.priceSensitiveDemands.enumerated() {
      for piece in pieces where room > 0 && piece.slope < demand.value_perMWh[interval] {
        let current = output[piece.unit][interval]
        let top = min(piece.to, windows[piece.unit].high)
        let open = demand.maximumDemand[interval] - served[index][interval]
        guard open > 0, windows[piece.unit].high > 0, current >= piece.from - 1e-9, current < top else { continue }
        let more = min(open, top - current, room)
        output[piece.unit][interval] += more
        served[index][interval] += more
        room -= more
      }
    }
  }

  private func holdReserves(
    _ interval: Int, _ windows: [Window], _ output: [[Double]], _ held: inout [[[Double]]]
  ) {
    var room = windows.indices.map { max(0, windows[$0].high - output[$0][interval]) }
    for (number, requirement) in problem.reserves.enumerated() {
      var open = requirement.requirement[interval]
      for unit in room.indices where open > 0 && room[unit] > 0 {
        if let providers = requirement.providers, !providers.contains(unit) { continue }
        let more = min(open, room[unit])
        held[number][unit][interval] = more
        room[unit] -= more
        open -= more
      }
    }
  }
}
