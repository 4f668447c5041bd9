internal import MarketModel
internal import NumericMethods

/// LEAR (Lago, Marcjasz, De Schutter, Weron, Applied Energy 293, 2021) on one window: predictors are the prices of one,
/// two, three and seven days before, each input of the day, of one and of seven days before, quoted values, and weekday
/// dummies.
///
/// On a grid of hours these are the published 96 + 72·k + 7 columns. On a finer grid each block of a day is its 24 hourly
/// means; the responses stay one for each interval. The window counts days; its first seven feed lags only.
struct LearPriceModel: PriceModel {
  let family = PriceFamily.lear
  var columns: Int { fitted.columns }
  static let leastRows = 28
  static let dummies = 7

  let windowDays: Int
  var fitted = DatedFit<LassoAutoregression>()

  var name: String { "lear-\(windowDays)" }

  init(windowDays: Int) { self.windowDays = windowDays }

  mutating func predicted(_ view: PriceView, refitAfter days: Int) throws(ForecastingError) -> [Double]? {
    let inputs = view.usableInputs
    let window = view.window(days: windowDays - 7)
    guard window.count >= LearPriceModel.leastRows, window.count * 10 >= min(windowDays - 7, view.position - 7) * 8
    else {
      return nil
    }
    let own = LearPriceModel.row(view, view.position, inputs)
    try fitted.refit(view, after: days, columns: own.count) { _ in
      LassoAutoregression(
        rows: window.map { LearPriceModel.row(view, $0, inputs) },
        prices: window.map { view.prices(at: $0).map { Array($0) } ?? [] }, penalties: nil, threads: 1)
    }
    guard let fit = fitted.fit else { return nil }
    return try checkedPath(fit.predicted(for: own))
  }

  static func row(_ view: PriceView, _ position: Int, _ inputs: [Int]) -> [Double] {
    var row: [Double] = []
    row.reserveCapacity(103 + 72 * inputs.count)
    for lag in [1, 2, 3, 7] { row += view.hourlyPrices(at: position - lag) }
    for input in inputs {
      if view.history.isProfile[input] {
        for lag in [0, 1, 7] { row += view.hourlyInput(input, at: position - lag) }
      } else {
        // Known of the day before yesterday at a gate of yesterday's noon.
        row.append(view.hourlyInput(input, at: max(0, position - 2)).first ?? 0)
      }
    }
    let weekday = view.weekday(at: position)
    return row + (1...dummies).map { $0 == weekday ? 1 : 0 }
  }
}
