/// Mean price over the buses, day-ahead against real time, with the range over the buses day-ahead as a band.
struct MarketPriceChart {
  let trace: MarketTrace
  let axis: MarketHours

  func svg() -> String {
    var canvas = ChartCanvas(
      width: 1400, height: 300, margins: .init(left: 74, right: 26, top: 26, bottom: 34),
      horizontal: 0...axis.hours, vertical: range)
    canvas.verticalAxis(ticks: roundTicks(in: range, about: 6))
    canvas.text("for each MWh" + (isCut ? ", dearer hours cut off" : ""), x: 8, y: 14, class: "unit")
    axis.draw(on: &canvas)
    let ahead = trace.dayAhead
    canvas.area(
      from: line(summary(ahead).map(\.min), ahead), to: line(summary(ahead).map(\.max), ahead), class: "band band-1")
    canvas.line(line(summary(ahead).map(\.mean), ahead), class: "expected")
    if let real = trace.realTime { canvas.line(line(summary(real).map(\.mean), real), class: "actual") }
    addReadings(to: &canvas)
    return canvas.svg(label: "Mean price over the buses, day-ahead and in real time")
  }

  func legend() -> String {
    let real = trace.realTime == nil ? [] : [legendKey("actual", "real time, mean")]
    return element(
      "div", ["class": "legend"],
      ([legendKey("expected", "day-ahead, mean over buses"), legendKey("band-1", "day-ahead, lowest to highest bus")]
        + real).joined())
  }

  /// Lowest, mean and highest price over the buses in each interval.
  private func summary(_ market: MarketTrace.Market) -> [(min: Double, mean: Double, max: Double)] {
    market.demand.indices.map { interval in
      let prices = market.prices.total.map { $0[interval] }
      return (
        prices.min() ?? 0, prices.reduce(0, +) / Double(Swift.max(1, prices.count)), prices.max() ?? 0
      )
    }
  }

  private var drawn: [Double] {
    (summary(trace.dayAhead) + (trace.realTime.map(summary) ?? [])).flatMap { [$0.min, $0.mean, $0.max] }.sorted()
  }

  /// Up to twice the price that 98 of 100 stay below, so that one hour of shortage does not flatten the rest.
  private var range: ClosedRange<Double> {
    let prices = drawn
    guard let low = prices.first, let high = prices.last else { return 0...1 }
    let usual = prices[prices.count * 98 / 100]
    let top = min(high, max(2 * usual, usual + 20))
    let bottom = max(low, min(0, -top))
    return min(bottom, 0)...max(top, bottom + 1) * 1.03
  }

  private var isCut: Bool { (drawn.last ?? 0) > range.upperBound || (drawn.first ?? 0) < range.lowerBound }

  private func line(_ values: [Double], _ market: MarketTrace.Market) -> [ChartPoint] {
    axis.line(values.map { min(max($0, range.lowerBound), range.upperBound) }, minutes: market.minutes)
  }

  private func addReadings(to canvas: inout ChartCanvas) {
    let ahead = summary(trace.dayAhead)
    let real = trace.realTime.map(summary)
    let parts = trace.realTime.map { 60 / $0.minutes } ?? 1
    for hour in ahead.indices {
      var text =
        "\(axis.clock(hour, minutes: 60)): day-ahead \(readable(ahead[hour].mean, decimals: 2)) "
        + "(\(readable(ahead[hour].min, decimals: 2))…\(readable(ahead[hour].max, decimals: 2)))"
      if let real {
        let own = real[hour * parts..<(hour + 1) * parts]
        text +=
          " · real time \(readable(own.reduce(0) { $0 + $1.mean } / Double(parts), decimals: 2)) "
          + "(\(readable(own.map(\.min).min() ?? 0, decimals: 2))…\(readable(own.map(\.max).max() ?? 0, decimals: 2)))"
      }
      canvas.box(
        left: canvas.x(Double(hour)), right: canvas.x(Double(hour + 1)), top: canvas.plotTop, bottom: canvas.plotBottom,
        class: "reading", title: text)
    }
  }
}
