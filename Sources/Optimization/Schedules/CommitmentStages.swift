/// The states of a machine that is only on or off, and the exact backward recursion over them.
///
/// A state is "on for 1…minimum on time" or "off for 1…longest off time that matters". Beyond a horizon a state has a value; the
/// recursion gives the value of every state before the horizon, so that stages can be chained: the mean of the values over
/// what may become known between two stages is the final value of the stage before (recourse; Dantzig, "Linear programming
/// under uncertainty", Management Science 1, 1955). Time O(T · states), no ramps.
public struct CommitmentStages: Sendable {
  private let leastOn: Int
  private let leastOff: Int
  private let longestOff: Int
  private let startCosts: [Double]

  /// The minimum times and start costs of a problem; nothing else of it is read.
  public init(_ problem: ScheduleProblem) {
    leastOn = problem.leastOn
    leastOff = problem.leastOff
    longestOff = problem.longestOffThatMatters
    startCosts = (0...longestOff).map { problem.startCost(afterOffIntervals: $0) }
  }

  /// Number of states: first those on, by duration, then those off.
  public var count: Int { leastOn + longestOff }

  public func stateOn(forIntervals duration: Int) -> Int { min(max(duration, 1), leastOn) - 1 }
  public func stateOff(forIntervals duration: Int) -> Int { leastOn + min(max(duration, 1), longestOff) - 1 }

  public func state(_ initial: InitialState) -> Int {
    switch initial {
    case .on(let duration, _): stateOn(forIntervals: duration)
    case .off(let duration): stateOff(forIntervals: duration)
    }
  }

  /// The state after an interval on or off.
  public func state(after state: Int, isOn: Bool) -> Int {
    let wasOn = state < leastOn
    if isOn { return wasOn ? min(state + 1, leastOn - 1) : 0 }
    return wasOn ? leastOn : min(state + 1, count - 1)
  }

  /// values[t · count + state], t = 0…T: the most that a state before interval t earns from there on.
  ///
  /// - Parameters:
  ///   - on: value of each interval on; −infinity where it must be off.
  ///   - off: value of each interval off; −infinity where it must be on.
  ///   - final: value of each state after the last interval.
  public func values(on: [Double], off: [Double], final: [Double]) -> [Double] {
    precondition(on.count == off.count && final.count == count, "one value for each interval and each state")
    let intervals = on.count
    let states = count
    var table = [Double](repeating: 0, count: (intervals + 1) * states)
    table.withUnsafeMutableBufferPointer { table in
      for state in 0..<states { table[intervals * states + state] = final[state] }
      for interval in stride(from: intervals - 1, through: 0, by: -1) {
        step(on[interval], off[interval], from: (interval + 1) * states, to: interval * states, table)
      }
    }
    return table
  }

  @inline(__always)
  private func step(
    _ on: Double, _ off: Double, from next: Int, to now: Int, _ table: UnsafeMutableBufferPointer<Double>
  ) {
    guard let later = table.baseAddress?.advanced(by: next), let earlier = table.baseAddress?.advanced(by: now) else {
      return
    }
    for state in 0..<leastOn - 1 { earlier[state] = on + later[state + 1] }
    earlier[leastOn - 1] = max(on + later[leastOn - 1], off + later[leastOn])
    let started = on + later[0]
    let (laterOff, earlierOff) = (later + leastOn, earlier + leastOn)
    // Place d − 1 is "off for d intervals"; the last one stays where it is.
    for place in 0..<leastOff - 1 { earlierOff[place] = off + laterOff[place + 1] }
    startCosts.withUnsafeBufferPointer { costs in
      for place in leastOff - 1..<longestOff - 1 {
        earlierOff[place] = max(off + laterOff[place + 1], started - costs[place + 1])
      }
      earlierOff[longestOff - 1] = max(off + laterOff[longestOff - 1], started - costs[longestOff])
    }
  }

  /// The best on-intervals from a state, by the table that ``values(on:off:final:)`` gave; of equal choices the one that stays.
  public func commitment(from initial: Int, on: [Double], off: [Double], table: [Double]) -> [Bool] {
    var state = initial
    return on.indices.map { interval in
      let next = (interval + 1) * count
      let isOn: Bool
      if state < leastOn {
        let stays = on[interval] + table[next + self.state(after: state, isOn: true)]
        isOn = state < leastOn - 1 || stays >= off[interval] + table[next + leastOn]
      } else {
        let duration = state - leastOn + 1
        let starts = on[interval] + table[next] - startCosts[duration]
        let waits = off[interval] + table[next + self.state(after: state, isOn: false)]
        isOn = duration >= leastOff && starts > waits
      }
      state = self.state(after: state, isOn: isOn)
      return isOn
    }
  }
}
