import Foundation
import PowerSystem

@testable import MarketData

/// Why a reference case cannot be put as a commitment problem.
struct NotExpressible: Error, Equatable, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// Reads a JSON file, plain or gzip.
func referenceDocument(_ file: URL) throws -> JSONElement {
  JSONElement(
    file: file.lastPathComponent,
    value: try JSONParser.parse(ByteSource.wholeFile(file), file: file.lastPathComponent))
}

extension JSONElement {
  var keys: [String] {
    guard case .object(let members) = value else { return [] }
    return members.map(\.key)
  }

  /// Refuses what the reader does not understand, so that no field is left out silently.
  func refuseKeys(otherThan known: Set<String>) throws {
    let others = try keys.filter { try !known.contains($0) && optional($0) != nil }
    guard others.isEmpty else {
      throw NotExpressible("\(element) has \(others.joined(separator: ", ")), which the reader does not know.")
    }
  }

  func number(_ key: String, or standard: Double) throws -> Double {
    try optional(key)?.number() ?? standard
  }
}
