internal import MarketData
public import MarketModel
internal import RetailValue

/// How well load changes are told of, on loads into which changes were put.
public struct AlertsReport: Sendable, Encodable {
  public struct Kind: Sendable, Encodable {
    public let kind: String
    public let events: Int
    public let recall: Double
  }

  /// The same measures of another way of telling.
  public struct Comparison: Sendable, Encodable {
    public let alerts: Int
    public let precision: Double
    public let recall: Double
    public let falseAlarmsPerCustomerYear: Double
    public let precisionStrict: Double
    public let falseAlarmsPerCustomerYearStrict: Double
    public let medianDelayDays: Double?
  }

  public let file: String
  public let sha256: String
  public let customers: Int
  public let days: Int
  public let firstScoredDay: MarketDay
  public let lastDay: MarketDay
  public let inject: String
  public let seed: UInt64
  public let events: Int
  public let eventShareOfCustomers: Double
  public let alerts: Int
  public let precision: Double
  public let recall: Double
  public let falseAlarmsPerCustomerYear: Double
  public let medianDelayDays: Double?
  public let byKind: [Kind]
  /// Share of the scored customer-days on which the customer's own swings are small enough to be watched.
  public let watchedShare: Double
  /// False alarms per year of a watched customer.
  public let falseAlarmsPerWatchedCustomerYear: Double
  /// Alerts that met no injected event and lasted, seen with hindsight in the untouched loads.
  public let realChanges: Int
  public let aftermath: Int
  /// Every alert that is not an injected event counted as false.
  public let precisionStrict: Double
  public let falseAlarmsPerCustomerYearStrict: Double
  /// The fast channel for stops; its recall is over the stops.
  public let fastStop: Comparison
  public let naive: Comparison
  public let chance: Comparison
  public let notes: [String]

  init(
    file: DailyWideFile, loads: DailyLoads, first: Int, specification: String, seed: UInt64, alerts scores: AlertScores,
    fast: AlertScores, stops: Int, naive: AlertScores, chance: AlertScores, notes: [String]
  ) {
    self.file = file.file
    sha256 = file.sha256
    customers = loads.customers.count
    days = loads.days
    firstScoredDay = loads.day(first)
    lastDay = loads.day(loads.days - 1)
    inject = specification
    self.seed = seed
    events = scores.events
    eventShareOfCustomers = Double(scores.events) / Double(max(loads.customers.count, 1))
    alerts = scores.alerts
    precision = scores.precision
    recall = scores.recall
    falseAlarmsPerCustomerYear = scores.falseAlarmsPerYear
    medianDelayDays = scores.medianDelay
    byKind = LoadAlertKind.allCases.compactMap { kind in
      scores.eventsByKind[kind].map { count in
        Kind(
          kind: kind.rawValue, events: count, recall: Double(scores.detectedByKind[kind] ?? 0) / Double(count))
      }
    }
    watchedShare = scores.watchedShare
    falseAlarmsPerWatchedCustomerYear =
      scores.watchedShare > 0 ? scores.falseAlarmsPerYear / scores.watchedShare : 0
    realChanges = scores.realChanges
    aftermath = scores.aftermath
    precisionStrict = scores.strictPrecision
    falseAlarmsPerCustomerYearStrict = scores.strictFalseAlarmsPerYear
    fastStop = Comparison(
      fast, recall: stops > 0 ? Double(fast.detectedByKind[.productionStop] ?? 0) / Double(stops) : 0)
    self.naive = Comparison(naive, recall: naive.recall)
    self.chance = Comparison(chance, recall: chance.recall)
    self.notes = notes + AlertsReport.definitions
  }

  private static let definitions = [
    "an alert meets an event of its direction on the day it begins or up to \(AlertScores.matchingDays) days later; later alerts about that customer are aftermath",
    "what really happened to these customers is not known: an alert that meets no event is a real change if the untouched load stayed "
      + "\(AlertScores.hindsightDeviation) log points away for \(AlertScores.hindsightDays) of the 28 days around it, else it is false; "
      + "the strict figures count real changes as false too",
    "a customer is watched while its own weekly swings stay small; customers that are not watched get no alerts, and events go into watched "
      + "ones unless into=active",
  ]
}

extension AlertsReport.Comparison {
  init(_ scores: AlertScores, recall: Double) {
    alerts = scores.alerts
    precision = scores.precision
    self.recall = recall
    falseAlarmsPerCustomerYear = scores.falseAlarmsPerYear
    precisionStrict = scores.strictPrecision
    falseAlarmsPerCustomerYearStrict = scores.strictFalseAlarmsPerYear
    medianDelayDays = scores.medianDelay
  }
}
