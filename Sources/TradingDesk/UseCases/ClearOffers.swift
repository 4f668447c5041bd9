internal import Clearing
public import Foundation
internal import MarketData
public import MarketModel
internal import MarketRules

/// A file of offers to be cleared, and the rules to clear it by.
public struct OfferClearingRequest: Sendable {
  /// How the file is written.
  public enum Format: String, Sendable, CaseIterable {
    /// Our own offers.csv.
    case offers
    /// Aggregated curves of the Greek exchange.
    case henex
  }

  public var file: URL
  public var format: Format
  /// A market, or market/version.
  public var rules: String
  /// Chooses the version where only the market is named, and says how many intervals there are.
  public var day: MarketDay?
  /// Where the cleared quantities are written, one row for each offer.
  public var output: URL?

  public init(file: URL, format: Format = .offers, rules: String, day: MarketDay? = nil, output: URL? = nil) {
    self.file = file
    self.format = format
    self.rules = rules
    self.day = day
    self.output = output
  }
}

extension TradingDesk {
  /// Clears a file of offers by merit order under a rule pack, and audits the result.
  public func clearOffers(_ request: OfferClearingRequest) throws -> OfferClearingReport {
    let (file, rules) = try offers(of: request)
    let terms = try rules.terms()
    let book = OfferBook(file.offers)
    try requireWholeMarket(book, file: file.file)
    let clearing: MarketClearing
    do {
      clearing = try clearByMeritOrder(book, terms: terms)
    } catch {
      throw rules.problem(error, file: file.file)
    }
    let report = try inDeskTerms { try OfferClearingReport(clearing, file: file, rules: rules) }
    if let output = request.output {
      let text = ClearedOfferFile.text(clearing, offers: file.offers)
      try Workspace.write([(output.lastPathComponent, Data(text.utf8))], in: output.deletingLastPathComponent())
    }
    return report
  }

  /// The offers of a request's file within the bounds of its rules.
  func offers(of request: OfferClearingRequest) throws -> (file: OfferFile, rules: OfferRules) {
    guard FileManager.default.fileExists(atPath: request.file.path) else {
      throw DeskProblem(.missingInput, "\(request.file.path) does not exist; name a file of offers.")
    }
    let rules = OfferRules(try rulePack(named: request.rules, on: request.day), day: request.day, desk: self)
    let limits = rules.limits(try rules.terms())
    let file = try inDeskTerms {
      switch request.format {
      case .offers: try OfferFile.read(from: request.file, limits: limits)
      case .henex: try OfferFile.readAggregatedCurves(from: request.file, limits: limits)
      }
    }
    return (file, rules)
  }

  /// "market/version" by name, "market" by the day, or the newest version in force.
  private func rulePack(named name: String, on day: MarketDay?) throws -> RulePack {
    let parts = name.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let library = try library()
    return try inDeskTerms {
      if parts.count == 2 { return try library.pack(for: parts[0], version: parts[1]) }
      if let day { return try library.pack(for: name, on: day) }
      return try library.newestPack(of: name)
    }
  }

  /// Every interval from the first to the last needs both sides.
  private func requireWholeMarket(_ book: OfferBook, file: String) throws {
    if let (interval, missing) = book.oneSidedIntervals.first {
      let side = missing == .sell ? "supply: it has no row of side sell" : "demand: it has no row of side buy"
      throw DeskProblem(
        .badData, "\(file): interval \(interval) is without \(side); add its offers or remove the interval.")
    }
    for (earlier, later) in zip(book.intervals, book.intervals.dropFirst()) where later > earlier + 1 {
      throw DeskProblem(
        .badData,
        "\(file): interval \(earlier + 1) has no offers, but interval \(later) has; add the interval that is missing.")
    }
  }
}

/// A rule pack as the terms of a clearing.
struct OfferRules {
  let pack: RulePack
  private let day: MarketDay?
  private let packFile: String

  init(_ pack: RulePack, day: MarketDay?, desk: TradingDesk) {
    self.pack = pack
    self.day = day
    packFile =
      desk.dataDirectory.appending(path: "rules").appending(path: pack.market).appending(path: pack.version).path
      + ".yaml"
  }

  var name: String { "\(pack.market) \(pack.version)" }

  /// Without bounds of the price no curve ends; every other rule may be unknown until it decides something.
  func terms() throws -> ClearingTerms {
    let rules = pack.clearing
    func bound(_ key: String, _ rule: RuleValue<EnergyPrice>) throws -> EnergyPrice {
      switch rule {
      case .known(let value, _): return value
      case .unknown(let reason): throw unknown("clearing.\(key)", reason, why: nil)
      }
    }
    let floor = try bound("clearing_floor_per_MWh", rules.floor)
    let cap = try bound("clearing_cap_per_MWh", rules.cap)
    guard floor < cap else {
      throw DeskProblem(
        .badData, "\(packFile): the clearing floor \(floor.text) is not below the cap \(cap.text); correct the pack.")
    }
    return ClearingTerms(
      floor: floor, cap: cap, priceTick: rules.priceTick.value, intervalLength: pack.zone.length,
      tieBreak: rules.tieBreak.value, priceRange: rules.priceRange.value,
      equalPriceVolume: rules.equalPriceVolume.value, shortagePrice: rules.shortagePrice.value,
      surplusPrice: rules.surplusPrice.value)
  }

  func limits(_ terms: ClearingTerms) -> OfferLimits {
    OfferLimits(
      rules: name, floor: terms.floor, cap: terms.cap,
      intervals: day.map { pack.zone.grid(for: $0).count } ?? 25 * pack.zone.length.perHour,
      takesSlopes: pack.bids.curveForm.value.map { $0 == .slopes })
  }

  /// A clearing error as one sentence that says how to go on.
  func problem(_ error: MeritOrderError, file: String) -> DeskProblem {
    switch error {
    case .unknownRule(let rule, let interval, let why):
      return unknown(rule.rawValue, reason(of: rule), why: "\(file): in interval \(interval) \(why)")
    case .unnamedClass:
      return DeskProblem(
        .badData, "\(file): \(error.description) Write one of them in the column class, or complete \(packFile).")
    case .noOffers, .offerOutsideBounds, .tooMuchPower: return DeskProblem(.badData, "\(file): \(error.description)")
    }
  }

  private func unknown(_ key: String, _ reason: String, why: String?) -> DeskProblem {
    DeskProblem(
      .badData,
      (why.map { $0 + ", but rule pack" } ?? "Rule pack") + " \(name) does not know \(key) (\(reason)); state it in "
        + "\(packFile) with value, clause and confidence.")
  }

  private func reason(of rule: ClearingRule) -> String {
    func text<Value>(_ value: RuleValue<Value>) -> String {
      if case .unknown(let reason) = value { reason } else { "" }
    }
    return switch rule {
    case .tieBreak: text(pack.clearing.tieBreak)
    case .priceRange: text(pack.clearing.priceRange)
    case .equalPriceVolume: text(pack.clearing.equalPriceVolume)
    case .shortagePrice: text(pack.clearing.shortagePrice)
    case .surplusPrice: text(pack.clearing.surplusPrice)
    }
  }
}
