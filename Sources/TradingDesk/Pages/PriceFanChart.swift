/// The day's price or power: bands of quantiles, the expected line, what it is compared with, and below them how likely the price floor is.
struct PriceFanChart {
  let forecast: DayReport.PriceForecastView
  let unit: String
  var subject = "day-ahead price"
  /// What the line of comparison is.
  var comparison = "same as yesterday"

  private var axis: DayAxis { DayAxis(intervalEnd: forecast.intervalEnd) }

  func svg() -> String {
    let ticks = roundTicks(in: priceRange, about: 8)
    var canvas = ChartCanvas(
      width: 1400, height: 430, margins: .init(left: 74, right: 26, top: 26, bottom: 78),
      horizontal: 0...Double(max(axis.count, 1)), vertical: priceRange)
    canvas.verticalAxis(ticks: ticks)
    canvas.text(unit, x: 8, y: 14, class: "unit")
    axis.draw(on: &canvas, bottom: canvas.plotBottom + 32)
    canvas.text("end of interval, local time", x: canvas.plotRight, y: canvas.height - 6, anchor: "end", class: "unit")
    for (index, band) in bands.enumerated() {
      canvas.area(from: levelLine(band.low), to: levelLine(band.high), class: "band band-\(index + 1)")
    }
    for path in forecast.scenarioPaths { canvas.line(levelLine(path), class: "scenario") }
    canvas.line(levelLine(forecast.sameAsYesterday), class: "yesterday")
    canvas.line(levelLine(forecast.expected), class: "expected")
    addFloorStrip(to: &canvas)
    addReadings(to: &canvas)
    return canvas.svg(label: "Forecast of the \(subject) with its uncertainty, in \(unit)")
  }

  /// What the colours and lines mean; markup.
  func legend() -> String {
    let bandKeys = bands.enumerated().map { index, band in
      key("band-\(index + 1)", "\(band.name) of outcomes")
    }
    let lines = [key("expected", "expected"), key("yesterday", comparison)]
    let strip =
      forecast.probabilityAtFloor.isEmpty
      ? "" : textElement("span", class: "key", "Strip: probability of the price floor")
    return element("div", ["class": "legend"], (bandKeys.reversed() + lines + [strip]).joined())
  }

  private func key(_ style: String, _ text: String) -> String {
    element("span", ["class": "key"], "<i class=\"swatch \(style)\"></i>" + escaped(text))
  }

  /// Widest first, so that the narrow ones lie on top.
  private var bands: [(name: String, low: [Double], high: [Double])] {
    let rows = [(0.01, 0.99), (0.10, 0.90), (0.25, 0.75)].compactMap { pair -> (Int, Int)? in
      guard let low = row(nearest: pair.0), let high = row(nearest: pair.1), low < high else { return nil }
      return (low, high)
    }
    return rows.map { low, high in
      let ends = [low, high].map { readable(forecast.probabilities[$0] * 100) }
      return ("\(ends[0])–\(ends[1])\u{202F}%", forecast.quantiles[low], forecast.quantiles[high])
    }
  }

  private func row(nearest probability: Double) -> Int? {
    forecast.probabilities.indices.min {
      abs(forecast.probabilities[$0] - probability) < abs(forecast.probabilities[$1] - probability)
    }
  }

  /// From the lowest to the highest value drawn, with a little air.
  private var priceRange: ClosedRange<Double> {
    let drawn = bands.flatMap { $0.low + $0.high } + forecast.expected + forecast.sameAsYesterday
    guard let low = drawn.min(), let high = drawn.max() else { return 0...1 }
    let air = max((high - low) * 0.04, 1)
    return low - air...high + air
  }

  private func addFloorStrip(to canvas: inout ChartCanvas) {
    guard !forecast.probabilityAtFloor.isEmpty else { return }
    let top = canvas.plotBottom + 12
    canvas.text("floor", x: canvas.plotLeft - 6, y: top + 13, anchor: "end")
    for (index, probability) in forecast.probabilityAtFloor.enumerated() {
      canvas.box(
        left: canvas.x(Double(index)), right: canvas.x(Double(index + 1)), top: top, bottom: top + 18, class: "strip",
        paint: "fill:rgba(91,44,131,\(pixel(min(max(probability, 0), 1) * 100))%)")
    }
    canvas.box(left: canvas.plotLeft, right: canvas.plotRight, top: top, bottom: top + 18, class: "frame")
  }

  /// An invisible column over each interval that tells its figures.
  private func addReadings(to canvas: inout ChartCanvas) {
    for index in forecast.intervalEnd.indices {
      canvas.box(
        left: canvas.x(Double(index)), right: canvas.x(Double(index + 1)), top: canvas.plotTop,
        bottom: canvas.plotBottom + 30, class: "reading", title: reading(index))
    }
  }

  private func reading(_ index: Int) -> String {
    var parts = ["\(axis.span(index)): expected \(price(forecast.expected, index)) \(unit)"]
    for band in bands { parts.append("\(band.name) \(price(band.low, index))…\(price(band.high, index))") }
    parts.append("\(comparison) \(price(forecast.sameAsYesterday, index))")
    if forecast.probabilityAtFloor.indices.contains(index) {
      parts.append("floor \(percent(forecast.probabilityAtFloor[index]))")
    }
    return parts.joined(separator: " · ")
  }

  private func price(_ values: [Double], _ index: Int) -> String {
    values.indices.contains(index) ? readable(values[index], decimals: 1) : "–"
  }
}
