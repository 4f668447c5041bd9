/// Why a workbook was not written or read, in one sentence.
public enum SpreadsheetProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is to be written does not fit into a workbook.
  case unfit(reason: String)
  /// The file cannot be written.
  case unwritable(reason: String)
  /// The bytes are no workbook, or a broken one.
  case broken(reason: String)
  /// Unpacked it would be larger than any file of ours.
  case tooLarge(reason: String)

  public var description: String {
    switch self {
    case .unfit(let reason): "the workbook cannot be made: \(reason)"
    case .unwritable(let reason): "the workbook cannot be written: \(reason)"
    case .broken(let reason): "the file is no XLSX workbook that can be read: \(reason)"
    case .tooLarge(let reason): "the workbook is too large: \(reason)"
    }
  }

  /// Why, as the end of a sentence without a full stop.
  public var reason: String {
    let sentence =
      switch self {
      case .unfit(let reason), .unwritable(let reason), .broken(let reason), .tooLarge(let reason): reason
      }
    return sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
  }
}
