public import MarketModel

/// Everything that a trader sees of a prepared day; the command line, the JSON document and the page show this value.
///
/// Power is gross MW, energy net MWh, prices per net MWh and money in `currency`, each rounded for reading.
public struct DayReport: Sendable, Encodable {
  public var schema = "spotdesk.day/1"
  public var day: MarketDay
  /// True if the workspace holds a simulated market.
  public var simulated: Bool
  public var currency: String
  public var provenance: Provenance
  public var forecast: PriceForecastView
  public var units: [UnitView]
  public var fleet: FleetView
  public var compliance: ComplianceView
  /// Units without available capacity.
  public var unavailableUnits: [UnitID]
  /// Sentences on fuel that is scarce or not known, and on duties that cannot be served.
  public var fuelAndDuties: [String]
  /// What was assumed, what fell back, what looked odd in the data.
  public var notes: [String]

  /// What the day was made from: enough to make it again.
  public struct Provenance: Sendable, Encodable {
    public var program: String
    public var rulePack: String
    public var rulePackSource: String
    /// "steps" or "slopes".
    public var curveForm: String
    /// Rule of the information cutoff, as "D-1T09:45", and the instant that it means for this day.
    public var informationCutoff: String
    public var dataAsOf: String
    public var series: [SeriesView]
    /// SHA-256 over every value that the forecast read.
    public var dataHash: String
    public var models: [ForecastModelRecord]
    public var seed: UInt64
    public var scenarios: Int
    public var riskAversion: Double
    /// Share of the scenarios that follow the path of LEAR.
    public var secondOpinion: Double
    /// Share of the scenarios that are the days of the last four weeks as they came.
    public var recentDays: Double
    /// Where the units' initial states come from.
    public var initialStates: String
  }

  public struct SeriesView: Sendable, Encodable {
    public var series: String
    public var firstDay: MarketDay
    public var lastDay: MarketDay
    public var days: Int
  }

  public struct PriceForecastView: Sendable, Encodable {
    public var intervalMinutes: Int
    /// "00:15" … "24:00".
    public var intervalEnd: [String]
    public var expected: [Double]
    public var sameAsYesterday: [Double]
    /// Probabilities of the rows of `quantiles`.
    public var probabilities: [Double]
    /// One row for each probability, one value for each interval.
    public var quantiles: [[Double]]
    /// Share of scenarios at or below the lowest price at which offers are allowed; empty if the rules know none.
    public var probabilityAtFloor: [Double]
    /// A few scenarios, for the eye.
    public var scenarioPaths: [[Double]]
  }

  public struct UnitView: Sendable, Encodable {
    public var unit: UnitID
    public var plant: PlantID
    public var ratedCapacityMW: Double
    public var initialState: String
    public var standard: OfferView
    public var optimised: OfferView
    /// "compliant" (no rule violated; unknown ones are listed) or "violated".
    public var verdict: String
    public var passedChecks: Int
    public var violations: [CheckView]
    public var unconfirmed: [CheckView]
  }

  public struct OfferView: Sendable, Encodable {
    public var segments: [SegmentView]
    /// Why the unit is on or off line as it is.
    public var reason: String
    public var reasonChinese: String
    /// Hours declared on line, as "00:00–24:00"; empty if the unit stays off.
    public var onLine: [String]
    public var plannedMW: [Double]
    public var clearedEnergyMWh: ExpectedRange
    public var revenue: ExpectedRange
    public var profit: ExpectedRange
    public var conditionalValueAtRisk: Double
  }

  public struct SegmentView: Sendable, Encodable {
    public var segment: Int
    public var fromMW: Double
    public var toMW: Double
    public var pricePerMWh: Double
    public var kind: String
    public var reason: String
    public var reasonChinese: String
    public var marginalCostPerMWh: Double
    public var clearingShare: Double
    public var expectedProfit: Double
  }

  public struct FleetView: Sendable, Encodable {
    public var standard: FleetOfferView
    public var optimised: FleetOfferView
    /// Optimised less standard expected profit.
    public var expectedDifference: Double
    public var contractedEnergyMWh: Double
  }

  public struct FleetOfferView: Sendable, Encodable {
    public var clearedEnergyMWh: ExpectedRange
    public var revenue: ExpectedRange
    public var profit: ExpectedRange
    public var conditionalValueAtRisk: Double
    public var plannedMW: [Double]
  }

  public struct ComplianceView: Sendable, Encodable {
    /// "compliant": no bid violates a rule that is known; "violated" otherwise.
    public var verdict: String
    public var bids: Int
    public var violated: Int
    public var checksPassed: Int
    public var checksNotEvaluated: Int
    /// One entry for each check over all units: how many bids passed, violated, or could not be judged.
    public var checks: [CheckSummary]
  }

  public struct CheckSummary: Sendable, Encodable {
    public var id: String
    public var title: String
    public var severity: String
    public var rule: String
    public var passed: Int
    public var violated: Int
    public var notEvaluated: Int
    /// Why it could not be judged, or the first violation.
    public var remark: String
  }

  public struct CheckView: Sendable, Encodable {
    public var id: String
    public var title: String
    public var severity: String
    public var sentences: [String]
  }
}
