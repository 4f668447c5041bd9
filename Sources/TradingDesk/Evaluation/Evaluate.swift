internal import Forecasting
internal import Foundation
internal import MarketData
internal import MarketModel
internal import NumericMethods
internal import Synchronization

extension TradingDesk {
  /// Walks through a file day by day with a target's forecaster and scores the forecasts of the test days.
  ///
  /// No value of a test day is handed to a forecaster before its forecast is recorded. With an output the forecasts are
  /// written day by day, and an interrupted run can be resumed. Needs no workspace.
  public func evaluate(_ request: EvaluationRequest, hooks: EvaluationHooks) throws -> EvaluationReport {
    let evaluation = try Evaluation(request, dataDirectory: dataDirectory, programVersion: programVersion, hooks: hooks)
    let sites = try evaluation.walk()
    try evaluation.finishOutput()
    let report = try evaluation.report(of: sites)
    if let page = request.page {
      let text = evaluationPage(report, samples: EvaluationSamples(sites))
      try writeFile(text, to: page)
    }
    return report
  }
}

/// One evaluation: the file, its sites, and the files that it writes.
struct Evaluation {
  let request: EvaluationRequest
  let formats: [EvaluationFormat]
  let file: EvaluationFile
  let sites: [SiteData]
  let settings: ForecasterSettings
  let references: [ReferenceForecasts]
  let journals: [ForecastJournal]
  let programVersion: String
  let hooks: EvaluationHooks
  private(set) var notes: [String]

  init(_ request: EvaluationRequest, dataDirectory: URL, programVersion: String, hooks: EvaluationHooks) throws {
    self.programVersion = programVersion
    try Evaluation.check(request)
    let formats = try inDeskTerms {
      try EvaluationFormat.read(from: dataDirectory.appending(path: "sources/evaluation.csv"))
    }
    let file = try inDeskTerms {
      try EvaluationFile.read(request.data, formats: formats, format: request.format)
    }
    if request.format == nil { hooks.say("\(file.file) is read as format \(file.format.name)") }
    self.request = request
    self.hooks = hooks
    (self.formats, self.file) = (formats, file)
    notes = file.notes
    let prefix = request.settings.calendar ?? file.format.settings["calendar"]
    let calendar = try prefix.map {
      try HolidayCalendar(folder: dataDirectory.appending(path: "calendars"), prefix: $0)
    }
    sites = try Evaluation.sites(of: file, request, calendar: calendar)
    for site in sites { try site.check(request.testFrom...request.testTo, in: file.file) }
    if let calendar, let site = sites.first { notes += calendar.notes(for: site.table.lastDay) }
    if request.target == .load,
      sites.contains(where: { $0.table.columns(of: .temperature).contains { $0.known == .afterwards } })
    {
      notes.append("temperatures are measured ones in the place of forecasts")
    }
    settings = Evaluation.settings(request, file.format)
    references = try request.references.map { try ReferenceForecasts($0, formats: formats) }
    guard references.isEmpty || sites.count == 1 else {
      throw DeskProblem(
        .badData,
        "--reference needs data of one site, and \(file.file) has \(sites.count); choose one with --site.")
    }
    journals = try Evaluation.journals(request, sites, file, programVersion)
  }

  /// What can be refused before anything is read.
  private static func check(_ request: EvaluationRequest) throws {
    guard request.testFrom <= request.testTo else {
      throw DeskProblem(
        .badData, "--test-from \(request.testFrom) is after --test-to \(request.testTo); exchange them.")
    }
    guard FileManager.default.fileExists(atPath: request.data.path) else {
      throw DeskProblem(.missingInput, "\(request.data.path) does not exist; name the file to evaluate on.")
    }
    if let folder = request.page?.deletingLastPathComponent(), !FileManager.default.fileExists(atPath: folder.path) {
      throw DeskProblem(.cannotWrite, "\(folder.path), the folder of --page, does not exist; create it.")
    }
  }

  /// The sites to walk, each with the column of the target.
  private static func sites(
    of file: EvaluationFile, _ request: EvaluationRequest, calendar: HolidayCalendar?
  ) throws -> [SiteData] {
    let named = request.site ?? file.format.settings["site"]
    var tables = file.tables
    if let named, named != "all", tables.count > 1 || !tables[0].site.isEmpty {
      tables = tables.filter { $0.site == named }
      guard !tables.isEmpty else {
        let names = file.tables.map { "\"\($0.site)\"" }.joined(separator: ", ")
        throw DeskProblem(
          .badData, "\(file.file) has no site \"\(named)\"; its sites are \(names). Name one with --site.")
      }
    }
    let quantity = request.target.quantity
    return try tables.map { table in
      let truths = table.columns(of: quantity)
      let place = table.site.isEmpty ? request.site ?? "" : ""
      guard let truth = truths.first(where: { $0.location == place }) ?? (place.isEmpty ? truths.first : nil) else {
        let names = table.columns.map { "\"\($0.name)\" (\($0.quantity.rawValue))" }.joined(separator: ", ")
        throw DeskProblem(
          .badData,
          "\(file.file), read as format \(file.format.name), has no column of \(quantity.rawValue)"
            + (place.isEmpty ? "" : " at \(place)")
            + ", which evaluate \(request.target.rawValue) needs; it has \(names).")
      }
      return SiteData(table: table, truth: truth, length: file.length, calendar: calendar)
    }
  }

