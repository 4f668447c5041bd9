internal import Bidding
internal import Foundation
internal import MarketModel
internal import MarketStore
internal import NumericMethods

/// A batch with its folder: days, tasks, journals. Any process that has the workspace can live through some of its tasks.
struct BatchRun: Sendable {
  let directory: URL
  let manifest: BatchManifest
  let days: [StrategyDay]
  let tasks: [BatchTask]
  let shelf: ForecastShelf
  let levels: PriceLevels
  /// The market that is cleared again with each strategy's offers; nil for price takers.
  var market: ReclearedProvince?

  var taskFolder: URL { directory.appending(path: "tasks") }
  static let manifestName = "manifest.json"

  func journalFile(_ task: BatchTask) -> URL { taskFolder.appending(path: "\(task.name).jsonl") }

  /// Position of the day whose forecast a placebo takes.
  private var shuffled: [Int] { OfferBacktest.shuffledWeeks(days.count, seed: manifest.seed) }

  /// Lives through tasks day by day, all tasks of a day at once; each writes its own journal.
  ///
  /// - Parameters:
  ///   - resume: go on where the journals end.
  ///   - progress: task days done, and of how many; what it throws ends the work, and the journals stay.
  func live(
    _ tasks: [BatchTask], resume: Bool, threads: Int, say: @escaping @Sendable (String) -> Void,
    progress: (Int, Int) throws -> Void
  ) throws {
    let journals = try tasks.map { try TaskJournal(file: journalFile($0), resume: resume) }
    for journal in journals where journal.damagedLines > 0 {
      say("\(journal.file.lastPathComponent): \(journal.damagedLines) damaged lines are written anew")
    }
    var done = journals.reduce(0) { $0 + $1.days.count }
    let total = tasks.count * days.count
    try foresee(tasks, journals, threads: threads) {
      done += $0
      try progress(done, total)
    }
    let shuffled = shuffled
    for position in days.indices {
      let pending = tasks.indices.filter { journals[$0].days.count == position }.sorted {
        (-tasks[$0].units.count, $0) < (-tasks[$1].units.count, $1)
      }
      guard !pending.isEmpty else { continue }
      let lived = try liveDay(position, pending.map { (tasks[$0], journals[$0].days.last) }, shuffled, threads, say)
      for (number, day) in zip(pending, lived) { try journals[number].append(try day.get()) }
      done += pending.count
      try progress(done, total)
    }
  }

  /// One day of some tasks, each after its own day before; `shuffled` says whose forecast a placebo takes.
  func liveDay(
    _ position: Int, _ pending: [(task: BatchTask, before: TaskDay?)], _ shuffled: [Int], _ threads: Int,
    _ say: (String) -> Void
  ) throws -> [Result<TaskDay, any Error>] {
    let day = days[position]
    func inputs(_ source: Int) throws -> StrategyInputs {
      let key = manifest.days[source].forecast
      guard let forecast = shelf.forecast(key, say: say) else {
        throw DeskProblem(
          .missingInput,
          "The forecast of \(days[source].day) is gone from \(shelf.folder.path); run the backtest again to issue it.")
      }
      return try inDeskTerms { try forecast.inputs(for: day, unitDays: day.unitDays, threads: 1) }
    }
    let own = pending.contains { !$0.task.isPlacebo } ? try inputs(position) : nil
    let other = pending.contains { $0.task.isPlacebo } ? try inputs(shuffled[position]) : nil
    let (levels, market) = (levels, market)
    return concurrentMap(count: pending.count, threads: threads) { index in
      let (task, before) = pending[index]
      return Result {
        guard let forecast = task.isPlacebo ? other : own else { preconditionFailure("a task without its forecast") }
        return try inDeskTerms {
          try task.live(day, after: before, forecast: forecast, levels: levels, market: market)
        }
      }
    }
  }

  private func foresee(
    _ tasks: [BatchTask], _ journals: [TaskJournal], threads: Int, progress: (Int) throws -> Void
  ) throws {
    let (days, levels) = (days, levels)
    let pending = tasks.indices.filter {
      tasks[$0].strategy.method == .perfectForesight && journals[$0].days.count < days.count
    }
    let found = concurrentMap(count: pending.count, threads: threads) { index in
      Result { try inDeskTerms { try tasks[pending[index]].foresight(days, levels: levels) } }
    }
    for (number, result) in zip(pending, found) {
      let known = journals[number].days.count
      for day in try result.get().dropFirst(known) { try journals[number].append(day) }
      try progress(days.count - known)
    }
  }

  /// What the journals hold, task by task.
  ///
  /// - Throws: `DeskProblem` if a task is not finished.
  func results() throws -> [[TaskDay]] {
    try tasks.map { task in
      let (found, _, damaged) = TaskJournal.read(journalFile(task))
      guard found.count == days.count, damaged == 0 else {
        throw DeskProblem(
          .notFound,
          "\(journalFile(task).path) holds \(found.count) of \(days.count) days; go on with `spotdesk backtest … --resume`."
        )
      }
      return found
    }
  }
}
