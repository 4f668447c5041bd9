/// Price of each bus in each interval as a colour: dark is dear. One path for each colour keeps the page small.
struct PriceHeatMap {
  let market: MarketTrace.Market
  let buses: [String]
  let axis: MarketHours
  /// Prices at which the colours change, rising.
  let steps: [Double]
  let label: String

  private static let rowHeight = 7.0

  /// Eight steps between the prices that 2 and 98 of 100 stay below, the same for several markets.
  static func steps(of markets: [MarketTrace.Market]) -> [Double] {
    let prices = markets.flatMap { $0.prices.total.flatMap { $0 } }.sorted()
    guard let low = prices.first, let high = prices.last, high > low else { return [] }
    let (from, to) = (prices[prices.count * 2 / 100], prices[prices.count * 98 / 100])
    guard to > from else { return [(low + high) / 2] }
    return (0..<8).map { from + (to - from) * (Double($0) + 0.5) / 8 }
  }

  func svg() -> String {
    var canvas = ChartCanvas(
      width: 1400, height: Double(buses.count) * Self.rowHeight + 40,
      margins: .init(left: 74, right: 26, top: 6, bottom: 34), horizontal: 0...axis.hours,
      vertical: 0...Double(max(buses.count, 1)))
    for level in 0...steps.count {
      let path = path(of: level, on: canvas)
      if !path.isEmpty { canvas.shape(path, class: "heat heat-\(level)") }
    }
    let stride = max(1, buses.count / 18)
    for (row, name) in buses.enumerated() where row % stride == 0 {
      canvas.text(
        shortened(name, to: 10), x: canvas.plotLeft - 6, y: canvas.plotTop + (Double(row) + 1) * Self.rowHeight,
        anchor: "end", class: "small-tick")
    }
    axis.draw(on: &canvas)
    addReadings(to: &canvas)
    return canvas.svg(label: label)
  }

  func legend() -> String {
    let keys = (0...steps.count).map { level in
      let text =
        level == 0
        ? "below \(steps.first.map { readable($0, decimals: 1) } ?? "–")"
        : "from \(readable(steps[level - 1], decimals: 1))"
      return legendKey("heat-\(level)", text)
    }
    return element("div", ["class": "legend"], keys.joined())
  }

  private func level(_ price: Double) -> Int { steps.count { price >= $0 } }

  /// Intervals of one colour that follow each other are one rectangle.
  private func path(of level: Int, on canvas: ChartCanvas) -> String {
    let width = Double(market.minutes) / 60
    var path = ""
    for (row, prices) in market.prices.total.enumerated() {
      let top = canvas.plotTop + Double(row) * Self.rowHeight
      var start: Int?
      for interval in 0...prices.count {
        let isIn = interval < prices.count && self.level(prices[interval]) == level
        if isIn, start == nil { start = interval }
        if !isIn, let begin = start {
          let (left, right) = (canvas.x(Double(begin) * width), canvas.x(Double(interval) * width))
          path += "M\(pixel(left)) \(pixel(top))H\(pixel(right))v\(pixel(Self.rowHeight))H\(pixel(left))z"
          start = nil
        }
      }
    }
    return path
  }

  private func addReadings(to canvas: inout ChartCanvas) {
    let width = Double(market.minutes) / 60
    for interval in market.demand.indices {
      let prices = market.prices.total.map { $0[interval] }
      guard let low = prices.min(), let high = prices.max(), let lowBus = prices.firstIndex(of: low),
        let highBus = prices.firstIndex(of: high)
      else { continue }
      let range =
        high - low < 0.005
        ? "\(readable(low, decimals: 2)) at all buses"
        : "\(readable(low, decimals: 2)) at \(buses[lowBus]) to \(readable(high, decimals: 2)) at \(buses[highBus])"
      canvas.box(
        left: canvas.x(Double(interval) * width), right: canvas.x(Double(interval + 1) * width), top: canvas.plotTop,
        bottom: canvas.plotBottom, class: "reading",
        title: "\(axis.clock(interval, minutes: market.minutes)): \(range)")
    }
  }
}
