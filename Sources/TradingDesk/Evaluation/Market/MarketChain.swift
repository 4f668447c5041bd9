internal import MarketModel
internal import Optimization
internal import PowerSystem
internal import UnitCommitment

/// How days are cleared.
struct MarketChainSettings: Sendable {
  /// Hours after the day that the commitment looks ahead, 0 to 24.
  var lookAheadHours = 12
  /// Relative gap of each commitment, and seconds after which the best one so far counts.
  var gap = 0.005
  var timeLimit = 60.0
  /// Length of a real-time interval in minutes; nil without real time.
  var realTimeMinutes: Int? = 60
}

/// What is handed from one day to the next.
struct MarketState: Sendable {
  /// Of each unit, in hours.
  var units: [CommittableUnit.InitialState]
  /// Of each storage, MWh.
  var levels: [Double]
}

/// One day of the day-ahead market: its commitment, its cleared schedule with prices, and the statuses after the
/// reliability commitment.
struct ClearedDay: Sendable {
  var day: MarketDay
  /// The 24 hours of the day with the initial states that it began with.
  var problem: CommitmentProblem
  /// Dispatch and prices of the commitment as bid the day before.
  var schedule: Commitment
  var prices: CommitmentPrices
  /// Statuses of real time by unit, then hour: at least those of the schedule.
  var isOn: [[Bool]]
  /// Output at the end of the day as it was planned last.
  var end: MarketState
  var quality: (objective: Double, bound: Double, status: String)
  var audits: (commitment: String, schedule: String, reliability: String?)
  var seconds: (commitment: Double, prices: Double, reliability: Double)
}

/// Clears one day after the other: commitment, cleared schedule with prices, reliability commitment. What real time knows of a
/// day enters its reliability commitment and nothing before.
struct MarketChain: Sendable {
  let days: any MarketDays
  let settings: MarketChainSettings
  /// Levels to which the storages return.
  let usualLevels: [Double]

  init(_ days: any MarketDays, from first: MarketDay, settings: MarketChainSettings) throws {
    self.days = days
    self.settings = settings
    usualLevels = try days.forecast(first, days: 1).storages.map(\.initialLevel)
  }

  /// - Parameter state: what the day before left; nil for the states of the data
  func clear(_ day: MarketDay, from state: MarketState?) throws -> ClearedDay {
    let start = ContinuousClock.now
    let whole = try problem(of: day, from: state)
    let result = try committed(whole)
    let commitmentSeconds = start.duration(to: .now).secondCount
    let commitmentAudit = audit(result.commitment, of: whole, claimedCost: result.objective).summary
    let kept = whole.firstDay(of: result.commitment)
    let statuses = result.commitment.isOn.map { Array($0.prefix(24)) }
    let priceStart = ContinuousClock.now
    let (schedule, prices) = try marginalPrices(of: kept, isOn: statuses)
    let priced = priceStart.duration(to: .now).secondCount
    let scheduleAudit = audit(schedule, of: kept, claimedCost: prices.objective).summary
    let reliabilityStart = ContinuousClock.now
    let reliability = try settings.realTimeMinutes.map { _ in try reliable(kept, schedule, day) }
    let plan = reliability?.plan ?? schedule
    return ClearedDay(
      day: day, problem: kept, schedule: schedule, prices: prices, isOn: plan.isOn,
      end: MarketState(units: kept.states(after: plan), levels: kept.levels(after: schedule)),
      quality: (result.objective, result.bound, result.status.name),
      audits: (commitmentAudit, scheduleAudit, reliability?.audit),
      seconds: (commitmentSeconds, priced, reliabilityStart.duration(to: .now).secondCount))
  }

  /// A commitment; where the time ends before there is one, it is granted four times as much.
  private func committed(_ problem: CommitmentProblem) throws -> CommitmentResult {
    func solve(_ seconds: Double) throws -> CommitmentResult {
      try solveCommitment(problem, settings: CommitmentSettings(gap: settings.gap, timeLimit: seconds))
    }
    do {
      return try solve(settings.timeLimit)
    } catch SolveError.timeLimitWithoutSolution {
      return try solve(4 * settings.timeLimit)
    }
  }

  /// The day and what it looks ahead to, in the state that the day before left.
  private func problem(of day: MarketDay, from state: MarketState?) throws -> CommitmentProblem {
    let canLookAhead = day < days.lastDay && settings.lookAheadHours > 0
    var problem = try days.forecast(day, days: canLookAhead ? 2 : 1)
    let finalLevels = problem.storages.indices.map { usualLevels[$0]...problem.storages[$0].maximumLevel[0] }
    problem = problem.part(0..<(canLookAhead ? 24 + settings.lookAheadHours : 24))
    for index in problem.storages.indices {
      problem.storages[index].finalLevel = finalLevels[index]
      if let state { problem.storages[index].initialLevel = state.levels[index] }
    }
    if let state {
      for index in problem.units.indices { problem.units[index].initialState = state.units[index] }
    }
    return problem
  }

  /// Units that the day needs beside those of the schedule when its demand and weather are known better: none where the
  /// schedule's units carry everything, otherwise those that cost least.
  private func reliable(
    _ problem: CommitmentProblem, _ schedule: Commitment, _ day: MarketDay
  ) throws -> (plan: Commitment, audit: String) {
    let updated = problem.with(try days.actual(day, days: 1, minutes: 60))
      .holdingStorages(schedule.storageOutput)
    let asCleared = try marginalPrices(of: updated, isOn: schedule.isOn)
    if !asCleared.commitment.isShort {
      return (
        asCleared.commitment,
        audit(asCleared.commitment, of: updated, claimedCost: asCleared.prices.objective).summary
      )
    }
    var adding = updated
    for unit in adding.units.indices {
      let fixed = adding.units[unit].fixedStatus
      adding.units[unit].fixedStatus = schedule.isOn[unit].enumerated().map { hour, isOn in
        isOn ? true : fixed.isEmpty ? nil : fixed[hour]
      }
    }
    let result = try committed(adding)
    return (result.commitment, audit(result.commitment, of: adding, claimedCost: result.objective).summary)
  }
}

extension Commitment {
  /// Discharge − charge by storage, then interval, MW.
  var storageOutput: [[Double]] { zip(discharge, charge).map { zip($0, $1).map { $0 - $1 } } }

  /// Whether demand or reserve is missing by more than a kilowatt.
  var isShort: Bool { (shortage + reserveShortfall).contains { $0.contains { $0 > 1e-3 } } }
}

extension SolveStatus {
  var name: String {
    switch self {
    case .optimal: "optimal"
    case .timeLimit: "time limit"
    case .nodeLimit: "node limit"
    case .cancelled: "cancelled"
    }
  }
}

extension Duration {
  var secondCount: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
