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
  public var acknowledge: String?
  public var owner: String?
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

/// Cases of load alerts, the most valuable first.
public struct CustomerAlertsReport: Sendable, Encodable {
  public struct Case: Sendable, Encodable {
    public let id: String
    public let customer: String
    public let kind: String
    public let severity: String
    public let status: String
    public let openedOn: MarketDay
    public let lastToldOn: MarketDay
    public let owner: String?
    public let baselineMWh: Double
    public let observedMWh: Double
    public let changePercent: Double
    public let cusum: Double
    public let threshold: Double
    public let valueAtStake: Double
  }

  public let customers: Int
  public let firstDay: MarketDay
  public let lastDay: MarketDay
  public let watchedCustomers: Int
  public let cases: [Case]
  public let resolved: Int
  public let notes: [String]
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
    let months = try monthsLeft(request.files, on: loads.day(loads.days - 1))
    ledger.take(watch.alerts, in: loads) { alert in
      let left = months[loads.customers[alert.customer]] ?? (12, request.unitMargin)
      return abs(alert.observed - alert.baseline) * 30.4 * left.0 * abs(left.1)
    }
    ledger.resolveRecovered(watch, in: loads)
    try inRetailTerms {
      if let id = request.acknowledge { try ledger.acknowledge(id, owner: request.owner ?? "unnamed") }
      if let id = request.resolve {
        try ledger.resolve(id, as: request.resolution ?? "confirmed", on: loads.day(loads.days - 1))
      }
    }
    if let url = request.ledger, request.keepsLedger { try writeLedger(ledger, url) }
    let last = loads.days - 1
    return CustomerAlertsReport(
      customers: loads.customers.count, firstDay: loads.firstDay, lastDay: loads.day(last),
      watchedCustomers: loads.customers.indices.count { watch.threshold($0, last).isFinite },
      cases: ledger.active.map { CustomerAlertsReport.Case($0) }, resolved: ledger.cases.count { !$0.isActive },
      notes: calendar.notes(for: loads.day(last)))
  }

  func dailyLoads(_ files: CustomerFiles) throws -> DailyLoads {
    try inRetailTerms {
      let collector = DailyLoadCollector()
      var names: [String] = []
      let list = NameBox()
      let file = try readingExisting(files.load) {
        try RetailLoadFile.read(
          files.load, unit: files.loadUnit, position: { list.add($0) },
          sink: { customer, day, _, energy in collector.add(customer: customer, day: day, energyMWh: energy) })
      }
      file.notes.forEach(progress)
      names = list.names
      return try collector.loads(customers: names)
    }
  }

  /// Months to the end of each customer's contract and its margin per MWh, where it says.
  private func monthsLeft(_ files: CustomerFiles, on day: MarketDay) throws -> [String: (Double, Double)] {
    guard let url = files.contracts else { return [:] }
    let contracts = try inDeskTerms { try readingExisting(url) { try RetailFiles.contracts(url) } }
    var left: [String: (Double, Double)] = [:]
    for contract in contracts {
      let months = contract.end.map { max(0, Double($0.dayNumber - day.dayNumber) / 30.4) } ?? 12
      left[contract.customer] = (months, contract.unitMargin ?? contract.uplift ?? 6)
    }
    return left
  }

  private func writeLedger(_ ledger: AlertLedger, _ url: URL) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      try encoder.encode(ledger).write(to: url, options: .atomic)
    } catch {
      throw DeskProblem(.cannotWrite, "\(url.relativePath) cannot be written.")
    }
  }
}

private final class NameBox {
  private(set) var names: [String] = []

  func add(_ name: String) -> Int {
    names.append(name)
    return names.count - 1
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
  }
}
