import MarketModel
import Testing

@testable import TradingDesk

@Suite("The region as the sum of its sites") struct RegionRecordsTests {
  private let monday = MarketDay(dayNumber: 18_001)

  /// Two intervals a day; a model with percentiles point ± (level − 50)/50 · band, and a path alone.
  private func site(_ name: String, _ actual: [[Double]], point: Double, band: Double) -> EvaluatedSite {
    let rows = (1...99).map { level in [Double](repeating: point + band * Double(level - 50) / 50, count: 2) }
    let path = [point, point]
    let records = actual.indices.map { day in
      RecordedDay(
        day: monday.advanced(by: day),
        models: [
          RecordedModel(name: "naive", point: path, quantiles: [], seconds: nil),
          RecordedModel(name: "ensemble", point: path, quantiles: rows, seconds: nil),
        ], actual: actual[day])
    }
    return EvaluatedSite(name: name, records: records) { _ in [point, point + 1] }
  }

  @Test("truths, paths and the week before add up; the first days' percentiles are those of sites that rise together")
  func sums() throws {
    let sites = [
      site("a", [[1, 2], [3, .nan]], point: 10, band: 4), site("b", [[10, 20], [30, 40]], point: 5, band: 1),
    ]
    let region = try #require(try RegionRecords(sites))
    #expect(region.site.name == "region" && region.note.contains("2 sites"))
    #expect(region.site.records[0].actual == [11, 22])
    #expect(region.site.records[1].actual[0] == 33 && region.site.records[1].actual[1].isNaN)
    #expect(region.site.weekBefore(monday) == [15, 17])
    let models = region.site.records[0].models
    #expect(models.map(\.name) == ["naive", "ensemble"] && models[0].point == [15, 15])
    // 90 %: 10 + 3.2 and 5 + 0.8 together.
    #expect(abs(models[1].quantiles[89][0] - 19) < 0.1 && abs(models[1].quantiles[9][1] - 11) < 0.1)
  }

  @Test("one site has no region; prices do not add up")
  func single() throws {
    #expect(try RegionRecords([site("a", [[1, 2]], point: 1, band: 1)]) == nil)
    #expect(EvaluatedTarget.allCases.filter(\.addsUp) == [.load, .wind, .solar])
  }
}
