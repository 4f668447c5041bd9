internal import MarketModel

extension DayPage {
  /// Day, sources and gate; the three headline figures; the way to the sections.
  func header() -> String {
    element("header", [:], dayTitle() + headline() + attention() + navigation())
  }

  private func dayTitle() -> String {
    let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    let title =
      textElement("h1", report.day.description)
      + textElement("span", class: "weekday", weekdays[(report.day.weekday - 1) % 7])
    let facts = [
      ("Rule pack", report.provenance.rulePack),
      ("Gate (information cutoff)", report.provenance.informationCutoff), ("Data as of", report.provenance.dataAsOf),
      ("Units", "\(report.units.count) offered, \(report.unavailableUnits.count) unavailable"),
    ]
    return titleBlock(element("div", [:], title), facts: facts)
  }

  private func headline() -> String {
    let fleet = report.fleet
    let profit = fleet.optimised.profit
    let spread = "10–90\u{202F}%: \(tenThousands(profit.low, decimals: 1)) … \(tenThousands(profit.high, decimals: 1))"
    let base = fleet.standard.profit.mean
    let share =
      base > 0 ? " (\(signed(fleet.expectedDifference / base * 100, decimals: 1))\u{202F}%)" : ""
    let against = "standard \(tenThousands(fleet.standard.profit.mean, decimals: 1))\(share)"
    let worst = "mean of the worst 5\u{202F}%: \(tenThousands(fleet.optimised.conditionalValueAtRisk, decimals: 1))"
    let energies = [fleet.optimised, fleet.standard].map { readable($0.clearedEnergyMWh.mean) }
    let energy = "energy \(energies[0]) MWh, standard \(energies[1]) MWh"
    let cards = [
      card("Expected profit, optimised", tenThousands(profit.mean, decimals: 1), moneyUnit, [spread, worst]),
      card(
        "Difference to standard", signed(fleet.expectedDifference / 10_000, decimals: 1), moneyUnit, [against, energy],
        class: fleet.expectedDifference < 0 ? "loss" : "gain"),
      complianceCard(),
    ]
    return headlineCards(cards)
  }

  private func card(_ title: String, _ figure: String, _ unit: String, _ below: [String], class style: String = "")
    -> String
  {
    let number = textElement("span", class: "big \(style)", figure) + " " + textElement("span", class: "unit", unit)
    return element(
      "div", ["class": "card"],
      textElement("h3", title) + element("p", [:], number)
        + below.map { textElement("p", class: "below", $0) }.joined())
  }

  /// Three lamps with words and shapes: violated, could not be judged, passed; those that are off stay grey.
  private func complianceCard() -> String {
    let summary = report.compliance
    let isViolated = summary.violated > 0 || summary.verdict == "violated"
    let unknownChecks = summary.checks.filter { $0.notEvaluated > 0 }.count
    let verdict =
      isViolated
      ? lamp("red", "\(summary.violated) of \(summary.bids) bids violate a rule")
      : lamp(
        "green", "no rule violated", "\(summary.bids) bids, \(readable(Double(summary.checksPassed))) checks passed")
    let unknown =
      summary.checksNotEvaluated > 0
      ? lamp(
        "amber", "\(readable(Double(summary.checksNotEvaluated))) checks not judged",
        "the rule is unknown (\(unknownChecks) of \(summary.checks.count) kinds of check)")
      : lamp("off", "every check could be judged")
    return element(
      "div", ["class": "card lamps"], textElement("h3", "Compliance") + verdict + unknown)
  }

  /// A light that is told by colour, shape and words: ● green, ▲ amber, ■ red, ○ off.
  func lamp(_ colour: String, _ text: String, _ detail: String = "") -> String {
    let shapes = ["green": "●", "amber": "▲", "red": "■"]
    let light = "<i aria-hidden=\"true\">\(shapes[colour] ?? "○")</i>"
    let more = detail.isEmpty ? "" : " " + textElement("small", detail)
    return element("p", ["class": "lamp \(colour)"], light + element("span", [:], textElement("b", text) + more))
  }

  /// What a trader must not overlook: units without capacity, and that there are notes.
  private func attention() -> String {
    var sentences: [String] = []
    if !report.unavailableUnits.isEmpty {
      let names = report.unavailableUnits.map(\.text).joined(separator: ", ")
      sentences.append(escaped("Without available capacity: \(names)."))
    }
    sentences += report.fuelAndDuties.map { escaped($0) }
    let idle = report.units.filter { $0.optimised.onLine.isEmpty }.map(\.unit.text)
    if !idle.isEmpty { sentences.append(escaped("Planned off line all day: \(idle.joined(separator: ", ")).")) }
    if !report.notes.isEmpty {
      let word = report.notes.count == 1 ? "note" : "notes"
      sentences.append("<a href=\"#provenance\">\(report.notes.count) \(word) on data and assumptions</a>")
    }
    guard !sentences.isEmpty else { return "" }
    return element("p", ["class": "attention"], sentences.joined(separator: " · "))
  }

  private func navigation() -> String {
    let entries = [
      ("prices", "Prices"), ("offers", "Offers"), ("curves", "Curves"), ("schedule", "Schedule"), ("units", "Results"),
      ("compliance", "Compliance"), ("reasons", "Reasons"), ("provenance", "Provenance"),
    ]
    return sectionLinks(entries)
  }
}
