import TradingDesk

/// Scores as a table for people, the highest first.
struct CustomerScoresText {
  let scores: [CustomerScoreReport]

  func rendered() -> String {
    let dimensions = ["economic_value", "risk_control", "market_responsiveness", "potential", "green_contribution"]
    var table = TextTable(
      ["customer", "total", "80 % band", "tier", "confidence"] + ["econ", "risk", "resp", "pot", "green"] + ["days"],
      alignments: [.left, .right, .left, .left, .left, .right, .right, .right, .right, .right, .right])
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
          } + [String(score.days)])
    }
    return table.rendered(indent: "  ") + "(n): not known well enough, not in the total\n"
  }
}

/// A name without control characters, so that a terminal only shows it.
func inert(_ text: String) -> String {
  String(text.unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : Character($0) })
}
