internal import Forecasting
internal import MarketModel

/// The sum over several sites as one more site: what was forecast of each, added as joint samples (``RegionSum``), against the
/// sum of what came.
///
/// Test days are gone through in order; how sites move together is learned from the test days before. Points of models without
/// quantiles are added.
struct RegionRecords {
  static let name = "region"

  let site: EvaluatedSite
  /// What was assumed, in a sentence.
  let note: String

  /// nil if there is one site, or the sites have no day in common on which something came.
  init?(_ sites: [EvaluatedSite]) throws {
    guard sites.count > 1, let first = sites.first else { return nil }
    let names = first.records.first?.models.map(\.name) ?? []
    var sums: [String: RegionSum] = [:]
    var records: [RecordedDay] = []
    for (index, record) in first.records.enumerated() {
      let own = sites.compactMap { $0.records.indices.contains(index) ? $0.records[index] : nil }
      guard own.count == sites.count, own.allSatisfy({ $0.day == record.day }) else { continue }
      let actual = RegionRecords.sum(own.map(\.actual))
      var models: [RecordedModel] = []
      for name in names {
        let parts = own.compactMap { day in day.models.first { $0.name == name } }
        guard parts.count == sites.count else { continue }
        guard parts.allSatisfy({ $0.quantiles.count == 99 }) else {
          models.append(
            RecordedModel(ModelForecast(model: name, point: RegionRecords.sum(parts.map(\.point)))))
          continue
        }
        let forecasts = parts.map { ModelForecast(model: name, point: $0.point, quantiles: $0.quantiles) }
        var region = sums[name] ?? RegionSum(sites: sites.count, intervals: actual.count)
        let made = try region.forecast(forecasts)
        models.append(
          RecordedModel(ModelForecast(model: name, point: made.point, quantiles: made.quantiles)))
        try region.observe(forecasts, actuals: own.map(\.actual))
        sums[name] = region
      }
      records.append(RecordedDay(day: record.day, models: models, actual: actual))
    }
    guard records.contains(where: { $0.actual.contains(where: \.isFinite) }) else { return nil }
    site = EvaluatedSite(name: RegionRecords.name, records: records) { day in
      RegionRecords.sum(sites.map { $0.weekBefore(day) })
    }
    note =
      "region: the sum of \(sites.count) sites from joint samples of theirs; how they move together is learned from the test days before, and on the first \(RegionSum.leastTemplates) all are taken to rise together"
  }

  /// NaN where a row is.
  private static func sum(_ rows: [[Double]]) -> [Double] {
    guard let first = rows.first else { return [] }
    return first.indices.map { index in rows.reduce(0) { $0 + $1[index] } }
  }
}
