public import Foundation

/// A table of text: a header and rows whose fields are asked for by name; what they mean is somebody else's business.
public struct TextRecords: Sendable {
  public struct Row: Sendable {
    /// Line of the file; the header is on 1.
    public let line: Int
    public let fields: [String: String]

    public init(line: Int, fields: [String: String]) {
      self.line = line
      self.fields = fields
    }

    /// The field's text, "" if the file has no such column.
    public subscript(column: String) -> String { fields[column] ?? "" }
  }

  public let file: String
  public let header: [String]
  public let rows: [Row]

  public init(file: String, header: [String], rows: [Row]) {
    self.file = file
    self.header = header
    self.rows = rows
  }

  /// Reads a CSV file; every row must have as many fields as the header.
  public init(csv url: URL) throws(ImportProblem) {
    let table = try NamedRows(url)
    self.init(file: table.file, header: table.header, rows: table.rows.map { Row(line: $0.line, fields: $0.fields) })
  }
}
