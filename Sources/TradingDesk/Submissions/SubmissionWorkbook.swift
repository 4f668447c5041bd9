internal import Spreadsheets

extension SubmissionDocument {
  /// The report as a workbook: verdict, violations, checks, clauses, and every answer.
  var workbook: Spreadsheet {
    Spreadsheet(sheets: [verdictSheet, violationSheet, checkSheet, clauseSheet, answerSheet])
  }

  private var verdictSheet: Sheet {
    var rows: [[SheetCell]] = [
      ["compliance report", ""], ["market day", .text("\(day)")], ["rule pack", .text(pack)],
      ["verdict", .text(verdict)], ["bids", .number(Double(bids))], ["violations", .number(Double(violated))],
      ["checks passed", .number(Double(passed))], ["not evaluated", .number(Double(notEvaluated))],
    ]
    rows += missingBids.map { ["missing bid", .text($0)] }
    rows += suggestions.map {
      ["suggestion", .text("\($0.unit): \($0.change) (\($0.removes.joined(separator: ", ")))")]
    }
    return Sheet(
      name: "verdict", rows: rows, columns: [SheetColumn(width: 20), SheetColumn(width: 100, wrapsText: true)])
  }

  private var violationSheet: Sheet {
    Sheet(
      name: "violations",
      rows: [["check", "severity", "unit", "segment", "interval", "message", "中文", "clause"]]
        + results.filter { $0.result == "violated" }.map { row in
          [
            .text(row.check), .text(row.severity), .text(row.unit), row.segment.map { .number(Double($0)) } ?? .empty,
            .text(row.interval ?? ""), .text(row.message), .text(row.messageChinese), .text(row.clause),
          ]
        },
      columns: [
        SheetColumn(width: 8), SheetColumn(width: 10), SheetColumn(width: 12), SheetColumn(width: 9),
        SheetColumn(width: 10), SheetColumn(width: 70, wrapsText: true), SheetColumn(width: 60, wrapsText: true),
        SheetColumn(width: 50, wrapsText: true),
      ])
  }

  private var checkSheet: Sheet {
    Sheet(
      name: "checks",
      rows: [
        ["check", "title", "formula", "severity", "stage", "passed", "violated", "not evaluated", "why not evaluated"]
      ]
        + tallies.map {
          [
            .text($0.check), .text($0.title), .text($0.formula), .text($0.severity), .text($0.stage),
            .number(Double($0.passed)), .number(Double($0.violated)), .number(Double($0.notEvaluated)),
            .text($0.openReason),
          ]
        },
      columns: [
        SheetColumn(width: 8), SheetColumn(width: 40, wrapsText: true), SheetColumn(width: 40, wrapsText: true),
        SheetColumn(width: 10), SheetColumn(width: 14), SheetColumn(width: 9), SheetColumn(width: 9),
        SheetColumn(width: 14), SheetColumn(width: 60, wrapsText: true),
      ])
  }

  private var clauseSheet: Sheet {
    Sheet(
      name: "clauses",
      rows: [["rule", "value", "clause", "confidence", "checks"]]
        + appliedRules.map {
          [
            .text($0.source.name), .text($0.source.value), .text($0.source.clause), .text($0.source.confidence),
            .text($0.checks.joined(separator: ", ")),
          ]
        },
      columns: [
        SheetColumn(width: 32), SheetColumn(width: 24), SheetColumn(width: 70, wrapsText: true),
        SheetColumn(width: 12), SheetColumn(width: 24),
      ])
  }

  private var answerSheet: Sheet {
    Sheet(
      name: "answers",
      rows: [
        ["unit", "check", "title", "segment", "interval", "result", "severity", "stage", "message", "values", "clause"]
      ]
        + results.map { row in
          [
            .text(row.unit), .text(row.check), .text(row.title), row.segment.map { .number(Double($0)) } ?? .empty,
            .text(row.interval ?? ""), .text(row.result), .text(row.severity), .text(row.stage), .text(row.message),
            .text(String(row.values.joined(separator: "; ").prefix(32_000))), .text(row.clause),
          ]
        },
      columns: [
        SheetColumn(width: 12), SheetColumn(width: 8), SheetColumn(width: 40), SheetColumn(width: 9),
        SheetColumn(width: 10), SheetColumn(width: 14), SheetColumn(width: 10), SheetColumn(width: 14),
        SheetColumn(width: 80), SheetColumn(width: 50), SheetColumn(width: 60),
      ])
  }
}
