internal import MarketModel
internal import PowerSystem
internal import UnitCommitment

/// One day as it was dispatched in real time.
struct DispatchedDay: Sendable {
  /// The intervals of the day with the initial states that it began with, storages at their cleared schedule.
  var problem: CommitmentProblem
  var dispatch: Commitment
  var prices: LocationalPrices
  var audit: String
  var seconds: Double
}

/// Prices for each MWh by bus, then interval, and the part of them that comes from limits of flows.
struct LocationalPrices: Sendable, Equatable {
  var total: [[Double]]
  var congestion: [[Double]]

  init(buses: Int) {
    total = [[Double]](repeating: [], count: buses)
    congestion = total
  }

  init(_ prices: CommitmentPrices) {
    total = prices.energy
    congestion = prices.congestionPart
  }

  mutating func appendFirst(of prices: CommitmentPrices) {
    for bus in total.indices {
      total[bus].append(prices.energy[bus][0])
      congestion[bus].append(prices.congestionPart[bus][0])
    }
  }
}

/// Real time over several days: one market for each interval, that sees the hour after it.
struct RealTimeRun: Sendable {
  let days: any MarketDays
  let minutes: Int
  private var sequence: RealTimeSequence

  init(_ days: any MarketDays, minutes: Int, first: ClearedDay) {
    self.days = days
    self.minutes = minutes
    sequence = RealTimeSequence(dayAhead: first.problem, isOn: first.isOn)
  }

  /// - Parameter next: the day after, cleared by then, whose first hour the last interval sees; nil after the last day
  mutating func dispatch(_ day: ClearedDay, next: ClearedDay?) throws -> DispatchedDay {
    let start = ContinuousClock.now
    if let next { sequence.extend(isOn: next.isOn) }
    let parts = 60 / minutes
    let count = 24 * parts
    let whole = try problem(of: day, next: next)
    var own = whole.part(0..<count)
    own.hold(day.isOn, states: sequence.states(in: whole), parts: parts)
    var dispatch = Commitment(isOn: [], output: [])
    var prices = LocationalPrices(buses: whole.buses.count)
    for interval in 0..<count {
      let market = whole.part(interval..<min(interval + 1 + parts, whole.intervalCount))
      let cleared = try sequence.clear(market, advancingBy: 1)
      dispatch.appendFirst(of: cleared.commitment)
      prices.appendFirst(of: cleared.prices)
    }
    return DispatchedDay(
      problem: own, dispatch: dispatch, prices: prices, audit: audit(dispatch, of: own).summary,
      seconds: start.duration(to: .now).secondCount)
  }

  /// The day and, where there is a next one, its first hour, in real-time intervals with what came.
  private func problem(of day: ClearedDay, next: ClearedDay?) throws -> CommitmentProblem {
    let dayCount = next == nil ? 1 : 2
    var problem = try days.forecast(day.day, days: dayCount).part(0..<(next == nil ? 24 : 25))
    for unit in problem.units.indices { problem.units[unit].initialState = day.problem.units[unit].initialState }
    var storages = day.schedule.storageOutput
    if let next {
      for (index, output) in next.schedule.storageOutput.enumerated() { storages[index].append(output[0]) }
    }
    let parts = 60 / minutes
    let values = try days.actual(day.day, days: dayCount, minutes: minutes)
    return problem.divided(into: parts).with(values).holdingStorages(
      storages.map { $0.flatMap { [Double](repeating: $0, count: parts) } })
  }
}

extension CommitmentProblem {
  /// Statuses by unit, then hour, and the states before them.
  fileprivate mutating func hold(
    _ isOn: [[Bool]], states: [CommittableUnit.InitialState], parts: Int
  ) {
    for unit in units.indices {
      units[unit].fixedStatus = isOn[unit].flatMap { [Bool?](repeating: $0, count: parts) }
      units[unit].initialState = states[unit]
    }
  }
}

extension Commitment {
  /// Goes on with the first interval of another decision for the same elements.
  mutating func appendFirst(of next: Commitment) {
    func append<Value>(_ rows: [[Value]], to all: inout [[Value]]) {
      if all.isEmpty { all = rows.map { _ in [] } }
      for index in rows.indices { all[index] += rows[index].prefix(1) }
    }
    append(next.isOn, to: &isOn)
    append(next.output, to: &output)
    append(next.profiledOutput, to: &profiledOutput)
    append(next.charge, to: &charge)
    append(next.discharge, to: &discharge)
    append(next.priceSensitiveDemand, to: &priceSensitiveDemand)
    if reserve.isEmpty { reserve = next.reserve.map { $0.map { _ in [] } } }
    for number in next.reserve.indices { append(next.reserve[number], to: &reserve[number]) }
    append(next.reserveShortfall, to: &reserveShortfall)
    append(next.shortage, to: &shortage)
    append(next.surplus, to: &surplus)
    append(next.directCurrentFlow, to: &directCurrentFlow)
  }
}
