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
    htmlPage(
      title: "SpotDesk: \(title)",
      followsColourScheme: true,
      isEvaluation: true,
      header: header(),
      main: [
        section("cases", title, subtitle, table()),
        section("provenance", "Provenance", "enough to make this page again", provenance()),
      ].joined(separator: "\n"))
  }

  private func header() -> String {
    pageHeader(title, facts: facts + [("Program", program)])
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
    factList([("Command", command)] + notes.map { ("Note", $0) })
  }
}
