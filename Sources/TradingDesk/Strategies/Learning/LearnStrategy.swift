internal import Bidding
public import Foundation
internal import MarketModel
internal import MarketRules
internal import MarketStore
internal import Review

/// Days on which the arms run in shadow.
public struct LearningRequest: Sendable {
  public var days: MarketDayRange
  /// Built-in names or files of strategies; the first is the champion to begin with.
  public var arms: [String]
  public var portfolio: URL?
  public var settings: DaySettings
  /// Go on where an earlier run of the same days and arms was stopped.
  public var resume = false
  /// The page with the curve of the regret (HTML).
  public var page: URL?
  public var hooks: EvaluationHooks

  public init(days: MarketDayRange, arms: [String], settings: DaySettings, hooks: EvaluationHooks) {
    (self.days, self.arms, self.settings, self.hooks) = (days, arms, settings, hooks)
  }
}

extension TradingDesk {
  enum LearningSetting {
    static let key = "strategy-learning"
    static let document = "strategy-learning"
  }

  /// Runs every arm in shadow over the days, weighs them day by day, changes the champion where the guard rails allow it, lives through the
  /// days with the champion's offers, and keeps the record: what `day` takes its risk weight and second opinion from while the switch
  /// is on.
  ///
  /// Forecasts come from the workspace's shelf; those that are not there are issued as of their gates. The run stays in `runs/ID`.
  public func learnStrategy(_ request: LearningRequest) throws -> LearningReport {
    let names = try request.arms.isEmpty ? usualArms() : request.arms
    let arms = try StrategyFile.strategies(names, data: dataDirectory)
    guard arms.count > 1, !arms.contains(where: { $0.method == .perfectForesight }) else {
      throw DeskProblem(.badData, "Learning needs two strategies or more that offer; perfect foresight does not.")
    }
    var comparison = StrategyRequest(
      from: request.days.first, to: request.days.last, strategies: names, settings: request.settings,
      hooks: request.hooks)
    comparison.hasPlacebo = false
    comparison.portfolio = request.portfolio
    comparison.resume = request.resume
    let batch = try prepareBatch(comparison)
    let (course, runs, followed) = try lockedRun(batch.directory, "run") {
      try execute(batch, comparison)
      _ = try strategiesReport(of: batch)
      let (course, runs) = try shadowed(batch, arms)
      let champions = course.champions.map { arms[$0] }
      request.hooks.say("Living through the days with the champion's offers")
      let followed = try batch.follow(
        champions, resume: request.resume, threads: request.settings.threads, say: progress,
        progress: request.hooks.progress)
      return (course, runs, followed)
    }
    let store = try openStore()
    let report = LearningReport(
      arms, course, runs: runs, followed: followed, provenance: try provenance(batch, request, names),
      currency: batch.days[0].pack.currency, simulated: try isSimulated(store), isOn: try isLearningOn(store))
    try locked { try save(report, store) }
    if let page = request.page { try writeFile(LearningPage(report: report).document(), to: page) }
    return report
  }

  /// The course of the arms, and what each earned, in their order.
  private func shadowed(_ batch: BatchRun, _ arms: [Strategy]) throws -> (LearningCourse, [StrategyRun]) {
    let all = try StrategiesReport.runs(batch)
    let runs = try arms.map { arm in
      guard let run = all.first(where: { $0.name == arm.name }) else {
        throw DeskProblem(.internalError, "The comparison lacks \(arm.name).")
      }
      return run
    }
    let course = LearningCourse(
      days: batch.days.map(\.day), profits: runs.map { $0.results.map(\.profit) }, guards: ChampionGuards())
    return (course, runs)
  }

  private func provenance(
    _ batch: BatchRun, _ request: LearningRequest, _ names: [String]
  ) throws -> StrategiesReport.Provenance {
    let files = names.map { $0.hasSuffix(".json") ? URL(filePath: $0).lastPathComponent : $0 }
    let portfolio = request.portfolio.map { " --portfolio \($0.lastPathComponent)" } ?? ""
    let manifest = batch.manifest
    return StrategiesReport.Provenance(
      run: try manifest.identifier, program: manifest.program,
      command:
        "spotdesk strategy learn \(request.days) --arms \(files.joined(separator: ","))\(portfolio) --seed \(manifest.seed) --scenarios \(manifest.scenarios)",
      workspace: workspace.name, dataHash: manifest.dataHash, seed: manifest.seed, scenarios: manifest.scenarios)
  }

