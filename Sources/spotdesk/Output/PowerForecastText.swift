import MarketModel
import TradingDesk

extension ForecastText {
  /// A forecast of load, wind or solar power by hour, in MW.
  func rendered(_ report: PowerForecastReport) -> String {
    let name = report.target.rawValue
    var text = colours.bold("SpotDesk · \(name) forecast for \(report.day)") + " · \(report.provenance.rulePack)\n"
    text += colours.simulatedMarket(report.simulated)
    text += "\(name) of the market in \(report.unit); the point forecast is the median, 50 %"
    text += report.intervalMinutes < 60 ? "; a row is the mean of an hour's intervals\n" : "\n"
    text += "  \(report.intervalEnd.first ?? "") \(Sparkline.line(report.point, width: 48)) "
    text += "\(report.intervalEnd.last ?? "")\n\n"
    text += hours(report) + "\n" + colours.bold("Models") + "\n" + table(report.models, report.unit)
    return text + madeFrom(report.provenance, report.notes)
  }

  private func hours(_ report: PowerForecastReport) -> String {
    let shown = [0.01, 0.1, 0.5, 0.9, 0.99]
    var table = TextTable(
      ["until"] + shown.map { "\(Int($0 * 100)) %" } + [report.comparison],
      alignments: [.left] + Array(repeating: .right, count: shown.count + 1))
    let levels = shown.map { level in
      report.quantiles[report.probabilities.firstIndex { abs($0 - level) < 0.005 } ?? 0]
    }
    let width = max(60 / report.intervalMinutes, 1)
    for start in stride(from: 0, to: report.point.count, by: width) {
      let rows = start..<min(start + width, report.point.count)
      table.append(
        [report.intervalEnd[rows.upperBound - 1]]
          + (levels + [report.compared]).map { values in
            guard values.count >= rows.upperBound else { return "–" }
            return NumberText.grouped(values[rows].reduce(0, +) / Double(rows.count), decimals: 1)
          })
    }
    return table.rendered()
  }
}

extension ForecastTarget {
  /// The unit of its forecasts; the currency is the market's.
  var unit: String {
    switch self {
    case .dayAheadPrice, .realTimePrice: "currency/MWh"
    case .load, .wind, .solar: "MW"
    }
  }
}
