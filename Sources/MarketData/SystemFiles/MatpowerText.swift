internal import Foundation

/// The assignments `mpc.name = …;` of a MATPOWER case file: numbers and matrices of numbers; everything else is passed
/// over. Format: MATPOWER 7.1 user's manual, appendix B, case format version 2.
struct MatpowerText {
  /// A row of a matrix with its line in the file.
  struct Row {
    let line: Int
    let values: [Double]
  }

  let file: String
  /// `mpc.name = number;`
  private(set) var numbers: [String: Double] = [:]
  /// `mpc.name = [ … ];`
  private(set) var matrices: [String: [Row]] = [:]

  init(_ text: String, file: String) throws(ImportProblem) {
    self.file = file
    var open: (name: String, line: Int, rows: [Row], values: [Double])?
    var insideCells = false
    for (number, content) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      var rest = content.prefix { $0 != "%" }
      if insideCells {
        if rest.contains("}") { insideCells = false }
        continue
      }
      if open == nil {
        guard let (name, value) = Self.assignment(rest) else { continue }
        guard value.hasPrefix("[") else {
          insideCells = value.hasPrefix("{") && !value.contains("}")
          numbers[name] = Self.number(value.prefix { $0 != ";" })
          continue
        }
        open = (name, number + 1, [], [])
        rest = value.dropFirst()
      }
      guard var matrix = open else { continue }
      if number + 1 > matrix.line, Self.assignment(rest) != nil { break }
      let isClosed = try Self.append(rest, line: number + 1, file: file, to: &matrix.rows, pending: &matrix.values)
      if isClosed { matrices[matrix.name] = matrix.rows }
      open = isClosed ? nil : matrix
    }
    if let open {
      throw .rows([
        RowProblem(
          file: file, line: open.line, column: "mpc.\(open.name)", sentence: "the matrix has no closing bracket.")
      ])
    }
  }

  /// Name and value of "mpc.name = value"; nil for another line.
  private static func assignment(_ line: Substring) -> (name: String, value: Substring)? {
    let trimmed = line.drop { $0 == " " || $0 == "\t" }
    guard trimmed.hasPrefix("mpc."), let equals = trimmed.firstIndex(of: "=") else { return nil }
    let name = trimmed[trimmed.index(trimmed.startIndex, offsetBy: 4)..<equals].filter { $0 != " " && $0 != "\t" }
    let value = trimmed[trimmed.index(after: equals)...].drop { $0 == " " || $0 == "\t" }
    return (name, value)
  }

  /// Reads the values of a line of a matrix; true when the matrix ends in it. "..." continues a row on the next line.
  private static func append(
    _ line: Substring, line number: Int, file: String, to rows: inout [Row], pending: inout [Double]
  ) throws(ImportProblem) -> Bool {
    let end = line.firstIndex(of: "]")
    let inside = line[..<(end ?? line.endIndex)]
    let pieces = inside.split(separator: ";", omittingEmptySubsequences: false)
    for (position, piece) in pieces.enumerated() {
      var continues = false
      for word in piece.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "," || $0 == "\r" }) {
        if word == "..." {
          continues = true
          continue
        }
        guard let value = Self.number(word) else {
          throw .rows([
            RowProblem(file: file, line: number, column: "", sentence: "\"\(word.prefix(40))\" is no number.")
          ])
        }
        pending.append(value)
      }
      if !(continues && position == pieces.count - 1), !pending.isEmpty {
        rows.append(Row(line: number, values: pending))
        pending = []
      }
    }
    return end != nil
  }

  /// A number as MATLAB writes it, with Inf and NaN; nil for anything else.
  private static func number(_ word: some StringProtocol) -> Double? {
    let text = word.trimmingCharacters(in: .whitespaces)
    guard let first = text.unicodeScalars.first(where: { $0 != "+" && $0 != "-" }),
      ("0"..."9").contains(first) || first == "."
        || ["inf", "nan"].contains(text.lowercased().trimmingCharacters(in: ["+", "-"])),
      !text.lowercased().contains("x")
    else { return nil }
    return Double(text)
  }
}
