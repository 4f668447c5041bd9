internal import Foundation
internal import MarketData
internal import MarketModel
internal import MarketRules
internal import MarketStore
internal import ProvinceSimulation

extension TradingDesk {
  /// Creates an empty workspace under the rule packs of a market.
  public func initialise(rules: String?) throws -> WorkspaceReport {
    guard let rules else {
      throw DeskProblem(
        .missingInput,
        "Name the market whose rules apply with --rules (\(try library().markets.joined(separator: ", "))), or use --demo."
      )
    }
    try requireMarket(rules)
    try requireNoWorkspace()
    try workspace.createDirectory()
    try locked {
      let store = try inDeskTerms { try MarketStore(path: workspace.storeFile.path) }
      try inDeskTerms { try store.setSetting(Setting.market, to: rules) }
    }
    return WorkspaceReport(
      workspace: workspace.directory.path, rows: 0, days: 0, skippedDays: 0, changed: true,
      sentences: [
        "Created \(workspace.directory.path) under the rules of \(rules). Next: spotdesk import FILE --format FORMAT --workspace \(workspace.directory.path)"
      ])
  }

  func requireMarket(_ market: String) throws {
    let known = try library().markets
    guard known.contains(market) else {
      throw DeskProblem(
        .notFound, "There is no rule pack for the market \"\(market)\"; there are: \(known.joined(separator: ", ")).")
    }
  }

  func requireNoWorkspace() throws {
    guard !workspace.exists else {
      throw DeskProblem(
        .cannotWrite, "\(workspace.directory.path) is a workspace already; name another folder or delete this one.")
    }
  }

  /// Creates a workspace with the demonstration province: simulated series, units, contracts and outages, imported
  /// through the same readers as anybody's files. It is made beside its place and moved there when it is complete.
  public func initialiseDemonstration(seed: UInt64?) throws -> WorkspaceReport {
    try requireNoWorkspace()
    let place = workspace.directory
    try Workspace.createDirectory(place.deletingLastPathComponent())
    let staging = place.deletingLastPathComponent().appending(
      path: ".\(workspace.name).partial-\(ProcessInfo.processInfo.processIdentifier)")
    let desk = TradingDesk(
      workspace: Workspace(staging), dataDirectory: dataDirectory, programVersion: programVersion, now: now,
      progress: progress)
    do {
      let report = try desk.fillDemonstration(seed: seed, place: place)
      guard rename(staging.path, place.path) == 0 else {
        throw DeskProblem(
          .cannotWrite, "\(place.path) cannot be created: \(String(cString: strerror(errno))). Name a new folder.")
      }
      return report
    } catch {
      // What was made so far is of no use; the error that stopped it is what counts.
      try? FileManager.default.removeItem(at: staging)
      throw error
    }
  }

  private func fillDemonstration(seed: UInt64?, place: URL) throws -> WorkspaceReport {
    let folder = dataDirectory.appending(path: "demonstration")
    let sources = workspace.directory.appending(path: "simulated")
    progress("simulating two years of the demonstration province")
    let settings = try inDeskTerms { try SettingsFile.read(from: folder.appending(path: "workspace.csv")) }
    guard let market = settings["market"], let standardSeed = settings["seed"].flatMap({ UInt64($0) }) else {
      throw DeskProblem(.badData, "\(folder.path)/workspace.csv must name a market and a seed.")
    }
    try requireMarket(market)
    let seed = seed ?? standardSeed
    let parameters = try provinceParameters(folder)
    let packs = try library().packs.filter { $0.market == market }
    guard let currency = packs.first?.currency else {
      throw DeskProblem(.notFound, "There is no rule pack for the market \"\(market)\".")
    }
    let files = simulateProvince(parameters, seed: seed).files(currency: currency)
    try Workspace.write(files.map { ($0.name, Data($0.bytes)) }, in: sources)
    var sentences = [
      "Created \(place.path): the demonstration province, simulated with seed \(seed), rules of \(market)."
    ]
    var rows = 0
    var days = 0
    try locked {
      let store = try inDeskTerms { try MarketStore(path: workspace.storeFile.path) }
      try inDeskTerms {
        try store.setSetting(Setting.market, to: market)
        try store.setSetting(Setting.simulated, to: "yes")
        try store.setSetting(Setting.seed, to: "\(seed)")
      }
      for file in files {
        let report = try importLocked(
          sources.appending(path: file.name), format: .series, market: market, store: store,
          skipBadRows: false)
        rows += report.rows
        days = max(days, report.days)
        sentences += report.sentences
      }
      for (name, format) in [
        ("units.csv", ImportFormat.units), ("plants.csv", .plants), ("contracts.csv", .contracts),
        ("outages.csv", .outages),
      ] {
        sentences += try importLocked(
          folder.appending(path: name), format: format, market: market, store: store, skipBadRows: false
        ).sentences
      }
    }
    return WorkspaceReport(
      workspace: place.path, rows: rows, days: days, skippedDays: 0, changed: true, sentences: sentences)
  }

  func provinceParameters(_ folder: URL) throws -> ProvinceParameters {
    func text(_ file: URL) throws -> String {
      do {
        return try String(contentsOf: file, encoding: .utf8)
      } catch {
        throw DeskProblem(.missingInput, "\(file.path) cannot be read: \(systemSentence(error)).")
      }
    }
    let calendars = try FileManager.default.contentsOfDirectory(atPath: calendarFolder.path)
      .filter { $0.hasSuffix(".csv") && $0 != "zones.csv" }.sorted()
    do {
      return try ProvinceParameters(
        ProvinceTexts(
          province: try text(folder.appending(path: "province.csv")),
          sites: try text(folder.appending(path: "sites.csv")),
          profiles: try text(folder.appending(path: "profiles.csv")),
          calendars: try calendars.map { try text(calendarFolder.appending(path: $0)) }))
    } catch let problem as ProvinceParametersError {
      throw DeskProblem(.badData, "\(problem)")
    }
  }

  var calendarFolder: URL { dataDirectory.appending(path: "calendars") }
}