  /// The optimised offer, and every strategy of data/strategies/arms.
  private func usualArms() throws -> [String] {
    let folder = dataDirectory.appending(path: "strategies/arms")
    let files: [String]
    do { files = try FileManager.default.contentsOfDirectory(atPath: folder.path) } catch {
      throw DeskProblem(
        .missingInput, "\(folder.path) cannot be read: \(systemSentence(error)). Name the arms with --arms.")
    }
    return ["optimised"] + files.filter { $0.hasSuffix(".json") }.sorted().map { folder.appending(path: $0).path }
  }

  private func save(_ report: LearningReport, _ store: MarketStore) throws {
    // It may be used from the results of its last day on.
    let pack = try rulePack(on: report.to, market: nil, store: store)
    let known = pack.zone.start(of: report.to.advanced(by: 1))
    let document = StoredDocument(
      day: report.to, kind: LearningSetting.document, strategy: "", content: try JSONEncoder().encode(report.stored),
      availableAt: known)
    try inDeskTerms { try store.save(document: document, ifKnown: .replace) }
  }

  func isLearningOn(_ store: MarketStore) throws -> Bool {
    try inDeskTerms { try store.setting(LearningSetting.key) } == "on"
  }

  /// Turns the use of what was learned on or off.
  public func switchLearning(on: Bool) throws -> LearningState {
    let store = try openStore()
    return try locked {
      try inDeskTerms { try store.setSetting(LearningSetting.key, to: on ? "on" : "off") }
      return try learningState()
    }
  }

  /// The champion, its record, and whether `day` uses it.
  public func learningState() throws -> LearningState {
    let store = try openStore()
    guard let stored = try latestLearning(store, asOf: .distantFuture) else {
      throw DeskProblem(
        .notFound, "\(workspace.directory.path) has learned nothing yet. Run `spotdesk strategy learn FROM..TO` first.")
    }
    return LearningState(stored, isOn: try isLearningOn(store))
  }

  /// Puts the champion before the last change back, with a record of who asked.
  public func rollBackStrategy(reason: String) throws -> LearningState {
    let store = try openStore()
    return try locked {
      guard var stored = try latestLearning(store, asOf: .distantFuture) else {
        throw DeskProblem(
          .notFound, "\(workspace.directory.path) has learned nothing yet; there is nothing to roll back.")
      }
      guard let last = stored.changes.last else {
        throw DeskProblem(
          .notFound, "The champion \(stored.champion) was never changed; there is nothing to roll back.")
      }
      stored.changes.append(
        .init(kind: "rolled-back", day: stored.to.advanced(by: 1), from: stored.champion, to: last.from, reason: reason)
      )
      stored.champion = last.from
      let pack = try rulePack(on: stored.to, market: nil, store: store)
      let document = StoredDocument(
        day: stored.to, kind: LearningSetting.document, strategy: "", content: try JSONEncoder().encode(stored),
        availableAt: pack.zone.start(of: stored.to.advanced(by: 1)))
      try inDeskTerms { try store.save(document: document, ifKnown: .replace) }
      return LearningState(stored, isOn: try isLearningOn(store))
    }
  }

  func latestLearning(_ store: MarketStore, asOf: Date) throws -> StoredLearning? {
    let documents = try inDeskTerms {
      try store.documents(
        LearningSetting.document, strategy: "", from: MarketDay(dayNumber: 0), through: MarketDay(dayNumber: 100_000),
        asOf: asOf)
    }
    guard let last = documents.last else { return nil }
    do { return try JSONDecoder().decode(StoredLearning.self, from: last.content) } catch {
      throw DeskProblem(
        .badData, "What was learned of strategies in \(workspace.storeFile.path) is damaged; learn anew.")
    }
  }

  /// The settings of a day with the champion's risk weight and second opinion in place of the standard ones, while the switch is on and the
  /// champion was known at the gate. A champion of another method than the optimised offer changes nothing, and that is said.
  func withChampion(_ settings: DaySettings, asOf: Date, _ store: MarketStore) throws -> DaySettings {
    guard !settings.isChosenByHand, try isLearningOn(store), let learned = try latestLearning(store, asOf: asOf),
      let arm = learned.arms.first(where: { $0.name == learned.champion })
    else { return settings }
    guard let weight = arm.parameters["risk_aversion"], let second = arm.parameters["second_opinion"] else {
      progress(
        "The champion \(learned.champion), learned to \(learned.to), has no weight of risk; the day keeps its own")
      return settings
    }
    progress(
      "Risk weight \(weight) and second opinion \(second) of the champion \(learned.champion), learned to \(learned.to)"
    )
    var own = settings
    own.riskAversion = weight
    own.secondOpinion = second
    own.recentDays = arm.parameters["recent_days"] ?? 0
    return own
  }
}
