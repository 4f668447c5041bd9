internal import Forecasting
internal import MarketModel
internal import NumericMethods

/// What the joint paths of one model scored on one day.
struct PathScore: Hashable, Sendable, Codable {
  let name: String
  let energy: Double
  let variogram: Double

  init(name: String, energy: Double, variogram: Double) {
    self.name = name
    self.energy = energy
    self.variogram = variogram
  }

  /// - Parameter actual: finite values.
  init(_ name: String, paths: [Double], actual: [Double]) {
    let count = paths.count / actual.count
    self.init(
      name: name, energy: energyScore(ofPaths: paths, count: count, against: actual),
      variogram: variogramScore(ofPaths: paths, count: count, against: actual))
  }
}

/// Scores the joint paths of each test day beside those of the two plain ways to make them from the same percentiles.
struct PathComparison {
  static let copula = "scenarios-copula"
  static let shuffle = "scenarios-schaake"

  let seed: UInt64
  /// What this walk has seen itself, for a forecaster that does not show its past.
  private var own: PlainScenarios

  init(seed: UInt64) {
    self.seed = seed
    own = PlainScenarios(seed: seed)
  }

  /// The scores of a day whose truth has come: of every model with paths, and of the plain ones made as many from the
  /// percentiles of the last of these; empty if a value of the day is not known.
  ///
  /// - Parameter pastScores: the past on which the forecaster's paths rest; nil if it does not show one.
  mutating func scores(
    of forecasts: [ModelForecast], on day: MarketDay, actual: [Double], pastScores: [[Double]]?
  ) -> [PathScore] {
    let drawn = forecasts.filter { !$0.paths.isEmpty }
    guard let last = drawn.last(where: { !$0.quantiles.isEmpty }), actual.allSatisfy(\.isFinite) else { return [] }
    let plain = pastScores.map { PlainScenarios(pastScores: $0, seed: seed) } ?? own
    let count = last.paths.count / actual.count
    let daySeed = seed &+ UInt64(bitPattern: Int64(day.dayNumber)) &* 0x9E37_79B9
    let others = [
      (PathComparison.copula, plain.copulaPaths(count: count, quantiles: last.quantiles, seed: daySeed)),
      (PathComparison.shuffle, plain.shuffledPaths(count: count, quantiles: last.quantiles, seed: daySeed)),
    ]
    own.observe(quantiles: last.quantiles, actual: actual)
    return drawn.map { PathScore($0.model, paths: $0.paths, actual: actual) }
      + others.compactMap { name, paths in paths.map { PathScore(name, paths: $0, actual: actual) } }
  }
}

/// The means of path scores over the days on which all models with paths have one, so that they can be compared.
struct PathTally {
  /// In the order of the records.
  let names: [String]
  private let days: [[PathScore]]

  init(_ sites: [EvaluatedSite]) {
    var names: [String] = []
    let scored = sites.flatMap { $0.records.map(\.pathScores) }.filter { !$0.isEmpty }
    for score in scored.flatMap({ $0 }) where !names.contains(score.name) { names.append(score.name) }
    self.names = names
    days = scored.filter { $0.count == names.count }
  }

  func scores(of name: String) -> PathScores? {
    let own = days.compactMap { day in day.first { $0.name == name } }
    guard !own.isEmpty else { return nil }
    func rounded(_ value: Double) -> Double { WrittenNumber(value, digits: WrittenNumber.pointDigits).value }
    return PathScores(
      days: own.count, energyScore: rounded(mean(own.map(\.energy))),
      variogramScore: rounded(mean(own.map(\.variogram))))
  }
}

/// The sentences of the forecasters by day, the first of them only.
struct DayNotes {
  static let most = 50
  let first: [EvaluationReport.DayNote]
  let further: Int

  init(_ sites: [EvaluatedSite]) {
    let all = sites.flatMap { site in
      site.records.flatMap { record in
        record.notes.map { EvaluationReport.DayNote(day: record.day, site: site.name, note: $0) }
      }
    }
    let inOrder = all.enumerated().sorted { ($0.element.day, $0.offset) < ($1.element.day, $1.offset) }.map(\.element)
    first = Array(inOrder.prefix(DayNotes.most))
    further = inOrder.count - first.count
  }
}
