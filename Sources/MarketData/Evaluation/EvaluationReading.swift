public import Foundation
import MarketModel

extension EvaluationFile {
  /// Reads one file into whole days.
  ///
  /// Blank cells and "NA" become NaN; a missing day stays in the calendar as NaN; days of 23 or 25 hours are fitted to
  /// 24 (``ClockChange``); a row that stands twice counts once. All of that is told in `notes`. Text in a number is
  /// refused with line and column.
  ///
  /// - Parameters:
  ///   - formats: the known formats; the first whose columns the header has is taken if `format` is nil.
  ///   - format: name of the format.
  public static func read(
    _ url: URL, formats: [EvaluationFormat], format: String?
  ) throws(ImportProblem) -> EvaluationFile {
    let reader = try CSVRecordReader(ByteSource(url))
    let file = reader.source.file
    let header = try reader.header()
    let chosen = try choose(format, among: formats, header: header, file: file)
    let columns = try EvaluationColumns(chosen, header: header, file: file)
    var rows = EvaluationRows(columns, header: header, file: file)
    while try reader.next() { try rows.add(reader) }
    guard rows.count > 0 else { throw .empty(file: file) }
    guard rows.problems.isEmpty else { throw .rows(rows.problems) }
    let step = rows.step
    guard let length = IntervalLength(rawValue: step) else {
      throw .header(
        file: file, sentence: "the rows are \(step) minutes apart; intervals have 5, 15, 30 or 60 minutes.")
    }
    var notes: [String] = []
    var tables: [EvaluationTable] = []
    for site in rows.sites {
      var assembly = EvaluationAssembly(columns, length: length, file: file)
      tables.append(try assembly.table(of: site))
      notes += assembly.notes.map { rows.sites.count > 1 ? "\(site.name): \($0)" : $0 }
    }
    return EvaluationFile(
      file: file, sha256: reader.source.contentDigest(), format: chosen, length: length, rows: rows.count,
      tables: tables, notes: notes)
  }

  private static func choose(
    _ name: String?, among formats: [EvaluationFormat], header: [String], file: String
  ) throws(ImportProblem) -> EvaluationFormat {
    let isReference = { (format: EvaluationFormat) in format.rows.contains { $0.role == .values(.reference) } }
    let names = formats.filter { !isReference($0) }.map(\.name).joined(separator: ", ")
    if let name {
      guard let format = formats.first(where: { $0.name == name }) else {
        throw .header(file: file, sentence: "there is no format \"\(name)\"; the formats are \(names).")
      }
      return format
    }
    guard let format = formats.first(where: { !isReference($0) && $0.missing(in: header).isEmpty }) else {
      throw .header(
        file: file,
        sentence:
          "the header \(quotedList(Array(header.prefix(12))))\(header.count > 12 ? ", …" : "") belongs to none of the formats \(names); name one with --format to "
          + "hear which columns are missing.")
    }
    return format
  }
}

/// The rows of a file as they stand, by site.
struct EvaluationRows {
  /// Rows of one site in the order of the file.
  struct Site {
    let name: String
    /// Day number and minute of the day that each row writes.
    var days: [Int] = []
    var minutes: [Int] = []
    var lines: [Int] = []
    /// By column and row.
    var values: [[Double]]
  }

  let columns: EvaluationColumns
  let header: [String]
  let file: String
  private(set) var sites: [Site] = []
  private(set) var count = 0
  private(set) var problems: [RowProblem] = []
  private var positions: [String: Int] = [:]

  init(_ columns: EvaluationColumns, header: [String], file: String) {
    self.columns = columns
    self.header = header
    self.file = file
  }

  /// Takes the row at which the reader stands.
  mutating func add(_ reader: CSVRecordReader) throws(ImportProblem) {
    count += 1
    guard reader.fieldCount == header.count else {
      try note(
        reader.line, nil, "the row has \(reader.fieldCount) fields where the header has \(header.count).")
      return
    }
    guard let mark = mark(reader) else {
      try note(reader.line, clockColumn, "\"\(FieldParsing.shown(reader.field(clockColumn)))\" is no time.")
      return
    }
    let name = columns.site.map { reader.text($0)?.trimmingCharacters(in: .whitespaces) ?? "" } ?? ""
    let site = position(of: name)
    sites[site].days.append(mark.day)
    sites[site].minutes.append(mark.minute)
    sites[site].lines.append(reader.line)
    for (position, column) in columns.values.enumerated() {
      let field = reader.field(column.index)
      if let value = FieldParsing.number(field) {
        sites[site].values[position].append(value)
      } else {
        sites[site].values[position].append(.nan)
        if !EvaluationRows.isBlank(field) {
          try note(reader.line, column.index, "\"\(FieldParsing.shown(field))\" is no number.")
        }
      }
    }
  }

  /// The distance of rows, in minutes: the most frequent one between neighbours within a day; 60 if there is none.
  var step: Int {
    if case .dayAndNumber = columns.clock { return 60 }
    var counts: [Int: Int] = [:]
    for site in sites {
      for index in site.days.indices.dropFirst() where site.days[index] == site.days[index - 1] {
        let distance = site.minutes[index] - site.minutes[index - 1]
        if distance > 0 { counts[distance, default: 0] += 1 }
      }
    }
    return counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key ?? 60
  }

  private mutating func position(of name: String) -> Int {
    if let known = positions[name] { return known }
    positions[name] = sites.count
    sites.append(Site(name: name, values: [[Double]](repeating: [], count: columns.values.count)))
    return sites.count - 1
  }

  private var clockColumn: Int {
    switch columns.clock {
    case .dayAndEnd(_, let column), .dayAndNumber(_, let column), .startTime(let column), .endTime(let column): column
    }
  }

  private func mark(_ reader: CSVRecordReader) -> (day: Int, minute: Int)? {
    switch columns.clock {
    case .startTime(let column), .endTime(let column): return EvaluationTimestamp.read(reader.field(column))
    case .dayAndEnd(let day, let label):
      guard let day = EvaluationTimestamp.date(reader.field(day)), let minute = FieldParsing.minute(reader.field(label))
      else { return nil }
      return (day, minute)
    case .dayAndNumber(let day, let number):
      guard let day = EvaluationTimestamp.date(reader.field(day)),
        let number = FieldParsing.number(reader.field(number)).flatMap({ Int(exactly: $0) }), (1...25).contains(number)
      else { return nil }
      return (day, number * 60)
    }
  }

  /// An empty cell, or one of the usual words for "not known".
  private static func isBlank(_ field: UnsafeBufferPointer<UInt8>) -> Bool {
    let text = FieldParsing.trim(field)
    if text.isEmpty { return true }
    guard text.count <= 4 else { return false }
    return ["na", "nan", "n/a", "null", "-"].contains(FieldParsing.shown(text).lowercased())
  }

  private mutating func note(_ line: Int, _ column: Int?, _ sentence: String) throws(ImportProblem) {
    let name = column.map { header[$0].isEmpty ? "column \($0 + 1)" : header[$0] } ?? ""
    problems.append(RowProblem(file: file, line: line, column: name, sentence: sentence))
    if problems.count >= RowProblem.limit { throw .rows(problems) }
  }
}
