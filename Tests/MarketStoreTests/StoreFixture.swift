import Foundation
import MarketModel
import MarketStore
import Testing

/// A workspace folder of one test, which goes with the fixture.
final class StoreFixture: Sendable {
  static let load = SeriesKey(.load, .forecast)
  static let noon = Date(timeIntervalSince1970: 1_700_000_000)
  let folder: String
  var path: String { folder + "/spotdesk.sqlite" }

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("spotdesk-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { _ = try? FileManager.default.removeItem(atPath: folder) }

  /// Day `number` of 24 values that begin at `first`, known `hours` after `noon`.
  static func day(_ number: Int, _ first: Double, after hours: Double = 0, key: SeriesKey = load) -> DayObservation {
    DayObservation(
      key: key, day: MarketDay(dayNumber: 19_700 + number), length: .hour, values: (0..<24).map { first + Double($0) },
      availableAt: noon.addingTimeInterval(hours * 3_600))
  }
}

extension MarketStore {
  /// Imports days as one file.
  @discardableResult
  func importDays(_ days: [DayObservation], from file: String = "a.csv", sha256: String = "aa") throws -> ImportReport {
    try importObservations(from: file, now: StoreFixture.noon) { write in
      for day in days { try write([day]) }
      return ImportedFile(sha256: sha256, format: "series", rows: days.count * 24, skippedRows: 0)
    }
  }

  func values(asOf hours: Double, key: SeriesKey = StoreFixture.load) throws -> [Double] {
    try observations(
      of: key, from: MarketDay(dayNumber: 0), through: MarketDay(dayNumber: 100_000),
      asOf: StoreFixture.noon.addingTimeInterval(hours * 3_600)
    ).map { $0.values[0] }
  }
}
