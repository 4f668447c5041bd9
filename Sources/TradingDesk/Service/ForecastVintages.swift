public import Foundation
public import MarketModel

/// The forecasts of a target that were made of one day, oldest first.
public struct ForecastVintages: Sendable, Encodable {
  public var schema = "spotdesk.vintages/1"
  public var day: MarketDay
  public var vintages: [Row]

  public struct Row: Sendable, Encodable {
    /// From 1, the oldest.
    public var number: Int
    public var dataAsOf: String
    /// SHA-256 over every value that the forecast read.
    public var dataHash: String
    public var program: String
    public var seed: UInt64
    /// True for the one that stands in the day's folder.
    public var isCurrent: Bool
  }
}

private struct VintageHead: Decodable {
  var provenance: Provenance
  struct Provenance: Decodable {
    var dataAsOf: String
    var dataHash: String
    var program: String
    var seed: UInt64
  }
}

extension TradingDesk {
  private func vintageFolder(_ document: DayDocument, of day: MarketDay) -> URL {
    workspace.dayDirectory(day).appending(path: "vintages")
  }

  /// Keeps the forecast that stands in the day's folder before another one takes its place; the same one twice is kept once.
  func keepVintage(_ document: DayDocument, of day: MarketDay, replacedBy next: Data) throws {
    guard let old = try? Data(contentsOf: file(document, of: day)), old != next else { return }
    let folder = vintageFolder(document, of: day)
    let known = try vintageFiles(document, of: day)
    guard !known.contains(where: { (try? Data(contentsOf: $0)) == old }) else { return }
    let number = String(known.count + 1)
    let padded = String(repeating: "0", count: max(0, 4 - number.count)) + number
    try Workspace.write([("\(document.rawValue)-\(padded).json", old)], in: folder)
  }

  private func vintageFiles(_ document: DayDocument, of day: MarketDay) throws -> [URL] {
    let folder = vintageFolder(document, of: day)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    let found = names.compactMap { name -> (number: Int, name: String)? in
      guard name.hasPrefix(document.rawValue + "-"), name.hasSuffix(".json"),
        let number = Int(name.dropFirst(document.rawValue.count + 1).dropLast(5))
      else { return nil }
      return (number, name)
    }
    return found.sorted { $0.number < $1.number }.map { folder.appending(path: $0.name) }
  }

  public func forecastVintages(_ document: DayDocument, of day: MarketDay) throws -> ForecastVintages {
    let current = file(document, of: day)
    let files = try vintageFiles(document, of: day) + [current].filter { FileStamp($0) != nil }
    guard !files.isEmpty else {
      throw DeskProblem(.notFound, "\(day) has no \(document.rawValue). Run `spotdesk \(document.command(for: day))`.")
    }
    let rows = try files.enumerated().map { index, file -> ForecastVintages.Row in
      guard let data = try? Data(contentsOf: file), let head = try? decodedDocument(VintageHead.self, from: data) else {
        throw DeskProblem(
          .badData, "\(file.path) is no forecast that can be read; remove it, or give it back from a backup.")
      }
      return ForecastVintages.Row(
        number: index + 1, dataAsOf: head.provenance.dataAsOf, dataHash: head.provenance.dataHash,
        program: head.provenance.program, seed: head.provenance.seed, isCurrent: file == current)
    }
    return ForecastVintages(day: day, vintages: rows)
  }

  /// The bytes of one of them.
  public func forecastVintage(_ document: DayDocument, of day: MarketDay, number: Int) throws -> Data {
    let files = try vintageFiles(document, of: day) + [file(document, of: day)].filter { FileStamp($0) != nil }
    guard files.indices.contains(number - 1), let data = try? Data(contentsOf: files[number - 1]) else {
      throw DeskProblem(.notFound, "There are \(files.count) forecasts of \(day); there is no number \(number).")
    }
    return data
  }
}
