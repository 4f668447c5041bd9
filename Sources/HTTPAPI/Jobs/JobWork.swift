internal import Foundation
internal import MarketModel
internal import TradingDesk

/// What a job leaves: the address of a resource, or bytes of its own.
struct JobOutcome {
  var url: String?
  var result: Data?
}

extension TradingDesk {
  /// Does the work of a job on the calling thread; the same use cases as the commands, with the same defaults.
  func perform(_ job: JobRecord) throws -> JobOutcome {
    let request = job.request
    let settings = DaySettings(
      seed: request.seed ?? 1, scenarios: request.scenarios ?? 200, riskAversion: request.riskAversion ?? 0.1,
      threads: 1)
    switch job.kind {
    case .day:
      let outcome = try prepareDay(request.day, portfolioFile: nil, rules: nil, settings: settings)
      return JobOutcome(url: "/api/v1/days/\(outcome.report.day)/bids")
    case .forecast:
      let outcome = try forecastDay(
        request.day, rules: nil,
        settings: ForecastSettings(seed: settings.seed, scenarios: settings.scenarios, threads: 1), keptScenarios: nil)
      return JobOutcome(url: "/api/v1/days/\(outcome.report.day)/forecasts/price")
    case .clear:
      return JobOutcome(url: "/api/v1/days/\(try clearDay(try requestedDay(request)).day)/clearing")
    case .review:
      let day = try requestedDay(request)
      _ = try review(ReviewRequest(days: MarketDayRange(day, through: day), threads: 1))
      return JobOutcome(url: "/api/v1/days/\(day)/review")
    case .backtest:
      guard let from = request.from, let to = request.to else {
        throw DeskProblem(.badData, "A backtest needs from and to.")
      }
      let report = try backtest(from: from, through: to, portfolioFile: nil, settings: settings)
      return JobOutcome(result: try encodedDocument(report))
    }
  }

  private func requestedDay(_ request: JobRequest) throws -> MarketDay {
    guard let day = request.day else { throw DeskProblem(.badData, "Name the market day.") }
    return day
  }
}
