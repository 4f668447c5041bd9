internal import RetailValue

/// The page of a portfolio: tiers, what is known, and every customer with its five scores. One HTML document that needs nothing else.
struct PortfolioPage {
  let data: CustomerPageData
  let simulated: Bool
  let program: String
  let command: String

  func document() -> String {
    customerDocument(
      title: "Customers · as of \(data.asOf)", simulated: simulated,
      facts: [
        ("Customers", "\(data.rows.count)"), ("Months", "\(data.months.first ?? "–") to \(data.months.last ?? "–")"),
        ("Energy", readable(data.rows.reduce(0) { $0 + $1.energyMWh }) + " MWh"), ("Weights", data.profile),
        ("Reader", data.role.rawValue), ("Program", program),
      ],
      sections: [
        ("tiers", "Tiers 客户分级", "how many customers, and their energy", tiers()),
        (
          "customers", "Customers 客户", "the highest total first; (n) is not known well enough to count in the total",
          table()
        ),
        ("model", "Score model 评分模型", "every indicator, its formula and its source", model()),
        ("notes", "Notes 说明", "what is assumed", notes()),
      ])
  }

  private func tiers() -> String {
    let head = headRow([
      (text: "tier", style: ""), (text: "customers", style: "figure"), (text: "MWh", style: "figure"),
      (text: "mean total", style: "figure"), (text: "on the line", style: "figure"),
    ])
    let body = Tier.allCases.map { tier in
      let members = data.rows.filter { $0.score.tier.tier == tier }
      let total = members.reduce(0) { $0 + $1.score.total }
      return element(
        "tr", [:],
        textElement("td", "\(tier.rawValue) \(tier.chinese)") + cell("\(members.count)")
          + cell(readable(members.reduce(0) { $0 + $1.energyMWh }))
          + cell(members.isEmpty ? "–" : readable(total / Double(members.count), decimals: 1))
          + cell("\(members.count { $0.score.isOnTheLine })"))
    }
    return scrolled(head, body)
  }

  private func table() -> String {
    let titles = ["customer", "name", "industry", "tier", "confidence"].map { (text: $0, style: "") }
    let figures = ["total", "80 % band"].map { (text: $0, style: "figure") }
    let bars = ValueDimension.allCases.map { (text: $0.chinese, style: "") }
    let ends = ["MWh", "contract to"].map { (text: $0, style: "figure") }
    let order = data.rows.sorted { (-$0.score.total, $0.score.customer) < (-$1.score.total, $1.score.customer) }
    let shown = order.prefix(2_000).map { row(_: $0) }
    let rest = order.count > 2_000 ? textElement("p", "and \(order.count - 2_000) more; the CSV file has all.") : ""
    return scrolled(headRow(titles + figures + bars + ends), Array(shown)) + rest
  }

  private func row(_ row: CustomerPageData.Row) -> String {
    let score = row.score
    let tier = score.tier.tier.rawValue + (score.tier.pending.map { " → \($0.rawValue)?" } ?? "")
    let band =
      score.band.map { readable($0.lowerBound, decimals: 1) + "–" + readable($0.upperBound, decimals: 1) } ?? "–"
    return element(
      "tr", [:],
      textElement("td", score.customer) + textElement("td", row.name) + textElement("td", row.industry)
        + element(
          "td", score.tier.reasons.isEmpty ? [:] : ["title": score.tier.reasons.map(\.english).joined(separator: "; ")],
          escaped(tier))
        + textElement("td", score.confidence.rawValue + (score.isProvisional ? ", provisional" : ""))
        + cell(readable(score.total, decimals: 1)) + cell(band)
        + score.dimensions.map { element("td", [:], scoreBar($0)) }.joined()
        + cell(readable(row.energyMWh)) + cell(row.contractEnd))
  }

  private func scoreBar(_ score: DimensionScore) -> String {
    let number = readable(score.score)
    let width = pixel(min(max(score.score, 0), 100) * 0.6)
    let style = score.isSufficient ? "score" : "score unknown-score"
    return
      "<svg class=\"bar\" viewBox=\"0 0 60 10\" role=\"img\" aria-label=\"\(number)\"><rect class=\"\(style)\" x=\"0\" y=\"1\" width=\"\(width)\" height=\"8\"/><line x1=\"30\" y1=\"0\" x2=\"30\" y2=\"10\"/></svg>"
      + escaped(score.isSufficient ? number : "(\(number))")
  }

  private func model() -> String {
    let titles = ["id", "dimension", "indicator", "unit", "better", "formula", "source", "known of"]
    let body = Indicator.all.enumerated().map { position, indicator -> String in
      let known = data.rows.count { $0.score.indicators[position].value != nil }
      return element(
        "tr", [:],
        [
          indicator.id, indicator.dimension.chinese, "\(indicator.english) \(indicator.chinese)", indicator.unit,
          indicator.higherIsBetter ? "↑" : "↓", indicator.formula, indicator.source,
          "\(known) of \(data.rows.count)",
        ].map { textElement("td", $0) }.joined())
    }
    return scrolled(headRow(titles.map { (text: $0, style: "") }), body)
  }

  private func notes() -> String {
    let assumed = data.assumptions
    let lines = [
      "Percentiles and segments: \(data.segmentsNote). Scores are better than so many percent of these customers.",
      "Assumed: discount \(assumed.discountRate), renewal \(assumed.renewal), grid factor \(assumed.gridFactor) tCO2/MWh, power factor \(assumed.powerFactor).",
      "Consistency ratios of the judgements: "
        + data.consistency.sorted { $0.key < $1.key }.map { "\($0.key) \(readable($0.value, decimals: 3))" }.joined(
          separator: ", ")
        + " (0.10 is the limit).",
      "Command: \(command)",
    ]
    return element("ul", ["class": "notes"], lines.map { textElement("li", $0) }.joined())
  }
}

/// The frame of a page about customers.
func customerDocument(
  title: String, simulated: Bool, facts: [(String, String)],
  sections: [(id: String, title: String, subtitle: String, content: String)]
) -> String {
  return htmlPage(
    title: "SpotDesk: \(title)", language: "zh-CN", style: customerPageStyle,
    banner: simulatedBanner(simulated, "Customers, contracts and payments are made by construction."),
    header: pageHeader(title, facts: facts, links: sections.map { ($0.id, $0.title) }),
    main: sections.map { section($0.id, $0.title, $0.subtitle, $0.content) }.joined(separator: "\n"))
}

private let customerPageStyle = """
  .score{fill:var(--blue)}.unknown-score{fill:#c3ccd4}
  path.customer{fill:#add0e8;fill-opacity:.45;stroke:var(--blue);stroke-width:2}
  path.segment-outline{fill:none;stroke:#17212b;stroke-dasharray:4 3}
  path.course{fill:none;stroke:var(--blue);stroke-width:2}line.segment-limit{stroke:#b7c1ca;stroke-dasharray:4 3}
  path.web{fill:none;stroke:#d5dbe1}
  rect.up{fill:var(--blue)}rect.down{fill:var(--standard)}rect.month{fill:#74afd8}
  rect.dot{fill:var(--blue)}rect.median-dot{fill:#17212b}
  .sentence{font-size:17px;max-width:900px}
  .two{display:grid;grid-template-columns:1fr 1fr;gap:24px}
  """
