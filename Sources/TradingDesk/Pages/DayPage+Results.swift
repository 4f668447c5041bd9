internal import MarketModel

extension DayPage {
  /// A row for each unit, standard beside optimised, and the fleet.
  func unitResults() -> String {
    let widest = report.units.map { abs(difference($0)) }.max() ?? 0
    let rows = report.units.map { row($0, widest: widest) }.joined(separator: "\n")
    let table = element(
      "table", ["class": "plain results"],
      element("thead", [:], resultHead()) + element("tbody", [:], rows) + element("tfoot", [:], fleetRow()))
    return element("div", ["class": "scroll", "tabindex": "0"], table)
  }

  private func resultHead() -> String {
    let groups = [
      ("", 3), ("Energy, MWh", 2), ("Revenue", 2), ("Profit", 2), ("Difference", 1), ("Hours on line", 2),
      ("Compliance", 1),
    ]
    let top = groups.map { element("th", ["class": "group", "colspan": "\($0.1)"], escaped($0.0)) }
    let pair = [("standard", "figure group-start"), ("optimised", "figure")]
    let first: [(text: String, style: String)] = [("unit", "pinned"), ("plant", ""), ("MW", "figure")]
    let last = [
      ("of profit", "figure group-start"), ("std", "figure group-start"), ("opt", "figure"),
      ("optimised offer", "group-start"),
    ]
    return element("tr", [:], top.joined()) + headRow(first + pair + pair + pair + last)
  }

  private func row(_ unit: DayReport.UnitView, widest: Double) -> String {
    let (standard, optimised) = (unit.standard, unit.optimised)
    let cells = [
      textElement("th", class: "pinned", unit.unit.text), textElement("td", unit.plant.text),
      cell(readable(unit.ratedCapacityMW)),
      cell(readable(standard.clearedEnergyMWh.mean), class: "figure group-start"),
      cell(readable(optimised.clearedEnergyMWh.mean)),
      cell(tenThousands(standard.revenue.mean), class: "figure group-start"),
      cell(tenThousands(optimised.revenue.mean)),
      profitCell(standard.profit, class: "figure group-start"), profitCell(optimised.profit),
      differenceCell(difference(unit), widest: widest),
      cell(hours(standard), class: "figure group-start", title: onLineText(standard)),
      cell(hours(optimised), title: onLineText(optimised)), complianceCell(unit),
    ]
    return element("tr", [:], cells.joined())
  }

  private func fleetRow() -> String {
    let (standard, optimised) = (report.fleet.standard, report.fleet.optimised)
    let capacity = report.units.map(\.ratedCapacityMW).reduce(0, +)
    let hours = [\DayReport.UnitView.standard, \.optimised].map { offer in
      report.units.map { onLineHours($0[keyPath: offer]) ?? 0 }.reduce(0, +)
    }
    let cells = [
      textElement("th", class: "pinned", "Fleet"), textElement("td", "\(report.units.count) units"),
      cell(readable(capacity)), cell(readable(standard.clearedEnergyMWh.mean), class: "figure group-start"),
      cell(readable(optimised.clearedEnergyMWh.mean)),
      cell(tenThousands(standard.revenue.mean), class: "figure group-start"),
      cell(tenThousands(optimised.revenue.mean)),
      profitCell(standard.profit, class: "figure group-start"), profitCell(optimised.profit),
      differenceCell(report.fleet.expectedDifference, widest: 0),
      cell(hoursText(hours[0]), class: "figure group-start"),
      cell(hoursText(hours[1])), fleetLight(),
    ]
    return element("tr", ["class": "total"], cells.joined()) + worstCasesRow()
  }

  /// The mean of the worst 5 % of scenarios, under the profits of the fleet.
  private func worstCasesRow() -> String {
    let (standard, optimised) = (report.fleet.standard, report.fleet.optimised)
    let gap = optimised.conditionalValueAtRisk - standard.conditionalValueAtRisk
    let cells = [
      "<td class=\"pinned\"></td><td colspan=\"6\" class=\"quiet\">"
        + escaped("Fleet, mean profit of the worst 5\u{202F}% of scenarios") + "</td>",
      cell(tenThousands(standard.conditionalValueAtRisk), class: "figure group-start"),
      cell(tenThousands(optimised.conditionalValueAtRisk)), differenceCell(gap, widest: 0),
      "<td class=\"group-start\" colspan=\"3\"></td>",
    ]
    return element("tr", [:], cells.joined())
  }

  private func profitCell(_ profit: ExpectedRange, class style: String = "figure") -> String {
    let range = "[\(tenThousands(profit.low)) … \(tenThousands(profit.high))]"
    return element(
      "td", ["class": style], textElement("b", tenThousands(profit.mean)) + textElement("small", class: "range", range))
  }

