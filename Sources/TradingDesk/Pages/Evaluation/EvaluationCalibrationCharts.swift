/// Reliability diagram and PIT histogram.
struct EvaluationCalibrationCharts {
  let models: [(name: String, style: String, scores: ModelScores)]

  /// Observed share of values at or below each percentile over the nominal one; on the diagonal if reliable.
  func reliability(height: Double = 420) -> String {
    var canvas = ChartCanvas(
      width: 450, height: height, margins: .init(left: 52, right: 14, top: 26, bottom: 44), horizontal: 0...100,
      vertical: 0...100)
    let ticks = [0.0, 20, 40, 60, 80, 100]
    canvas.verticalAxis(ticks: ticks)
    for tick in ticks {
      canvas.text(readable(tick), x: canvas.x(tick), y: canvas.plotBottom + 16, anchor: "middle")
    }
    canvas.text("observed share at or below, %", x: 6, y: 14, class: "unit")
    canvas.text(
      "percentile", x: canvas.plotRight, y: canvas.plotBottom + 34, anchor: "end", class: "unit")
    canvas.line([ChartPoint(x: 0, y: 0), ChartPoint(x: 100, y: 100)], class: "target")
    for model in models.reversed() {
      let points = model.scores.observedFrequencies.enumerated().map { index, share in
        ChartPoint(x: Double(index + 1), y: share * 100)
      }
      canvas.line(points, class: model.style)
    }
    for level in stride(from: 1, through: 97, by: 4) {
      let values = models.map {
        "\($0.name) \(readable($0.scores.observedFrequencies[level + 1] * 100, decimals: 1))\u{202F}%"
      }
      canvas.box(
        left: canvas.x(Double(level)), right: canvas.x(Double(level + 4)), top: canvas.plotTop,
        bottom: canvas.plotBottom, class: "reading",
        title: "percentile \(level + 2): " + values.joined(separator: " · "))
    }
    return canvas.svg(label: "Reliability diagram")
  }

  /// Where values fell between the percentiles, in twenty bins; flat if calibrated.
  func pit(_ scores: ModelScores) -> String {
    let bins = scores.pitHistogram.map { $0 * Double(scores.pitHistogram.count) }
    let high = max(bins.max() ?? 1, 1.5) * 1.06
    var canvas = ChartCanvas(
      width: 450, height: 420, margins: .init(left: 52, right: 14, top: 26, bottom: 44), horizontal: 0...100,
      vertical: 0...high)
    canvas.verticalAxis(ticks: roundTicks(in: 0...high, about: 5))
    for tick in [0.0, 25, 50, 75, 100] {
      canvas.text(readable(tick), x: canvas.x(tick), y: canvas.plotBottom + 16, anchor: "middle")
    }
    canvas.text("density; 1 if calibrated", x: 6, y: 14, class: "unit")
    canvas.text(
      "percentile in which the value fell", x: canvas.plotRight, y: canvas.plotBottom + 34, anchor: "end", class: "unit"
    )
    let width = 100 / Double(max(bins.count, 1))
    for (index, bin) in bins.enumerated() {
      let left = Double(index) * width
      canvas.box(
        left: canvas.x(left) + 1, right: canvas.x(left + width) - 1, top: canvas.y(bin), bottom: canvas.plotBottom,
        class: "pit",
        title: "percentiles \(readable(left)) to \(readable(left + width)): "
          + "\(readable(scores.pitHistogram[index] * 100, decimals: 1))\u{202F}% of values")
    }
    canvas.rule(x1: canvas.plotLeft, y1: canvas.y(1), x2: canvas.plotRight, y2: canvas.y(1), class: "target")
    return canvas.svg(label: "PIT histogram of \(scores.name)")
  }
}
