internal import MarketData

/// Text of somebody else's file as a cell of a CSV file that no spreadsheet runs: what begins like a formula, also after blanks,
/// gets an apostrophe; numbers stay as they are. Quoted where needed.
public func inertCell(_ text: String) -> String {
  let first = text.unicodeScalars.first { $0 != " " }
  let isFormula = first.map { "=+-@\t\r\n".unicodeScalars.contains($0) } ?? false
  return csvField(isFormula && Double(text) == nil ? "'" + text : text)
}
