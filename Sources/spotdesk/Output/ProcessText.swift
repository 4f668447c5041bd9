import TradingDesk

extension OutcomeText {
  func rendered(_ status: BidStatus) -> String {
    var text = colours.bold("Bids of \(status.day): \(status.stage.rawValue)")
    if !status.payload.isEmpty {
      text += " · \(status.units) units from \(status.source) · payload \(status.payload)"
    }
    text += "\n"
    for (word, name) in [("drafted by", status.maker), ("approved by", status.checker), ("sealed by", status.sealedBy)]
    where !name.isEmpty { text += "\(word) \(name)\n" }
    if !status.verdict.isEmpty { text += "checks: \(status.verdict)\n" }
    for name in status.blocks { text += colours.bad("● ") + "\(name) blocks\n" }
    for name in status.openStops { text += colours.bad("● ") + "\(name) stops; it may be overridden\n" }
    for entry in status.overrides {
      text += colours.warning("○ ") + "\(entry.check) \(entry.unit) overridden by \(entry.person): \(entry.reason)\n"
    }
    if !status.sealed.isEmpty { text += "sealed \(status.sealed)\n" }
    if !status.receipt.isEmpty { text += "receipt \(status.receipt)\n" }
    if !status.echo.isEmpty { text += "echo: \(status.echo)\n" }
    return text + "→ \(status.next)\n"
  }

  func rendered(_ report: EchoReport) -> String {
    var text = colours.bold("Echo of \(report.day)") + " · \(report.file)\nsealed \(report.sealed)\n"
    for sentence in report.differences { text += colours.bad("● ") + sentence + "\n" }
    return text
      + (report.isEqual ? "The platform shows what was sealed.\n" : "\(report.differences.count) differences.\n")
  }

  func rendered(_ report: GateReport) -> String {
    var text = colours.bold("Gates of \(report.day)") + " · \(report.pack) · \(report.zone) · now \(report.now)\n"
    if report.gates.isEmpty {
      text += "No gate is known.\n"
    } else {
      var table = TextTable(
        ["what", "closes", "UTC", "left", "state", "locks", "clause"],
        alignments: [.left, .left, .left, .right, .left, .left, .left])
      for row in report.gates {
        let alarm = row.alarm.isEmpty ? "" : " " + row.alarm
        table.append([
          row.name, row.rule, row.at, countdown(row.minutesLeft), row.state + alarm, row.locks.joined(separator: ", "),
          row.clause,
        ])
      }
      text += table.rendered()
    }
    if !report.unknown.isEmpty { text += colours.warning("○ ") + "gates: not known (\(report.unknown))\n" }
    return text + "If no bid is submitted, \(report.missingBid).\n"
  }

  /// "2 h 25 min", "−3 d 4 h".
  private func countdown(_ minutes: Int) -> String {
    let sign = minutes < 0 ? "−" : ""
    let (days, hours, rest) = (abs(minutes) / 1_440, abs(minutes) / 60 % 24, abs(minutes) % 60)
    if days > 0 { return "\(sign)\(days) d \(hours) h" }
    return hours > 0 ? "\(sign)\(hours) h \(rest) min" : "\(sign)\(rest) min"
  }

  func rendered(_ report: MissingBidReport) -> String {
    var table = TextTable(
      ["unit", "taken", "net MWh", "profit", "if submitted", "profit", "why", "curve"],
      alignments: [.left, .left, .right, .right, .right, .right, .left, .left])
    for row in report.units {
      table.append([
        row.unit, row.taken, row.energyMWh.map { NumberText.grouped($0) } ?? "–",
        row.profit.map(NumberText.tenThousands) ?? "–", NumberText.grouped(row.submittedEnergyMWh),
        NumberText.tenThousands(row.submittedProfit), row.reason, row.curve,
      ])
    }
    let loss = (report.profitIfSubmitted - report.profitIfMissing) / 10_000
    return colours.bold("If nothing is submitted for \(report.day)") + " · \(report.pack)\n"
      + "By the rules \(report.rule); profit in 10,000 \(report.currency)\n" + table.rendered()
      + "units with a known default: \(NumberText.tenThousands(report.profitIfMissing)) instead of"
      + " \(NumberText.tenThousands(report.profitIfSubmitted)), \(NumberText.signed(-loss, decimals: 2))\n"
      + report.assumptions.map { "○ \($0)\n" }.joined()
  }

  func rendered(_ report: AuditTrailReport) -> String {
    var table = TextTable(
      ["no.", "UTC", "day", "who", "what", "facts", "hash"],
      alignments: [.right, .left, .left, .left, .left, .left, .left])
    for entry in report.entries {
      let facts = entry.content.count > 80 ? entry.content.prefix(79) + "…" : entry.content
      table.append([
        "\(entry.sequence)", entry.at, entry.day, entry.actor, entry.action, String(facts),
        String(entry.hash.prefix(12)),
      ])
    }
    return table.rendered() + "head \(report.head)\n"
  }

  func rendered(_ found: AuditVerification) -> String {
    var text = ""
    for sentence in found.problems { text += colours.bad("● ") + sentence + "\n" }
    for sentence in found.remarks { text += colours.warning("○ ") + sentence + "\n" }
    let verdict = found.isIntact ? "The audit trail is intact" : "The audit trail was altered"
    return text + colours.bold(verdict) + ": \(found.entries) entries, head \(found.head)\n"
  }
}
