internal import Foundation
internal import MarketModel
internal import TradingDesk

/// What a job leaves: the address of a resource, or bytes of its own.
struct JobOutcome {
  var url: String?
  var result: Data?
  /// The result as CSV, where the work has a table of its own.
  var table: Data?
}

extension TradingDesk {
  /// Does the work of a job on the calling thread; the same use cases as the commands, with the same defaults.
  ///
  /// - Parameter progress: 0 to 1, from work that tells it.
  func perform(_ job: JobRecord, progress: @escaping @Sendable (Double) -> Void) throws -> JobOutcome {
    let request = job.request
    let settings = DaySettings(
      seed: request.seed ?? 1, scenarios: request.scenarios ?? 200, riskAversion: request.riskAversion ?? 0.1,
      threads: 1)
    let forecasting = ForecastSettings(seed: settings.seed, scenarios: settings.scenarios, threads: 1)
    switch job.kind {
    case .day:
      let outcome = try prepareDay(request.day, portfolioFile: nil, rules: nil, settings: settings)
      return JobOutcome(url: "/api/v1/days/\(outcome.report.day)/bids")
    case .forecast:
      let outcome = try forecastDay(request.day, rules: nil, settings: forecasting, keptScenarios: nil)
      return JobOutcome(url: "/api/v1/days/\(outcome.report.day)/forecasts/price")
    case .clear:
      return JobOutcome(url: "/api/v1/days/\(try clearDay(try requestedDay(request)).day)/clearing")
    case .review:
      let day = try requestedDay(request)
      _ = try review(ReviewRequest(days: MarketDayRange(day, through: day), threads: 1))
      return JobOutcome(url: "/api/v1/days/\(day)/review")
    case .position:
      let day = try requestedDay(request)
      _ = try preparePosition(PositionRequest(day: day, settings: forecasting))
      return JobOutcome(url: "/api/v1/days/\(day)/position")
    case .market:
      let day = try requestedDay(request)
      try keepBrief(try briefMarket(day, rules: nil, settings: forecasting))
      return JobOutcome(url: "/api/v1/days/\(day)/market")
    case .backtest:
      let (from, to) = try requestedRange(request)
      let report = try backtest(from: from, through: to, portfolioFile: nil, settings: settings)
      return JobOutcome(result: try encodedDocument(report))
    case .comparison: return try compare(request, settings, progress)
    case .sweep:
      let report = try sweep(
        text: request.sweep ?? "", resume: true, threads: 1, hooks: EvaluationHooks(following: progress))
      return JobOutcome(result: try encodedDocument(report))
    }
  }

  /// Days that an earlier job with the same choices finished are taken as they are.
  private func compare(
    _ request: JobRequest, _ settings: DaySettings, _ progress: @escaping @Sendable (Double) -> Void
  ) throws -> JobOutcome {
    let (from, to) = try requestedRange(request)
    var wish = StrategyRequest(
      from: from, to: to, strategies: strategyArguments(request.strategies ?? []), settings: settings,
      hooks: EvaluationHooks(following: progress))
    wish.isRefittedWeekly = request.weekly ?? false
    wish.resume = true
    let report = try compareStrategies(wish)
    return JobOutcome(result: try encodedDocument(report), table: Data(report.table.utf8))
  }

  private func requestedDay(_ request: JobRequest) throws -> MarketDay {
    guard let day = request.day else { throw DeskProblem(.badData, "Name the market day.") }
    return day
  }

  private func requestedRange(_ request: JobRequest) throws -> (MarketDay, MarketDay) {
    guard let from = request.from, let to = request.to else {
      throw DeskProblem(.badData, "A backtest needs from and to.")
    }
    return (from, to)
  }
}

extension EvaluationHooks {
  /// Tells the share that is done; no clock, no sentences of its own.
  fileprivate init(following progress: @escaping @Sendable (Double) -> Void) {
    self.init(
      progress: { done, all in progress(Double(done) / Double(max(all, 1))) }, say: { _ in },
      stopwatch: { ProcessInfo.processInfo.systemUptime })
  }
}
