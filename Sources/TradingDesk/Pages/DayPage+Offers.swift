internal import MarketModel

extension DayPage {
  /// The offers of all units side by side, segment by segment; the standard ones are a press of a button away.
  func offerTables() -> String {
    let choices = [("optimised", "Optimised"), ("standard", "Standard"), ("both", "Both")]
    let inputs = choices.enumerated().map { index, choice in
      let checked = index == 0 ? " checked" : ""
      return "<input type=\"radio\" name=\"offer\" id=\"offer-\(choice.0)\"\(checked)>"
        + "<label for=\"offer-\(choice.0)\">\(choice.1)</label>"
    }
    let legend = textElement(
      "span", class: "key quiet",
      "Shade: share of scenario intervals on line in which the price reaches the segment's end")
    let ramp = [0.0, 0.25, 0.5, 0.75, 1.0].map { share in
      "<span class=\"key\"><i class=\"swatch\" style=\"background:\(shade(share))\"></i>"
        + escaped(percent(share)) + "</span>"
    }
    return "<div class=\"offers\">" + inputs.joined()
      + element("div", ["class": "legend"], legend + ramp.joined())
      + offerTable("Optimised offer", style: "optimised-table", \.optimised)
      + offerTable("Standard offer", style: "standard-table", \.standard) + "</div>"
  }

  private func offerTable(_ title: String, style: String, _ offer: KeyPath<DayReport.UnitView, DayReport.OfferView>)
    -> String
  {
    let segments = report.units.map { $0[keyPath: offer].segments }
    let outputDecimals = commonDecimals(segments.flatMap { $0.map(\.toMW) })
    let priceDecimals = commonDecimals(segments.flatMap { $0.map(\.pricePerMWh) })
    let rows = (0..<(segments.map(\.count).max() ?? 0)).map { number in
      let cells = zip(report.units, segments).map { unit, segments in
        guard segments.indices.contains(number) else { return "<td class=\"\(edge(unit))\"></td><td></td>" }
        let segment = segments[number]
        let reason = tooltip(segment, unit: unit)
        return element(
          "td", ["class": "figure \(edge(unit))", "title": reason],
          escaped(readable(segment.toMW, decimals: outputDecimals)))
          + element(
            "td", ["class": "figure price", "title": reason, "style": "background:\(shade(segment.clearingShare))"],
            escaped(readable(segment.pricePerMWh, decimals: priceDecimals)))
      }
      return element("tr", [:], textElement("th", class: "pinned", "\(number + 1)") + cells.joined())
    }
    let table = element(
      "table", ["class": "segments"],
      element("thead", [:], offerHead()) + element("tbody", [:], rows.joined(separator: "\n")))
    return element(
      "div", ["class": style], textElement("h3", title) + element("div", ["class": "scroll", "tabindex": "0"], table))
  }

  /// Three rows: plant, unit, "to MW" and "price".
  private func offerHead() -> String {
    var plants: [(plant: PlantID, units: Int)] = []
    for unit in report.units {
      if let last = plants.last, last.plant == unit.plant {
        plants[plants.count - 1].units += 1
      } else {
        plants.append((unit.plant, 1))
      }
    }
    let plantCells = plants.map {
      element("th", ["class": "plant", "colspan": "\($0.units * 2)"], escaped($0.plant.text))
    }
    let unitCells = report.units.map { unit in
      element(
        "th", ["class": "unit-name \(edge(unit))", "colspan": "2"],
        escaped(unit.unit.text) + textElement("small", "\(readable(unit.ratedCapacityMW)) MW"))
    }
    let columns = report.units.map { "<th class=\"\(edge($0))\">to\u{00A0}MW</th><th>price</th>" }
    let pinned = "<th class=\"pinned\" rowspan=\"3\">seg&shy;ment</th>"
    return element("tr", [:], pinned + plantCells.joined()) + element("tr", [:], unitCells.joined())
      + element("tr", ["class": "columns"], columns.joined())
  }

  /// A plant's first unit carries the strong line at its left.
  private func edge(_ unit: DayReport.UnitView) -> String {
    report.units.first { $0.plant == unit.plant }?.unit == unit.unit ? "plant-edge" : "unit-edge"
  }

  private func tooltip(_ segment: DayReport.SegmentView, unit: DayReport.UnitView) -> String {
    let range = "\(readable(segment.fromMW, decimals: 1))–\(readable(segment.toMW, decimals: 1)) MW"
    let price = "\(readable(segment.pricePerMWh, decimals: 1)) \(currency)/MWh"
    let figures = [
      "marginal cost \(readable(segment.marginalCostPerMWh, decimals: 1))",
      "reached in \(percent(segment.clearingShare))",
      "expected profit \(signed(segment.expectedProfit / 10_000, decimals: 2)) × \(moneyUnit)",
    ].joined(separator: ", ")
    let offer = "\(unit.unit.text), segment \(segment.segment): \(range) at \(price)"
    return [offer, "\(segment.kind): \(segment.reason)", figures].joined(separator: "\n")
  }

  private func shade(_ share: Double) -> String { "rgba(0,114,178,\(pixel(min(max(share, 0), 1) * 30))%)" }

  /// The sentences of every segment, to unfold unit by unit.
  func reasons() -> String {
    report.units.map { unit in
      let head = textElement("b", unit.unit.text) + " " + textElement("span", class: "quiet", unit.plant.text)
      let state = textElement(
        "span", class: "quiet", "· initially \(unit.initialState) · \(onLineText(unit.optimised))")
      let table = element(
        "table", ["class": "plain reasons"], reasonHead() + unit.optimised.segments.map(reasonRow).joined())
      let why =
        textElement("p", unit.optimised.reason)
        + element("p", ["lang": "zh", "class": "quiet"], escaped(unit.optimised.reasonChinese))
      return element("details", [:], element("summary", [:], "\(head) \(state)") + why + table)
    }.joined(separator: "\n")
  }

  private func reasonHead() -> String {
    headRow([
      ("#", "figure"), ("MW", "figure"), ("\(currency)/MWh", "figure"), ("marginal cost", "figure"),
      ("reached", "figure"), ("profit, \(moneyUnit)", "figure"), ("why", ""),
    ])
  }

  private func reasonRow(_ segment: DayReport.SegmentView) -> String {
    let cells = [
      cell("\(segment.segment)"),
      cell("\(readable(segment.fromMW, decimals: 1))–\(readable(segment.toMW, decimals: 1))"),
      cell(readable(segment.pricePerMWh, decimals: 1)), cell(readable(segment.marginalCostPerMWh, decimals: 1)),
      cell(percent(segment.clearingShare)), cell(signed(segment.expectedProfit / 10_000, decimals: 2)),
      element(
        "td", [:],
        textElement("b", segment.kind) + " · " + escaped(segment.reason) + " "
          + element("small", ["lang": "zh"], escaped(segment.reasonChinese))),
    ]
    return element("tr", [:], cells.joined())
  }

  /// "on line 05:00–10:15, 15:30–24:00", or "off line all day".
  func onLineText(_ offer: DayReport.OfferView) -> String {
    offer.onLine.isEmpty ? "off line all day" : "on line " + offer.onLine.joined(separator: ", ")
  }
}
