/// A table of text with aligned columns.
struct TextTable {
  enum Alignment { case left, right }

  private let alignments: [Alignment]
  private var rows: [[String]] = []
  private var rules: Set<Int> = []

  init(_ header: [String], alignments: [Alignment]) {
    precondition(header.count == alignments.count, "one alignment for each column")
    self.alignments = alignments
    rows.append(header)
    rules.insert(1)
  }

  mutating func append(_ cells: [String]) {
    precondition(cells.count == alignments.count, "one cell for each column")
    rows.append(cells)
  }

  /// A line across the table before the next row.
  mutating func rule() { rules.insert(rows.count) }

  func rendered(indent: String = "") -> String {
    let widths = alignments.indices.map { column in rows.map { displayWidth($0[column]) }.max() ?? 0 }
    let line = indent + widths.map { String(repeating: "─", count: $0) }.joined(separator: "─┼─") + "\n"
    var text = ""
    for (number, row) in rows.enumerated() {
      if rules.contains(number) { text += line }
      let cells = alignments.indices.map { column -> String in
        let padding = String(repeating: " ", count: widths[column] - displayWidth(row[column]))
        return alignments[column] == .left ? row[column] + padding : padding + row[column]
      }
      text += (indent + cells.joined(separator: " │ ")).trimmingTrailingSpaces() + "\n"
    }
    return text
  }
}

/// Columns that a terminal gives to a text: two for a wide (East Asian) character.
func displayWidth(_ text: String) -> Int {
  text.unicodeScalars.reduce(0) { sum, scalar in
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
      0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF:
      sum + 2
    default: sum + 1
    }
  }
}

extension String {
  fileprivate func trimmingTrailingSpaces() -> String {
    var end = endIndex
    while end > startIndex, self[index(before: end)] == " " { end = index(before: end) }
    return String(self[..<end])
  }
}
