public import Foundation
internal import MarketData
public import MarketModel
internal import RetailValue

/// Which loads to watch, and what to do with a case.
public struct CustomerAlertsRequest: Sendable {
  public var files: CustomerFiles
  /// Cases of earlier runs; nil: none are kept.
  public var ledger: URL?
  /// False to read the ledger alone.
  public var keepsLedger = true
  /// A case that `owner` takes.
  public var acknowledge: String?
  public var owner: String?
  /// A case that ends as `resolution` says.
  public var resolve: String?
  public var resolution: String?
  /// Only alerts of so many last days enter.
  public var days = 60
  public var calendar = "cn"
  /// Margin per MWh where no contract says better.
  public var unitMargin = 6.0
  public var threads = 1

  public init(files: CustomerFiles) { self.files = files }
}

/// Cases of customers' alerts, the most valuable first.
public struct CustomerAlertsReport: Sendable, Encodable {
  public struct Case: Sendable, Encodable {
    public let id: String
    public let customer: String
    public let kind: String
    public let severity: String
    public let status: String
    public let openedOn: MarketDay
    public let lastToldOn: MarketDay
    public internal(set) var owner: String?
    public let baselineMWh: Double
    public let observedMWh: Double
    public let changePercent: Double
    public let cusum: Double
    public let threshold: Double
    /// nil for readers who see no money.
    public internal(set) var valueAtStake: Double?
    /// Why, in a sentence; the other site of a relocation; what registers and newspapers say to it.
    public let reason: String
    public let partner: String?
    public internal(set) var evidence: [String]
  }

  public let customers: Int
  public let firstDay: MarketDay
  public let lastDay: MarketDay
  public let watchedCustomers: Int
  public internal(set) var cases: [Case]
  public let resolved: Int
  public let notes: [String]

  /// As a role may see it: the money at stake is the managers', viewers read neither names of colleagues nor what registers
  /// and newspapers say.
  public func seen(by role: CustomerRole) -> CustomerAlertsReport {
    var seen = self
    for index in cases.indices {
      seen.cases[index].owner = cases[index].owner.map { role.name($0) }
      if role != .manager { seen.cases[index].valueAtStake = nil }
      if role == .viewer { seen.cases[index].evidence = [] }
    }
    return seen
  }
}

extension TradingDesk {
  /// Watches the loads of a portfolio and keeps the ledger of cases.
  ///
  /// - Throws: `DeskProblem` if a file is missing or wrong, or there is no such case.
  public func watchCustomers(_ request: CustomerAlertsRequest) throws -> CustomerAlertsReport {
    let loads = try dailyLoads(request.files)
    let calendar = try HolidayCalendar(folder: dataDirectory.appending(path: "calendars"), prefix: request.calendar)
    let unusual = UnusualDays(holidays: calendar.holidays, firstDay: loads.firstDay, days: loads.days)
    let watch = LoadAlertDetector().watch(
      loads, unusual: unusual, from: max(0, loads.days - request.days), threads: request.threads)
    var ledger =
      try request.ledger.flatMap { url in
        FileManager.default.fileExists(atPath: url.path) ? try decodedJSON(AlertLedger.self, url) : nil
      } ?? AlertLedger()
    let records = try inRetailTerms { try AlertRecords(request.files, desk: self, lastDay: loads.day(loads.days - 1)) }
    let alerts = records.alerts(watch, loads, unitMargin: request.unitMargin)
    ledger.take(alerts)
    ledger.resolveRecovered(watch, in: loads)
    let last = loads.days - 1
    ledger.resolveGone(records.kinds, but: alerts, on: loads.day(last))
    try inRetailTerms {
      if let id = request.acknowledge {
        guard let owner = request.owner else { throw DeskProblem(.badData, "Case \(id) is acknowledged by nobody.") }
        try ledger.acknowledge(id, owner: owner)
      }
      if let id = request.resolve {
        guard let resolution = request.resolution else {
          throw DeskProblem(.badData, "Case \(id) is resolved as nothing; say confirmed, false or explained.")
        }
        try ledger.resolve(id, as: resolution, on: loads.day(last))
      }
    }
    if let url = request.ledger, request.keepsLedger { try writeDocument(ledger, to: url) }
    return CustomerAlertsReport(
      customers: loads.customers.count, firstDay: loads.firstDay, lastDay: loads.day(last),
      watchedCustomers: loads.customers.indices.count { watch.threshold($0, last).isFinite },
      cases: ledger.active.map { CustomerAlertsReport.Case($0) }, resolved: ledger.cases.count { !$0.isActive },
      notes: calendar.notes(for: loads.day(last)) + records.notes)
  }

  /// Daily energy of customers; readings of meters go to their customers.
  func dailyLoads(_ files: CustomerFiles) throws -> DailyLoads {
    try inRetailTerms {
      let collector = DailyLoadCollector()
      let places = LoadPlaces(nil, meters: try optional(files.meters) { try RetailRecordFiles.meters($0) })
      _ = try readLoad(files, places) { customer, day, _, energy in
        collector.add(customer: customer, day: day, energyMWh: energy)
      }
      return try collector.loads(customers: places.names)
    }
  }
}

extension CustomerAlertsReport.Case {
  init(_ entry: AlertCase) {
    id = entry.id
    customer = entry.customer
    kind = entry.kind.rawValue
    severity = entry.severity.rawValue
    status = entry.status.rawValue
    openedOn = entry.openedOn
    lastToldOn = entry.lastToldOn
    owner = entry.owner
    baselineMWh = entry.baselineMWh
    observedMWh = entry.observedMWh
    changePercent = entry.baselineMWh > 0 ? 100 * (entry.observedMWh / entry.baselineMWh - 1) : 0
    cusum = entry.cusum
    threshold = entry.threshold
    valueAtStake = entry.valueAtStake
    reason = entry.reason ?? ""
    partner = entry.partner
    evidence = entry.evidence ?? []
  }
}
