internal import Foundation
internal import RetailValue

/// The page of one customer: what a salesperson says, radar and dots, what adds and takes, monthly energy.
struct CustomerPage {
  let data: CustomerPageData
  let row: CustomerPageData.Row
  let simulated: Bool
  let program: String
  let command: String

  var score: CustomerScore { row.score }

  func document() -> String {
    customerDocument(
      title: "\(score.customer) \(row.name)", simulated: simulated,
      facts: [
        ("Total", readable(score.total, decimals: 1)),
        ("Tier", "\(score.tier.tier.rawValue) \(score.tier.tier.chinese)"),
        ("Confidence", score.confidence.rawValue), ("Segment", score.segment), ("As of", data.asOf),
        ("Reader", data.role.rawValue), ("Program", program),
      ],
      sections: [
        ("words", "In words 一句话", "as it is said aloud", words()),
        (
          "dimensions", "Five dimensions 五维",
          "blue: this customer; dashed and black: the median of comparable customers", dimensions()
        ),
        (
          "drivers", "What adds and takes 加减分", "points of the total; they add up to the distance from the median",
          drivers()
        ),
        ("levers", "What would lift the tier 提升路径", "one change alone, all else equal", levers()),
        ("cost", "Cost to serve 服务成本", "a year, beside the energy at the pool's price", cost()),
        ("history", "Score by month 评分历史", "kept by --history", history()),
        ("energy", "Energy by month 月电量", "MWh", energy()),
        ("all", "All indicators 全部指标", "", indicators()),
        ("notes", "Notes 说明", "", element("ul", ["class": "notes"], textElement("li", "Command: \(command)"))),
      ])
  }

  func visible(_ part: IndicatorScore) -> Bool { data.role.shows(part.indicator.id) }

  private func words() -> String {
    let sentences = ScoreSentences(score, shows: data.role.shows)
    return textElement("p", class: "sentence", sentences.chinese)
      + textElement("p", class: "sentence", sentences.english)
  }

  /// The segment's median of a dimension under the customer's own weights.
  private func segmentScore(_ dimension: ValueDimension) -> Double {
    let parts = score.indicators.filter { $0.indicator.dimension == dimension }
    let weight = parts.reduce(0) { $0 + $1.weight }
    return weight > 0 ? parts.reduce(0) { $0 + $1.weight * $1.segmentMedian } / weight : 50
  }

  private func dimensions() -> String { element("div", ["class": "two"], radar() + dots()) }

  private func radar() -> String {
    var canvas = ChartCanvas(
      width: 560, height: 380, margins: .init(left: 70, right: 70, top: 20, bottom: 20), horizontal: -140...140,
      vertical: -125...125)
    let place = { (index: Int, radius: Double) in
      ChartPoint(
        x: radius * sin(Double(index) * 2 * Double.pi / 5), y: radius * cos(Double(index) * 2 * Double.pi / 5))
    }
    for ring in [25.0, 50, 75, 100] { canvas.line((0...5).map { place($0, ring) }, class: "web") }
    let own = (0...5).map { place($0, score.dimensions[$0 % 5].score) }
    canvas.line(own, class: "customer")
    canvas.line((0...5).map { place($0, segmentScore(ValueDimension.allCases[$0 % 5])) }, class: "segment-outline")
    for (index, dimension) in score.dimensions.enumerated() {
      let point = place(index, 112)
      let figure = readable(dimension.score)
      canvas.text(
        "\(dimension.dimension.chinese) \(dimension.isSufficient ? figure : "(\(figure))")", x: canvas.x(point.x),
        y: canvas.y(point.y), anchor: abs(point.x) < 20 ? "middle" : point.x > 0 ? "start" : "end")
    }
    return canvas.svg(label: "Five dimensions as a radar")
  }

