internal import Optimization
public import PowerSystem

/// Real-time markets that follow a day-ahead commitment: each takes the statuses that were decided the day before, starts
/// from what the one before it did, dispatches its own demand, and is priced. The cleared schedule of the day ahead and the
/// dispatch of real time are two things.
public struct RealTimeSequence: Sendable {
  /// Length of a day-ahead interval, h, and the statuses by unit, then day-ahead interval.
  private let dayAheadHours: Double
  private var isOn: [[Bool]]
  private let names: [String]
  /// Hours since the start of the day ahead.
  private var elapsed = 0.0
  /// Output of each unit before the next market, MW; nil before the first.
  private var output: [Double]?
  /// What each unit was at the start, and how long it has been what it is, h.
  private var states: [(isOn: Bool, hours: Double)]

  public init(dayAhead: CommitmentProblem, isOn: [[Bool]]) {
    dayAheadHours = dayAhead.hoursPerInterval
    self.isOn = isOn
    names = dayAhead.units.map(\.name)
    states = dayAhead.units.map { unit in
      switch unit.initialState {
      case .on(let intervals, _): (true, Double(intervals) * dayAhead.hoursPerInterval)
      case .off(let intervals): (false, Double(intervals) * dayAhead.hoursPerInterval)
      }
    }
  }

  /// Statuses of the next day, by unit, then day-ahead interval: the sequence goes on over midnight.
  public mutating func extend(isOn next: [[Bool]]) {
    precondition(next.count == isOn.count, "Statuses of \(next.count) units continue those of \(isOn.count)")
    for unit in isOn.indices { isOn[unit] += next[unit] }
  }

  /// What each unit is where the sequence stands, in the intervals of a market.
  public func states(in market: CommitmentProblem) -> [CommittableUnit.InitialState] {
    names.indices.map { state(of: $0, market) }
  }

  /// Dispatches and prices a market that begins where the sequence stands, then moves on.
  ///
  /// - Parameters:
  ///   - market: the same units in the same order, its own demand and limits
  ///   - intervals: how many of its intervals are final before the next market begins
  public mutating func clear(
    _ market: CommitmentProblem, advancingBy intervals: Int
  ) throws -> (commitment: Commitment, prices: CommitmentPrices) {
    guard market.units.map(\.name) == names else {
      throw ProblemFinding(
        element: market.name, text: "has other units than the day ahead; give the same in one order.")
    }
    var held = market
    let statuses = names.indices.map { unit in
      (0..<market.intervalCount).map { interval in
        let hour = elapsed + (Double(interval) + 0.5) * market.hoursPerInterval
        return isOn[unit][min(Int(hour / dayAheadHours), isOn[unit].count - 1)]
      }
    }
    for unit in names.indices { held.units[unit].initialState = state(of: unit, market) }
    // Minimum times were judged the day before.
    for unit in names.indices {
      held.units[unit].minimumUpIntervals = 1
      held.units[unit].minimumDownIntervals = 1
    }
    let cleared = try marginalPrices(of: held, isOn: statuses)
    advance(by: min(intervals, market.intervalCount), cleared.commitment, market)
    return cleared
  }

  private func state(of unit: Int, _ market: CommitmentProblem) -> CommittableUnit.InitialState {
    guard let output else { return market.units[unit].initialState }
    let intervals = max(1, Int((states[unit].hours / market.hoursPerInterval).rounded()))
    return states[unit].isOn ? .on(forIntervals: intervals, output: output[unit]) : .off(forIntervals: intervals)
  }

  private mutating func advance(by intervals: Int, _ commitment: Commitment, _ market: CommitmentProblem) {
    guard intervals > 0 else { return }
    for unit in names.indices {
      for interval in 0..<intervals {
        let isOn = commitment.isOn[unit][interval]
        let hours = isOn == states[unit].isOn ? states[unit].hours + market.hoursPerInterval : market.hoursPerInterval
        states[unit] = (isOn, hours)
      }
    }
    output = names.indices.map { commitment.output[$0][intervals - 1] }
    elapsed += Double(intervals) * market.hoursPerInterval
  }
}
