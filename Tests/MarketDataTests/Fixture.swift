import Foundation
import MarketModel
import Testing

@testable import MarketData

/// Small files made by a test, in a folder of their own that goes with the fixture.
final class Fixture: Sendable {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  static let sources = root.appendingPathComponent("data/sources")
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("spotdesk-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { _ = try? FileManager.default.removeItem(at: folder) }

  func file(_ name: String, _ text: String) throws -> URL { try file(name, Data(text.utf8)) }

  func file(_ name: String, _ bytes: Data) throws -> URL {
    let url = folder.appendingPathComponent(name)
    try bytes.write(to: url)
    return url
  }

  static func zone(_ identifier: String, _ length: IntervalLength) throws -> MarketZone {
    try #require(MarketZone(identifier: identifier, length: length))
  }

  static func day(_ text: String) throws -> MarketDay { try #require(MarketDay(text)) }

  /// The shared data folder, or nil with a message.
  static func sharedData() -> URL? {
    let given = ProcessInfo.processInfo.environment["SPOTDESK_SHARED_DATA"].map { URL(fileURLWithPath: $0) }
    let url = given ?? root.appendingPathComponent("../shared/data").standardizedFileURL
    if FileManager.default.fileExists(atPath: url.path) { return url }
    print("skipped: no shared data")
    return nil
  }

  /// One day of the spot96 format; `load` and `price` by number of the interval.
  static func spotDay(
    _ day: String, numbers: [Int] = Array(1...96), load: (Int) -> String = { "\(40_000 + $0)" },
    price: (Int) -> String = { "\(300 + $0)" }
  ) -> String {
    numbers.map { number in
      let label = number == 96 ? "24:00:00" : "\(number / 4):" + ["00", "15", "30", "45"][number % 4]
      return "\(day),\(label),\(load(number)),\(price(number))\n"
    }.joined()
  }

  static let spotHeader = "day,time,demand,clearing price (CNY/MWh)\n"

  /// A gzip file with stored blocks (RFC 1951, 1952), made without zlib.
  static func gzip(_ text: String) -> Data {
    let content = Array(text.utf8)
    var data = Data([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255])
    var start = 0
    repeat {
      let block = content[start..<min(start + 65_535, content.count)]
      start += block.count
      let size = UInt16(block.count)
      data.append(start == content.count ? 1 : 0)
      for value in [size, ~size] { data.append(contentsOf: [UInt8(value & 255), UInt8(value >> 8)]) }
      data.append(contentsOf: block)
    } while start < content.count
    var check: UInt32 = .max
    for byte in content {
      check ^= UInt32(byte)
      for _ in 0..<8 { check = check & 1 == 1 ? check >> 1 ^ 0xEDB8_8320 : check >> 1 }
    }
    for value in [~check, UInt32(content.count)] {
      data.append(contentsOf: (0..<4).map { UInt8(value >> (8 * UInt32($0)) & 255) })
    }
    return data
  }
}

/// Everything a reader handed on, with its summary.
struct Reading {
  var days: [[DayObservation]] = []
  var summary: ReadSummary

  init(
    _ url: URL, _ format: SourceFormat, zone: MarketZone, currency: String = "CNY",
    badRows: MarketFileReader.BadRows = .refuseFile
  ) throws {
    let table = try SourceTable(format, in: Fixture.sources)
    let reader = MarketFileReader(table: table, zone: zone, currency: currency, badRows: badRows)
    var days: [[DayObservation]] = []
    summary = try reader.readSeries(from: url) { days.append($0) }
    self.days = days
  }
}
