internal import Foundation
internal import Spreadsheets

extension StrategiesReport {
  private var names: [String] { rows.map(\.strategy) }

  /// The comparison as a workbook; money in currency units.
  var workbook: Spreadsheet {
    Spreadsheet(sheets: [
      strategySheet, upliftSheet, settlementSheet, attributionSheet, monthSheet, unitSheet, levelSheet, daySheet,
      lostSheet, sourceSheet,
    ])
  }

  private static func cell(_ value: Double?) -> SheetCell { value.map { .number($0) } ?? .empty }

  private static func money(_ count: Int) -> [SheetColumn] {
    Array(repeating: SheetColumn(width: 18, format: .number(decimals: 2, isGrouped: true)), count: count)
  }

  private var strategySheet: Sheet {
    Sheet(
      name: "strategies",
      rows: [
        [
          "strategy", "parameters", "profit", "% of perfect foresight", "per MWh", "% of revenue", "MWh", "starts",
          "start cost", "CVaR 5 % of days", "largest drawdown", "violated bids",
        ]
      ]
        + rows.map {
          [
            .text($0.strategy), .text($0.summary), .number($0.result.profit),
            Self.cell($0.result.shareOfPerfectForesight),
            Self.cell($0.result.profitPerMWh), Self.cell($0.result.percentOfRevenue), .number($0.result.energyMWh),
            .number(Double($0.result.starts)), .number($0.startCost), .number($0.result.conditionalValueAtRisk_5),
            .number($0.largestDrawdown), .number(Double($0.result.violatedBids)),
          ]
        }, columns: [SheetColumn(width: 26), SheetColumn(width: 40)] + Self.money(10))
  }

  private var upliftSheet: Sheet {
    let rows = rows.flatMap { row in
      [("standard", row.upliftOverStandard), ("cost-plus-lear", row.upliftOverCostPlusLear)].compactMap {
        name, uplift -> [SheetCell]? in
        uplift.map {
          [
            .text(row.strategy), .text(name), .number($0.amount), Self.cell($0.low), Self.cell($0.high),
            Self.cell($0.perMWh),
            Self.cell($0.percentOfMargin), Self.cell($0.percentOfRevenue), .number(Double($0.daysLost)),
          ]
        }
      }
    }
    return Sheet(
      name: "uplift",
      rows: [
        [
          "strategy", "over", "uplift", "low (95 %)", "high (95 %)", "per MWh", "% of margin", "% of revenue",
          "days lost",
        ]
      ] + rows, columns: [SheetColumn(width: 26), SheetColumn(width: 16)] + Self.money(7))
  }

  private var settlementSheet: Sheet {
    Sheet(
      name: "settlement",
      rows: [
        ["strategy", "energy revenue", "operating cost", "start cost", "profit", "contracts for difference", "total"]
      ]
        + rows.map {
          let own = $0.settlement
          return [
            .text($0.strategy), .number(own.energyRevenue), .number(own.operatingCost), .number(own.startCost),
            .number(own.profit), .number(own.contractPayoff), .number(own.total),
          ]
        }, columns: [SheetColumn(width: 26)] + Self.money(6))
  }

  private var attributionSheet: Sheet {
    Sheet(
      name: "attribution",
      rows: [["strategy", "perfect foresight", "hours on line and starts", "output on line", "profit"]]
        + rows.compactMap { row in
          row.attribution.map {
            [
              .text(row.strategy), .number($0.perfectForesight), .number($0.commitment), .number($0.output),
              .number(row.settlement.profit),
            ]
          }
        }, columns: [SheetColumn(width: 26)] + Self.money(4))
  }

  private var monthSheet: Sheet {
    Sheet(
      name: "months",
      rows: [["month"] + names.map { .text($0) }]
        + months.enumerated().map { index, month in
          [.text(month)] + rows.map { .number($0.monthlyProfits[index]) }
        }, columns: [SheetColumn(width: 10)] + Self.money(names.count))
  }

  private var unitSheet: Sheet {
    Sheet(
      name: "units",
      rows: [["unit", "plant"] + names.map { .text($0) }]
        + unitProfits.map { [.text($0.unit), .text($0.plant)] + $0.profits.map { .number($0) } },
      columns: [SheetColumn(width: 10), SheetColumn(width: 10)] + Self.money(names.count))
  }

  private var levelSheet: Sheet {
    let shown = rows.filter { !$0.levels.isEmpty }
    return Sheet(
      name: "price levels",
      rows: [["price per MWh"] + shown.flatMap { [.text("\($0.strategy), MWh"), .text("\($0.strategy), margin")] }]
        + priceLevels.enumerated().map { index, level in
          [.text(level)] + shown.flatMap { [.number($0.levels[index].energyMWh), .number($0.levels[index].margin)] }
        }, columns: [SheetColumn(width: 16)] + Self.money(2 * shown.count))
  }

  private var daySheet: Sheet {
    Sheet(
      name: "days",
      rows: [["day", "mean price per MWh"] + names.map { .text($0) }]
        + days.map { [.text("\($0.day)"), .number($0.meanPricePerMWh)] + $0.profits.map { .number($0) } },
      columns: [SheetColumn(width: 12), SheetColumn(width: 14)] + Self.money(names.count))
  }

  private var lostSheet: Sheet {
    Sheet(
      name: "days lost",
      rows: [["strategy", "day", "mean price per MWh", "difference", "why"]]
        + lostDays.map {
          [.text($0.strategy), .text("\($0.day)"), .number($0.meanPricePerMWh), .number($0.difference), .text($0.why)]
        },
      columns: [SheetColumn(width: 20), SheetColumn(width: 12)] + Self.money(2) + [
        SheetColumn(width: 90, wrapsText: true)
      ])
  }

  private var sourceSheet: Sheet {
    let facts = [
      ("run", provenance.run), ("program", provenance.program), ("command", provenance.command),
      ("workspace", provenance.workspace), ("digest of the inputs", provenance.dataHash),
      ("seed", "\(provenance.seed)"),
      ("scenarios", "\(provenance.scenarios)"), ("days", "\(from) to \(to)"),
      ("rules", rulePacks.joined(separator: ", ")),
      ("currency", currency), ("market", simulated ? "SIMULATED" : "as imported"),
    ]
    return Sheet(
      name: "provenance",
      rows: facts.map { [.text($0.0), .text($0.1)] } + notes.map { [.text("note"), .text($0)] }, headerRows: 0,
      columns: [SheetColumn(width: 22), SheetColumn(width: 110, wrapsText: true)])
  }
}
