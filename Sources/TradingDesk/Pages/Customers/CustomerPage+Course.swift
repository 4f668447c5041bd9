internal import RetailValue

extension CustomerPage {
  /// Single changes that sales can make and that would lift the tier.
  func levers() -> String {
    let shown = score.levers.filter { data.role.shows($0.indicator.id) }
    guard !shown.isEmpty else {
      return textElement("p", "No single change that sales can make lifts the tier 没有单一措施可提升等级。")
    }
    let head = ["lever", "from", "to", "unit", "points", "tier"].enumerated().map {
      (text: $1, style: [1, 2, 4].contains($0) ? "figure" : "")
    }
    return scrolled(
      headRow(head),
      shown.map { lever in
        element(
          "tr", [:],
          textElement("td", "\(lever.indicator.chinese) \(lever.indicator.english)")
            + cell(lever.from.map { readable($0, decimals: 2) } ?? "not known") + cell(readable(lever.to, decimals: 2))
            + textElement("td", lever.indicator.unit) + cell(signed(lever.points, decimals: 1))
            + textElement("td", "\(lever.tier.rawValue) \(lever.tier.chinese)"))
      })
  }

  /// What serving costs, for readers who see margins.
  func cost() -> String {
    guard data.role == .manager else { return textElement("p", "Hidden from this reader 此角色不可见。") }
    let cost = score.costToServe
    let parts: [(String, Double?)] = [
      ("Shape of the load 负荷形态", cost.profile), ("Imbalance 偏差", cost.imbalance), ("Late bills 逾期占款", cost.credit),
      ("Sales channel 渠道", cost.channel), ("Total 合计", cost.total),
    ]
    let head = [(text: "part", style: ""), (text: "CNY a year", style: "figure"), (text: "CNY/MWh", style: "figure")]
    return scrolled(
      headRow(head),
      parts.map { name, value in
        let unit = cost.energyMWh > 0 ? value.map { readable($0 / cost.energyMWh, decimals: 2) } : nil
        return element(
          "tr", [:], textElement("td", name) + cell(value.map { readable($0) } ?? "not known") + cell(unit ?? "–"))
      })
  }

  /// Totals of the runs that are kept, with the thresholds of the tiers.
  func history() -> String {
    let runs = row.history
    guard runs.count > 1 else {
      return textElement("p", "Fewer than two runs are kept; score with --history every month 历史不足两期。")
    }
    var canvas = ChartCanvas(
      width: 960, height: 240, margins: .init(left: 80, right: 40, top: 10, bottom: 30),
      horizontal: 0...Double(runs.count), vertical: 0...100)
    canvas.verticalAxis(ticks: [0, 25, 50, 75, 100])
    for limit in Tier.thresholds {
      canvas.rule(
        x1: canvas.plotLeft, y1: canvas.y(limit), x2: canvas.plotRight, y2: canvas.y(limit), class: "segment-limit")
    }
    canvas.line(runs.enumerated().map { ChartPoint(x: Double($0) + 0.5, y: $1.total) }, class: "course")
    let step = max(1, runs.count / 12)
    for (index, run) in runs.enumerated() {
      let (x, y) = (canvas.x(Double(index) + 0.5), canvas.y(run.total))
      canvas.box(
        left: x - 4, right: x + 4, top: y - 4, bottom: y + 4, class: "dot",
        title: "\(run.asOf): \(readable(run.total, decimals: 1)), tier \(run.tier)")
      canvas.text("\(readable(run.total, decimals: 1)) \(run.tier)", x: x, y: y - 9, anchor: "middle")
      if index.isMultiple(of: step) { canvas.text(run.asOf, x: x, y: canvas.plotBottom + 18, anchor: "middle") }
    }
    return canvas.svg(label: "Total of every run that is kept")
  }
}
