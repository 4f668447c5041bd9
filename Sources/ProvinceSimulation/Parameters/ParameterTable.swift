/// A comma-separated text without quotes, read strictly: the header must be the expected one.
struct ParameterTable {
  let rows: [[String]]

  init(_ text: String, file: String, columns: [String]) throws(ProvinceParametersError) {
    let lines = text.split(whereSeparator: \.isNewline)
    guard let header = lines.first, Self.fields(header) == columns else {
      throw ProvinceParametersError("\(file): the first line must be \(columns.joined(separator: ",")).")
    }
    var found: [[String]] = []
    for (number, line) in zip(2..., lines.dropFirst()) {
      let fields = Self.fields(line)
      guard fields.count == columns.count else {
        throw ProvinceParametersError(
          "\(file), line \(number): \(fields.count) fields were found, \(columns.count) are needed.")
      }
      found.append(fields)
    }
    rows = found
  }

  private static func fields(_ line: Substring) -> [String] {
    line.split(separator: ",", omittingEmptySubsequences: false).map { String($0) }
  }

  static func number(_ text: String, _ place: String) throws(ProvinceParametersError) -> Double {
    guard let value = Double(text), value.isFinite else {
      throw ProvinceParametersError("\(place): \"\(text)\" is not a number. Correct the file.")
    }
    return value
  }
}

/// What is wrong with a parameter file, in one sentence.
public struct ProvinceParametersError: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String
  init(_ description: String) { self.description = description }
}
