import Foundation
import TradingDesk

/// A table of solved instances.
struct CommitmentText {
  let evaluations: [CommitmentEvaluation]

  func rendered() -> String {
    var table = TextTable(
      ["instance", "units", "intervals", "cost", "bound", "gap %", "s", "ended", "audit"],
      alignments: [.left, .right, .right, .right, .right, .right, .right, .left, .left])
    for evaluation in evaluations {
      table.append([
        evaluation.instance, "\(evaluation.thermalUnits)", "\(evaluation.intervals)",
        String(format: "%.2f", evaluation.objective), String(format: "%.2f", evaluation.bound),
        String(format: "%.4f", 100 * evaluation.gap), String(format: "%.1f", evaluation.seconds), evaluation.status,
        evaluation.audit,
      ])
    }
    return table.rendered()
  }
}
