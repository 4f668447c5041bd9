public import Foundation
internal import MarketData
internal import MarketModel
internal import RetailValue

/// What to evaluate alerts on.
public struct AlertsRequest: Sendable {
  public var data: URL
  /// Only "daily-wide".
  public var format: String
  public var injection: String
  public var seed: UInt64
  /// Prefix of holiday files in data/calendars.
  public var calendar: String
  public var threads: Int

  public init(data: URL, format: String, injection: String, seed: UInt64, calendar: String, threads: Int) {
    self.data = data
    self.format = format
    self.injection = injection
    self.seed = seed
    self.calendar = calendar
    self.threads = threads
  }
}

extension TradingDesk {
  /// Puts events into real daily loads and scores what the detector tells, beside a naive rule and random alarms.
  ///
  /// - Throws: `DeskProblem` if the file cannot be read, the specification not be understood, or the file is too short.
  public func evaluateAlerts(_ request: AlertsRequest) throws -> AlertsReport {
    guard request.format == "daily-wide" else {
      throw DeskProblem(.badData, "There is no format \"\(request.format)\"; alerts are evaluated on daily-wide.")
    }
    let file = try inDeskTerms { try readingExisting(request.data) { try DailyWideFile.read(request.data) } }
    let loads = DailyLoads(
      firstDay: file.firstDay, days: file.days, customers: file.customers, values: file.values)
    let calendar = try HolidayCalendar(
      folder: dataDirectory.appending(path: "calendars"), prefix: request.calendar)
    let unusual = UnusualDays(holidays: calendar.holidays, firstDay: loads.firstDay, days: loads.days)
    let specification = try inRetailTerms { try EventSpecification(request.injection) }
    let first = specification.firstDay(of: loads.days)
    guard loads.days >= first + 36 else {
      throw DeskProblem(
        .badData, "\(file.file) has \(loads.days) days; alerts need \(first) to learn and 36 to be judged on.")
    }
    progress("\(loads.customers.count) customers, \(loads.days) days")
    let detector = LoadAlertDetector()
    let before = detector.watch(loads, unusual: unusual, from: first, threads: request.threads)
    let injection = try inRetailTerms {
      try EventInjection(specification, into: loads, watch: before, unusual: unusual, seed: request.seed)
    }
    let after = detector.watch(injection.loads, unusual: unusual, from: first, threads: request.threads)
    let score = { (told: [LoadAlert]) in
      AlertScores(told, events: injection.events, untouched: loads, hindsight: before, from: first)
    }
    return AlertsReport(
      file: file, loads: loads, first: first, specification: request.injection, seed: request.seed,
      alerts: score(after.alerts.filter { $0.severity == .alert }),
      fast: score(after.alerts.filter { $0.severity == .watch }),
      stops: injection.events.count { $0.kind == .productionStop },
      naive: score(NaiveLoadRule().alerts(in: injection.loads, from: first)),
      chance: score(ChanceAlerts(seed: request.seed).alerts(like: after.alerts, in: loads, from: first)),
      notes: file.notes
        + Set((0..<loads.days).map { loads.day($0).year }).sorted().flatMap { year in
          MarketDay(year: year, month: 7, day: 1).map { calendar.notes(for: $0) } ?? []
        })
  }
}

/// Runs work of the retail module and says its problems as the desk's.
func inRetailTerms<Result>(_ work: () throws -> Result) throws -> Result {
  do {
    return try inDeskTerms(work)
  } catch let problem as RetailProblem {
    throw DeskProblem(.badData, problem.description)
  }
}

/// Reads a file that must be there.
func readingExisting<Result>(_ file: URL, _ read: () throws -> Result) throws -> Result {
  guard FileManager.default.fileExists(atPath: file.path) else {
    throw DeskProblem(.missingInput, "\(file.relativePath) is not there; name an existing file.")
  }
  return try read()
}
