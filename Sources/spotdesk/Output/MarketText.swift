import Foundation
import TradingDesk

/// Cleared days as one table for people.
struct MarketText {
  let report: MarketReport

  func rendered() -> String {
    let titles = [
      "day", "cost day-ahead", "real-time", "gap %", "lmp min", "mean", "max", "rt mean", "rt max", "curtailed MWh",
      "starts",
      "rent", "added", "s", "audit",
    ]
    var table = TextTable(titles, alignments: titles.map { ["day", "audit"].contains($0) ? .left : .right })
    for day in report.days {
      let seconds = day.seconds.commitment + day.seconds.prices + day.seconds.reliability + day.seconds.realTime
      let last = day.realTime ?? day.dayAhead
      let audits = [day.audit.commitment, day.audit.dayAhead, day.audit.reliability, day.audit.realTime]
      table.append([
        "\(day.day)", figure(day.dayAhead.cost), day.realTime.map { figure($0.cost) } ?? "–",
        figure(100 * day.gap, decimals: 3), figure(day.dayAhead.lmp.min, decimals: 2),
        figure(day.dayAhead.lmp.mean, decimals: 2), figure(day.dayAhead.lmp.max, decimals: 2),
        day.realTime.map { figure($0.lmp.mean, decimals: 2) } ?? "–",
        day.realTime.map { figure($0.lmp.max, decimals: 2) } ?? "–", figure(last.curtailedMWh), String(last.starts),
        figure(last.congestionRent), String(day.addedUnitHours), figure(seconds, decimals: 1),
        audits.allSatisfy { $0 == nil || $0 == "passed" } ? "passed" : "failed",
      ])
    }
    let total = report.total
    let real = total.realTimeCost.map { ", real-time \(figure($0))" } ?? ""
    return table.rendered(indent: "  ") + "cost day-ahead \(figure(total.dayAheadCost))\(real); mean gap "
      + "\(figure(100 * total.meanGap, decimals: 3)) %, largest \(figure(100 * total.largestGap, decimals: 3)) %; "
      + "\(figure(total.seconds, decimals: 1)) s; audit \(total.audit)\n"
  }

  private func figure(_ value: Double, decimals: Int = 0) -> String { NumberText.grouped(value, decimals: decimals) }
}
