/// Output of one market, stacked by group, under its demand; what was there and not taken lies on top.
struct MarketOutputChart {
  let market: MarketTrace.Market
  let axis: MarketHours
  let label: String

  /// From the bottom up: what runs all the time first, what follows the demand last.
  private static let order = ["Nuclear", "Coal", "Gas CC", "Hydro", "Wind", "Solar", "Gas CT", "Oil", "Storage"]

  /// Groups that have output, in the order of the stack.
  private var groups: [String] {
    let known = Self.order.filter { (market.output[$0] ?? []).contains { $0 > 1e-3 } }
    return known + market.output.keys.sorted().filter { !Self.order.contains($0) }
  }

  func svg() -> String {
    let highest = zip(market.demand, market.curtailed).map { $0 + $1 }.max() ?? 1
    var canvas = ChartCanvas(
      width: 1400, height: 340, margins: .init(left: 74, right: 26, top: 26, bottom: 34),
      horizontal: 0...axis.hours, vertical: 0...max(highest, 1) * 1.05)
    canvas.text("MW", x: 8, y: 14, class: "unit")
    var below = [Double](repeating: 0, count: market.demand.count)
    for group in groups {
      let top = zip(below, market.output[group] ?? below).map { $0 + $1 }
      canvas.area(from: line(below), to: line(top), class: "band \(style(group))")
      below = top
    }
    canvas.area(from: line(below), to: line(zip(below, market.curtailed).map { $0 + $1 }), class: "band curtailed")
    canvas.verticalAxis(ticks: roundTicks(in: canvas.vertical, about: 6))
    axis.draw(on: &canvas)
    canvas.line(line(market.demand), class: "demand")
    addReadings(to: &canvas)
    return canvas.svg(label: label)
  }

  func legend() -> String {
    let keys = groups.reversed().map { legendKey(style($0), $0) }
    return element(
      "div", ["class": "legend"],
      (keys + [legendKey("curtailed", "not taken"), legendKey("demand", "demand with charging")]).joined())
  }

  private func line(_ values: [Double]) -> [ChartPoint] { axis.line(values, minutes: market.minutes) }

  private func style(_ group: String) -> String {
    "group-\((Self.order.firstIndex(of: group) ?? Self.order.count) + 1)"
  }

  private func addReadings(to canvas: inout ChartCanvas) {
    let width = Double(market.minutes) / 60
    for interval in market.demand.indices {
      var parts = ["\(axis.clock(interval, minutes: market.minutes)): demand \(readable(market.demand[interval])) MW"]
      for group in groups.reversed() {
        guard let value = market.output[group]?[interval], value > 0.5 else { continue }
        parts.append("\(group) \(readable(value))")
      }
      if market.curtailed[interval] > 0.5 { parts.append("not taken \(readable(market.curtailed[interval]))") }
      canvas.box(
        left: canvas.x(Double(interval) * width), right: canvas.x(Double(interval + 1) * width), top: canvas.plotTop,
        bottom: canvas.plotBottom, class: "reading", title: parts.joined(separator: " · "))
    }
  }
}
