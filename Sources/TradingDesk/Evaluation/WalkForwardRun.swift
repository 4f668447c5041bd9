internal import Forecasting
internal import Foundation
internal import MarketModel

/// Lives through the calendar day by day: forecasts each test day, records the forecast, and only then asks what came.
struct WalkForwardRun {
  let test: ClosedRange<MarketDay>
  /// Models to record; nil for all.
  let models: Set<String>?
  /// Where the records go as they are made; nil to keep them in memory only.
  let journal: ForecastJournal?
  let hooks: EvaluationHooks
  /// Called after each test day.
  let tick: @Sendable () -> Void
  /// Seed of the paths that are drawn to compare with.
  var seed: UInt64 = 1

  /// Runs a forecaster over all days up to the last test day.
  ///
  /// After an interruption the forecaster takes over its last snapshot if it can, or else lives through all days again
  /// and must say the same as before.
  ///
  /// - Throws: `DeskProblem` or `ForecastingError`.
  func records<F: WalkForwardForecaster>(_ start: F, over feed: DayFeed<F.Published>) throws -> [RecordedDay] {
    var forecaster = start
    var naive = NaiveModels(intervals: feed.intervals)
    var comparison = PathComparison(seed: seed)
    var said: [String] = []
    var records: [RecordedDay] = []
    var first = feed.days.lowerBound
    if let (restored, day) = try restore(forecaster) {
      forecaster = restored
      said = (restored as? any NotedForecaster)?.notes ?? []
      for past in first...day { naive.observe(feed.actual(past)) }
      records = try journal?.records(through: day, actual: feed.actual) ?? []
      for _ in records { tick() }
      first = day.advanced(by: 1)
    }
    for day in first...max(first, test.upperBound) where day <= test.upperBound {
      let published = feed.published(day)
      if test.contains(day) {
        var made = naive.forecasts()
        made += try forecaster.forecasts(for: published).filter { model in !made.contains { $0.model == model.model } }
        let kept = made.filter { isWanted($0.model) }.map(RecordedModel.init)
        guard !kept.isEmpty else {
          let names = made.map(\.model).joined(separator: ", ")
          throw DeskProblem(.badData, "None of the models that were asked for was made; there are \(names).")
        }
        let notes = (forecaster as? any NotedForecaster)?.notes ?? []
        let past = (forecaster as? any ScenarioForecaster)?.pastScores
        let actual = feed.actual(day)
        let scores = comparison.scores(
          of: made.filter { isWanted($0.model) }, on: day, actual: actual, pastScores: past)
        let record = RecordedDay(
          day: day, models: kept, actual: actual, pathScores: scores, notes: notes.filter { !said.contains($0) })
        said = notes
        try journal?.write(record)
        records.append(record)
        tick()
      }
      let actual = feed.actual(day)
      try forecaster.observe(published, actual: actual)
      naive.observe(actual)
      if test.contains(day) { try journal?.keepSnapshot(of: forecaster, after: day) }
    }
    return records
  }

  /// "lear" stands for all of "lear-84" and "lear-1092".
  private func isWanted(_ model: String) -> Bool {
    guard let models else { return true }
    return models.contains(model) || models.contains { model.hasPrefix($0 + "-") }
  }

  private func restore<F: WalkForwardForecaster>(_ forecaster: F) throws -> (F, MarketDay)? {
    guard var restorable = forecaster as? any RestorableForecaster, let (day, data) = journal?.snapshot else {
      return nil
    }
    do {
      try restorable.restore(from: data)
    } catch {
      hooks.say("The state kept after \(day) is of no use: \(error). All days are lived through again.")
      return nil
    }
    return (restorable as? F).map { ($0, day) }
  }
}

/// The forecasts that need no model: the week before ("naive") and the day before ("yesterday").
struct NaiveModels {
  static let names = ["naive", "yesterday"]
  let intervals: Int
  private var past: [[Double]] = []

  init(intervals: Int) { self.intervals = intervals }

  mutating func observe(_ actual: [Double]) {
    past.append(actual)
    if past.count > 7 { past.removeFirst() }
  }

  func forecasts() -> [ModelForecast] {
    let unknown = [Double](repeating: .nan, count: intervals)
    return [
      ModelForecast(model: "naive", point: past.count == 7 ? past[0] : unknown),
      ModelForecast(model: "yesterday", point: past.last ?? unknown),
    ]
  }
}

/// Forecasts nothing, where only the naive models are asked for.
struct NoForecaster: WalkForwardForecaster {
  mutating func forecasts(for published: MarketDay) -> [ModelForecast] { [] }
  mutating func observe(_ published: MarketDay, actual: [Double]) {}
}
