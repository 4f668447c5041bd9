/// The report of all checks of a submission for the eye: verdict, what to mend, every check, and the text of each clause.
struct SubmissionPage {
  /// So many violations are told in full; the workbook and the JSON document have all.
  static let largestViolationCount = 500

  let report: SubmissionDocument
  let program: String

  init(_ report: SubmissionDocument, program: String) {
    self.report = report
    self.program = program
  }

  func document() -> String {
    htmlPage(
      title: "SpotDesk compliance \(report.day) · \(report.pack)",
      style: """
        .verdict{font-size:22px;font-weight:700}
        .mend td{vertical-align:top}
        .mend td small{display:block;color:var(--quiet)}
        .formula{font-family:"Liberation Mono","DejaVu Sans Mono",Menlo,Consolas,monospace;font-size:12px;max-width:300px}
        .clauses td:nth-child(3){max-width:760px}
        """,
      header: header(),
      main: [
        violations(),
        checks(),
        clauses(),
      ].joined(separator: "\n"))
  }

  private var colour: String {
    switch report.verdict {
    case "refused": "red"
    case "accepted": "green"
    default: "amber"
    }
  }

  private func header() -> String {
    let facts = [
      ("Rule pack", report.pack), ("Bids", "\(report.bids)"), ("Violations", "\(report.violated)"),
      ("Passed", "\(report.passed)"), ("Not evaluated", "\(report.notEvaluated)"), ("Program", program),
    ]
    let title = element("div", [:], textElement("h1", "Compliance of the bids for \(report.day)"))
    let lamp = element(
      "p", ["class": "lamp verdict \(colour)"], "<i>●</i>" + textElement("b", report.verdict))
    let anchors =
      "<nav><a href=\"#violations\">Violations</a><a href=\"#checks\">All checks</a>"
      + "<a href=\"#clauses\">Clauses</a></nav>"
    return element(
      "header", [:],
      titleBlock(title, facts: facts) + lamp + anchors)
  }

  private func table(_ style: String, _ head: [(text: String, style: String)], _ rows: [String]) -> String {
    element(
      "div", ["class": "scroll", "tabindex": "0"],
      element(
        "table", ["class": "plain " + style],
        element("thead", [:], headRow(head)) + element("tbody", [:], rows.joined(separator: "\n"))))
  }

  private func violations() -> String {
    let found = report.results.filter { $0.result == "violated" }
    var content = ""
    if found.isEmpty {
      content += textElement("p", class: "quiet", "No check found a violation.")
    } else {
      let rows = found.prefix(SubmissionPage.largestViolationCount).map { row in
        element(
          "tr", ["class": row.severity == "warn" ? "check-amber" : "check-red"],
          textElement("td", class: "code", row.check) + textElement("td", row.severity)
            + textElement("td", class: "nowrap", row.unit)
            + cell(row.segment.map { "\($0)" } ?? row.interval ?? "")
            + element("td", [:], escaped(row.message) + element("small", ["lang": "zh"], escaped(row.messageChinese)))
            + textElement("td", row.clause))
      }
      content += table(
        "mend",
        [
          ("check", ""), ("severity", ""), ("unit", ""), ("segment", "figure"), ("what was found, what to do", ""),
          ("clause", ""),
        ], Array(rows))
      if found.count > rows.count {
        content += textElement("p", class: "quiet", "\(found.count - rows.count) more are in the other forms.")
      }
    }
    let remarks =
      report.suggestions.map {
        "\($0.unit): \($0.change) (\($0.removes.joined(separator: ", "))"
          + ($0.isSufficient ? "; the bid then passes)" : "; more is needed)")
      } + report.missingBids
    if !remarks.isEmpty {
      content += textElement("h3", "Suggestions and missing bids")
      content += element("ul", ["class": "notes"], remarks.map { textElement("li", $0) }.joined())
    }
    return section("violations", "Violations", "what stops the submission is red", content)
  }

  private func checks() -> String {
    let rows = report.tallies.map { tally in
      let isStop = tally.violated > 0 && tally.severity != "warn"
      let colour = isStop ? "red" : (tally.violated > 0 || tally.notEvaluated > 0 ? "amber" : "green")
      return element(
        "tr", ["class": "check-\(colour)"],
        textElement("td", class: "code", tally.check) + textElement("td", tally.title)
          + textElement("td", class: "formula", tally.formula) + textElement("td", tally.severity)
          + textElement("td", class: "nowrap", tally.stage) + cell(count(tally.passed))
          + cell(count(tally.violated), class: tally.violated > 0 ? "figure loss" : "figure")
          + cell(count(tally.notEvaluated), class: tally.notEvaluated > 0 ? "figure unknown" : "figure")
          + textElement("td", class: "remark", tally.openReason))
    }
    return section(
      "checks", "All checks", "over all bids; what cannot be judged has not passed",
      table(
        "checks",
        [
          ("check", ""), ("what it asks", ""), ("formula", ""), ("severity", ""), ("stage", ""), ("passed", "figure"),
          ("violated", "figure"), ("not judged", "figure"), ("why not", ""),
        ], rows))
  }

  private func count(_ number: Int) -> String { number == 0 ? "·" : readable(Double(number)) }

  private func clauses() -> String {
    let rows = report.appliedRules.map { rule in
      element(
        "tr", [:],
        textElement("td", rule.source.name) + textElement("td", class: "nowrap", rule.source.value)
          + textElement("td", rule.source.clause) + textElement("td", rule.source.confidence)
          + textElement("td", class: "code", rule.checks.joined(separator: " ")))
    }
    return section(
      "clauses", "Clauses", "the rules that were read, as \(report.pack) cites them",
      table("clauses", [("rule", ""), ("value", ""), ("clause", ""), ("confidence", ""), ("checks", "")], rows))
  }
}
