internal import Forecasting
public import MarketModel
internal import NumericMethods

/// `spotdesk forecast --joint`: what was drawn together, and how it hangs together.
public struct JointForecastReport: Sendable, Encodable {
  public var schema = "spotdesk.joint-forecast/1"
  public var day: MarketDay
  /// True if the workspace holds a simulated market.
  public var simulated: Bool
  public var program: String
  public var rulePack: String
  public var dataAsOf: String
  public var seed: UInt64
  /// Joint paths drawn, and weighted paths that stand for them in scenarios.csv.
  public var scenarios: Int
  public var scenariosWritten: Int
  public var targets: [TargetView]
  /// correlations[i][j]: of the daily means of targets i and j over the paths.
  public var correlations: [[Double]]
  /// How the dependence was learned, and what could not be forecast and why.
  public var notes: [String]

  public struct TargetView: Sendable, Encodable {
    public var target: ForecastTarget
    public var unit: String
    /// SHA-256 over every value that the forecast read.
    public var dataHash: String
    /// The day's mean over the paths: mean, and the 10 % and 90 % quantiles.
    public var mean: Double
    public var low: Double
    public var high: Double
    /// What was found in this target's inputs.
    public var notes: [String]
  }
}

extension JointForecastReport {
  init(
    day: MarketDay, _ made: MadeForecasts, _ set: ScenarioSet, _ written: WrittenScenarios, note: String,
    simulated: Bool, program: String, settings: ForecastSettings
  ) {
    self.day = day
    self.simulated = simulated
    self.program = program
    let used = made.prices.map(\.report.provenance) + made.powers.map(\.report.provenance)
    rulePack = used.first?.rulePack ?? ""
    dataAsOf = used.first?.dataAsOf ?? ""
    seed = settings.seed
    scenarios = set.count
    scenariosWritten = written.weights.count
    let means = set.targets.map { target in (0..<set.count).map { NumericMethods.mean(set.path($0, of: target)) } }
    let units = made.prices.map { "\($0.report.currency)/MWh" } + made.powers.map(\.report.unit)
    let said = made.prices.map(\.report.notes) + made.powers.map(\.report.notes)
    targets = set.targets.indices.map { index in
      let sorted = means[index].sorted()
      return TargetView(
        target: set.targets[index], unit: units[index], dataHash: used[index].dataHash,
        mean: DayReport.rounded(NumericMethods.mean(sorted), 2),
        low: DayReport.rounded(quantile(ofSorted: sorted, at: 0.1), 2),
        high: DayReport.rounded(quantile(ofSorted: sorted, at: 0.9), 2), notes: said[index])
    }
    correlations = means.map { own in
      means.map { other in
        let (first, second) = (NumericMethods.mean(own), NumericMethods.mean(other))
        func sum(_ left: [Double], _ right: [Double], _ middle: Double, _ other: Double) -> Double {
          zip(left, right).reduce(0) { $0 + ($1.0 - middle) * ($1.1 - other) }
        }
        let size = (sum(own, own, first, first) * sum(other, other, second, second)).squareRoot()
        return size > 0 ? DayReport.rounded(sum(own, other, first, second) / size, 3) : 0
      }
    }
    notes = [note] + made.missing
  }
}
