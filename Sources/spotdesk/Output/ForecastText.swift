import MarketModel
import TradingDesk

/// A forecast as a trader reads it in a terminal.
struct ForecastText {
  let colours: TerminalColours

  func rendered(_ report: ForecastReport) -> String {
    var text = colours.bold("SpotDesk · price forecast for \(report.day)") + " · \(report.provenance.rulePack)\n"
    text += colours.simulatedMarket(report.simulated)
    text += "day-ahead price in \(report.currency)/MWh"
    text += "; the point forecast is the median, 50 %"
    text += report.intervalMinutes < 60 ? "; a row is the mean of an hour's intervals\n" : "\n"
    text += "  \(report.intervalEnd.first ?? "") \(Sparkline.line(report.point, width: 48)) "
    text += "\(report.intervalEnd.last ?? "")\n\n"
    text += hours(report) + "\n" + colours.bold("Models") + "\n" + table(report.models, "\(report.currency)/MWh")
    return text + madeFrom(report.provenance, report.notes)
  }

  func rendered(_ report: ForecastModelsReport) -> String {
    report.forecasts.map { made in
      colours.bold("Forecast of \(made.target.rawValue) for \(report.day)")
        + " · \(made.program), rules \(made.rulePack), data as of \(made.dataAsOf), hash \(made.dataHash.prefix(16)),"
        + " seed \(made.seed), \(made.scenarios) scenarios\n" + table(made.models, made.target.unit)
    }.joined(separator: "\n")
  }

  private func hours(_ report: ForecastReport) -> String {
    let hasFloor = !report.probabilityAtFloor.isEmpty
    var table = TextTable(
      ["until", "mean", "10 %", "50 %", "90 %"] + (hasFloor ? ["P(floor)"] : []) + ["yesterday"],
      alignments: [.left] + Array(repeating: .right, count: hasFloor ? 6 : 5))
    let levels = [0.1, 0.5, 0.9].map { level in
      report.quantiles[report.probabilities.firstIndex { abs($0 - level) < 0.005 } ?? 0]
    }
    let width = max(60 / report.intervalMinutes, 1)
    for start in stride(from: 0, to: report.point.count, by: width) {
      let rows = start..<min(start + width, report.point.count)
      func mean(_ values: [Double]) -> Double? {
        values.count < rows.upperBound ? nil : values[rows].reduce(0, +) / Double(rows.count)
      }
      func price(_ values: [Double]) -> String { mean(values).map { NumberText.grouped($0, decimals: 1) } ?? "–" }
      let floor = mean(report.probabilityAtFloor).map { NumberText.grouped($0 * 100) + " %" } ?? "–"
      table.append(
        [report.intervalEnd[rows.upperBound - 1], price(report.expected)] + levels.map { price($0) }
          + (hasFloor ? [floor] : []) + [price(report.sameAsYesterday)])
    }
    return table.rendered()
  }

  func table(_ models: [ForecastModelRecord], _ unit: String) -> String {
    var table = TextTable(
      ["model", "version", "window days", "features", "weight", "held-out MAE, \(unit)"],
      alignments: [.left, .left, .right, .right, .right, .right])
    for model in models {
      table.append([
        model.name, model.version, "\(model.windowDays)", "\(model.features)",
        NumberText.grouped(model.weight * 100, decimals: 1) + " %",
        NumberText.grouped(model.heldOutMeanAbsoluteError, decimals: 2),
      ])
    }
    return table.rendered()
  }

  func madeFrom(_ used: ForecastReport.Provenance, _ notes: [String]) -> String {
    var text = "\n" + colours.bold("Made from") + " \(used.program); rules \(used.rulePack) (\(used.rulePackSource));\n"
    text += "  data as of \(used.dataAsOf) (\(used.informationCutoff)), hash \(used.dataHash.prefix(16));"
    text += " seed \(used.seed), \(used.scenarios) scenarios, \(used.scenariosWritten) written\n"
    for note in notes { text += "  note: \(note)\n" }
    return text
  }
}
