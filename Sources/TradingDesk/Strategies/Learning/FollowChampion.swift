internal import Bidding
internal import Foundation
internal import MarketModel

extension BatchRun {
  /// Lives through the days with the offers of each day's champion, from the states in which the champions before it left the units.
  ///
  /// - Parameter champions: one for each day.
  /// - Returns: what it earned, day by day.
  func follow(
    _ champions: [Strategy], resume: Bool, threads: Int, say: @escaping @Sendable (String) -> Void,
    progress: (Int, Int) -> Void
  ) throws -> [StrategyDayResult] {
    let folder = directory.appending(path: "followed")
    try Workspace.createDirectory(folder)
    let units = days[0].unitDays.map(\.unit)
    let groups = BatchTask.all([(champions[0], false)], units: units).map(\.units)
    let shared = champions.contains { $0.method == .position } ? [units.map(\.id)] : groups
    // Other champions are another run: its journals have another name.
    let digest = Data(champions.map(\.summary).joined(separator: "\n").utf8).sha256.prefix(12)
    let journals = try shared.indices.map { number in
      try TaskJournal(file: folder.appending(path: "\(digest)-\(number + 1).jsonl"), resume: resume)
    }
    let total = shared.count * days.count
    for position in days.indices {
      let pending = shared.indices.filter { journals[$0].days.count == position }
      guard !pending.isEmpty else { continue }
      let work = pending.map { number in
        (
          task: BatchTask(strategy: champions[position], isPlacebo: false, units: shared[number], name: ""),
          before: journals[number].days.last
        )
      }
      let lived = try liveDay(position, work, [], threads, say)
      for (number, day) in zip(pending, lived) { try journals[number].append(try day.get()) }
      progress(journals.reduce(0) { $0 + $1.days.count }, total)
    }
    return days.indices.map { day in StrategyDayResult(journals.map { $0.days[day] }) }
  }
}
