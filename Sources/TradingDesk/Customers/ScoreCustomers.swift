public import Foundation
internal import MarketModel
internal import RetailValue

/// What to score and how.
public struct ScoreRequest: Sendable {
  public var files: CustomerFiles
  /// "standard", "growth", "defensive" or "green".
  public var profile = "standard"
  /// A frozen population to score within.
  public var reference: URL?
  public var saveReference: URL?
  /// Scores of earlier months; this run is added to it.
  public var history: URL?
  /// Ledger of load alerts; an open stop or relocation keeps a customer out of tier S.
  public var ledger: URL?
  /// Simulate packages for the indicator P5.
  public var withPackages = false
  public var bootstraps = 200
  public var seed: UInt64 = 1
  public var threads = 1

  public init(files: CustomerFiles) { self.files = files }
}

extension TradingDesk {
  /// Scores every customer of a portfolio.
  ///
  /// - Throws: `DeskProblem` if a file is missing or wrong, or cannot be written.
  public func scoreCustomers(_ request: ScoreRequest) throws -> [CustomerScoreReport] {
    let records = try portfolio(request.files, threads: request.threads)
    let run = try scored(records, request)
    return run.scores.map { CustomerScoreReport($0, asOf: run.asOf) }
  }

  func scored(_ records: PortfolioRecords, _ request: ScoreRequest) throws -> ScoreRun {
    guard let profile = ScoreSettings.Profile(rawValue: request.profile) else {
      throw DeskProblem(
        .badData, "There is no set of weights \"\(request.profile)\"; use standard, growth, defensive or green.")
    }
    var settings = ScoreSettings(profile: profile)
    settings.bootstraps = request.bootstraps
    settings.seed = request.seed
    settings.threads = request.threads
    let reference = try request.reference.map { url in
      try readingExisting(url) { try decodedFile(ScoreReference.self, url) }
    }
    let ledger = try request.ledger.map { url in
      try readingExisting(url) { try decodedJSON(AlertLedger.self, url) }
    }
    let stops = Set(
      (ledger?.active ?? []).filter { $0.kind == .productionStop || $0.kind == .relocation }.map(\.customer))
    let upside = request.withPackages ? try packageUpside(records, request) : [:]
    var history = try scoreHistory(request.history)
    let run = try inRetailTerms {
      try scorePortfolio(
        records, settings: settings, reference: reference,
        previous: history?.before("\(records.loads.lastDay)") ?? [:], upside: upside, openStops: stops)
    }
    if let url = request.saveReference { try writeDocument(run.reference, to: url) }
    if let url = request.history {
      history?.add(run)
      if let history { try writeDocument(history, to: url) }
    }
    return run
  }

  /// The runs that a file keeps, this one among them after ``scored(_:_:)``; nil without a file.
  func scoreHistory(_ url: URL?) throws -> ScoreHistory? {
    try url.map { try ScoreHistory(readingIfThere: $0, decode: decodedFile) }
  }

  /// P5 of each customer, from 60 scenarios.
  private func packageUpside(_ records: PortfolioRecords, _ request: ScoreRequest) throws -> [String: Double] {
    var packages = PackagesRequest(files: request.files)
    packages.scenarios = 60
    packages.seed = request.seed
    packages.threads = request.threads
    let offers = try simulated(records, packages).1
    return Dictionary(
      offers.map { (records.customers[$0.customer].id, $0.upside) }, uniquingKeysWith: { first, _ in first })
  }

  private func decodedFile<Value: Decodable>(_ type: Value.Type, _ url: URL) throws -> Value {
    do {
      return try JSONDecoder().decode(type, from: Data(contentsOf: url))
    } catch {
      throw DeskProblem(.badData, "\(url.relativePath) is no document of this program; make it again.")
    }
  }

  /// What is kept for later runs, as JSON that people may read.
  func writeDocument(_ value: some Encodable, to url: URL) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try writeFile(try encoder.encode(value), to: url)
  }
}

/// Totals and tiers of customers, month after month.
struct ScoreHistory: Codable {
  struct Entry: Codable {
    var customer: String
    var total: Double
    var tier: PreviousTier
  }

  struct Run: Codable {
    var asOf: String
    var entries: [Entry]
  }

  private(set) var runs: [Run] = []

  init(readingIfThere url: URL, decode: (ScoreHistory.Type, URL) throws -> ScoreHistory) throws {
    if FileManager.default.fileExists(atPath: url.path) { self = try decode(ScoreHistory.self, url) }
  }

  /// Totals and tiers of one customer, the oldest first.
  func of(_ customer: String) -> [CustomerScoreReport.Past] {
    runs.compactMap { run in
      run.entries.first { $0.customer == customer }
        .map { CustomerScoreReport.Past(asOf: run.asOf, total: $0.total, tier: $0.tier.tier.rawValue) }
    }
  }

  /// Tiers of the last run before a day.
  func before(_ day: String) -> [String: PreviousTier] {
    let last = runs.filter { $0.asOf < day }.max { $0.asOf < $1.asOf }
    return Dictionary((last?.entries ?? []).map { ($0.customer, $0.tier) }, uniquingKeysWith: { first, _ in first })
  }

  /// Adds a run, in place of one of the same day.
  mutating func add(_ run: ScoreRun) {
    let entries = run.scores.map {
      Entry(customer: $0.customer, total: $0.total, tier: PreviousTier(tier: $0.tier.tier, pending: $0.tier.pending))
    }
    runs = (runs.filter { $0.asOf != "\(run.asOf)" } + [Run(asOf: "\(run.asOf)", entries: entries)])
      .sorted { $0.asOf < $1.asOf }
  }
}

extension TradingDesk {
  /// One customer's score as a reader may see it.
  ///
  /// - Throws: `DeskProblem` if a file is missing or wrong, or the customer is not known.
  public func showCustomer(
    _ customer: String, _ request: ScoreRequest, role: CustomerRole
  ) throws -> CustomerScoreReport {
    let records = try portfolio(request.files, threads: request.threads)
    let run = try scored(records, request)
    guard let score = run.scores.first(where: { $0.customer == customer }) else {
      throw DeskProblem(.notFound, "There is no customer \"\(customer)\".")
    }
    return CustomerScoreReport(
      score, asOf: run.asOf, role: role, history: try scoreHistory(request.history)?.of(customer) ?? [])
  }
}
