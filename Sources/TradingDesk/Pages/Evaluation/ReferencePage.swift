/// A page with one table: solved reference cases beside their published figures. One HTML document that needs nothing else.
struct ReferencePage {
  struct Column {
    var title: String
    var isFigure = true
  }

  let title: String
  let subtitle: String
  /// Pairs of a word and its figure, at the head of the page.
  let facts: [(String, String)]
  let columns: [Column]
  /// Cells by row, in the order of the columns.
  let rows: [[String]]
  let notes: [String]
  let program: String
  let command: String

  func document() -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>\(escaped("SpotDesk: \(title)"))</title>
    <link rel="icon" href="data:,">
    <style>
    \(dayPageStyle)
    \(evaluationPageStyle)
    </style>
    </head>
    <body class="evaluation">
    \(header())
    <main>
    \(section("cases", title, subtitle, table()))
    \(section("provenance", "Provenance", "enough to make this page again", provenance()))
    </main>
    </body>
    </html>

    """
  }

  private func header() -> String {
    let list = (facts + [("Program", program)]).map {
      element("div", [:], textElement("dt", $0.0) + textElement("dd", $0.1))
    }
    return element(
      "header", [:],
      element(
        "div", ["class": "title"],
        textElement("h1", title) + element("dl", ["class": "facts"], list.joined())))
  }

  private func section(_ identifier: String, _ heading: String, _ subtitle: String, _ content: String) -> String {
    element(
      "section", ["id": identifier],
      element("h2", [:], escaped(heading) + " " + textElement("small", subtitle)) + "\n" + content)
  }

  private func table() -> String {
    let head = headRow(columns.map { (text: $0.title, style: $0.isFigure ? "figure" : "") })
    let body = rows.map { row in
      element("tr", [:], zip(columns, row).map { cell($1, class: $0.isFigure ? "figure" : "") }.joined())
    }
    return element(
      "div", ["class": "scroll"],
      element("table", [:], element("thead", [:], head) + element("tbody", [:], body.joined(separator: "\n"))))
  }

  private func provenance() -> String {
    let lines = [("Command", command)] + notes.map { ("Note", $0) }
    return element(
      "dl", ["class": "facts"],
      lines.map { element("div", [:], textElement("dt", $0.0) + textElement("dd", $0.1)) }.joined())
  }
}
