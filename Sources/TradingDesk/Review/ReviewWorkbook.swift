public import Foundation
internal import Spreadsheets

/// The review as a workbook: the figures of the document, none of them made anew.
public func reviewWorkbook(_ report: ReviewReport) throws -> Data {
  try encodedWorkbook(ReviewWorkbook(report: report).spreadsheet)
}

private struct ReviewWorkbook {
  let report: ReviewReport

  var spreadsheet: Spreadsheet {
    Spreadsheet(sheets: [waterfall, units, days, figures, lost, findings, skill, stack, notes])
  }

  private static let money = SheetColumn(width: 16, format: .number(decimals: 2, isGrouped: true))
  private static let energy = SheetColumn(width: 14, format: .number(decimals: 3, isGrouped: true))
  private static let word = SheetColumn(width: 26)

  private func number(_ value: Double?) -> SheetCell { value.map { .number($0) } ?? .empty }

  private var waterfall: Sheet {
    Sheet(
      name: "waterfall",
      rows: [["step", "effect \(report.currency)", "level \(report.currency)"].map { .text($0) }]
        + report.waterfall.steps.map { step in
          let isLevel = step.step == "perfect-foresight" || step.step == "realised"
          return [.text(step.step), isLevel ? .empty : .number(step.amount), .number(step.after)]
        } + [[.text("unexplained"), .number(report.waterfall.unexplained), .empty]],
      columns: [ReviewWorkbook.word, ReviewWorkbook.money, ReviewWorkbook.money])
  }

  private var causes: [String] { report.waterfall.steps.dropFirst().dropLast().map(\.step) }

  private func effects(_ view: ReviewReport.WaterfallView) -> [SheetCell] {
    view.steps.dropFirst().dropLast().map { .number($0.amount) }
  }

  private var units: Sheet {
    let head = ["unit", "standard", "optimised", "perfect foresight"] + causes + ["realised", "lost MWh"]
    return Sheet(
      name: "units",
      rows: [head.map { .text($0) }]
        + (report.units + [report.fleet]).map { row in
          [
            .text(row.unit), .number(row.standard.profit), .number(row.optimised.profit),
            .number(row.perfectForesight.profit),
          ] + effects(row.waterfall) + [.number(row.waterfall.realised), .number(row.lostEnergy.totalMWh)]
        },
      columns: [ReviewWorkbook.word] + head.dropFirst(1).dropLast(1).map { _ in ReviewWorkbook.money }
        + [ReviewWorkbook.energy])
  }

  private var days: Sheet {
    let head =
      ["day", "rule pack", "standard", "optimised", "perfect foresight"] + causes + [
        "realised", "lost MWh", "most lost by",
      ]
    return Sheet(
      name: "days",
      rows: [head.map { .text($0) }]
        + report.days.map { row in
          [
            .text("\(row.day)"), .text(row.rulePack), .number(row.standardProfit), .number(row.optimisedProfit),
            .number(row.perfectForesightProfit),
          ] + effects(row.waterfall) + [.number(row.realised), .number(row.lostMWh), .text(row.worst ?? "")]
        },
      columns: [ReviewWorkbook.word, ReviewWorkbook.word]
        + head.dropFirst(2).dropLast(2).map { _ in ReviewWorkbook.money } + [
          ReviewWorkbook.energy, ReviewWorkbook.word,
        ])
  }

  private var figures: Sheet {
    Sheet(
      name: "figures",
      rows: [["figure", "value", "unit"]]
        + reviewMetricRows(report.metrics, currency: report.currency).map {
          [.text($0.name), number($0.value), .text($0.unit)]
        }
        + report.metrics.priceBands.map { [.text("win ratio, price band \($0.band)"), number($0.winRatio), "share"] }
        + report.metrics.winRatioByHour.enumerated().map {
          [.text("win ratio, hour \($0.offset)"), number($0.element), "share"]
        },
      columns: [SheetColumn(width: 48), SheetColumn(width: 18), SheetColumn(width: 12)])
  }

  private var lost: Sheet {
    Sheet(
      name: "lost energy",
      rows: [["cause", "MWh"]]
        + report.lostEnergy.causes.map { [.text($0.cause), .number($0.energyMWh)] } + [
          ["total", .number(report.lostEnergy.totalMWh)],
          ["delivered beyond perfect foresight", .number(report.lostEnergy.surplusMWh)],
        ],
      columns: [SheetColumn(width: 36), ReviewWorkbook.energy])
  }

  private var findings: Sheet {
    Sheet(
      name: "findings",
      rows: [["day", "unit", "cause", "amount", "why"]]
        + report.findings.map {
          [.text("\($0.day)"), .text($0.unit), .text($0.cause), .number($0.amount), .text($0.sentence)]
        },
      columns: [
        SheetColumn(width: 12), SheetColumn(width: 12), SheetColumn(width: 24), ReviewWorkbook.money,
        SheetColumn(width: 110, wrapsText: true),
      ])
  }

  private var skill: Sheet {
    Sheet(
      name: "price forecast",
      rows: [
        [
          "day", "MAE", "RMSE", "WAPE", "same as yesterday", "pinball", "80 % holds", "90 % holds", "direction",
          "peak time h",
          "skill",
        ]
      ]
        + report.skill.map {
          [
            .text("\($0.day)"), .number($0.mae), .number($0.rmse), number($0.wape), .number($0.sameAsYesterdayMae),
            .number($0.pinball), .number($0.coverage80), number($0.coverage90), .number($0.directionHit),
            .number($0.peakTimeErrorHours),
            number($0.skill),
          ]
        })
  }

  private var stack: Sheet {
    Sheet(
      name: "offers of the market",
      rows: [["bidding space MW", "before per MWh", "now per MWh", "change per MWh"]]
        + (report.stack?.points ?? []).map {
          [.number($0.biddingSpaceMW), .number($0.beforePerMWh), .number($0.nowPerMWh), .number($0.changePerMWh)]
        })
  }

  private var notes: Sheet {
    let title = report.from == report.to ? "\(report.from)" : "\(report.from) to \(report.to)"
    return Sheet(
      name: "notes",
      rows: [[.text("review of \(title)")], [.text("rules \(report.rulePack)")], [.text(report.waterfall.order)]]
        + (report.simulated ? [["simulated market"]] : []) + report.notes.map { [.text($0)] },
      columns: [SheetColumn(width: 120, wrapsText: true)])
  }
}
