internal import Foundation

/// The cells of one sheet as they stream by.
final class SheetPart: XMLPartHandler {
  private(set) var problem: SpreadsheetProblem?
  private(set) var rows: [[SheetCell]] = []
  private(set) var allowance: CellAllowance
  private let name: String
  private let strings: [String]
  private let dateStyles: Set<Int>
  private let countsFrom1904: Bool

  /// Position of the next row and column where a file names none.
  private var rowIndex = -1
  private var columnIndex = -1
  private var kind = "n"
  private var style = 0
  private var value = ""
  private var isInValue = false
  private var inline = RichText()
  private var isInline = false

  init(
    name: String, strings: [String], dateStyles: Set<Int>, countsFrom1904: Bool, allowance: CellAllowance
  ) {
    self.name = name
    self.strings = strings
    self.dateStyles = dateStyles
    self.countsFrom1904 = countsFrom1904
    self.allowance = allowance
  }

  func begin(_ element: String, _ attributes: XMLAttributes) {
    switch element {
    case "row": beginRow(attributes["r"])
    case "c": beginCell(attributes)
    case "v": isInValue = true
    case "is": isInline = true
    default: if isInline { inline.begin(element) }
    }
  }

  func end(_ element: String) {
    switch element {
    case "v": isInValue = false
    case "is": isInline = false
    case "c": endCell()
    default: if isInline { inline.end(element) }
    }
  }

  func text(_ text: String) {
    if isInValue { value += text } else if isInline { inline.add(text) }
  }

  private func refuse(_ reason: String) {
    problem = problem ?? .broken(reason: "sheet \(name) " + reason)
  }

  private func beginRow(_ number: String?) {
    if let number {
      guard let row = Int(number), row >= 1, row <= Sheet.largestRowCount else {
        return refuse("has a row \"\(number)\".")
      }
      guard row - 1 > rowIndex else { return refuse("has row \(row) after row \(rowIndex + 1).") }
      rowIndex = row - 1
    } else {
      rowIndex += 1
    }
    guard rowIndex < Sheet.largestRowCount else { return refuse("has too many rows.") }
    take(rowIndex + 1 - rows.count)
    guard problem == nil else { return }
    while rows.count <= rowIndex { rows.append([]) }
    columnIndex = -1
  }

  private func take(_ count: Int) {
    do { try allowance.take(count) } catch { problem = problem ?? error }
  }

  private func beginCell(_ attributes: XMLAttributes) {
    guard rowIndex >= 0 else { return refuse("has a cell outside a row.") }
    kind = attributes["t"] ?? "n"
    style = attributes["s"].flatMap { Int($0) } ?? 0
    value = ""
    _ = inline.take()
    guard let reference = attributes["r"] else {
      columnIndex += 1
      return
    }
    guard let (column, row) = SheetPart.position(reference), row == rowIndex else {
      return refuse("has a cell \"\(reference)\" in row \(rowIndex + 1).")
    }
    guard column > columnIndex else { return refuse("has cell \(reference) twice or out of order.") }
    columnIndex = column
  }

  private func endCell() {
    guard problem == nil, rowIndex >= 0, columnIndex >= 0 else { return }
    guard columnIndex < Sheet.largestColumnCount else { return refuse("has too many columns.") }
    guard let cell = cell() else {
      return refuse("holds \"\(value.prefix(40))\" as a cell of kind \(kind) in row \(rowIndex + 1).")
    }
    guard cell != .empty else { return }
    let missing = columnIndex - rows[rowIndex].count
    take(missing + 1)
    guard problem == nil else { return }
    rows[rowIndex] += Array(repeating: .empty, count: missing) + [cell]
  }

  /// nil if the value is not of its kind.
  private func cell() -> SheetCell? {
    switch kind {
    case "inlineStr":
      let text = inline.take()
      return text.isEmpty ? .empty : .text(text)
    case "str": return value.isEmpty ? .empty : .text(value.withoutCharacterEscapes)
    case "s":
      guard let index = Int(value.trimmingCharacters(in: .whitespaces)), strings.indices.contains(index) else {
        return nil
      }
      return strings[index].isEmpty ? .empty : .text(strings[index])
    case "b": return value.isEmpty ? .empty : .flag(value == "1" || value == "true")
    case "e": return .failure(value)
    case "d": return .text(value)
    case "n": return numberCell()
    default: return nil
    }
  }

  private func numberCell() -> SheetCell? {
    let text = value.trimmingCharacters(in: .whitespacesAndNewlines)
    guard !text.isEmpty else { return .empty }
    guard let number = Double(text), number.isFinite else { return nil }
    guard dateStyles.contains(style) else { return .number(number) }
    // 1904-01-01 is day 1,462 of the other count.
    return SheetDate(serial: number + (countsFrom1904 ? 1_462 : 0)).map(SheetCell.date) ?? .number(number)
  }

  /// Column and row of "AB12", both from 0; nil if it is no such name or lies outside every sheet.
  static func position(_ reference: String) -> (column: Int, row: Int)? {
    var column = 0
    var row = 0
    var letters = 0
    var digits = 0
    for byte in reference.utf8 {
      switch byte {
      case 65...90 where digits == 0 && letters < 3:
        column = column * 26 + Int(byte) - 64
        letters += 1
      case 48...57 where letters > 0 && digits < 7:
        row = row * 10 + Int(byte) - 48
        digits += 1
      default: return nil
      }
    }
    guard letters > 0, row > 0, column <= Sheet.largestColumnCount else { return nil }
    return (column - 1, row - 1)
  }
}
