internal import Foundation

/// One file of a folder, its rows by the element that their first column names.
struct FolderTable {
  let file: String
  let rows: [NamedRow]
  /// Column of the name.
  let key: String

  /// Reads a file with exactly these columns, the name's first. A missing file has no rows unless it is required.
  init(_ folder: URL, _ name: String, _ columns: [String], required: Bool = false) throws(ImportProblem) {
    key = columns[0]
    let url = [name, name + ".gz"].map { folder.appendingPathComponent($0) }.first {
      FileManager.default.fileExists(atPath: $0.path)
    }
    guard let url else {
      file = folder.appendingPathComponent(name).relativePath
      guard !required else { throw .unreadable(file: file, reason: "the folder has no such file; add it") }
      rows = []
      return
    }
    let table = try NamedRows(url)
    try table.requireColumns(columns)
    file = table.file
    rows = table.rows
  }

  /// The rows, each of an element of its own.
  func elements() throws(ImportProblem) -> [(name: String, row: NamedRow)] {
    var seen: Set<String> = []
    var elements: [(name: String, row: NamedRow)] = []
    for row in rows {
      let name = try row.text(key)
      guard seen.insert(name).inserted else {
        throw row.problem(key, "\"\(name)\" stands a second time; give each \(key) a name of its own.")
      }
      elements.append((name, row))
    }
    return elements
  }

  /// The rows of each element. Every name must be one of `known`.
  func groups(_ known: [String: Int]) throws(ImportProblem) -> [String: [NamedRow]] {
    var groups: [String: [NamedRow]] = [:]
    for row in rows {
      let name = try row.text(key)
      _ = try row.position(key, in: known)
      groups[name, default: []].append(row)
    }
    return groups
  }

  /// The rows of each element by interval, one for each of `count`; an element without any row is left out.
  func intervals(_ known: [String: Int], count: Int) throws(ImportProblem) -> [String: [NamedRow]] {
    var sorted: [String: [NamedRow]] = [:]
    for (name, rows) in try groups(known).sorted(by: { $0.key < $1.key }) {
      var byInterval = [NamedRow?](repeating: nil, count: count)
      for row in rows {
        let interval = try row.wholeNumber("interval")
        guard (1...count).contains(interval) else {
          throw row.problem("interval", "is \(interval); the intervals of system.csv are 1 to \(count).")
        }
        guard byInterval[interval - 1] == nil else {
          throw row.problem("interval", "interval \(interval) of \(name) stands a second time; keep one row.")
        }
        byInterval[interval - 1] = row
      }
      if let missing = byInterval.firstIndex(where: { $0 == nil }) {
        throw .element(
          file: file, element: "\(key) \(name)", field: "",
          sentence: "has no row for interval \(missing + 1); give one for each of \(count) intervals.")
      }
      sorted[name] = byInterval.compactMap { $0 }
    }
    return sorted
  }
}

extension NamedRow {
  /// Position of the element that a field names.
  func position(_ column: String, in known: [String: Int]) throws(ImportProblem) -> Int {
    let name = try text(column)
    guard let position = known[name] else {
      throw problem(column, "\"\(name)\" is not known; its own file has no such row.")
    }
    return position
  }

  /// A number of at least 0; without one the limit is infinite.
  func limit(_ column: String) throws(ImportProblem) -> Double {
    guard let value = try optionalNumber(column) else { return .infinity }
    guard value >= 0 else { throw problem(column, "\(shownNumber(value)) is below 0; the least is 0.") }
    return value
  }

  /// A band; a missing end is infinite.
  func band(_ lower: String, _ upper: String) throws(ImportProblem) -> ClosedRange<Double> {
    let low = try optionalNumber(lower) ?? -.infinity
    let high = try optionalNumber(upper) ?? .infinity
    guard low <= high else {
      throw problem(lower, "\(shownNumber(low)) is above \(upper), \(shownNumber(high)); correct one of them.")
    }
    return low...high
  }
}

/// Position of each name.
func positions(_ names: [String]) -> [String: Int] {
  Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
}

extension [NamedRow] {
  /// The column of every row.
  func series(_ column: String) throws(ImportProblem) -> [Double] {
    var values: [Double] = []
    for row in self { values.append(try row.number(column)) }
    return values
  }

  /// The column of every row, or nothing where it is empty throughout.
  func optionalSeries(_ column: String) throws(ImportProblem) -> [Double] {
    allSatisfy { $0.optionalText(column) == nil } ? [] : try series(column)
  }
}
