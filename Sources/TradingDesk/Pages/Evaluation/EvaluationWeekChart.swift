internal import MarketModel

/// A week of forecasts: bands of quantiles, the point forecast, and what came.
struct EvaluationWeekChart {
  let week: EvaluationSamples.Week
  let unit: String

  private var perDay: Int { max(week.actual.count / max(week.days.count, 1), 1) }

  func svg() -> String {
    var canvas = ChartCanvas(
      width: 1400, height: 330, margins: .init(left: 74, right: 26, top: 26, bottom: 34),
      horizontal: 0...Double(max(week.actual.count, 1)), vertical: range)
    canvas.verticalAxis(ticks: roundTicks(in: range, about: 6))
    canvas.text(unit, x: 8, y: 14, class: "unit")
    let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    for (index, day) in week.days.enumerated() {
      let place = canvas.x(Double(index * perDay))
      canvas.rule(x1: place, y1: canvas.plotTop, x2: place, y2: canvas.plotBottom + 4, class: "grid")
      let middle = canvas.x((Double(index) + 0.5) * Double(perDay))
      canvas.text("\(weekdays[day.weekday - 1]) \(day)", x: middle, y: canvas.plotBottom + 20, anchor: "middle")
    }
    for (index, band) in week.bands.enumerated() {
      canvas.area(from: levelLine(band.low), to: levelLine(band.high), class: "band band-\(index + 1)")
    }
    for part in runs(week.point) { canvas.line(part, class: "expected") }
    for part in runs(week.actual) { canvas.line(part, class: "actual") }
    addReadings(to: &canvas)
    return canvas.svg(label: "\(week.title): forecast of \(week.model) and what came, in \(unit)")
  }

  func legend() -> String {
    let bands = week.bands.enumerated().map { index, band in
      legendKey("band-\(index + 1)", "central \(band.percent)\u{202F}%")
    }
    return element(
      "div", ["class": "legend"],
      (bands + [legendKey("expected", "\(week.model), point"), legendKey("actual", "what came")]).joined())
  }

  private var range: ClosedRange<Double> {
    let drawn = (week.actual + week.point + week.bands.flatMap { $0.low + $0.high }).filter(\.isFinite)
    guard let low = drawn.min(), let high = drawn.max() else { return 0...1 }
    let air = max((high - low) * 0.04, 1e-6)
    return low - air...high + air
  }

  /// Level lines over the intervals with a value, one for each run of them.
  private func runs(_ values: [Double]) -> [[ChartPoint]] {
    var runs: [[ChartPoint]] = [[]]
    for (index, value) in values.enumerated() {
      if value.isFinite {
        runs[runs.count - 1] += [
          ChartPoint(x: Double(index), y: value), ChartPoint(x: Double(index + 1), y: value),
        ]
      } else if runs[runs.count - 1].isEmpty == false {
        runs.append([])
      }
    }
    return runs
  }

  private func addReadings(to canvas: inout ChartCanvas) {
    let decimals = (range.upperBound - range.lowerBound) < 10 ? 3 : 1
    for index in week.actual.indices {
      let start = index % perDay * (1_440 / perDay)
      let clock = ClockTime.text(start)
      var parts = [
        "\(week.days[index / perDay]) \(clock): came \(readable(week.actual[index], decimals: decimals)) \(unit)",
        "forecast \(readable(week.point[index], decimals: decimals))",
      ]
      for band in week.bands {
        let ends = [band.low[index], band.high[index]].map { readable($0, decimals: decimals) }
        parts.append("\(band.percent)\u{202F}% \(ends[0])…\(ends[1])")
      }
      canvas.box(
        left: canvas.x(Double(index)), right: canvas.x(Double(index + 1)), top: canvas.plotTop,
        bottom: canvas.plotBottom, class: "reading", title: parts.joined(separator: " · "))
    }
  }
}

/// A sample of a mark with its meaning.
func legendKey(_ style: String, _ text: String) -> String {
  element("span", ["class": "key"], "<i class=\"swatch \(style)\"></i>" + escaped(text))
}
