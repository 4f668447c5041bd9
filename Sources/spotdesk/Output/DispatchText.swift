import Foundation
import TradingDesk

/// Dispatched cases as one table for people.
struct DispatchText {
  let reports: [DispatchReport]

  func rendered() -> String {
    let hasPublished = reports.contains { $0.published != nil }
    let titles =
      ["case", "buses", "objective", "lmp min", "lmp max", "congested", "seconds", "audit"]
      + (hasPublished ? ["published", ""] : [])
    var table = TextTable(
      titles, alignments: titles.map { ["case", "audit", ""].contains($0) ? .left : .right })
    for report in reports {
      table.append(
        [
          report.case, String(report.buses), String(format: "%.4e", report.objective),
          shown(report.lmp.min, decimals: 2),
          shown(report.lmp.max, decimals: 2), String(report.congestedBranches), shown(report.seconds, decimals: 2),
          report.audit == "passed" ? "passed" : "failed",
        ] + (hasPublished ? [report.published ?? "–", report.agrees.map { $0 ? "equal" : "differs" } ?? ""] : []))
    }
    return table.rendered(indent: "  ")
  }
}
