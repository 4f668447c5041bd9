/// The page of a market brief, made from the report alone.
public func marketBriefPage(_ report: MarketBriefReport) -> String { MarketBriefPage(report: report).document() }

struct MarketBriefPage {
  let report: MarketBriefReport

  func document() -> String {
    htmlPage(
      title: "SpotDesk market · \(report.day)",
      isEvaluation: true,
      style: """
        .own{fill:none;stroke:#0072b2;stroke-width:2.4}.before{fill:none;stroke:#c0500c;stroke-width:1.6;stroke-dasharray:6 4}
        .alike{fill:none;stroke:#9aa5af;stroke-width:1}.contract{fill:none;stroke:#00735c;stroke-width:1.6;stroke-dasharray:2 3}
        .said{font-size:15px;margin:0 0 8px}.said small{display:block;color:var(--quiet);font-size:13px}
        .price-band{fill:#0072b2;opacity:.16}
        """,
      banner: simulatedBanner(report.simulated),
      header: header(),
      main: [
        section("words", "In words 要点", "every sentence is made from the figures below", words()),
        section("space", "Bidding space 竞价空间", "MW, of interval ends", spaceChart()),
        section("price", "Price 价格", "\(report.currency)/MWh", priceChart()),
        section("parts", "What it is made of 边界条件", "against yesterday", parts()),
        section("similar", "Similar days 相似日", weights, similar()),
        section("changes", "Since the last boundary file 边界变化", "", changes()),
        section("rules", "Rules 规则", report.rules.source, rules()),
        section(
          "notes", "Notes 说明", "as of \(report.dataAsOf)",
          element("ul", ["class": "notes"], report.notes.map { textElement("li", $0) }.joined())),
      ].joined(separator: "\n"))
  }

  private var weights: String {
    report.similarityWeights.map { "\($0.name) \(percent($0.weight))" }.joined(separator: ", ")
  }

  private func header() -> String {
    let facts = [("Rules", report.rulePack), ("As of", report.dataAsOf)]
    return pageHeader("Market \(report.day) 市场简报", facts: facts)
  }

  private func words() -> String {
    report.sentences.map { sentence in
      let figures = sentence.figures.map {
        "\($0.name) \(readable($0.value, decimals: 2)) \($0.unit) (\($0.source))"
      }.joined(separator: "; ")
      return element(
        "p", ["class": "said", "title": figures], escaped(sentence.english) + textElement("small", sentence.chinese))
    }.joined(separator: "\n")
  }

  private func chart(
    _ lines: [(values: [Double], style: String)], band: ([Double], [Double])? = nil, label: String
  ) -> String {
    let all = lines.flatMap(\.values) + (band.map { $0.0 + $0.1 } ?? [])
    guard let low = all.min(), let high = all.max() else { return textElement("p", "Not known.") }
    let margin = (high - low) * 0.05
    let axis = DayAxis(intervalEnd: report.intervalEnd)
    var canvas = ChartCanvas(
      width: 1_100, height: 320, margins: .init(left: 74, right: 20, top: 12, bottom: 34),
      horizontal: 0...Double(max(axis.count, 1)), vertical: low - margin...high + margin)
    canvas.verticalAxis(ticks: roundTicks(in: low - margin...high + margin, about: 6))
    axis.draw(on: &canvas, bottom: canvas.plotBottom)
    if let band { canvas.area(from: levelLine(band.0), to: levelLine(band.1), class: "price-band") }
    for line in lines { canvas.line(levelLine(line.values), class: line.style) }
    return canvas.svg(label: label)
  }

  private func spaceChart() -> String {
    let alike = report.similarDays.map { (values: $0.biddingSpaceMW, style: "alike") }
    let legend = textElement(
      "p", class: "quiet", "blue: \(report.day) · dashed: yesterday · grey: similar days · dotted: our contracts")
    return legend
      + chart(
        alike + [
          (report.yesterdayMW, "before"), (report.fleet?.contractedMW ?? [], "contract"),
          (report.biddingSpaceMW, "own"),
        ], label: "Bidding space against yesterday and similar days")
  }

  private func priceChart() -> String {
    guard let price = report.price else { return textElement("p", "No forecast.") }
    let alike = report.similarDays.map { (values: $0.pricesPerMWh, style: "alike") }
    let legend = textElement(
      "p", class: "quiet", "blue: expected, with its 80 % band · grey: similar days' prices")
    let hours = price.floorProbabilityByHour.indices.map { String($0) }
    let table = plainTable(
      ["probability by hour"] + hours, words: 1,
      [
        ["floor 地板价"] + price.floorProbabilityByHour.map { readable($0 * 100) },
        ["cap 上限价"] + price.capProbabilityByHour.map { readable($0 * 100) },
      ])
    return legend
      + chart(
        alike + [(price.expectedPerMWh, "own")], band: (price.lowPerMWh, price.highPerMWh),
        label: "Expected price with its band, and similar days") + table
  }

  private func parts() -> String {
    plainTable(
      ["part", "series", "mean MW", "yesterday", "change", "largest change", "at"], words: 2,
      report.parts.map {
        [
          $0.name, $0.series, readable($0.meanMW), $0.yesterdayMeanMW.map { readable($0) } ?? "–",
          $0.changeMW.map { signed($0) } ?? "–", $0.largestChangeMW.map { signed($0) } ?? "–", $0.largestChangeAt ?? "",
        ]
      })
  }

  private func similar() -> String {
    plainTable(
      ["day", "similarity", "mean price"], words: 1,
      report.similarDays.map {
        ["\($0.day)", readable($0.similarity, decimals: 3), readable($0.meanPricePerMWh, decimals: 2)]
      })
  }

  private func changes() -> String {
    let rows = report.changes.map {
      [
        $0.series, $0.before, $0.publishedAt, signed($0.meanChangeMW, decimals: 1),
        signed($0.largestChangeMW, decimals: 1), $0.largestChangeAt,
      ]
    }
    let table =
      rows.isEmpty
      ? textElement("p", "No series was published twice for the day.")
      : plainTable(["series", "before", "now", "mean change", "largest", "at"], words: 3, rows)
    return table + element("ul", ["class": "notes"], report.outages.map { textElement("li", $0.sentence) }.joined())
  }

  private func rules() -> String {
    func list(_ title: String, _ sentences: [String]) -> String {
      textElement("h3", title) + element("ul", ["class": "notes"], sentences.map { textElement("li", $0) }.joined())
    }
    let own = report.rules.before.map { list("\(report.rules.pack) against \($0)", report.rules.differences) } ?? ""
    return own
      + report.rules.upcoming.map { list("\($0.pack) (\($0.status), from \($0.from))", $0.differences) }.joined()
  }
}
