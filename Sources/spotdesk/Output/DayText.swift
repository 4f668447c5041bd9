import Foundation
import TradingDesk

/// The prepared day as a trader reads it in a terminal.
struct DayText {
  let report: DayReport
  let colours: TerminalColours
  static let unitsPerBlock = 6

  func rendered() -> String {
    [header, forecast + fuelAndDuties, segments, results, compliance, provenance].joined(separator: "\n")
  }

  private var header: String {
    var text = colours.bold("SpotDesk · bids for \(report.day)") + " · \(report.provenance.rulePack)\n"
    text += colours.simulatedMarket(report.simulated)
    return text
  }

  private var forecast: String {
    let prices = report.forecast
    let unit = "\(report.currency)/MWh"
    let mean = prices.expected.reduce(0, +) / Double(max(prices.expected.count, 1))
    let spark = Sparkline.line(prices.expected, width: 48)
    func extreme(_ pick: ([Double]) -> Double?) -> String {
      guard let value = pick(prices.expected), let index = prices.expected.firstIndex(of: value) else { return "" }
      return "\(NumberText.grouped(value, decimals: 1)) at \(prices.intervalEnd[index])"
    }
    let floorHours = prices.probabilityAtFloor.reduce(0, +) * Double(prices.intervalMinutes) / 60
    return """
      Day-ahead price, expected (\(unit)): mean \(NumberText.grouped(mean, decimals: 1)), lowest \(extreme { $0.min() }), \
      highest \(extreme { $0.max() }); at the bid floor or below for \(NumberText.grouped(floorHours, decimals: 1)) h expected
        \(prices.intervalEnd.first ?? "") \(spark) \(prices.intervalEnd.last ?? "")

      """
  }

  private var fuelAndDuties: String { report.fuelAndDuties.map { colours.warning("▲ ") + $0 + "\n" }.joined() }

  /// The ten-segment table, units side by side.
  private var segments: String {
    var text = colours.bold("Optimised offers") + " · to MW @ \(report.currency)/MWh, incremental\n"
    var start = 0
    while start < report.units.count {
      let block = Array(report.units[start..<min(start + DayText.unitsPerBlock, report.units.count)])
      var table = TextTable(
        ["seg"] + block.flatMap { ["\($0.unit)", "price"] },
        alignments: [.right] + block.flatMap { _ in [TextTable.Alignment.right, .right] })
      for number in 0..<(block.map(\.optimised.segments.count).max() ?? 0) {
        table.append(
          ["\(number + 1)"]
            + block.flatMap { unit -> [String] in
              guard number < unit.optimised.segments.count else { return ["", ""] }
              let segment = unit.optimised.segments[number]
              return [NumberText.plain(segment.toMW), NumberText.plain(segment.pricePerMWh)]
            })
      }
      table.rule()
      table.append(["on"] + block.flatMap { [onLineText($0.optimised), ""] })
      text += table.rendered() + "\n"
      start += DayText.unitsPerBlock
    }
    return text
  }

  /// Hours declared on line.
  private func onLineText(_ offer: DayReport.OfferView) -> String {
    let hours = 24 * Double(offer.plannedMW.count { $0 > 0 }) / Double(max(offer.plannedMW.count, 1))
    return hours == 0 ? "off" : NumberText.plain(hours) + " h"
  }

  /// Standard beside optimised.
  private var results: String {
    let money = "10,000 \(report.currency)"
    var table = TextTable(
      [
        "unit", "std MWh", "revenue", "profit", "opt MWh", "revenue", "profit", "10 %", "90 %", "difference", "light",
      ], alignments: [.left] + Array(repeating: .right, count: 9) + [.left])
    for unit in report.units {
      table.append(
        row(
          "\(unit.unit)", unit.standard.clearedEnergyMWh.mean, unit.standard.revenue.mean, unit.standard.profit.mean,
          unit.optimised.clearedEnergyMWh.mean, unit.optimised.revenue.mean, unit.optimised.profit.mean,
          unit.optimised.profit.low, unit.optimised.profit.high) + [light(unit)])
    }
    table.rule()
    let (standard, optimised) = (report.fleet.standard, report.fleet.optimised)
    table.append(
      row(
        "fleet", standard.clearedEnergyMWh.mean, standard.revenue.mean, standard.profit.mean,
        optimised.clearedEnergyMWh.mean, optimised.revenue.mean, optimised.profit.mean, optimised.profit.low,
        optimised.profit.high) + [""])
    return colours.bold("Expected, standard beside optimised") + " · cleared energy net, money in \(money)\n"
      + table.rendered()
  }

