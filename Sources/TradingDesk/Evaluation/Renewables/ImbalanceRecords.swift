internal import FlexibleAssets
internal import Foundation
internal import MarketData

/// A file of forecasts, outcomes and published revenues of bids, interval after interval (columns of `heftcom24_geb`).
struct ImbalanceRecords {
  let file: String
  let intervals: [ImbalanceBidder.Interval]
  /// Revenue of perfect foresight by interval.
  let perfect: [Double]
  /// Revenues of strategies that the file states, in the order of its columns.
  let published: [(name: String, revenue: [Double])]
  let spreadForecasts: [String]

  /// - Throws: `DeskProblem` naming the column or line.
  init(_ url: URL) throws {
    let table = try inDeskTerms { try readingExisting(url) { try TextRecords(csv: url) } }
    func fail(_ sentence: String) -> DeskProblem { DeskProblem(.badData, "\(table.file): \(sentence)") }
    let needed = ["power_true", "power_pred", "pd_true", "OptimalRevenue"]
    let missing = needed.filter { !table.header.contains($0) }
    guard missing.isEmpty else {
      throw fail("there is no column \(missing.joined(separator: ", ")); it needs \(needed.joined(separator: ", ")).")
    }
    let forecasts = table.header.filter { $0.hasPrefix("pd_pred") }.sorted()
    guard !forecasts.isEmpty else { throw fail("there is no forecast of the spread; name its column pd_pred.") }
    let strategies = table.header.filter { $0.hasPrefix("Revenue_") }
    guard !table.rows.isEmpty else { throw fail("there are no rows.") }
    func column(_ name: String) throws -> [Double] {
      try table.rows.map { row in
        let text = row[name].trimmingCharacters(in: .whitespaces)
        if text.isEmpty || ["nan", "na", "null"].contains(text.lowercased()) { return .nan }
        guard let value = Double(text), value.isFinite else {
          throw fail("line \(row.line), \(name): \"\(text.prefix(40))\" is no number.")
        }
        return value
      }
    }
    let (output, spread, outputForecast) = (try column("power_true"), try column("pd_true"), try column("power_pred"))
    let spreads = try forecasts.map(column)
    file = table.file
    spreadForecasts = forecasts
    perfect = try column("OptimalRevenue")
    published = try strategies.map { (String($0.dropFirst("Revenue_".count)), try column($0)) }
    intervals = output.indices.map { index in
      ImbalanceBidder.Interval(
        output: output[index], spread: spread[index], outputForecast: outputForecast[index],
        spreadForecasts: spreads.map { $0[index] })
    }
  }
}
