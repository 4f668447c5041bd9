import TradingDesk

/// Scores as a table for people, the highest first.
struct CustomerScoresText {
  let scores: [CustomerScoreReport]

  func rendered() -> String {
    let dimensions = ["economic_value", "risk_control", "market_responsiveness", "potential", "green_contribution"]
    var table = TextTable(
      ["customer", "total", "80 % band", "tier", "confidence"] + ["econ", "risk", "resp", "pot", "green"]
        + ["days", "serve/MWh"],
      alignments: [.left, .right, .left, .left, .left, .right, .right, .right, .right, .right, .right, .right])
    for score in scores.sorted(by: { (-$0.total, $0.customer) < (-$1.total, $1.customer) }) {
      table.append(
        [
          inert(score.customer), NumberText.grouped(score.total, decimals: 1),
          score.band.map {
            NumberText.grouped($0.low, decimals: 1) + "–" + NumberText.grouped($0.high, decimals: 1)
          } ?? "–", score.tier + (score.pendingTier.map { " → \($0)?" } ?? ""), score.confidence,
        ]
          + dimensions.map { name in
            let text = NumberText.grouped(score.dimensions[name] ?? 50, decimals: 0)
            return score.insufficient.contains(name) ? "(\(text))" : text
          } + [
            String(score.days), score.costToServe?.perMWh.map { NumberText.signed($0, decimals: 2) } ?? "–",
          ])
    }
    return table.rendered(indent: "  ")
      + "(n): not known well enough, not in the total; serve/MWh: shape, imbalance, late bills and channel, a MWh\n"
  }
}

/// A name without control characters, so that a terminal only shows it.
func inert(_ text: String) -> String {
  String(text.unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : Character($0) })
}

/// An amount in 10,000, or a dash where the reader sees none.
private func tenThousands(_ amount: Double?) -> String { amount.map { NumberText.tenThousands($0) } ?? "–" }

/// Offers of packages as tables for people.
struct PackagesText {
  let report: PackagesReport

  func rendered() -> String {
    var table = TextTable(
      [
        "customer", "offer", "package", "bill 10,000", "P10–P90", "saving", "P(save)", "margin/MWh", "CVaR 95 10,000",
        "P(accept), assumed", "checks",
      ],
      alignments: [.left, .left, .left, .right, .right, .right, .right, .right, .right, .right, .left])
    for customer in report.customers.prefix(50) {
      for offer in customer.offers {
        table.append([
          offer.role == "present" ? inert(customer.customer) : "", offer.role, offer.package,
          NumberText.tenThousands(offer.expectedBill),
          NumberText.tenThousands(offer.billP10) + "–" + NumberText.tenThousands(offer.billP90),
          NumberText.tenThousands(offer.saving), NumberText.grouped(100 * offer.savingProbability) + " %",
          offer.marginPerMWh.map { NumberText.grouped($0, decimals: 2) } ?? "–", tenThousands(offer.marginCvar_95),
          NumberText.grouped(100 * offer.acceptanceAssumed) + " %",
          offer.findings.isEmpty ? "green" : offer.findings.map { "\($0.level) \($0.code)" }.joined(separator: ", "),
        ])
      }
      table.rule()
    }
    let more = report.customers.count > 50 ? "and \(report.customers.count - 50) more customers; --json has all\n" : ""
    return table.rendered(indent: "  ") + more
      + "proposals: \(report.proposals.count), expected gain \(tenThousands(report.expectedGain)) of at most "
      + "\(tenThousands(report.gainBound)) (10,000), CVaR of the change \(tenThousands(report.gainCvar_95))\n"
      + report.notes.map { "note: \($0)\n" }.joined()
  }
}

/// One customer for people.
struct CustomerText {
  let score: CustomerScoreReport

  func rendered() -> String {
    var table = TextTable(
      ["indicator", "", "value", "unit", "score", "median", "points"],
      alignments: [.left, .left, .right, .left, .right, .right, .right])
    for part in score.contributions.sorted(by: { abs($0.contribution) > abs($1.contribution) }) {
      table.append([
        part.indicator, "\(part.name) \(part.nameZh)", NumberText.grouped(part.value ?? 0, decimals: 2), part.unit,
        NumberText.grouped(part.score), NumberText.grouped(part.segmentMedian),
        NumberText.signed(part.contribution, decimals: 2),
      ])
    }
    let levers = score.levers.map { lever in
      "lever: \(lever.name) \(lever.nameZh) from \(lever.from.map { NumberText.grouped($0, decimals: 2) } ?? "not known") to "
        + "\(NumberText.grouped(lever.to, decimals: 2)) \(lever.unit) (\(NumberText.signed(lever.points, decimals: 1)) points): tier \(lever.tier)\n"
    }
    let past = score.history.map { "\($0.asOf) \(NumberText.grouped($0.total, decimals: 1)) \($0.tier)" }
    return "\(inert(score.customer)): \(score.sentenceEn)\n\(score.sentenceZh)\n" + table.rendered(indent: "  ")
      + levers.joined() + (past.isEmpty ? "" : "history: \(past.joined(separator: ", "))\n")
  }
}

/// Cases of load alerts as a table for people.
struct CustomerAlertsText {
  let report: CustomerAlertsReport

  func rendered() -> String {
    var table = TextTable(
      ["case", "severity", "status", "owner", "MWh a day", "change", "at stake, 10,000", "why"],
      alignments: [.left, .left, .left, .left, .right, .right, .right, .left])
    for entry in report.cases {
      table.append([
        inert(entry.id), entry.severity, entry.status, entry.owner.map(inert) ?? "",
        NumberText.plain(entry.baselineMWh) + " → " + NumberText.plain(entry.observedMWh),
        NumberText.signed(entry.changePercent, decimals: 0) + " %", tenThousands(entry.valueAtStake),
        inert(([entry.reason] + entry.evidence).joined(separator: "; ")),
      ])
    }
    return
      "\(report.customers) customers to \(report.lastDay), \(report.watchedCustomers) watched, \(report.cases.count) active cases, "
      + "\(report.resolved) resolved\n" + table.rendered(indent: "  ") + report.notes.map { "note: \($0)\n" }.joined()
  }
}
