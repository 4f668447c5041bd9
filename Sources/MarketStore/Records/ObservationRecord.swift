import Foundation
import GRDB
import MarketModel

/// A row of table `observations`: one series on one day as of one publication.
struct ObservationRecord {
  let day: Int
  let availableAt: Int64
  let intervalMinutes: Int
  let values: [Double]

  init(_ row: Row) throws {
    day = row["day"]
    availableAt = row["available_at_us"]
    intervalMinutes = row["interval_min"]
    let data: Data = row["value_doubles"]
    values = try SeriesBlob.values(data, count: row["value_count"])
  }

  func observation(of key: SeriesKey) throws -> DayObservation {
    guard let length = IntervalLength(rawValue: intervalMinutes) else {
      throw StoreProblem.unreadableRow(table: "observations", reason: "intervals of \(intervalMinutes) minutes")
    }
    return DayObservation(
      key: key, day: MarketDay(dayNumber: day), length: length, values: values,
      availableAt: StoredInstant.date(availableAt))
  }
}

/// The values of a day as little-endian doubles, 8 bytes each.
enum SeriesBlob {
  static func data(_ values: [Double]) -> Data {
    var data = Data(capacity: values.count * 8)
    for value in values { withUnsafeBytes(of: value.bitPattern.littleEndian) { data.append(contentsOf: $0) } }
    return data
  }

  static func values(_ data: Data, count: Int) throws -> [Double] {
    guard data.count == count * 8 else {
      throw StoreProblem.unreadableRow(table: "observations", reason: "\(data.count) bytes for \(count) values")
    }
    return data.withUnsafeBytes { bytes in
      (0..<count).map {
        Double(bitPattern: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self)))
      }
    }
  }
}
