internal import MarketModel
internal import PowerSystem
internal import UnitCommitment

/// The series of all days of a run one after the other, for pages and tables.
struct MarketTrace: Sendable {
  /// One of the two markets.
  struct Market: Sendable {
    let minutes: Int
    /// Output by group, then interval, MW; storages with their discharge.
    var output: [String: [Double]] = [:]
    var curtailed: [Double] = []
    /// Demand with what storages charge, MW.
    var demand: [Double] = []
    /// By bus, then interval.
    var prices: LocationalPrices

    init(minutes: Int, buses: Int) {
      self.minutes = minutes
      prices = LocationalPrices(buses: buses)
    }
  }

  let firstDay: MarketDay
  let buses: [String]
  let units: [String]
  var dayAhead: Market
  var realTime: Market?
  /// By unit, then hour: status and output of the schedule, status of real time, mean output of the dispatch.
  var schedule: [[ScheduleHour]]

  struct ScheduleHour: Sendable {
    var isCleared: Bool
    var cleared: Double
    var isOn: Bool
    var dispatched: Double?
  }

  init(firstDay: MarketDay, of problem: CommitmentProblem, realTimeMinutes: Int?) {
    self.firstDay = firstDay
    buses = problem.buses.map(\.name)
    units = problem.units.map(\.name)
    dayAhead = Market(minutes: 60, buses: buses.count)
    realTime = realTimeMinutes.map { [count = problem.buses.count] in Market(minutes: $0, buses: count) }
    schedule = problem.units.map { _ in [] }
  }

  mutating func add(_ day: ClearedDay, _ dispatched: DispatchedDay?, groups: [String: String]) {
    dayAhead.add(day.problem, day.schedule, LocationalPrices(day.prices), groups: groups)
    if let dispatched { realTime?.add(dispatched.problem, dispatched.dispatch, dispatched.prices, groups: groups) }
    for unit in units.indices {
      for hour in 0..<24 {
        schedule[unit].append(
          ScheduleHour(
            isCleared: day.schedule.isOn[unit][hour], cleared: day.schedule.output[unit][hour],
            isOn: day.isOn[unit][hour],
            dispatched: dispatched.map { real in
              let parts = real.problem.intervalCount / 24
              return real.dispatch.output[unit][hour * parts..<(hour + 1) * parts].reduce(0, +) / Double(parts)
            }))
      }
    }
  }
}

extension MarketTrace.Market {
  mutating func add(
    _ problem: CommitmentProblem, _ dispatch: Commitment, _ more: LocationalPrices, groups: [String: String]
  ) {
    let before = demand.count
    demand += problem.demand
    curtailed += problem.curtailed(dispatch)
    for bus in prices.total.indices {
      prices.total[bus] += more.total[bus]
      prices.congestion[bus] += more.congestion[bus]
    }
    func add(_ name: String, _ row: [Double]) {
      let group = groups[name] ?? "Other"
      var sum = output[group] ?? []
      sum += [Double](repeating: 0, count: demand.count - sum.count)
      for (interval, value) in row.enumerated() {
        // What charges is demand.
        if value >= 0 { sum[before + interval] += value } else { demand[before + interval] -= value }
      }
      output[group] = sum
    }
    for (unit, row) in zip(problem.units, dispatch.output) { add(unit.name, row) }
    for (unit, row) in zip(problem.profiledUnits, dispatch.profiledOutput) { add(unit.name, row) }
    for (storage, row) in zip(problem.storages, dispatch.storageOutput) { add(storage.name, row) }
    // A group without output on this day.
    output = output.mapValues { $0 + [Double](repeating: 0, count: demand.count - $0.count) }
  }
}
