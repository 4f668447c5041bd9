internal import Foundation
internal import MarketModel

/// The rows of the file of forecasts: one for each model, day and interval, with all quantiles side by side.
enum ForecastText {
  /// "model,day,interval,actual,point,q01,…,q99", after "site" where the data have sites.
  static func header(hasSites: Bool) -> String {
    let levels = (1...99).map { $0 < 10 ? "q0\($0)" : "q\($0)" }
    return ((hasSites ? ["site"] : []) + ["model", "day", "interval", "actual", "point"] + levels)
      .joined(separator: ",")
  }

  static func rows(_ record: RecordedDay, site: String?) -> String {
    var text = ""
    let day = record.day.description
    let actual = record.actual.map { $0.isFinite ? "\($0)" : "" }
    for model in record.models {
      for interval in model.point.indices {
        if let site { text += site + "," }
        text += "\(model.name),\(day),\(interval + 1),\(actual[interval]),"
        text += WrittenNumber(model.point[interval], digits: WrittenNumber.pointDigits).text
        if model.quantiles.isEmpty {
          text += emptyQuantiles
        } else {
          for row in model.quantiles {
            text += "," + WrittenNumber(row[interval], digits: WrittenNumber.quantileDigits).text
          }
        }
        text += "\n"
      }
    }
    return text
  }

  /// The text of each day under the header; lines that were cut short belong to the last one.
  static func days(of text: String) -> [MarketDay: Substring] {
    guard let headerEnd = text.firstIndex(of: "\n") else { return [:] }
    let column = text.hasPrefix("site,") ? 2 : 1
    var days: [MarketDay: Substring] = [:]
    var start = text.index(after: headerEnd)
    var current: MarketDay?
    var position = start
    while position < text.endIndex {
      let end = text.utf8[position...].firstIndex(of: 0x0A).map { text.utf8.index(after: $0) } ?? text.endIndex
      let cells = Substring(text.utf8[position..<end].prefix(160)).split(
        separator: ",", omittingEmptySubsequences: false)
      let day = cells.count > column + 1 ? MarketDay(cells[column]) : current
      if day != current {
        if let current { days[current] = text[start..<position] }
        (current, start) = (day, position)
      }
      position = end
    }
    if let current { days[current] = text[start...] }
    return days
  }

  /// A day read back from its rows.
  static func record(
    _ text: Substring, day: MarketDay, hasSites: Bool, actual: [Double]
  ) throws -> RecordedDay {
    let offset = hasSites ? 1 : 0
    var names: [String] = []
    var points: [[Double]] = []
    var quantiles: [[[Double]]] = []
    for line in text.utf8.split(separator: 0x0A) {
      let cells = line.split(separator: 0x2C, omittingEmptySubsequences: false).map { Substring($0) }
      guard cells.count == offset + 104 else {
        throw DeskProblem(.badData, "a row of \(day) in the file of forecasts is damaged; remove the partial file.")
      }
      let name = String(cells[offset])
      if names.last != name {
        names.append(name)
        points.append([])
        quantiles.append([])
      }
      points[points.count - 1].append(Double(cells[offset + 4]) ?? .nan)
      if !cells[offset + 5].isEmpty {
        quantiles[quantiles.count - 1].append(cells[(offset + 5)...].map { Double($0) ?? .nan })
      }
    }
    let models = names.indices.map { index in
      let rows = quantiles[index]
      let byLevel = rows.isEmpty ? [] : (0..<99).map { level in rows.map { $0[level] } }
      return RecordedModel(name: names[index], point: points[index], quantiles: byLevel, seconds: nil)
    }
    return RecordedDay(day: day, models: models, actual: actual)
  }

  private static let emptyQuantiles = String(repeating: ",", count: 99)
}
