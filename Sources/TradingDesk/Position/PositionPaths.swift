internal import FlexibleAssets
internal import Foundation
internal import MarketData
internal import MarketModel
internal import MarketStore
internal import NumericMethods

/// Joint paths of a day as the position needs them, all equally likely.
struct PositionPaths {
  let grid: IntervalGrid
  let prices: [[Double]]
  let realTime: [[Double]]
  /// nil where the workspace has no measured past of it.
  let load: [[Double]]?
  let wind: [[Double]]?
  let solar: [[Double]]?
  private(set) var notes: [String]

  var count: Int { prices.count }
  var hours: Double { grid.length.hours }
  var expected: [Double] {
    grid.intervals.indices.map { interval in prices.reduce(0) { $0 + $1[interval] } / Double(count) }
  }

  init(
    grid: IntervalGrid, prices: [[Double]], realTime: [[Double]], load: [[Double]]?, wind: [[Double]]?,
    solar: [[Double]]?, notes: [String]
  ) {
    (self.grid, self.prices, self.realTime) = (grid, prices, realTime)
    (self.load, self.wind, self.solar, self.notes) = (load, wind, solar, notes)
  }

  /// - Parameter spreads: real-time less day-ahead prices of past days, by interval; each path draws a day.
  init(_ set: ScenarioSet, spreads: [[Double]], seed: UInt64, notes: [String]) throws {
    func paths(_ target: ForecastTarget) -> [[Double]]? {
      guard set.targets.contains(target) else { return nil }
      return (0..<set.count).map { set.path($0, of: target) }
    }
    guard let prices = paths(.dayAheadPrice) else {
      throw DeskProblem(.notFound, "The day's scenarios hold no day-ahead price; a position needs it.")
    }
    grid = set.grid
    self.prices = prices
    (load, wind, solar) = (paths(.load), paths(.wind), paths(.solar))
    self.notes = notes
    var generator = SplitMix64(seed: seed)
    let width = set.grid.count
    let usable = spreads.filter { $0.count == width && $0.allSatisfy(\.isFinite) }
    if usable.count >= 5 {
      realTime = prices.map { path in
        let spread = usable[generator.nextIndex(below: usable.count)]
        return zip(path, spread).map { $0 + $1 }
      }
      self.notes.append("real-time prices: each path adds the spread of one of \(usable.count) past days")
    } else {
      realTime = prices
      self.notes.append("no real-time prices of past days are known; they are taken to equal the day-ahead prices")
    }
  }
}

extension TradingDesk {
  /// Paths of the day: those that `forecast --joint` wrote if they are there, else made now.
  func positionPaths(
    _ day: MarketDay, rules: String?, settings: ForecastSettings, store: MarketStore
  ) throws -> PositionPaths {
    let pack = try rulePack(on: day, market: rules, store: store)
    let gate = try ForecastGate(day: day, pack: pack)
    let file = workspace.dayDirectory(day).appending(path: "scenarios.csv")
    let spreads = try pastSpreads(before: day, asOf: gate.asOf, store: store)
    if let known = try ScenarioFile.read(file, grid: gate.grid) {
      return try PositionPaths(
        known, spreads: spreads, seed: settings.seed,
        notes: ["scenarios: \(known.count) joint paths of \(file.lastPathComponent), as forecast --joint wrote them"])
    }
    let joint = try makeJoint(day, rules: rules, settings: settings)
    return try PositionPaths(joint.scenarios, spreads: spreads, seed: settings.seed, notes: joint.notes)
  }

  /// Joint scenarios of all that can be forecast; nothing is written.
  private func makeJoint(
    _ day: MarketDay, rules: String?, settings: ForecastSettings
  ) throws -> (scenarios: ScenarioSet, notes: [String]) {
    let outcome = try forecastJointly(day, rules: rules, settings: settings, keptScenarios: nil)
    let file = workspace.dayDirectory(day).appending(path: "scenarios.csv")
    let store = try openStore()
    let gate = try ForecastGate(day: day, pack: try rulePack(on: day, market: rules, store: store))
    guard let set = try ScenarioFile.read(file, grid: gate.grid) else {
      throw DeskProblem(.internalError, "\(file.path) was written and cannot be read.")
    }
    return (set, ["scenarios: \(set.count) joint paths"] + outcome.report.notes)
  }

  /// Real-time less day-ahead price of the last days of which both were known at the gate.
  private func pastSpreads(before day: MarketDay, asOf: Date, store: MarketStore) throws -> [[Double]] {
    func values(_ stage: SeriesStage) throws -> [MarketDay: [Double]] {
      let found = try inDeskTerms {
        try store.observations(
          of: SeriesKey(.price, stage), from: day.advanced(by: -62), through: day.advanced(by: -1), asOf: asOf)
      }
      return Dictionary(found.map { ($0.day, $0.values) }, uniquingKeysWith: { _, last in last })
    }
    let (ahead, realTime) = (try values(.dayAhead), try values(.realTime))
    return ahead.keys.sorted().compactMap { day in
      guard let own = ahead[day], let later = realTime[day], own.count == later.count else { return nil }
      return zip(later, own).map { $0 - $1 }
    }
  }
}

/// Joint scenarios as `forecast --joint` writes them.
enum ScenarioFile {
  /// - Returns: nil if there is no file, or one of a single target.
  static func read(_ url: URL, grid: IntervalGrid) throws -> ScenarioSet? {
    guard FileManager.default.fileExists(atPath: url.path) else { return nil }
    let table = try inDeskTerms { try TextRecords(csv: url) }
    guard table.header.prefix(3) == ["path", "target", "weight"] else { return nil }
    func fail(_ line: Int, _ finding: String) -> DeskProblem {
      DeskProblem(.badData, "\(table.file):\(line): \(finding). Run `spotdesk forecast --joint` again.")
    }
    guard table.header.count == grid.count + 3 else { throw fail(1, "there are not \(grid.count) intervals") }
    var targets: [ForecastTarget] = []
    var (values, weights) = ([Double](), [Double]())
    for row in table.rows {
      guard let target = ForecastTarget(rawValue: row["target"]) else {
        throw fail(row.line, "\"\(row["target"])\" is no target")
      }
      if row["path"] == "1" { targets.append(target) }
      guard let place = targets.firstIndex(of: target), let weight = Double(row["weight"]), weight >= 0 else {
        throw fail(row.line, "target or weight is not as in the first path")
      }
      if place == 0 { weights.append(weight) }
      for interval in 1...grid.count {
        guard let value = Double(row["\(interval)"]), value.isFinite else {
          throw fail(row.line, "\"\(row["\(interval)"])\" is no number")
        }
        values.append(value)
      }
    }
    let sum = weights.reduce(0, +)
    guard weights.count >= 10, sum > 0, values.count == weights.count * targets.count * grid.count else {
      throw fail(table.rows.last?.line ?? 1, "a path is not whole, or there are fewer than ten")
    }
    // The position counts paths as equally likely.
    guard weights.allSatisfy({ abs($0 / sum - 1 / Double(weights.count)) < 1e-4 }) else { return nil }
    return ScenarioSet(
      grid: grid, targets: targets, weights: weights.map { _ in 1 / Double(weights.count) }, values: values)
  }
}
