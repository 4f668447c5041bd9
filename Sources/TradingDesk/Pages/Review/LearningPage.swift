internal import MarketModel

/// The page of strategies in shadow: the regret beside its bound, what following the champion brought, the weights, the changes.
struct LearningPage {
  let report: LearningReport

  func document() -> String {
    htmlPage(
      title: "SpotDesk strategy learning · \(report.from) to \(report.to)",
      isEvaluation: true,
      style: DayLinesChart.style,
      banner: simulatedBanner(report.simulated), header: header(),
      main: sections.map { section($0.identifier, $0.title, $0.subtitle, $0.content) }.joined(separator: "\n"))
  }

  private var sections: [(identifier: String, title: String, subtitle: String, content: String)] {
    let money = "10,000 \(report.currency)"
    return [
      (
        "regret", "Cumulative regret",
        "\(money), against \(report.best), the best fixed strategy in hindsight; below zero is ahead of it", regret()
      ),
      ("bound", "The bound", report.bound, bound()),
      (
        "following", "Following the champion", "played against every fixed strategy on the same days, \(money)",
        following()
      ),
      ("weights", "Weights", "of each strategy before the day, from the days before it alone", weights()),
      ("changes", "Changes of champion", report.guards, changes()),
      ("notes", "Notes and provenance", "enough to make this page again", provenance()),
    ]
  }

  private func header() -> String {
    let facts = [
      ("Days", "\(report.from) to \(report.to)"), ("Strategies", String(report.arms.count)),
      ("Champion", report.champion), ("Best in hindsight", report.best),
      marketFact(report.simulated),
    ]
    return pageHeader("Strategy iteration", facts: facts, links: sections.map { ($0.identifier, $0.title) })
  }

  private func regret() -> String {
    chart(
      [
        .init("played, the champion's offers", report.days.map { $0.playedRegret / 10_000 }, look: 1),
        .init("weights", report.days.map { $0.cumulativeRegret / 10_000 }, look: 2),
      ]
        + report.arms.enumerated().filter { $0.element.name != report.best }.map { number, arm in
          let less = report.days.map { ($0.profits[best] - $0.profits[number]) / 10_000 }
          return .init(arm.name, LearningPage.summed(less), look: number + 3)
        }, label: "Cumulative regret against \(report.best)")
  }

  private var best: Int { report.arms.firstIndex { $0.name == report.best } ?? 0 }

  private static func summed(_ values: [Double]) -> [Double] {
    var sum = 0.0
    return values.map {
      sum += $0
      return sum
    }
  }

  private func bound() -> String {
    chart(
      [
        .init("bound", report.days.map { $0.regretBound / 10_000 }, look: 1),
        .init("weights", report.days.map { $0.cumulativeRegret / 10_000 }, look: 2),
      ], label: "Regret of the weights beside its bound")
      + textElement(
        "p", class: "quiet",
        "After \(report.days.count) days: regret \(tenThousands(report.regret)), bound \(tenThousands(report.regretBound))."
      )
  }

  private func following() -> String {
    let rows = report.following.enumerated().map { number, row in
      [
        row.strategy, tenThousands(report.arms[number].profit), signed(row.uplift.amount / 10_000, decimals: 2),
        tenThousandsInterval(row.uplift.low, row.uplift.high),
        row.uplift.percentOfMargin.map { signed($0, decimals: 2) } ?? "–", String(row.daysChampion),
        tenThousands(row.regret), readable(report.arms[number].weight, decimals: 3),
      ]
    }
    let played = [
      "played", tenThousands(report.playedProfit), "", "", "", "", tenThousands(report.playedRegret), "",
    ]
    return plainTable(
      [
        "strategy", "profit", "played less this", "95 % interval", "% of its margin", "days champion", "regret",
        "weight at the end",
      ], words: 1, rows + [played])
  }

  private func weights() -> String {
    chart(
      report.arms.enumerated().map { number, arm in
        .init(arm.name, report.days.map { $0.weights[number] }, look: number + 3)
      },
      label: "Weights by day")
  }

  private func changes() -> String {
    report.changes.isEmpty
      ? textElement("p", "The champion was never changed: no challenger brought the evidence.")
      : plainTable(
        ["first day", "what", "from", "to", "reason"], words: 5,
        report.changes.map { ["\($0.day)", $0.kind, $0.from, $0.to, $0.reason] })
  }

  private func provenance() -> String {
    let source = report.provenance
    let facts = [
      ("run", source.run), ("command", source.command), ("program", source.program), ("workspace", source.workspace),
      ("digest of the inputs", source.dataHash), ("seed", String(source.seed)), ("scenarios", String(source.scenarios)),
    ]
    return element("ul", ["class": "notes"], report.notes.map { textElement("li", $0) }.joined())
      + provenanceList(facts)
  }

  private func chart(_ lines: [DayLinesChart.Line], label: String) -> String {
    let changed = report.days.indices.dropFirst().filter {
      report.days[$0].champion != report.days[$0 - 1].champion
    }
    return DayLinesChart(
      days: report.days.map(\.day), lines: lines, label: label, rules: changed
    ).figure()
  }
}
