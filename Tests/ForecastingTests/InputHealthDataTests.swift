import Forecasting
import Foundation
import MarketModel
import MarketTestSupport
import Testing

/// Columns of a shared table of equal days, read once for the tests of this target.
struct SharedTable {
  /// columns[column][day][interval]; NaN where a field is empty.
  let columns: [[[Double]]]

  /// The shared data folder, or nil where it is absent.
  static let folder: URL? = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let named = ProcessInfo.processInfo.environment["SPOTDESK_SHARED_DATA"].map { URL(filePath: $0) }
    let folder = named ?? root.deletingLastPathComponent().appending(path: "shared/data")
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
  }()

  /// Rows whose first field starts with `prefix`, from row `skip` on, cut into days; an incomplete last day is left out.
  init(_ path: String, fields: [Int], intervals: Int, prefix: String = "", skip: Int = 1) throws {
    let file = try #require(SharedTable.folder).appending(path: path)
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["gzip", "-dc", file.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    var flat = [[Double]](repeating: [], count: fields.count)
    for row in data.split(separator: UInt8(ascii: "\n")).dropFirst(skip) where row.starts(with: prefix.utf8) {
      let parts = row.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
      for (index, field) in fields.enumerated() {
        flat[index].append(
          Double(String(decoding: parts[field], as: UTF8.self).trimmingCharacters(in: .whitespaces)) ?? .nan)
      }
    }
    columns = flat.map { values in
      (0..<values.count / intervals).map { Array(values[$0 * intervals..<($0 + 1) * intervals]) }
    }
  }
}

@Suite("Health of the shared data", .enabled(if: SharedTable.folder != nil, "skipped: no shared data"))
struct InputHealthDataTests {
  @Test("two years of Nord Pool have one fault, a wind forecast of zero for thirteen hours, and no false alarm")
  func nordPool() throws {
    // The last two of six years: rows 4 x 365 + 1 days after 2013-01-01 are 2017-01-01.
    let table = try SharedTable("epf_benchmark/NP.csv.gz", fields: [1, 2, 3], intervals: 24, skip: 1 + 1461 * 24)
    let names = ["price", "load forecast", "wind forecast"]
    let health = try InputHealth(
      zip(names, table.columns).map { InputSeries(name: $0, values: $1, isTarget: $0 == "price") },
      firstDay: Example.day(2017, 1, 1), intervals: 24)
    #expect(health.findings.map(\.kind) == [.flatLine])
    #expect(
      health.findings.first?.sentence
        == "wind forecast on 2018-09-18: 13 values in a row are 0, as if the source were frozen (otherwise the longest such runs have 3)."
    )
  }

  @Test("a Chinese province, whose price rests at its floor for up to nine hours, gives no alarm")
  func province() throws {
    let table = try SharedTable(
      "cn_clearing_price_abm/electricity_price.csv.gz", fields: [3, 2], intervals: 96, skip: 1 + 300 * 96)
    let health = try InputHealth(
      zip(["price", "demand"], table.columns).map { InputSeries(name: $0, values: $1, isTarget: $0 == "price") },
      firstDay: Example.day(2022, 9, 27), intervals: 96)
    #expect(health.findings.isEmpty)
  }
}
