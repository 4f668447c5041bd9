/// The offers of all units as small charts on one price axis.
///
/// The optimised offer is solid, the standard one dashed, the marginal cost a thin dotted line for each segment. The
/// shade behind them says in how many intervals the 10–90 % range of the price covers a price. Offers far above every
/// likely price leave the chart at its top; the highest price is written there.
struct BidCurveCharts {
  let report: DayReport
  /// Price levels of the shade, from the bottom of the axis to its top, as shares of the intervals.
  private let shade: [Double]
  private let prices: ClosedRange<Double>

  init(_ report: DayReport) {
    self.report = report
    prices = BidCurveCharts.priceRange(report)
    shade = BidCurveCharts.shade(report.forecast, over: prices)
  }

  /// One figure for each unit; markup.
  func figures() -> String {
    report.units.map { unit in
      let name = textElement("b", unit.unit.text) + " " + textElement("span", class: "quiet", unit.plant.text)
      let gain = unit.optimised.profit.mean - unit.standard.profit.mean
      let difference = textElement("span", class: gain < 0 ? "loss" : "gain", signed(gain / 10_000, decimals: 2))
      let caption = element("figcaption", [:], element("span", [:], name) + difference)
      return element("figure", ["class": "curve"], caption + svg(of: unit))
    }.joined(separator: "\n")
  }

  private func svg(of unit: DayReport.UnitView) -> String {
    let segments = unit.optimised.segments + unit.standard.segments
    let capacity = max(segments.map(\.toMW).max() ?? 0, unit.ratedCapacityMW)
    var canvas = ChartCanvas(
      width: 290, height: 215, margins: .init(left: 42, right: 12, top: 18, bottom: 26),
      horizontal: 0...max(capacity, 1), vertical: prices)
    addShade(to: &canvas)
    canvas.verticalAxis(ticks: roundTicks(in: prices, about: 5), class: "small-tick")
    addOutputAxis(to: &canvas, lowest: unit.optimised.segments.first?.toMW, capacity: capacity)
    for segment in unit.optimised.segments {
      let cost = segment.marginalCostPerMWh
      canvas.line(
        [ChartPoint(x: segment.fromMW, y: cost), ChartPoint(x: segment.toMW, y: cost)], class: "marginal-cost")
    }
    canvas.line(cut(curve(unit.standard.segments)), class: "standard")
    canvas.line(cut(curve(unit.optimised.segments)), class: "optimised")
    if let highest = unit.optimised.segments.last?.pricePerMWh, highest > prices.upperBound {
      canvas.text("↑ \(readable(highest))", x: canvas.plotRight, y: 12, anchor: "end", class: "limit")
    }
    if unit.optimised.onLine.isEmpty {
      canvas.text("planned off line", x: canvas.plotRight - 4, y: canvas.plotBottom - 6, anchor: "end", class: "alert")
    }
    return canvas.svg(label: "Offer of unit \(unit.unit.text): price over output")
  }

  private func addOutputAxis(to canvas: inout ChartCanvas, lowest: Double?, capacity: Double) {
    let base = canvas.plotBottom
    canvas.rule(x1: canvas.plotLeft, y1: base, x2: canvas.plotRight, y2: base, class: "axis")
    canvas.text("\(report.currency)/MWh", x: 2, y: 9, class: "small-tick")
    var ticks = [0, capacity]
    if let lowest, lowest > capacity * 0.12, lowest < capacity * 0.8 { ticks.insert(lowest, at: 1) }
    for tick in ticks {
      canvas.rule(x1: canvas.x(tick), y1: base, x2: canvas.x(tick), y2: base + 4, class: "axis")
      let anchor = tick == capacity ? "end" : "middle"
      let unit = tick == capacity ? " MW" : ""
      canvas.text(readable(tick) + unit, x: canvas.x(tick), y: base + 16, anchor: anchor, class: "small-tick")
    }
  }

  /// Bands of one strength are drawn as one rectangle.
  private func addShade(to canvas: inout ChartCanvas) {
    let step = (prices.upperBound - prices.lowerBound) / Double(max(shade.count, 1))
    var start = 0
    for index in shade.indices where index + 1 == shade.count || shade[index + 1] != shade[index] {
      let bottom = canvas.y(prices.lowerBound + Double(start) * step)
      let top = canvas.y(prices.lowerBound + Double(index + 1) * step)
      if shade[index] > 0 {
        canvas.box(
          left: canvas.plotLeft, right: canvas.plotRight, top: top, bottom: bottom, class: "price-shade",
          paint: "fill-opacity:\(pixel(shade[index] * 70))%")
      }
      start = index + 1
    }
  }

  /// Stairs where segments are offered in full; where the market reads slopes, a level first block and a line from point
  /// to point.
  private func curve(_ segments: [DayReport.SegmentView]) -> [ChartPoint] {
    let slopes = report.provenance.curveForm == "slopes"
    return segments.enumerated().flatMap { number, segment in
      let start = ChartPoint(x: segment.fromMW, y: segment.pricePerMWh)
      let end = ChartPoint(x: segment.toMW, y: segment.pricePerMWh)
      return slopes && number > 0 ? [end] : [start, end]
    }
  }

  /// The part of a rising curve below the top of the axis.
  private func cut(_ points: [ChartPoint]) -> [ChartPoint] {
    let top = prices.upperBound
    guard let outside = points.firstIndex(where: { $0.y > top }), outside > 0 else {
      return points.first.map { $0.y > top } == true ? [] : points
    }
    let (below, above) = (points[outside - 1], points[outside])
    let share = (top - below.y) / (above.y - below.y)
    return points[..<outside] + [ChartPoint(x: below.x + share * (above.x - below.x), y: top)]
  }

  /// From the lowest offer to the highest marginal cost or the 90 % price, whichever is higher: where offers decide.
  private static func priceRange(_ report: DayReport) -> ClosedRange<Double> {
    let segments = report.units.flatMap { $0.optimised.segments + $0.standard.segments }
    let offers = segments.map(\.pricePerMWh)
    let likely = BidCurveCharts.row(nearest: 0.9, of: report.forecast) ?? []
    let decisive = segments.map(\.marginalCostPerMWh) + likely
    guard let low = (offers + decisive).min(), let high = decisive.max() else {
      return 0...1
    }
    let air = max((high - low) * 0.05, 1)
    return low - air...high + air
  }

  private static func row(nearest probability: Double, of forecast: DayReport.PriceForecastView) -> [Double]? {
    let nearest = forecast.probabilities.indices.min {
      abs(forecast.probabilities[$0] - probability) < abs(forecast.probabilities[$1] - probability)
    }
    return nearest.map { forecast.quantiles[$0] }
  }

  /// For each of 60 price levels the share of intervals, in tenths, whose 10–90 % range touches the level.
  private static func shade(_ forecast: DayReport.PriceForecastView, over prices: ClosedRange<Double>) -> [Double] {
    guard let low = row(nearest: 0.1, of: forecast), let high = row(nearest: 0.9, of: forecast),
      !forecast.intervalEnd.isEmpty
    else { return [] }
    let levels = 60
    let step = (prices.upperBound - prices.lowerBound) / Double(levels)
    return (0..<levels).map { level in
      let bottom = prices.lowerBound + Double(level) * step
      let touched = zip(low, high).filter { $0 < bottom + step && $1 >= bottom }.count
      return (Double(touched) / Double(forecast.intervalEnd.count) * 10).rounded() / 10
    }
  }
}