  private func row(_ name: String, _ values: Double...) -> [String] {
    let (standardProfit, optimisedProfit) = (values[2], values[5])
    return [
      name, NumberText.grouped(values[0]), NumberText.tenThousands(values[1]), NumberText.tenThousands(standardProfit),
      NumberText.grouped(values[3]), NumberText.tenThousands(values[4]), NumberText.tenThousands(optimisedProfit),
      NumberText.tenThousands(values[6]), NumberText.tenThousands(values[7]),
      NumberText.signed((optimisedProfit - standardProfit) / 10_000, decimals: 2),
    ]
  }

  private func light(_ unit: DayReport.UnitView) -> String {
    if !unit.violations.isEmpty {
      return colours.bad("● " + unit.violations.map(\.id).joined(separator: " "))
    }
    return unit.unconfirmed.isEmpty ? colours.good("● green") : colours.good("●") + " \(unit.unconfirmed.count) unknown"
  }

  private var compliance: String {
    let view = report.compliance
    var text = "\n" + colours.bold("Compliance") + " · \(report.provenance.rulePack): "
    text +=
      view.violated == 0
      ? colours.good("no bid violates a known rule") + " (\(view.bids) bids, \(view.checksPassed) checks passed)\n"
      : colours.bad("\(view.violated) of \(view.bids) bids violate a rule: do not submit") + "\n"
    for check in view.checks where check.violated > 0 {
      text +=
        "  \(colours.bad("●")) \(check.id) \(check.title)\(rule(check)): \(check.violated) violated. \(check.remark)\n"
    }
    let passed = view.checks.filter { $0.violated == 0 && $0.notEvaluated == 0 && $0.passed > 0 }
    for check in passed { text += "  \(colours.good("●")) \(check.id) \(check.title)\(rule(check))\n" }
    for check in view.checks where check.notEvaluated > 0 {
      let why = check.remark.replacingOccurrences(
        of: "rule pack \(report.provenance.rulePack) does not know", with: "unknown:")
      text += "  \(colours.warning("○")) \(check.id) \(check.title): not evaluated, \(cut(why, 96))\n"
    }
    return text
  }

  /// The rule that was applied with its clause, cut to a line; compliance.json has it whole.
  private func rule(_ check: DayReport.CheckSummary) -> String { check.rule.isEmpty ? "" : ": " + cut(check.rule, 96) }

  private func cut(_ text: String, _ length: Int) -> String {
    text.count <= length ? text : text.prefix(length - 1) + "…"
  }

  private var provenance: String {
    let used = report.provenance
    var text = "\n" + colours.bold("Made from") + " \(used.program); rules \(used.rulePack) (\(used.rulePackSource));\n"
    text += "  data as of \(used.dataAsOf) (\(used.informationCutoff)), hash \(used.dataHash.prefix(16));"
    text += " seed \(used.seed), \(used.scenarios) scenarios, risk aversion \(NumberText.plain(used.riskAversion))\n"
    text +=
      "  models: "
      + used.models.map {
        "\($0.name) \($0.version) (weight \(NumberText.plain(($0.weight * 100).rounded() / 100)), \($0.windowDays) days)"
      }.joined(separator: ", ") + "\n"
    text += "  initial states: \(used.initialStates)\n"
    if !report.unavailableUnits.isEmpty {
      text += "  not offered, no capacity available: \(report.unavailableUnits.map(\.text).joined(separator: ", "))\n"
    }
    for note in report.notes { text += "  note: \(note)\n" }
    return text
  }
}

/// Eight heights of a block, one for each column.
enum Sparkline {
  static func line(_ values: [Double], width: Int) -> String {
    guard let low = values.min(), let high = values.max(), !values.isEmpty else { return "" }
    let blocks = Array("▁▂▃▄▅▆▇█")
    return String(
      (0..<min(width, values.count)).map { column -> Character in
        let from = column * values.count / min(width, values.count)
        let to = max((column + 1) * values.count / min(width, values.count), from + 1)
        let mean = values[from..<to].reduce(0, +) / Double(to - from)
        let share = high > low ? (mean - low) / (high - low) : 0
        return blocks[min(Int(share * 8), 7)]
      })
  }
}
