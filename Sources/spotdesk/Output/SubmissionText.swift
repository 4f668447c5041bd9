import TradingDesk

extension OutcomeText {
  /// A table of what was found, a table of the checks that were answered otherwise than "passed", and the verdict.
  func rendered(_ document: SubmissionDocument) -> String {
    var text = colours.bold("Check of bids for \(document.day)") + " · \(document.pack)\n"
    let violated = document.results.filter { $0.result == "violated" }
    if !violated.isEmpty { text += violationTable(violated) + "\n" }
    let open = document.tallies.filter { $0.notEvaluated > 0 }
    if !open.isEmpty { text += openTable(open) + "\n" }
    for sentence in document.missingBids { text += colours.warning("○ ") + sentence + "\n" }
    for suggestion in document.suggestions {
      text += "→ \(suggestion.unit): \(suggestion.change) (\(suggestion.removes.joined(separator: ", "))"
      text += (suggestion.isSufficient ? "; the bid then passes" : "; more is needed") + ")\n"
    }
    text +=
      "\(document.bids) \(document.bids == 1 ? "bid" : "bids"): \(document.violated) violations, \(document.passed) checks passed,"
    return text + " \(document.notEvaluated) not evaluated · " + colours.bold(document.verdict) + "\n"
  }

  private func violationTable(_ rows: [SubmissionDocument.Row]) -> String {
    var table = TextTable(
      ["check", "severity", "unit", "violated: what to do"], alignments: [.left, .left, .left, .left])
    for row in rows {
      let lines = wrapped(row.message, to: 96) + wrapped(row.messageChinese, to: 96)
      for (number, line) in lines.enumerated() {
        table.append(number == 0 ? [row.check, row.severity, row.unit, line] : ["", "", "", line])
      }
    }
    return table.rendered()
  }

  private func openTable(_ tallies: [CheckTally]) -> String {
    var table = TextTable(
      ["check", "not evaluated", "times", "why"], alignments: [.left, .left, .right, .left])
    for tally in tallies {
      let lines = wrapped(tally.openReason, to: 80)
      for (number, line) in lines.enumerated() {
        table.append(number == 0 ? [tally.check, tally.title, "\(tally.notEvaluated)", line] : ["", "", "", line])
      }
    }
    return table.rendered()
  }
}

/// A text in lines of at most so many columns: broken at blanks, and anywhere in a script that has none.
func wrapped(_ text: String, to width: Int) -> [String] {
  var lines: [String] = []
  var line = ""
  for word in text.split(separator: " ") {
    if !line.isEmpty, displayWidth(line) + 1 + displayWidth(String(word)) > width {
      lines.append(line)
      line = ""
    }
    if !line.isEmpty { line += " " }
    for character in word {
      if displayWidth(line) + displayWidth(String(character)) > width {
        lines.append(line)
        line = ""
      }
      line.append(character)
    }
  }
  return lines + (line.isEmpty && !lines.isEmpty ? [] : [line])
}
