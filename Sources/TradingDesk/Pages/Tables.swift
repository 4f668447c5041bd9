/// A table that scrolls sideways where the window is narrow; `head` and `rows` are markup.
func scrolled(_ head: String, _ rows: [String]) -> String {
  element(
    "div", ["class": "scroll"],
    element(
      "table", ["class": "plain"],
      element("thead", [:], head) + element("tbody", [:], rows.joined(separator: "\n"))))
}

/// A table of text; the first `words` columns are words, the others figures.
func plainTable(_ titles: [String], words: Int, _ rows: [[String]]) -> String {
  plainTable(titles, words: words, rows.map { $0.map { PlainCell($0) } })
}

/// A text of a table, and what a pointer that rests on it reads.
struct PlainCell {
  let text: String
  let title: String

  init(_ text: String, title: String = "") { (self.text, self.title) = (text, title) }
}

/// A table of text with what the pointer reads; the first `words` columns are words, the others figures.
func plainTable(_ titles: [String], words: Int, _ rows: [[PlainCell]]) -> String {
  let head = headRow(titles.enumerated().map { (text: $1, style: $0 < words ? "" : "figure") })
  let body = rows.map { row in
    element(
      "tr", [:],
      row.enumerated().map { $0 < words ? textElement("td", $1.text) : cell($1.text, title: $1.title) }.joined())
  }
  return scrolled(head, [body.joined()])
}

/// A headline figure with its unit under its title; one line below.
func card(_ title: String, _ figure: String, _ unit: String, _ below: String) -> String {
  let number = textElement("span", class: "big", figure) + " " + textElement("span", class: "unit", unit)
  return element(
    "div", ["class": "card"],
    textElement("h3", title) + element("p", [:], number) + textElement("p", class: "below", below))
}

/// Headline figures of a page side by side.
func headlineCards(_ cards: [String]) -> String { element("div", ["class": "headline"], cards.joined()) }
