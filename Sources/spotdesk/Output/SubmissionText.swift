import TradingDesk

extension OutcomeText {
  /// Violations first, then what could not be judged, one line for each check.
  func rendered(_ document: SubmissionDocument) -> String {
    var text = colours.bold("Check of bids for \(document.day)") + " · \(document.pack)\n"
    for row in document.results where row.result == "violated" {
      text += colours.bad("● ") + "\(row.check) \(row.message)\n"
      text += "       \(row.messageChinese)\n"
    }
    var told: Set<String> = []
    for row in document.results where row.result == "not evaluated" && told.insert(row.check).inserted {
      let others = document.results.count { $0.check == row.check && $0.result == "not evaluated" } - 1
      let more = others > 0 ? " (and \(others) more)" : ""
      text += colours.warning("○ ") + "\(row.check) \(row.title): not evaluated\(more). \(row.message)\n"
    }
    for sentence in document.missingBids { text += colours.warning("○ ") + sentence + "\n" }
    for suggestion in document.suggestions {
      text += "→ \(suggestion.unit): \(suggestion.change) (\(suggestion.removes.joined(separator: ", "))"
      text += (suggestion.isSufficient ? "; the bid then passes" : "; more is needed") + ")\n"
    }
    text += "\(document.bids) bids: \(document.violated) violations, \(document.passed) checks passed,"
    return text + " \(document.notEvaluated) not evaluated · " + colours.bold(document.verdict) + "\n"
  }
}