  private func dots() -> String {
    var canvas = ChartCanvas(
      width: 560, height: 260, margins: .init(left: 130, right: 60, top: 10, bottom: 30), horizontal: 0...100,
      vertical: 0...5)
    for tick in [0.0, 25, 50, 75, 100] {
      canvas.rule(x1: canvas.x(tick), y1: canvas.plotTop, x2: canvas.x(tick), y2: canvas.plotBottom, class: "grid")
      canvas.text(readable(tick), x: canvas.x(tick), y: canvas.plotBottom + 18, anchor: "middle")
    }
    for (index, dimension) in score.dimensions.enumerated() {
      let y = canvas.y(4.5 - Double(index))
      canvas.text(dimension.dimension.chinese, x: canvas.plotLeft - 8, y: y + 4, anchor: "end")
      let median = canvas.x(segmentScore(dimension.dimension))
      let own = canvas.x(dimension.score)
      canvas.rule(x1: min(median, own), y1: y, x2: max(median, own), y2: y, class: "axis")
      canvas.box(
        left: median - 1.5, right: median + 1.5, top: y - 8, bottom: y + 8, class: "median-dot", title: "median")
      canvas.box(
        left: own - 5, right: own + 5, top: y - 5, bottom: y + 5,
        class: dimension.isSufficient ? "dot" : "unknown-score",
        title: dimension.dimension.english)
      canvas.text(readable(dimension.score, decimals: 1), x: canvas.plotRight + 8, y: y + 4)
    }
    return canvas.svg(label: "Five dimensions as dots beside the segment's median")
  }

  private func drivers() -> String {
    let shown = (score.drivers(up: true, count: 6) + score.drivers(up: false, count: 6)).filter(visible)
    guard !shown.isEmpty else { return textElement("p", "Nothing stands out.") }
    let most = max(shown.map { abs($0.contribution) }.max() ?? 1, 0.5)
    var canvas = ChartCanvas(
      width: 960, height: Double(shown.count) * 26 + 20, margins: .init(left: 380, right: 60, top: 5, bottom: 10),
      horizontal: -1.15 * most...1.15 * most, vertical: 0...Double(shown.count))
    for (index, part) in shown.enumerated() {
      let y = canvas.y(Double(shown.count - index) - 0.5)
      let end = canvas.x(part.contribution)
      canvas.text(
        "\(part.indicator.chinese) \(part.indicator.english) \(ScoreSentences.figure(part))", x: 370, y: y + 4,
        anchor: "end")
      canvas.box(
        left: min(canvas.x(0), end), right: max(canvas.x(0), end), top: y - 8, bottom: y + 8,
        class: part.contribution < 0 ? "down" : "up", title: part.indicator.formula)
      canvas.text(
        signed(part.contribution, decimals: 1), x: part.contribution < 0 ? end - 6 : end + 6, y: y + 4,
        anchor: part.contribution < 0 ? "end" : "start")
    }
    canvas.rule(x1: canvas.x(0), y1: canvas.plotTop, x2: canvas.x(0), y2: canvas.plotBottom, class: "axis")
    return canvas.svg(label: "Contributions to the total")
  }

  private func energy() -> String {
    let top = max(row.monthly.max() ?? 1, 1e-6)
    var canvas = ChartCanvas(
      width: 960, height: 240, margins: .init(left: 80, right: 20, top: 10, bottom: 30),
      horizontal: 0...Double(max(row.monthly.count, 1)), vertical: 0...top)
    canvas.verticalAxis(ticks: roundTicks(in: 0...top, about: 5))
    for (index, value) in row.monthly.enumerated() {
      canvas.box(
        left: canvas.x(Double(index) + 0.15), right: canvas.x(Double(index) + 0.85), top: canvas.y(value),
        bottom: canvas.plotBottom, class: "month", title: "\(data.months[index]): \(readable(value, decimals: 1)) MWh")
      canvas.text(data.months[index], x: canvas.x(Double(index) + 0.5), y: canvas.plotBottom + 18, anchor: "middle")
    }
    return canvas.svg(label: "Energy by month")
  }

  private func indicators() -> String {
    let titles = ["id", "indicator", "value", "score", "median", "points"]
    let body = score.indicators.map { part -> String in
      let value = part.value == nil ? "not known" : visible(part) ? ScoreSentences.figure(part) : "hidden"
      return element(
        "tr", [:],
        textElement("td", part.indicator.id) + textElement("td", "\(part.indicator.chinese) \(part.indicator.english)")
          + cell(value) + cell(part.value == nil ? "–" : readable(part.score))
          + cell(readable(part.segmentMedian)) + cell(part.value == nil ? "–" : signed(part.contribution, decimals: 2)))
    }
    return scrolled(headRow(titles.enumerated().map { (text: $1, style: $0 < 2 ? "" : "figure") }), body)
  }
}
