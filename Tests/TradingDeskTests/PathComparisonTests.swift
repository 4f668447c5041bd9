import Foundation
import MarketModel
import Testing

@testable import Forecasting
@testable import TradingDesk

/// The same percentiles and one path through each of three levels every day; a note on every third day.
private struct PathForecaster: WalkForwardForecaster, NotedForecaster {
  var notes: [String] = []
  var days = 0

  mutating func forecasts(for published: MarketDay) -> [ModelForecast] {
    notes = days % 3 == 0 ? ["the wind is missing"] : ["the wind is missing", "day \(days)"]
    days += 1
    let rows = (1...99).map { [Double](repeating: Double($0), count: 4) }
    return [
      ModelForecast(
        model: "ensemble", point: rows[49], quantiles: rows, paths: [20.0, 50, 80].flatMap { [$0, $0, $0, $0] })
    ]
  }

  mutating func observe(_ published: MarketDay, actual: [Double]) {}
}

@Suite("Scores of joint paths in an evaluation") struct PathComparisonTests {
  private let first = MarketDay(dayNumber: 18_000)

  /// Levels that move together within a day.
  private func truth(_ day: MarketDay) -> [Double] {
    let level = Double((day.dayNumber * 37) % 97 + 1)
    return (0..<4).map { level + Double($0) / 10 }
  }

  private func records(days: Int, _ journal: ForecastJournal? = nil, failing: MarketDay? = nil) throws -> [RecordedDay]
  {
    let run = WalkForwardRun(
      test: first...first.advanced(by: days - 1), models: nil, journal: journal,
      hooks: EvaluationHooks(progress: { _, _ in }, say: { _ in }, stopwatch: { 0 }), tick: {})
    return try run.records(
      PathForecaster(),
      over: DayFeed(
        days: first...first.advanced(by: days), intervals: 4, published: { $0 },
        actual: { $0 == failing ? [1, .nan, 1, 1] : truth($0) }))
  }

  @Test("energy and variogram score on worked numbers")
  func worked() {
    // Paths (0, 0) and (3, 4), truth (0, 0): 2.5 − 5/4; (√0 − ½·√1)².
    let score = PathScore("m", paths: [0, 0, 3, 4], actual: [0, 0])
    #expect(abs(score.energy - 1.25) < 1e-12 && abs(score.variogram - 0.25) < 1e-12)
  }

  @Test(
    "after twenty days both plain ways are scored too; means are over the days on which all are; independent is worse")
  func compared() throws {
    let records = try records(days: 60, failing: first.advanced(by: 30))
    #expect(records[19].pathScores.map(\.name) == ["ensemble"] && records[30].pathScores.isEmpty)
    #expect(records[20].pathScores.map(\.name) == ["ensemble", "scenarios-copula", "scenarios-schaake"])
    let tally = PathTally([EvaluatedSite(name: "", records: records) { _ in [] }])
    let scores = try tally.names.map { try #require(tally.scores(of: $0)) }
    #expect(scores.map(\.days) == [39, 39, 39])
    // The copula's correlation is drawn 5 % towards independence, the truth's levels move as one.
    #expect(scores[2].variogramScore < scores[1].variogramScore)
    #expect(tally.scores(of: "naive") == nil)
  }

  @Test("a run that is gone through again scores the same; the models stand before the combined one")
  func again() throws {
    let (one, two) = (try records(days: 40), try records(days: 40))
    #expect(one.map(\.pathScores) == two.map(\.pathScores))
    let sites = [EvaluatedSite(name: "", records: one) { _ in [.nan, .nan, .nan, .nan] }]
    let levels = LevelScale(sites)
    let models = ModelScores.all(
      ModelTally.names(in: sites).map { ModelTally($0, sites: sites, levels: levels) }, PathTally(sites), levels)
    #expect(
      models.map(\.name) == ["naive", "yesterday", "scenarios-copula", "scenarios-schaake", "ensemble"])
    let document = try encodedDocument(models)
    let read = try decodedDocument([ModelScores].self, from: document)
    #expect(try encodedDocument(read) == document)
    #expect(read[3].paths == models[3].paths && read[3].total.mae == nil && read[4].total.mae != nil)
  }

  @Test("a note is told on the day it comes up, not on every day it stands; fifty at the most")
  func notes() throws {
    let records = try records(days: 90)
    #expect(records[0].notes == ["the wind is missing"] && records[1].notes == ["day 1"] && records[3].notes == [])
    let notes = DayNotes([EvaluatedSite(name: "A", records: records) { _ in [] }])
    #expect(notes.first.count == 50 && notes.further == 61 - 50)
    #expect(notes.first[1].day == first.advanced(by: 1) && notes.first[1].site == "A")
  }
}
