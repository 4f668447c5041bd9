internal import Forecasting
internal import MarketModel

/// The days of one site as a walk hands them to a forecaster.
struct DayFeed<Published> {
  /// Every day of the calendar, in order.
  let days: ClosedRange<MarketDay>
  let intervals: Int
  /// What is published of a day before its gate.
  let published: (MarketDay) -> Published
  /// What came, one value for each interval; asked for only when the day's forecast is recorded.
  let actual: (MarketDay) -> [Double]
}

/// One model's forecast of a day, as the file of forecasts holds it.
struct RecordedModel: Hashable, Sendable {
  let name: String
  /// NaN where the model has no value.
  let point: [Double]
  /// quantiles[q][t] as in ``ModelForecast``; empty for a model that gives a path only.
  let quantiles: [[Double]]
  /// nil if the forecast was read from an interrupted run.
  let seconds: Double?

  /// Rounds to the digits that are written, so that scores are those of the file.
  init(_ forecast: ModelForecast) {
    name = forecast.model
    point = forecast.point.map { WrittenNumber($0, digits: WrittenNumber.pointDigits).value }
    quantiles = forecast.quantiles.map { row in
      row.map { WrittenNumber($0, digits: WrittenNumber.quantileDigits).value }
    }
    seconds = forecast.seconds
  }

  init(name: String, point: [Double], quantiles: [[Double]], seconds: Double?) {
    self.name = name
    self.point = point
    self.quantiles = quantiles
    self.seconds = seconds
  }
}

/// All models' forecasts of a day and what came.
struct RecordedDay: Hashable, Sendable {
  let day: MarketDay
  let models: [RecordedModel]
  let actual: [Double]
  /// Scores of joint paths against what came; empty where none were made.
  var pathScores: [PathScore] = []
  /// What the forecaster said of the day and had not said of the day before.
  var notes: [String] = []
}

extension RecordedDay {
  /// The same with what the file of forecasts does not say.
  func with(_ aside: ForecastJournal.Aside) -> RecordedDay {
    let known = zip(models, aside.seconds).map { model, seconds in
      RecordedModel(name: model.name, point: model.point, quantiles: model.quantiles, seconds: seconds)
    }
    return RecordedDay(
      day: day, models: known, actual: actual, pathScores: aside.pathScores, notes: aside.notes)
  }
}

/// A number as the file of forecasts writes it: a whole number of decimal units.
struct WrittenNumber {
  static let pointDigits = 7
  static let quantileDigits = 6
  private static let powers: [Double] = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7]

  private let units: Int64
  private let decimals: Int
  private let isKnown: Bool

  /// Rounds to so many significant digits, with 7 decimals at the most.
  init(_ value: Double, digits: Int) {
    isKnown = value.isFinite && value.magnitude < 1e12
    guard isKnown else {
      (units, decimals) = (0, 0)
      return
    }
    var places = min(digits, WrittenNumber.powers.count - 1)
    var bound = 1.0
    while places > 0, value.magnitude >= bound {
      bound *= 10
      places -= 1
    }
    decimals = places
    units = Int64((value * WrittenNumber.powers[places]).rounded())
  }

  /// The rounded value, to the bit what reading ``text`` gives.
  var value: Double { isKnown ? Double(units) / WrittenNumber.powers[decimals] : .nan }

  /// "-1.5", "0.25", "1300"; empty for NaN.
  var text: String {
    guard isKnown else { return "" }
    guard decimals > 0 else { return String(units) }
    var digits = String(units.magnitude)
    if digits.count <= decimals { digits = String(repeating: "0", count: decimals - digits.count + 1) + digits }
    var whole = digits.dropLast(decimals)
    var fraction = digits.suffix(decimals)
    while fraction.last == "0" { fraction.removeLast() }
    if units < 0 { whole = "-" + whole }
    return fraction.isEmpty ? (units == 0 ? "0" : String(whole)) : whole + "." + fraction
  }
}
