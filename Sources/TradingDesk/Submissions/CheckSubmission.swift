internal import Compliance
public import Foundation
internal import MarketData
public import MarketModel
internal import MarketRules

/// A bid file to be checked without a workspace.
public struct SubmissionRequest: Sendable {
  /// unit, segment, from_MW, to_MW, price_per_MWh.
  public var bids: URL
  /// A market, market/version, or a pack's own file.
  public var rules: String
  public var day: MarketDay
  /// The register beside the bids; nil if there is none.
  public var units: URL?
  /// What else the desk knows, as JSON.
  public var facts: URL?
  /// When the bids are sent: a local time of the market or an instant with an offset.
  public var sentAt: String?
  public var suggestsRepairs: Bool

  public init(
    bids: URL, rules: String, day: MarketDay, units: URL? = nil, facts: URL? = nil, sentAt: String? = nil,
    suggestsRepairs: Bool = false
  ) {
    self.bids = bids
    self.rules = rules
    self.day = day
    self.units = units
    self.facts = facts
    self.sentAt = sentAt
    self.suggestsRepairs = suggestsRepairs
  }
}

extension TradingDesk {
  /// Runs all 77 checks on a bid file with a rule pack and a register of units; needs no workspace.
  public func checkSubmission(_ request: SubmissionRequest) throws -> SubmissionDocument {
    for file in [request.bids, request.units, request.facts].compactMap({ $0 })
    where !FileManager.default.fileExists(atPath: file.path) {
      throw DeskProblem(.missingInput, "\(file.path) does not exist; name a file that is there.")
    }
    let pack = try namedPack(request.rules, day: request.day)
    let rows = try inDeskTerms { try BidSegmentRow.read(from: request.bids) }
    guard !rows.isEmpty else {
      throw DeskProblem(.badData, "\(request.bids.path) holds no segments; it needs one row for each.")
    }
    if let other = rows.first(where: { $0.day != nil && $0.day != request.day }), let found = other.day {
      throw DeskProblem(
        .badData,
        "\(request.bids.path):\(other.line): the market day is \(found), not \(request.day); check one day at a time.")
    }
    let declared = try inDeskTerms {
      guard let file = request.units else { return try DeclaredUnit.readBeside(bids: request.bids) }
      return try DeclaredUnit.read(from: file)
    }
    let sent = try sentTime(request.sentAt, zone: pack.zone)
    let input = SubmissionInput(
      rows: rows, units: declared, facts: try facts(request.facts), pack: pack, day: request.day)
    try input.requireDistinctUnits(file: request.units ?? request.bids)
    let bids = try input.bids(file: request.bids)
    let context = input.context(sent: sent, bids: bids)
    var document = SubmissionDocument(Compliance.checkSubmission(bids, day: request.day, in: context))
    document.missingBids = input.missingBids()
    if request.suggestsRepairs {
      document.suggestions = suggestedRepairs(bids, in: context).map(SubmissionDocument.Suggestion.init)
    }
    return document
  }

  /// The pack of a market on a day, of a market and version, or of a file.
  func namedPack(_ name: String, day: MarketDay) throws -> RulePack {
    try inDeskTerms {
      if name.hasSuffix(".yaml") { return try RulePack(contentsOf: URL(filePath: name)) }
      let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
      let library = try library()
      guard parts.count == 2 else { return try library.pack(for: name, on: day) }
      return try library.pack(for: parts[0], version: parts[1])
    }
  }

  /// A time of sending as it was typed; nil for none.
  func sentTime(_ text: String?, zone: MarketZone) throws -> Date? {
    guard let text else { return nil }
    guard let instant = LocalTime.instant(text, zone: zone) else {
      throw DeskProblem(
        .badData, "\"\(text)\" is no time; write 2026-03-04T14:30 (local) or 2026-03-04T14:30:00+08:00.")
    }
    return instant
  }

  func facts(_ file: URL?) throws -> DeskFacts {
    guard let file else { return DeskFacts() }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    decoder.dateDecodingStrategy = .iso8601
    do {
      return try decoder.decode(DeskFacts.self, from: try Data(contentsOf: file))
    } catch {
      throw DeskProblem(.badData, "\(file.path) does not hold the desk's facts as JSON; see the README of Compliance.")
    }
  }
}
