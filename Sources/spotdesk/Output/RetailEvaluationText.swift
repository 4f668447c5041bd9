import TradingDesk

/// An evaluation of alerts as a table for people.
struct AlertsText {
  let report: AlertsReport

  func rendered() -> String {
    var table = TextTable(
      ["", "alerts", "precision", "recall", "false a year", "delay", "strict precision", "strict false"],
      alignments: [.left, .right, .right, .right, .right, .right, .right, .right])
    table.append([
      "alerts", String(report.alerts), figure(report.precision), figure(report.recall),
      figure(report.falseAlarmsPerCustomerYear), report.medianDelayDays.map { "\($0) d" } ?? "–",
      figure(report.precisionStrict), figure(report.falseAlarmsPerCustomerYearStrict),
    ])
    for (name, other) in [("fast stop", report.fastStop), ("naive ±50 %", report.naive), ("chance", report.chance)] {
      table.append([
        name, String(other.alerts), figure(other.precision), figure(other.recall),
        figure(other.falseAlarmsPerCustomerYear), other.medianDelayDays.map { "\($0) d" } ?? "–",
        figure(other.precisionStrict), figure(other.falseAlarmsPerCustomerYearStrict),
      ])
    }
    let kinds = report.byKind.map { "\($0.kind) \(figure($0.recall)) of \($0.events)" }.joined(separator: ", ")
    return
      "\(report.customers) customers, \(report.firstScoredDay) to \(report.lastDay), \(report.events) events, seed \(report.seed)\n"
      + table.rendered(indent: "  ") + "recall by kind: \(kinds); watched \(figure(report.watchedShare)), "
      + "real changes \(report.realChanges)\n" + report.notes.map { "note: \($0)\n" }.joined()
  }

  private func figure(_ value: Double) -> String { NumberText.grouped(value, decimals: 3) }
}

/// An evaluation of churn as a table for people.
struct ChurnText {
  let report: ChurnReport

  func rendered() -> String {
    var table = TextTable(
      ["split", "AUC", "PR-AUC", "lift 10 %", "Brier", "calibration error"],
      alignments: [.left, .right, .right, .right, .right, .right])
    table.append([
      report.split, figure(report.auc), figure(report.prAuc), figure(report.lift_10), figure(report.brier),
      figure(report.calibrationError),
    ])
    for side in report.otherSplits {
      table.append([
        side.split, figure(side.auc), figure(side.prAuc), figure(side.lift_10), figure(side.brier),
        figure(side.calibrationError),
      ])
    }
    return "\(report.trainingCustomers) customers teach, \(report.testCustomers) judge "
      + "(\(NumberText.grouped(100 * report.testChurnRate, decimals: 1)) % left), seed \(report.seed)\n"
      + table.rendered(indent: "  ") + report.notes.map { "note: \($0)\n" }.joined()
  }

  private func figure(_ value: Double) -> String { NumberText.grouped(value, decimals: 3) }
}