  private static func settings(_ request: EvaluationRequest, _ format: EvaluationFormat) -> ForecasterSettings {
    let own = request.settings
    func number(_ name: String) -> Double? { format.settings[name].flatMap(Double.init) }
    return ForecasterSettings(
      models: request.models.map { Set($0) }, seed: own.seed, threads: own.threads, lowestPrice: own.lowestPrice,
      highestPrice: own.highestPrice, capacity: own.capacity ?? number("capacity"),
      latitude: own.latitude ?? number("latitude"), longitude: own.longitude ?? number("longitude"),
      scenarios: own.scenarios)
  }

  private static func journals(
    _ request: EvaluationRequest, _ sites: [SiteData], _ file: EvaluationFile, _ programVersion: String
  ) throws -> [ForecastJournal] {
    guard let output = request.output else { return [] }
    let own = request.settings
    let facts = [
      programVersion, request.target.rawValue, file.sha256, file.format.name, "\(request.testFrom)",
      "\(request.testTo)",
      request.models?.joined(separator: ",") ?? "all", "\(own.seed)", "\(own.lowestPrice ?? .nan)",
      "\(own.highestPrice ?? .nan)", own.calendar ?? "", "\(own.capacity ?? .nan)", "\(own.latitude ?? .nan)",
      "\(own.longitude ?? .nan)", "\(own.scenarios)",
    ]
    return try sites.map { site in
      let name = file.tables[0].site.isEmpty ? nil : site.table.site
      return try ForecastJournal(
        output: output, site: name, run: (facts + [site.table.site]).joined(separator: "\n") + "\n",
        resume: request.resume)
    }
  }

  /// Walks every site, several at a time.
  func walk() throws -> [EvaluatedSite] {
    let test = request.testFrom...request.testTo
    let total = test.count * sites.count
    let done = Mutex(0)
    let tick = { @Sendable [hooks] in
      let count = done.withLock { value in
        value += 1
        return value
      }
      hooks.progress(count, total)
    }
    let each = max(1, settings.threads / sites.count)
    nonisolated(unsafe) let evaluation = self
    let results = concurrentMap(count: sites.count, threads: min(settings.threads, sites.count)) { index in
      Result { try evaluation.records(ofSite: index, test: test, threads: each, tick: tick) }.mapError(FailedWalk.init)
    }
    return try results.enumerated().map { index, result in
      let site = sites[index]
      switch result {
      case .success(let records):
        return EvaluatedSite(name: site.table.site, records: records) { site.actual($0.advanced(by: -7)) }
      case .failure(let failure):
        for journal in journals where journal.isEmpty { journal.discard() }
        throw failure.problem(sites.count > 1 ? site.table.site : "")
      }
    }
  }

  private func records(
    ofSite index: Int, test: ClosedRange<MarketDay>, threads: Int, tick: @escaping @Sendable () -> Void
  ) throws -> [RecordedDay] {
    let run = WalkForwardRun(
      test: test, models: settings.models, journal: journals.isEmpty ? nil : journals[index], hooks: hooks, tick: tick,
      seed: settings.seed)
    return try request.target.records(of: sites[index], settings.with(threads: threads), run: run)
  }

  /// Puts the finished files of forecasts together in their place.
  func finishOutput() throws {
    guard let output = request.output, let first = journals.first else { return }
    do {
      for journal in journals { try journal.close() }
      var text = try Data(contentsOf: first.partial)
      for journal in journals.dropFirst() {
        let more = try Data(contentsOf: journal.partial)
        text += more[(more.firstIndex(of: 10).map { $0 + 1 } ?? more.endIndex)...]
      }
      try text.write(to: output, options: .atomic)
    } catch {
      throw DeskProblem(.cannotWrite, "\(output.path) cannot be written: \(systemSentence(error)).")
    }
    for journal in journals { journal.discard() }
  }
}

/// Why a walk stopped.
private struct FailedWalk: Error {
  let error: any Error

  func problem(_ site: String) -> DeskProblem {
    let problem = DeskProblem(error)
    // Too little history in a file of one's own is the file's fault.
    let kind = error is ForecastingError ? .badData : problem.kind
    return DeskProblem(kind, (site.isEmpty ? "" : "\(site): ") + problem.description)
  }
}
