import TradingDesk

extension OutcomeText {
  func rendered(_ report: HealthReport) -> String {
    var text = colours.bold("Health of \(report.workspace)") + " · \(report.program) · \(report.now)\n"
    let width = report.checks.map(\.name.rawValue.count).max() ?? 0
    for check in report.checks {
      let name = check.name.rawValue
      text += "\(mark(check.state)) \(name)\(String(repeating: " ", count: width - name.count))  \(check.finding)"
      text += check.remedy.isEmpty ? "\n" : " → \(check.remedy)\n"
    }
    let bad = report.checks.count { $0.state == .bad }
    let warnings = report.checks.count { $0.state == .warning }
    return text + (bad == 0 ? "healthy" : "\(bad) wrong") + (warnings == 0 ? "" : ", \(warnings) to look at") + "\n"
  }

  private func mark(_ state: HealthReport.State) -> String {
    switch state {
    case .good: colours.good("✓")
    case .warning: colours.warning("○")
    case .bad: colours.bad("●")
    case .unchecked: "–"
    }
  }

  func rendered(_ report: BackupReport) -> String {
    var text = "Backed up \(report.workspace) to \(report.archive): \(report.files) files, \(report.bytes) bytes.\n"
    text += "SHA-256 \(report.sha256)\n"
    if !report.removed.isEmpty { text += "Removed older: \(report.removed.joined(separator: ", "))\n" }
    if !report.leftOut.isEmpty { text += "Left out (links): \(report.leftOut.joined(separator: ", "))\n" }
    return text
  }

  func rendered(_ report: RestoreReport) -> String {
    let what =
      "\(report.backedUp) of \(report.createdAt) (\(report.program)): \(report.files) files, \(report.bytes) bytes"
    return report.workspace.isEmpty
      ? "\(report.archive) is whole: \(what), each as its SHA-256 says.\n"
      : "Restored \(report.workspace) from \(what).\nNext: spotdesk doctor --workspace \(report.workspace)\n"
  }
}
