import TradingDesk

/// A test of market power as tables for people.
struct MarketPowerText {
  let report: MarketPowerReport

  func rendered() -> String {
    let owners = report.owners.map {
      "\($0.name) \(figure($0.capacityMW)) MW (\(figure(100 * $0.shareOfCapacity, 1)) %, \($0.role))"
    }
    let head =
      "demonstration province (simulated, seed \(report.provinceSeed)), \(report.from) to \(report.to), \(report.days) days, rules "
      + "\(report.rulePack)\n" + owners.joined(separator: ", ") + "\n"
      + "clearing the simulated offers again differs from the simulated prices by at most "
      + "\(figure(report.reproductionErrorPerMWh, 4)) per MWh\n"
    return head + rows() + report.equilibria.map { text(of: $0) }.joined()
      + report.notes.map { "note: \($0)\n" }.joined()
  }

  private func rows() -> String {
    let titles = [
      "cover", "offer", "profit", "own part over", "amount", "95 % interval", "% revenue", "price move %", "days lost",
      "RSI min", "above ceiling %", "impact max", "checks", "bids wrong",
    ]
    var table = TextTable(
      titles, alignments: titles.map { ["offer", "own part over", "checks"].contains($0) ? .left : .right })
    var cover: Double?
    for row in report.rows {
      if let before = cover, before != row.cover { table.rule() }
      cover = row.cover
      let screen = row.screen
      table.append([
        figure(100 * row.cover) + " %", row.policy, figure(row.profit), row.part?.over ?? "",
        row.part.map { NumberText.signed($0.amount, decimals: 0) } ?? "",
        row.part.map { NumberText.interval($0.low, $0.high) { figure($0) } } ?? "",
        row.part?.percentOfRevenue.map { NumberText.signed($0, decimals: 2) } ?? "",
        row.part.map { NumberText.signed($0.priceMovePercent, decimals: 2) } ?? "",
        row.part.map { String($0.daysLost) } ?? "", figure(screen.smallestResidualSupplyIndex, 3),
        screen.largestShareAboveCeiling.map { figure(100 * $0, 1) } ?? "–",
        screen.largestImpactPerMWh.map { figure($0, 1) } ?? "–",
        screen.verdict + (screen.daysBroken > 0 ? " (\(screen.daysBroken) days)" : ""), String(row.violatedBids),
      ])
    }
    return table.rendered(indent: "  ")
  }

  private func text(of play: MarketPowerReport.Equilibrium) -> String {
    let course = play.course.map { "\($0.round): \(figure($0.epsilonPercent, 3))" }.joined(separator: ", ")
    let last = play.course.last
    let regrets = zip(play.players, last?.regrets ?? []).map { "\($0) \(figure($1))" }.joined(separator: ", ")
    var table = TextTable(
      ["our offer", "rivals as simulated", "rivals at equilibrium", "mean price", "at equilibrium"],
      alignments: [.left, .right, .right, .right, .right])
    for row in play.robustness {
      table.append([
        row.policy, figure(row.rivalsAsSimulated), figure(row.rivalsAtEquilibrium), figure(row.meanPriceAsSimulated, 2),
        figure(row.meanPriceAtEquilibrium, 2),
      ])
    }
    return "play of \(play.day), \(figure(100 * play.cover)) % under contract, "
      + (play.isLimited ? "within the conduct limit" : "without limit")
      + ": ε in % of revenue by round \(course); regret of each \(regrets); "
      + (play.isWithinTolerance ? "within" : "not within") + " \(figure(play.tolerancePercent, 2)) %\n"
      + table.rendered(indent: "  ")
  }

  private func figure(_ value: Double, _ decimals: Int = 0) -> String { NumberText.grouped(value, decimals: decimals) }
}
