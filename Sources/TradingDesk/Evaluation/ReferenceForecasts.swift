internal import Foundation
internal import MarketData
internal import MarketModel

/// Forecasts that others published, one column for each model, beside the same days of an evaluation.
struct ReferenceForecasts {
  let file: EvaluationFile

  /// Reads a file in the layout of the benchmark's forecasts: the time, the real price, one column for each model.
  init(_ url: URL, formats: [EvaluationFormat]) throws {
    guard FileManager.default.fileExists(atPath: url.path) else {
      throw DeskProblem(.missingInput, "\(url.path) does not exist; name a file of published forecasts.")
    }
    file = try inDeskTerms { try EvaluationFile.read(url, formats: formats, format: "reference") }
  }

  /// The test days of one evaluated site with the published forecasts in place of its models.
  func records(like site: EvaluatedSite) throws -> EvaluatedSite {
    let table = file.tables[0]
    let records = try site.records.map { record in
      guard record.actual.count == table.intervals else {
        throw DeskProblem(
          .badData,
          "\(file.file) has \(table.intervals) intervals a day, the evaluated data have \(record.actual.count).")
      }
      let models = table.columns.map { column in
        RecordedModel(
          name: column.name, point: table.values(of: column, on: record.day), quantiles: [], seconds: nil)
      }
      return RecordedDay(day: record.day, models: models, actual: record.actual)
    }
    guard records.contains(where: { $0.models.contains { $0.point.contains(where: \.isFinite) } }) else {
      throw DeskProblem(
        .badData,
        "\(file.file) holds \(table.firstDay) to \(table.lastDay) and none of the test days; name another file.")
    }
    return EvaluatedSite(name: site.name, records: records, weekBefore: site.weekBefore)
  }
}
