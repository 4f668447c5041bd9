public import Foundation
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
        "Name the market whose rules apply with --rules (\(try library().markets.joined(separator: ", "))), or use --demo.")
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
  /// through the same readers as anybody's files.
  public func initialiseDemonstration(seed: UInt64) throws -> WorkspaceReport {
    try requireNoWorkspace()
    let folder = dataDirectory.appending(path: "demonstration")
    let sources = workspace.directory.appending(path: "simulated")
    progress("simulating two years of the demonstration province")
    let parameters = try inDeskTerms { try ProvinceParameters(folder: folder, calendars: calendarFolder) }
    try requireMarket(parameters.market)
    let province = simulateProvince(parameters, seed: seed)
    try Workspace.write(province.files.map { ($0.name, Data($0.text.utf8)) }, in: sources)
    var sentences = [
      "Created \(workspace.directory.path): the demonstration province, simulated with seed \(seed), rules of \(parameters.market)."
    ]
    var rows = 0
    var days = 0
    try locked {
      let store = try inDeskTerms { try MarketStore(path: workspace.storeFile.path) }
      try inDeskTerms {
        try store.setSetting(Setting.market, to: parameters.market)
        try store.setSetting(Setting.simulated, to: "yes")
      }
      for file in province.files {
        let report = try importLocked(
          sources.appending(path: file.name), format: .series, market: parameters.market, store: store,
          skipBadRows: false)
        rows += report.rows
        days = max(days, report.days)
        sentences += report.sentences
      }
      for (name, format) in [
        ("units.csv", ImportFormat.units), ("plants.csv", .plants), ("contracts.csv", .contracts), ("outages.csv", .outages),
      ] {
        sentences += try importLocked(
          folder.appending(path: name), format: format, market: parameters.market, store: store, skipBadRows: false
        ).sentences
      }
    }
    return WorkspaceReport(
      workspace: workspace.directory.path, rows: rows, days: days, skippedDays: 0, changed: true, sentences: sentences)
  }

  var calendarFolder: URL { dataDirectory.appending(path: "calendars") }
}
