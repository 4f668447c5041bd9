internal import Forecasting
public import Foundation
public import MarketModel
internal import MarketRules
internal import MarketStore

/// Joint scenarios and the files that they were written to.
public struct JointForecastOutcome: Sendable {
  public let report: JointForecastReport
  public let files: [URL]
}

extension TradingDesk {
  /// Joint paths of price, load, wind and solar power on a market day as of its information cutoff: of all that the workspace
  /// has a measured past of.
  ///
  /// - Parameters:
  ///   - requested: the market day; nil for the day after the last one with prices.
  ///   - keptScenarios: weighted paths that stand for all in scenarios.csv; nil for all.
  /// - Throws: `DeskProblem` if nothing can be forecast.
  public func forecastJointly(
    _ requested: MarketDay?, rules: String?, settings: ForecastSettings, keptScenarios: Int?
  ) throws -> JointForecastOutcome {
    let store = try openStore()
    return try locked {
      let day = try requested ?? dayAfterLastPrice(store)
      let pack = try rulePack(on: day, market: rules, store: store)
      var made = MadeForecasts()
      do {
        made.prices = [try makePrice(day: day, pack, store, settings: settings, keptScenarios: nil)]
      } catch let problem as DeskProblem where problem.kind == .notFound {
        made.leaveOut(problem.description)
      }
      for quantity in [SeriesQuantity.load, .wind, .solar] {
        do {
          made.powers += [try makePower(quantity, day: day, pack, store, settings: settings, keptScenarios: nil)]
        } catch let problem as DeskProblem where problem.kind == .notFound {
          made.leaveOut(problem.description)
        }
      }
      let targets = made.targets
      guard !targets.isEmpty else { throw DeskProblem(.notFound, made.missing.joined(separator: " ")) }
      let gate = try ForecastGate(day: day, pack: pack)
      let joint = try inDeskTerms { try jointScenarios(targets, count: settings.scenarios, seed: settings.seed) }
      let fitted = joint.scenarios.fitted(to: gate.grid)
      let written = WrittenScenarios(fitted, keeping: keptScenarios)
      let report = JointForecastReport(
        day: day, made, joint.scenarios, written, note: joint.note, simulated: try isSimulated(store),
        program: programVersion, settings: settings)
      let files =
        made.files + [
          ("joint-forecast.json", try encodedDocument(report)), ("scenarios.csv", Data(written.jointText.utf8)),
        ]
      let directory = workspace.dayDirectory(day)
      try Workspace.write(files, in: directory) {
        for price in made.prices { try save(models: price.forecast, price.context, store) }
        for power in made.powers { try save(power, store) }
      }
      return JointForecastOutcome(report: report, files: files.map { directory.appending(path: $0.name) })
    }
  }
}

/// The forecasts of a day that could be made, and why others could not.
struct MadeForecasts {
  var prices: [MadePriceForecast] = []
  var powers: [MadePowerForecast] = []
  private(set) var missing: [String] = []

  var targets: [JointTarget] {
    prices.compactMap { JointTarget($0.forecast) } + powers.map { JointTarget($0.forecast) }
  }

  /// All files but those of each target's own scenarios.
  var files: [(name: String, content: Data)] {
    (prices.flatMap(\.files) + powers.flatMap(\.files)).filter { !$0.name.hasPrefix("scenarios") }
  }

  mutating func leaveOut(_ sentence: String) { missing.append(sentence) }
}

extension ScenarioSet {
  /// Paths of a day of 24 hours in the hours of a day on which the clock changes.
  func fitted(to grid: IntervalGrid) -> ScenarioSet {
    guard grid.count != self.grid.count else { return self }
    let width = self.grid.count
    let paths = (0..<count * targets.count).flatMap { index in
      ClockChange.fitted(Array(values[index * width..<(index + 1) * width]), to: grid)
    }
    return ScenarioSet(grid: grid, targets: targets, weights: weights, values: paths)
  }
}
