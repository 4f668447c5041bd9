internal import Foundation
internal import MarketModel
internal import NumericMethods
internal import PowerSystem
internal import UnitCommitment

/// What a run over days left.
struct MarketRun: Sendable {
  var days: [MarketReport.Day] = []
  var trace: MarketTrace
}

/// Clears days one after the other and dispatches each in real time once the day after is cleared; the two go on side by side.
/// The result is the same for any number of threads.
func clearMarket(
  _ days: any MarketDays, from first: MarketDay, count: Int, settings: MarketChainSettings, threads: Int,
  progress: (MarketReport.Day) -> Void = { _ in }
) throws -> MarketRun {
  let chain = try MarketChain(days, from: first, settings: settings)
  var run = MarketRun(
    trace: MarketTrace(
      firstDay: first, of: try days.forecast(first, days: 1), realTimeMinutes: settings.realTimeMinutes))
  var realTime: RealTimeRun?
  var waiting: [ClearedDay] = []
  for step in 0..<count + 2 {
    // What a day needs of the one after it is there when two days wait.
    let (current, next) = (waiting.first, waiting.dropFirst().first)
    let isDue = current != nil && (next != nil || step > count)
    if let minutes = settings.realTimeMinutes, realTime == nil, let current {
      realTime = RealTimeRun(days, minutes: minutes, first: current)
    }
    let (state, before) = (waiting.last?.end, realTime)
    let done = concurrentMap(count: 2, threads: min(2, threads)) { task in
      Result { () throws -> MarketStep in
        if task == 0 { return step < count ? .cleared(try chain.clear(first.advanced(by: step), from: state)) : .none }
        guard isDue, let current, var run = before else { return .none }
        let dispatched = try run.dispatch(current, next: next)
        return .dispatched(dispatched, run)
      }
    }
    let cleared = try done[0].get()
    let dispatched = try done[1].get()
    if isDue, let current {
      var day: DispatchedDay?
      if case .dispatched(let made, let after) = dispatched {
        day = made
        realTime = after
      }
      run.trace.add(current, day, groups: days.groups)
      run.days.append(MarketReport.Day(current, day))
      progress(run.days[run.days.count - 1])
      waiting.removeFirst()
    }
    if case .cleared(let day) = cleared { waiting.append(day) }
  }
  return run
}

private enum MarketStep: Sendable {
  case none
  case cleared(ClearedDay)
  case dispatched(DispatchedDay, RealTimeRun)
}

extension MarketReport.Day {
  init(_ cleared: ClearedDay, _ dispatched: DispatchedDay?) {
    let added = zip(cleared.isOn, cleared.schedule.isOn).reduce(0) { sum, unit in
      sum + zip(unit.0, unit.1).count { $0 && !$1 }
    }
    self.init(
      day: cleared.day,
      dayAhead: MarketReport.Outcome(cleared.problem, cleared.schedule, LocationalPrices(cleared.prices)),
      realTime: dispatched.map { MarketReport.Outcome($0.problem, $0.dispatch, $0.prices) },
      gap: (cleared.quality.objective - cleared.quality.bound) / max(abs(cleared.quality.objective), 1e-9),
      status: cleared.quality.status, addedUnitHours: added,
      audit: MarketReport.Audits(
        commitment: cleared.audits.commitment, dayAhead: cleared.audits.schedule,
        reliability: cleared.audits.reliability, realTime: dispatched?.audit),
      seconds: MarketReport.Seconds(
        commitment: cleared.seconds.commitment, prices: cleared.seconds.prices,
        reliability: cleared.seconds.reliability, realTime: dispatched?.seconds ?? 0))
  }
}
