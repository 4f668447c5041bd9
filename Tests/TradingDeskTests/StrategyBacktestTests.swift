import Bidding
import Clearing
import Foundation
import MarketModel
import MarketRules
import MarketTestSupport
import Review
import Testing

@testable import TradingDesk

@Suite("Strategies side by side") struct StrategyBacktestTests {
  static let count = 10

  static func pack() throws -> RulePack {
    let rules = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "data/rules")
    return try RulePackLibrary(directory: rules).pack(for: "shandong", on: Example.day)
  }

  /// Days whose level moves by about ±120 around the cost of the units, with the midday valley at the floor on every other one.
  static func truth(_ number: Int) -> [Double] {
    Example.pricePath(shift: 120 * sin(Double(number) * 1.9) - 30, valley: number % 2 == 0 ? -80 : 200)
  }

  /// A batch of two plants in a folder of its own, which the caller removes.
  static func batch() throws -> BatchRun {
    let pack = try pack()
    let units = [Example.unit("A1"), Example.unit("B1", plant: "B", rated: 600, minimum: 240)]
    let basis = try #require(pack.bids.priceBasis.value)
    let days = try (0..<count).map { number in
      let day = Example.day.advanced(by: number)
      return StrategyDay(
        unitDays: units.map { Example.unitDay($0, day: day) },
        nextUnitDays: units.map { Example.unitDay($0, day: day.advanced(by: 1)) }, plants: [], contracts: [],
        prices: MarketPrices(
          basis: basis, prices: try IntervalSeries(Example.grid(day), truth(number).map { .perMegawattHour($0) })),
        pack: pack)
    }
    let folder = FileManager.default.temporaryDirectory.appending(path: "batch-\(UUID().uuidString)")
    let shelf = ForecastShelf(folder: folder.appending(path: "forecasts"))
    for path in [shelf.folder, folder.appending(path: "run/tasks")] {
      try FileManager.default.createDirectory(at: path, withIntermediateDirectories: true)
    }
    for number in 0..<count {
      let expected = truth(number).map { $0 + 15 * sin(Double(number)) }
      let paths = stride(from: -60.0, through: 60, by: 12).flatMap { shift in expected.map { $0 + shift } }
      try shelf.put(
        IssuedForecast(
          day: days[number].day, key: "day-\(number)", expected: expected, paths: paths,
          reference: expected.map { $0 - 25 }, hasReference: true, outlooks: [truth(number + 1)],
          deviations: [-40, 0, 40].map { [Double](repeating: $0, count: 96) }, beyond: truth(number + 2)))
    }
    let plans =
      try Strategy.Method.allCases.filter { !$0.needsRestOfMarket }.map {
        (strategy: try Strategy($0), isPlacebo: false)
      } + [
        (strategy: try Strategy(.optimised), isPlacebo: true)
      ]
    let tasks = BatchTask.all(plans, units: units)
    let manifest = BatchManifest(
      schema: "spotdesk.batch/1", program: "test", from: days[0].day, to: days[count - 1].day, seed: 1, scenarios: 11,
      strategies: plans.map { .init($0.strategy, isPlacebo: $0.isPlacebo) },
      days: try days.enumerated().map {
        BatchManifest.DayEntry(day: $1.day, forecast: "day-\($0)", inputs: try $1.digest())
      }, tasks: tasks.map(\.name), portfolio: nil, command: "", dataHash: "")
    return BatchRun(
      directory: folder.appending(path: "run"), manifest: manifest, days: days, tasks: tasks, shelf: shelf,
      levels: PriceLevels(cap: pack.bids.cap.value?.perMegawattHour))
  }

  /// Lives through a batch and hands its report out.
  static func withBatch(_ work: (BatchRun) throws -> Void) throws {
    let batch = try batch()
    defer { try? FileManager.default.removeItem(at: batch.directory.deletingLastPathComponent()) }
    try work(batch)
  }

  static func live(_ batch: BatchRun, resume: Bool = false, threads: Int = 2) throws {
    try batch.live(batch.tasks, resume: resume, threads: threads, say: { _ in }, progress: { _, _ in })
  }

  /// The bytes of all journals.
  static func bytes(_ batch: BatchRun) throws -> [Data] {
    try batch.tasks.map { try Data(contentsOf: batch.journalFile($0)) }
  }

  @Test("perfect foresight is above every strategy over all days, and above it on every day from the same state")
  func ceiling() throws {
    try Self.withBatch { batch in
      try Self.live(batch)
      let results = zip(batch.tasks, try batch.results())
      func profit(_ days: [TaskDay]) -> Double { days.flatMap(\.units).reduce(0) { $0 + $1.profit } }
      let best = results.filter { $0.0.strategy.method == .perfectForesight }.reduce(0) { $0 + profit($1.1) }
      let whole = try (0..<2).reduce(0.0) { sum, number in
        try sum
          + perfectForesightProfit(
            days: batch.days.map { $0.unitDays[number] }, prices: batch.days.map(\.prices.prices))
      }
      #expect(abs(best - whole) < 1e-3)
      for method in Strategy.Method.allCases where method != .perfectForesight && !method.needsRestOfMarket {
        let own = results.filter { $0.0.strategy.method == method && !$0.0.isPlacebo }
        #expect(own.count == (method == .position ? 1 : 2), "a plant is a task, unless the fleet is decided together")
        #expect(own.reduce(0) { $0 + profit($1.1) } <= best + 1e-6, "\(method)")
        for (task, days) in own {
          #expect(days.allSatisfy { $0.violations == 0 }, "\(method)")
          try checkAccounts(batch, task, days)
        }
      }
    }
  }

  /// The account of every day adds up, and no day earns more than the best schedule from the state in which the strategy finds it.
  private func checkAccounts(_ batch: BatchRun, _ task: BatchTask, _ days: [TaskDay]) throws {
    var before: TaskDay?
    for (day, record) in zip(batch.days, days) {
      let today = day.unitDays.filter { task.units.contains($0.unit.id) }.map {
        $0.starting(in: before?.after[$0.unit.id.text]?.state ?? $0.initialState)
      }
      let best = try perfectForesight(unitDays: today, at: day.prices)
      for (own, ceiling) in zip(record.units, best) {
        #expect(abs(own.aboveCost + own.belowCost - own.startCost - own.profit) < 1, "the account of a day adds up")
        #expect(own.profit <= (try ceiling.profit.amount) + 1e-6, "\(task.name) \(day.day)")
      }
      let byLevel = record.levels.reduce(0) { $0 + $1.margin }
      #expect(abs(byLevel - record.units.reduce(0) { $0 + $1.aboveCost + $1.belowCost }) < 1e-6)
      before = record
    }
  }

  @Test("one thread, many, and a run that was cut anywhere write the same bytes")
  func sameBytes() throws {
    try Self.withBatch { batch in
      try Self.live(batch, threads: 1)
      let whole = try Self.bytes(batch)
      try Self.live(batch, threads: 3)
      #expect(try Self.bytes(batch) == whole)
      for cut in 0..<6 {
        for (number, data) in whole.enumerated() {
          let kept = data.count * ((37 * cut + 53 * number + 11) % 101) / 100
          try data.prefix(kept).write(to: batch.journalFile(batch.tasks[number]))
        }
        try Self.live(batch, resume: true)
        #expect(try Self.bytes(batch) == whole)
      }
    }
  }

  @Test("a damaged line of a journal and a damaged forecast are found")
  func damage() throws {
    try Self.withBatch { batch in
      try Self.live(batch)
      let file = batch.journalFile(batch.tasks[0])
      let whole = try Data(contentsOf: file)
      var spoiled = whole
      spoiled[spoiled.count / 2] ^= 1
      try spoiled.write(to: file)
      #expect(throws: DeskProblem.self) { try batch.results() }
      try Self.live(batch, resume: true)
      #expect(try Data(contentsOf: file) == whole)
      let shelf = batch.shelf.file("day-3")
      var forecast = try Data(contentsOf: shelf)
      forecast[forecast.count - 9] ^= 1
      try forecast.write(to: shelf)
      var said = ""
      let found = batch.shelf.forecast("day-3", say: { said = $0 })
      #expect(found == nil && said.contains("damaged"))
      #expect(!batch.shelf.has("day-3"))
    }
  }

  @Test("what a placebo and a shard write is what the whole batch writes")
  func shards() throws {
    try Self.withBatch { batch in
      try Self.live(batch)
      let whole = try Self.bytes(batch)
      try batch.clear()
      for index in 0..<3 {
        let tasks = BatchShard(index: index, count: 3).places(of: batch.tasks.count).map { batch.tasks[$0] }
        try batch.live(tasks, resume: true, threads: 1, say: { _ in }, progress: { _, _ in })
      }
      #expect(try Self.bytes(batch) == whole)
      let report = try StrategiesReport(batch, workspace: "desk", simulated: true)
      #expect(report.rows.map(\.strategy).last == "placebo of optimised")
    }
  }

  @Test("a reason for every day lost")
  func reasons() throws {
    try Self.withBatch { batch in
      try Self.live(batch)
      let report = try StrategiesReport(batch, workspace: "desk", simulated: true)
      #expect(!report.lostDays.isEmpty)
      #expect(report.lostDays.allSatisfy { !$0.why.isEmpty && $0.difference < 0 })
    }
  }

  @Test("a user's file names a strategy and its parameters; each fault is one sentence")
  func file() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "strategy-\(UUID().uuidString).json")
    defer { try? FileManager.default.removeItem(at: file) }
    func sentence(_ text: String) throws -> String {
      try Data(text.utf8).write(to: file)
      do { return try StrategyFile.strategies([file.path], data: file)[0].summary } catch { return "\(error)" }
    }
    #expect(
      try sentence(#"{"name":"bold","strategy":"optimised","parameters":{"risk_aversion":0}}"#)
        == "bold = optimised 1 (recent_days 0.0, risk_aversion 0.0, second_opinion 0.0)")
    #expect(try sentence(#"{"name":"x","strategy":"bandit"}"#).contains("no strategy bandit"))
    #expect(try sentence(#"{"name":"x","strategy":"standard","parameters":{"margin":3}}"#).contains("0.0 to 0.5"))
    #expect(try sentence("name: x").contains("is no strategy"))
    #expect(throws: DeskProblem.self) {
      try StrategyFile.strategies(["standard", "standard"], data: URL(filePath: "."))
    }
  }
}
