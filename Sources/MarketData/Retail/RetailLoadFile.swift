public import Foundation
internal import MarketModel

/// Energy of customers by interval or day, read row by row in bounded memory.
///
/// Three layouts, told from the header: a row an interval (`customer_id, ts_start, energy_mwh`), a row a day (`customer_id, date`
/// and one column, or 24, 48 or 96 of them in order), and daily-wide (a date column, then a column a customer). Rows stand in any
/// order. The unit stands in the column's name (`energy_kwh`) or is given.
public struct RetailLoadFile {
  /// One reading: position of the customer, day number, hour 0…23 or -1 for a whole day, energy in MWh.
  public typealias Sink = (_ customer: Int, _ day: Int, _ hour: Int, _ energyMWh: Double) -> Void

  public let file: String
  public let sha256: String
  public let rows: Int
  public let notes: [String]

  /// - Parameters:
  ///   - unit: "kwh", "mwh" or "wankwh" (ten thousand kWh); nil: the column's name, else MWh by row and kWh for daily-wide.
  ///   - position: position of a customer by its name; called once for each new name in a row.
  public static func read(
    _ url: URL, unit: String?, position: @escaping (String) -> Int, sink: Sink
  ) throws(ImportProblem) -> RetailLoadFile {
    let reader = try CSVRecordReader(ByteSource(url))
    let file = reader.source.file
    let header = try reader.header()
    let layout = try RetailLoadLayout(header, unit: unit, file: file)
    var pass = RetailLoadPass(layout: layout, header: header, position: position)
    var rows = 0
    while try reader.next() {
      rows += 1
      try pass.read(reader, sink)
    }
    guard rows > 0 else { throw .empty(file: file) }
    return RetailLoadFile(
      file: file, sha256: reader.source.contentDigest(), rows: rows, notes: layout.notes)
  }
}

/// Which column is what.
struct RetailLoadLayout {
  enum Shape { case interval, day, wide }

  let shape: Shape
  let customer: Int
  let time: Int
  let quality: Int?
  /// Columns with energies: one, a day's intervals in order, or the customers.
  let energies: [Int]
  let factor: Double
  let notes: [String]

  init(_ header: [String], unit: String?, file: String) throws(ImportProblem) {
    let lower = header.map { $0.lowercased() }
    let find = { (names: [String]) in lower.firstIndex { names.contains($0) } }
    let ids = ["customer_id", "customer", "meter_id", "meter", "id", "customerid", "account_id"]
    let times = ["ts_start", "timestamp", "time", "datetime", "ts", "start"]
    quality = find(["quality"])
    let given = try unit.map { (name: String) throws(ImportProblem) in try Self.factor(name, file: file) }
    if let customer = find(ids), let time = find(times) {
      (shape, self.customer, self.time) = (.interval, customer, time)
      energies = [try Self.energy(lower, file: file)]
      factor = given ?? Self.factor(column: lower[energies[0]])
      notes = []
    } else if let customer = find(ids), let date = find(["date", "day", "record_date"]) {
      (shape, self.customer, self.time) = (.day, customer, date)
      let named = lower.indices.filter { lower[$0].hasPrefix("energy") || lower[$0] == "load" }
      let skipped = Set([customer, date, quality ?? -1, find(["unit"]) ?? -1, find(["source"]) ?? -1])
      energies = named.isEmpty ? lower.indices.filter { !skipped.contains($0) } : named
      guard [1, 24, 48, 96].contains(energies.count) else {
        throw .header(
          file: file,
          sentence:
            "\(energies.count) columns of energy; a row of a day has 1, 24, 48 or 96, or write a row an interval.")
      }
      factor = given ?? Self.factor(column: lower[energies[0]])
      notes = []
    } else if let first = lower.first, ["date", "day", "record_date"].contains(first) {
      (shape, customer, time) = (.wide, -1, 0)
      energies = lower.indices.dropFirst().filter { lower[$0] != "total" }
      factor = given ?? 0.001
      notes = given == nil ? ["daily-wide energies are taken to be kWh; say --load-unit otherwise"] : []
    } else {
      throw .header(
        file: file,
        sentence:
          "no customer and time are found in the header \(quotedList(Array(header.prefix(8)))); write customer_id, ts_start and energy_mwh."
      )
    }
  }

  private static func energy(_ header: [String], file: String) throws(ImportProblem) -> Int {
    let names = [
      "energy_mwh", "energy_kwh", "energy_wankwh", "energy", "mwh", "kwh", "load_mwh", "load_kwh", "load", "value",
    ]
    guard let found = names.compactMap({ header.firstIndex(of: $0) }).first else {
      throw .header(file: file, sentence: "missing column \"energy_mwh\"; the header has \(quotedList(header)).")
    }
    return found
  }

  private static func factor(column: String) -> Double {
    if column.contains("wankwh") || column.contains("万kwh") { return 10 }
    return column.contains("kwh") ? 0.001 : 1
  }

  private static func factor(_ unit: String, file: String) throws(ImportProblem) -> Double {
    switch unit.lowercased() {
    case "kwh": return 0.001
    case "mwh": return 1
    case "wankwh", "万kwh": return 10
    default: throw .header(file: file, sentence: "there is no unit \"\(unit)\" of energy; write kwh, mwh or wankwh.")
    }
  }
}

/// Reads the records of one load file and remembers the last customer and day that it met.
struct RetailLoadPass {
  let layout: RetailLoadLayout
  let header: [String]
  let position: (String) -> Int
  var positions: [String: Int] = [:]
  var lastName: [UInt8] = []
  var lastPosition = 0
  var lastDate: [UInt8] = []
  var lastDay = 0
  var columns: [Int] = []

  init(layout: RetailLoadLayout, header: [String], position: @escaping (String) -> Int) {
    self.layout = layout
    self.header = header
    self.position = position
  }
}
