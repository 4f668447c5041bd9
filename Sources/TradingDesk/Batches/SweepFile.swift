internal import Bidding
internal import Foundation
internal import MarketModel
internal import MarketRules

/// What a sweep tries: one strategy with every combination of the listed parameters, for every portfolio and seed.
struct SweepFile: Hashable, Sendable {
  let from: MarketDay
  let to: MarketDay
  let scenarios: Int
  let seeds: [UInt64]
  /// Unit registers; nil is the workspace's own.
  let portfolios: [URL?]
  let variants: [Strategy]

  /// Tries that one file may ask for.
  static let largestCount = 500
  private static let keys = ["from", "to", "strategy", "parameters", "portfolios", "seeds", "scenarios"]

  /// - Throws: `DeskProblem` with file, line and what to do.
  init(_ file: URL) throws {
    guard let text = try? String(contentsOf: file, encoding: .utf8) else {
      throw DeskProblem(.missingInput, "\(file.relativePath) does not exist or is no text; name a sweep file (YAML).")
    }
    try self.init(text: text, file: file)
  }

  /// The same from its text; problems name the file.
  init(text: String, file: URL) throws {
    let reading = SweepReading(
      file: file, root: try inDeskTerms { try PlainDocument.read(text, file: file.lastPathComponent) })
    try reading.checkKeys(SweepFile.keys)
    from = try reading.day("from")
    to = try reading.day("to")
    guard from <= to else { throw reading.problem("to", "\(to) is before from, \(from)") }
    scenarios = try reading.numbers("scenarios", or: [200], in: 20...2_000).first.map { Int($0) } ?? 200
    seeds = try reading.numbers("seeds", or: [1], in: 0...1e15).map { UInt64($0) }
    let folder = file.deletingLastPathComponent()
    portfolios =
      try reading.words("portfolios").map { $0.map { URL(filePath: $0, relativeTo: folder).absoluteURL } } ?? [nil]
    variants = try SweepFile.variants(reading)
  }

  private static func variants(_ reading: SweepReading) throws -> [Strategy] {
    guard let name = try reading.words("strategy")?.first else {
      throw reading.problem("strategy", "is missing; name a built-in strategy such as optimised")
    }
    let method = try inDeskTerms { try Strategy.builtIn(name).method }
    let axes = try reading.axes("parameters")
    let count = axes.reduce(1) { $0 * $1.values.count }
    guard count <= largestCount else {
      throw reading.problem("parameters", "make \(count) combinations; the limit is \(largestCount)")
    }
    let combinations = axes.reduce([[String: Double]()]) { known, axis in
      known.flatMap { before in axis.values.map { before.merging([axis.name: $0]) { $1 } } }
    }
    return try combinations.map { values in
      let label = axes.map { "\($0.name)=\(shortest(values[$0.name] ?? 0))" }.joined(separator: " ")
      return try inDeskTerms { try Strategy(name: label.isEmpty ? name : "\(name) \(label)", method, values) }
    }
  }

  private static func shortest(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
  }
}

/// Reads the keys of a sweep file; every problem names file and line.
private struct SweepReading {
  let file: URL
  let root: PlainDocument

  private var entries: [(key: String, value: PlainDocument)] {
    if case .group(let entries) = root.content { entries } else { [] }
  }

  private func value(_ key: String) -> PlainDocument? { entries.first { $0.key == key }?.value }

  func problem(_ key: String, _ text: String) -> DeskProblem {
    DeskProblem(.badData, "\(file.relativePath):\(value(key)?.line ?? root.line): \(key) \(text).")
  }

  func checkKeys(_ known: [String]) throws {
    guard case .group = root.content else {
      throw DeskProblem(.badData, "\(file.relativePath) holds no keys; a sweep has \(known.joined(separator: ", ")).")
    }
    for (key, value) in entries where !known.contains(key) {
      throw DeskProblem(
        .badData,
        "\(file.relativePath):\(value.line): a sweep has no key \(key); known are \(known.joined(separator: ", ")).")
    }
  }

  func day(_ key: String) throws -> MarketDay {
    guard let word = value(key)?.word, let day = MarketDay(word) else {
      throw problem(key, "is \(value(key)?.word ?? "missing"); give a market day such as 2022-07-01")
    }
    return day
  }

  func words(_ key: String) throws -> [String]? {
    guard let value = value(key) else { return nil }
    guard let words = value.words, !words.isEmpty else { throw problem(key, "is neither a word nor a list of words") }
    return words
  }

  func numbers(_ key: String, or standard: [Double], in range: ClosedRange<Double>) throws -> [Double] {
    guard let words = try words(key) else { return standard }
    return try words.map { word in
      guard let number = Double(word), range.contains(number), number == number.rounded() else {
        throw problem(
          key, "holds \(word); give whole numbers from \(Int(range.lowerBound)) to \(Int(range.upperBound))")
      }
      return number
    }
  }

  func axes(_ key: String) throws -> [(name: String, values: [Double])] {
    guard let group = value(key) else { return [] }
    guard case .group(let entries) = group.content else { throw problem(key, "is no group of parameter: [values]") }
    return try entries.map { name, list in
      guard let words = list.words, !words.isEmpty, Set(words).count == words.count else {
        throw DeskProblem(
          .badData, "\(file.relativePath):\(list.line): \(name) needs a list of different numbers, such as [0, 0.1].")
      }
      return (
        name,
        try words.map { word in
          guard let number = Double(word), number.isFinite else {
            throw DeskProblem(.badData, "\(file.relativePath):\(list.line): \(name) holds \(word), which is no number.")
          }
          return number
        }
      )
    }
  }
}
