internal import Forecasting
internal import Foundation
internal import MarketModel
internal import MarketStore

/// Watches the price forecast of consecutive days against same-as-yesterday.
struct DriftWatch {
  private var monitor = DriftMonitor()
  /// What the day added last raised.
  private(set) var latest: [DriftAlarm] = []
  /// Every alarm on the day on which it began.
  private(set) var alarms: [DriftAlarm] = []
  /// Kept forecasts that could not be read, so that nothing was watched on their days.
  private(set) var unreadable: [MarketDay] = []

  var note: String? {
    guard let first = unreadable.first, let last = unreadable.last else { return nil }
    return "\(unreadable.count) kept forecasts (\(first) … \(last)) cannot be read and were not watched for drift"
  }

  mutating func add(_ day: MarketDay, _ error: ReviewReport.ForecastError) {
    let before = Set(latest.map(\.alarm))
    latest = monitor.observe(day: day, loss: error.expectedMae, naiveLoss: error.sameAsYesterdayMae).map {
      DriftAlarm($0)
    }
    alarms += latest.filter { !before.contains($0.alarm) }
  }
}

extension DriftWatch {
  /// Days before a reviewed one whose forecasts are compared with what came.
  static let longestDays = 120

  /// The forecasts of prepared days up to one whose prices are known.
  init(through day: MarketDay, store: MarketStore) throws {
    let first = day.advanced(by: -DriftWatch.longestDays)
    let (documents, observations) = try inDeskTerms {
      (
        try store.documents(StoredDay.kind, strategy: "", from: first, through: day, asOf: .distantFuture),
        try store.observations(
          of: SeriesKey(.price, .dayAhead), from: first, through: day, asOf: .distantFuture)
      )
    }
    let actual = Dictionary(uniqueKeysWithValues: observations.map { ($0.day, $0.values) })
    for document in documents {
      guard let prices = actual[document.day] else { continue }
      guard let forecast = try? JSONDecoder().decode(ForecastOfDay.self, from: document.content).forecast else {
        unreadable.append(document.day)
        continue
      }
      guard
        let error = ReviewReport.ForecastError(
          point: forecast.point, sameAsYesterday: forecast.sameAsYesterday, low: forecast.low, high: forecast.high,
          actual: prices)
      else { continue }
      add(document.day, error)
    }
  }

  /// The part of a ``StoredDay`` that is needed here.
  private struct ForecastOfDay: Decodable {
    let forecast: StoredDay.StoredForecast
  }
}

extension DriftAlarm {
  fileprivate init(_ report: DriftMonitor.Report) {
    switch report.alarm {
    case .worseThanNaive: alarm = "worse-than-naive"
    case .change: alarm = "change"
    }
    day = report.day
    sentence = report.sentence
  }
}
