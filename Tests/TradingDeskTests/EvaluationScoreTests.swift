import MarketModel
import Testing

@testable import TradingDesk

@Suite("Scores of an evaluation on worked numbers") struct EvaluationScoreTests {
  private let monday = MarketDay(dayNumber: 18_001)

  private func site(_ actual: [[Double]], _ point: [[Double]], band: Double? = nil) -> EvaluatedSite {
    let records = actual.indices.map { day in
      // Percentiles are point ± band·(level − 50)/50.
      let rows = band.map { band in (1...99).map { level in point[day].map { $0 + band * Double(level - 50) / 50 } } }
      return RecordedDay(
        day: monday.advanced(by: day),
        models: [RecordedModel(name: "m", point: point[day], quantiles: rows ?? [], seconds: Double(day))],
        actual: actual[day])
    }
    return EvaluatedSite(name: "", records: records) { day in
      day == monday ? [.nan, .nan] : [10, 10]
    }
  }

  private func tally(_ site: EvaluatedSite) -> ModelTally {
    ModelTally("m", sites: [site], levels: LevelScale([site]))
  }

  @Test("errors 2, −1, 0 and an unknown value")
  func points() {
    let result = tally(site([[10, 20], [12, .nan]], [[12, 19], [12, 5]]))
    #expect(result.total.count == 3)
    #expect(result.total.mae == 1)
    #expect(result.total.rmse == (5.0 / 3).squareRoot())
    // Only the second day has a week before it: own error 0, naive |10 − 12| = 2.
    #expect(result.total.rmae == 0)
    #expect(abs((result.total.mape ?? 0) - (20.0 + 5 + 0) / 3) < 1e-12)
    #expect(result.total.crps == nil && result.total.coverage80 == nil)
    #expect(result.dailyAbsolute[monday] == 1.5 && result.dailyAbsolute[monday.advanced(by: 1)] == 0)
    #expect(result.dailyPinball[monday]?.isNaN == true)
    #expect(result.secondsPerDay == 0.5)
  }

  @Test("the central intervals hold what lies inside them, ends included")
  func coverage() {
    // Band 50: the 10th percentile is point − 40, the 25th − 25, the 5th − 45.
    let result = tally(site([[100, 100]], [[140, 146]], band: 50))
    #expect(result.total.coverage50 == 0)
    #expect(result.total.coverage80 == 0.5)
    #expect(result.total.coverage90 == 0.5)
    // Widths 80; the second value lies 6 below: 80 + 2/0.2·6 = 140.
    #expect(abs((result.total.winkler80 ?? 0) - 110) < 1e-9)
  }

  @Test("a model that is silent on a day has no loss there; levels are tenths of what came")
  func silent() {
    let result = tally(site([[1, 2], [3, 4]], [[1, .nan], [3, 4]]))
    #expect(result.dailyAbsolute[monday]?.isNaN == true && result.dailyAbsolute[monday.advanced(by: 1)] == 0)
    let levels = LevelScale([site([[0, 10]], [[0, 0]])])
    #expect(levels.bounds.count == 9 && levels.group(of: 0) == 0 && levels.group(of: 10) == 9)
    #expect(levels.label(0) == "≤ 1" && levels.label(9) == "> 9")
    #expect(LevelScale([site([[5, 5]], [[0, 0]])]).bounds == [5])
  }
}

@Suite("Probabilities of events") struct EventScoreTests {
  private func record(_ day: Int, actual: Double, floorShare: Int) -> RecordedDay {
    // So many of the 99 percentiles lie on the floor of 0.
    let rows = (1...99).map { [$0 <= floorShare ? 0 : Double($0)] }
    return RecordedDay(
      day: MarketDay(dayNumber: day),
      models: [RecordedModel(name: "m", point: [1], quantiles: rows, seconds: nil)], actual: [actual])
  }

  @Test("the share of percentiles is the probability, climatology the share of earlier days")
  func brier() throws {
    let site = EvaluatedSite(
      name: "", records: [record(10, actual: 0, floorShare: 49), record(11, actual: 7, floorShare: 0)]
    ) { _ in [.nan] }
    let event = EvaluationEvent(bound: 0, isBelow: true)
    let scores = try #require(EventScores(event, sites: [site]) { _ in [[0], [5], [5], [.nan]] })
    #expect(scores.frequency == 0.5)
    // 49.5 % where it came, 0 where it did not: (0.505² + 0)/2.
    #expect(abs(scores.scores[0].brier - 0.505 * 0.505 / 2) < 1e-12)
    // One of three days before, then two of four: ((1/3 − 1)² + (1/2)²)/2.
    #expect(abs(scores.climatology - (4.0 / 9 + 0.25) / 2) < 1e-12)
    #expect(EvaluationEvent(bound: 50, isBelow: false).probability((1...99).map(Double.init)) == 0.505)
  }
}
