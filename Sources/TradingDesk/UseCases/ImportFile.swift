public import Foundation
internal import MarketData
internal import MarketModel
internal import MarketRules
internal import MarketStore

/// What a file to import holds.
public enum ImportFormat: String, Sendable, Hashable, CaseIterable {
  case spot96, epf, series, units, plants, contracts, outages, fuel
}

extension TradingDesk {
  /// Reads a file into the workspace in one transaction: all of it, or nothing.
  public func importFile(_ file: URL, format: ImportFormat, rules: String?, skipBadRows: Bool) throws -> WorkspaceReport
  {
    guard FileManager.default.fileExists(atPath: file.path) else {
      throw DeskProblem(.missingInput, "\(file.path) does not exist; name the file to import.")
    }
    if !workspace.exists { _ = try initialise(rules: rules) }
    let store = try openStore()
    return try locked {
      let market = try inDeskTerms { try store.setting(Setting.market) }
      if let rules, let market, rules != market {
        throw DeskProblem(
          .badData,
          "\(workspace.directory.path) is under the rules of \(market), not of \(rules); use another workspace.")
      }
      guard let market = market ?? rules else {
        throw DeskProblem(.missingInput, "\(workspace.directory.path) has no market; name one with --rules.")
      }
      return try importLocked(file, format: format, market: market, store: store, skipBadRows: skipBadRows)
    }
  }

  /// The import itself; the caller holds the workspace.
  func importLocked(
    _ file: URL, format: ImportFormat, market: String, store: MarketStore, skipBadRows: Bool
  ) throws -> WorkspaceReport {
    switch format {
    case .spot96: try importSeries(file, .spot96, length: .quarterHour, market, store, skipBadRows)
    case .epf: try importSeries(file, .epf, length: .hour, market, store, skipBadRows)
    case .series: try importSeries(file, .series, length: nil, market, store, skipBadRows)
    case .units:
      try importList(file, "units") {
        let units = try UnitRegister.read(from: file)
        _ = try Portfolio(units: units)
        return (
          units.count, try store.save(units: units, availableAt: try listInstant { try store.units(asOf: $0).isEmpty })
        )
      }
    case .plants:
      try importList(file, "plants") {
        let plants = try PlantList.read(from: file)
        return (
          plants.count,
          try store.save(plants: plants, availableAt: try listInstant { try store.plants(asOf: $0).isEmpty })
        )
      }
    case .contracts:
      try importList(file, "contracts") {
        let contracts = try ContractList.read(from: file)
        return (
          contracts.count,
          try store.save(contracts: contracts, availableAt: try listInstant { try store.contracts(asOf: $0).isEmpty })
        )
      }
    case .outages:
      try importList(file, "outages") {
        let outages = try OutageList.read(from: file, zone: try zone(of: market, length: nil))
        return (outages.count, try store.save(outages: outages) > 0)
      }
    case .fuel:
      try importList(file, "fuel records") {
        let fuel = try FuelList.read(from: file, zone: try zone(of: market, length: nil))
        return (fuel.count, try store.save(fuel: fuel) > 0)
      }
    }
  }

  /// A first list holds from the beginning of time; a later one from now on.
  private func listInstant(_ isEmpty: (Date) throws -> Bool) rethrows -> Date {
    try isEmpty(.distantFuture) ? Date(timeIntervalSince1970: 0) : now()
  }

  private func importList(_ file: URL, _ name: String, _ save: () throws -> (count: Int, changed: Bool)) throws
    -> WorkspaceReport
  {
    let (count, changed) = try inDeskTerms(save)
    return WorkspaceReport(
      workspace: workspace.directory.path, rows: count, days: 0, skippedDays: 0, changed: changed,
      sentences: [
        "\(file.lastPathComponent): \(count) \(name)"
          + (changed ? " imported" : ", nothing changed: they were known already")
      ])
  }

  private func importSeries(
    _ file: URL, _ format: SourceFormat, length: IntervalLength?, _ market: String, _ store: MarketStore,
    _ skipBadRows: Bool
  ) throws -> WorkspaceReport {
    let pack = try firstPack(of: market)
    let reader = MarketFileReader(
      table: try inDeskTerms { try SourceTable(format, in: dataDirectory.appending(path: "sources")) },
      zone: try zone(
        of: market, length: length, on: length == nil ? inDeskTerms { try MarketFileReader.firstDay(of: file) } : nil),
      currency: pack.currency,
      badRows: skipBadRows ? .leaveOutDay : .refuseFile)
    progress("importing \(file.lastPathComponent)")
    var summary: ReadSummary?
    let report = try inDeskTerms {
      try store.importObservations(from: file.lastPathComponent, now: now()) { write in
        let read = try reader.readSeries(from: file, onDay: write)
        summary = read
        return ImportedFile(
          sha256: read.sha256, format: format.rawValue, rows: read.rows, skippedRows: read.skippedProblemCount)
      }
    }
    guard let summary else { throw DeskProblem(.internalError, "\(file.path) was imported without being read") }
    return WorkspaceReport(
      workspace: workspace.directory.path, rows: summary.rows, days: summary.days,
      skippedDays: summary.skippedDays.count, changed: !report.changedNothing,
      sentences: sentences(summary, report, file: file.lastPathComponent))
  }

  private func sentences(_ summary: ReadSummary, _ report: ImportReport, file: String) -> [String] {
    var period = ""
    if let first = summary.firstDay, let last = summary.lastDay { period = ", \(first) to \(last)" }
    let series = summary.series.map(\.description).joined(separator: ", ")
    var sentences = [
      report.changedNothing
        ? "\(file): \(summary.rows) rows\(period), nothing changed: every value was known already"
        : "\(file): \(summary.rows) rows\(period), \(report.writtenDays) series-days of \(series) imported"
    ]
    if !summary.skippedDays.isEmpty {
      sentences.append(
        "\(summary.skippedProblemCount) wrong rows; left out \(summary.skippedDays.count) market days: "
          + summary.skippedDays.prefix(5).map(\.description).joined(separator: ", ")
          + (summary.skippedDays.count > 5 ? ", …" : ""))
      sentences += summary.skippedProblems.map(\.description)
    }
    return sentences + summary.warnings
  }

  /// The market's clock, with the format's interval length, or that of the pack of a day (the newest one's without a day).
  func zone(of market: String, length: IntervalLength?, on day: MarketDay? = nil) throws -> MarketZone {
    let packs = try library().packs.filter { $0.market == market }.sorted { $0.effectiveFrom < $1.effectiveFrom }
    let inForce = day.flatMap { day in packs.last { $0.effectiveFrom <= day && $0.status == .inForce } ?? packs.first }
    guard let pack = inForce ?? packs.last else {
      throw DeskProblem(.notFound, "There is no rule pack for the market \"\(market)\".")
    }
    guard let length else { return pack.zone }
    guard let zone = MarketZone(identifier: pack.zone.identifier, length: length) else {
      throw DeskProblem(.internalError, "The tz database has no zone \(pack.zone.identifier); install tzdata.")
    }
    return zone
  }

  private func firstPack(of market: String) throws -> RulePack {
    try requireMarket(market)
    let packs = try library().packs.filter { $0.market == market }
    guard let pack = packs.min(by: { $0.effectiveFrom < $1.effectiveFrom }) else {
      throw DeskProblem(.notFound, "There is no rule pack for the market \"\(market)\".")
    }
    return pack
  }
}