  /// The figure and, for comparison down the column, a bar to the right (gain) or to the left (loss) of a middle line.
  private func differenceCell(_ value: Double, widest: Double) -> String {
    let text = textElement("b", class: value < 0 ? "loss" : "gain", signed(value / 10_000, decimals: 2))
    guard widest > 0 else { return element("td", ["class": "figure group-start"], text) }
    let length = abs(value) / widest * 30
    let left = value < 0 ? 30 - length : 30
    let place = "x=\"\(pixel(left))\" y=\"1\" width=\"\(pixel(length))\" height=\"8\""
    let bar =
      "<svg class=\"bar\" viewBox=\"0 0 60 10\" aria-hidden=\"true\">"
      + "<rect class=\"\(value < 0 ? "loss" : "gain")\" \(place)/>"
      + "<line x1=\"30\" x2=\"30\" y1=\"0\" y2=\"10\"/></svg>"
    return element("td", ["class": "figure group-start nowrap"], bar + text)
  }

  private func complianceCell(_ unit: DayReport.UnitView) -> String {
    var lights: [String] = []
    if !unit.violations.isEmpty || unit.verdict == "violated" {
      lights.append(lamp("red", "violated", unit.violations.map(\.id).joined(separator: ", ")))
    } else {
      lights.append(lamp("green", "no rule violated"))
    }
    if !unit.unconfirmed.isEmpty {
      let names = unit.unconfirmed.map(\.id).joined(separator: ", ")
      lights.append(lamp("amber", "\(unit.unconfirmed.count) not judged", names))
    }
    let sentences = (unit.violations + unit.unconfirmed).flatMap { check in
      check.sentences.map { "\(check.id): \($0)" }
    }
    return element(
      "td", ["class": "lights group-start", "title": sentences.joined(separator: "\n")], lights.joined())
  }

  private func fleetLight() -> String {
    let isViolated = report.compliance.violated > 0 || report.compliance.verdict == "violated"
    let light =
      isViolated ? lamp("red", "\(report.compliance.violated) bids violated") : lamp("green", "no rule violated")
    let unknown = report.compliance.checksNotEvaluated
    let second = unknown > 0 ? lamp("amber", "\(readable(Double(unknown))) not judged") : ""
    return element("td", ["class": "lights group-start"], light + second)
  }

  private func difference(_ unit: DayReport.UnitView) -> Double {
    unit.optimised.profit.mean - unit.standard.profit.mean
  }

  private func hours(_ offer: DayReport.OfferView) -> String {
    guard let hours = onLineHours(offer) else { return onLineText(offer) }
    return hoursText(hours)
  }

  private func hoursText(_ hours: Double) -> String { readable(hours, decimals: hours == hours.rounded() ? 0 : 2) }

  /// Sum of the spans, as "05:00–10:15" is 5.25; nil if a span cannot be read.
  private func onLineHours(_ offer: DayReport.OfferView) -> Double? {
    var sum = 0.0
    for span in offer.onLine {
      let ends = span.split(separator: "–").compactMap { clockHours($0) }
      guard ends.count == 2 else { return nil }
      sum += ends[1] - ends[0]
    }
    return sum
  }
}

extension DayPage {
  /// Every check over all bids: violated ones first, then those that could not be judged.
  func complianceTable() -> String {
    let order = report.compliance.checks.enumerated().sorted { left, right in
      let ranks = (rank(left.element), rank(right.element))
      return ranks.0 == ranks.1 ? left.offset < right.offset : ranks.0 < ranks.1
    }
    let head = headRow([
      ("", ""), ("check", ""), ("what it asks", ""), ("severity", ""), ("rule, clause", ""), ("passed", "figure"),
      ("violated", "figure"), ("not judged", "figure"), ("remark", ""),
    ])
    let rows = order.map { complianceRow($0.element) }.joined(separator: "\n")
    let table = element(
      "table", ["class": "plain checks"], element("thead", [:], head) + element("tbody", [:], rows))
    return element("div", ["class": "scroll", "tabindex": "0"], table) + violationList()
  }

  private func rank(_ check: DayReport.CheckSummary) -> Int {
    check.violated > 0 ? 0 : (check.notEvaluated > 0 ? 1 : 2)
  }

  private func complianceRow(_ check: DayReport.CheckSummary) -> String {
    let colour = ["red", "amber", "green"][rank(check)]
    let word = ["violated", "not judged", "passed"][rank(check)]
    let cells = [
      element("td", ["class": "lights"], lamp(colour, word)), textElement("td", class: "code", check.id),
      textElement("td", check.title), textElement("td", check.severity), textElement("td", check.rule),
      cell(count(check.passed)), cell(count(check.violated), class: check.violated > 0 ? "figure loss" : "figure"),
      cell(count(check.notEvaluated), class: check.notEvaluated > 0 ? "figure unknown" : "figure"),
      textElement("td", class: "remark", check.remark),
    ]
    return element("tr", ["class": "check-\(colour)"], cells.joined())
  }

  private func count(_ number: Int) -> String { number == 0 ? "·" : readable(Double(number)) }

  /// Every violation in full, so that none has to be looked for in tooltips.
  private func violationList() -> String {
    let sentences = report.units.flatMap { unit in
      unit.violations.flatMap { check in check.sentences.map { "\(unit.unit.text), \(check.id): \($0)" } }
    }
    guard !sentences.isEmpty else { return "" }
    let list = sentences.map { textElement("li", $0) }.joined()
    return textElement("h3", "Violations") + element("ul", ["class": "violations"], list)
  }
}
