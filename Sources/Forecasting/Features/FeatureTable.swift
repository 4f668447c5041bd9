internal import MarketModel
internal import NumericMethods

/// The predictors of LEAR (Lago, Marcjasz, De Schutter, Weron, Applied Energy 293, 2021) for every day of a history and
/// for the day to forecast: prices of one, two, three and seven days before, every published input of the day itself,
/// of one and of seven days before, and seven weekday dummies.
///
/// On a grid of hours these are the published 96 + 72·k + 7 columns. On a finer grid each block of a day is its 24
/// hourly means, so that the table stays as wide; the responses stay one for each interval.
struct FeatureTable {
  static let priceLags = [1, 2, 3, 7]
  static let inputLags = [0, 1, 7]
  static let dummyCount = 7

  /// Position in the history → features; nil where something that they need is not known. The last entry is the day to
  /// forecast.
  let rows: [[Double]?]
  let columnCount: Int

  init(_ source: PriceForecastInputs) {
    let perHour = source.grid.length.perHour
    let calendar = DayCalendar(holidays: source.holidays, shiftedWorkdays: source.shiftedWorkdays)
    let prices = source.prices.map { $0.map { FeatureTable.hourlyMeans($0, perHour: perHour) } }
    let inputs = source.inputs.map { input in
      (input.history + [input.day]).map { $0.map { FeatureTable.hourlyMeans($0, perHour: perHour) } }
    }
    let days = source.historyDays + [source.grid.day]
    rows = days.indices.map { index in
      var row: [Double] = []
      for lag in FeatureTable.priceLags {
        guard index >= lag, let block = prices[index - lag] else { return nil }
        row += block
      }
      for input in inputs {
        for lag in FeatureTable.inputLags {
          guard index >= lag, let block = input[index - lag] else { return nil }
          row += block
        }
      }
      let weekday = calendar.weekday(days[index])
      return row + (1...FeatureTable.dummyCount).map { $0 == weekday ? 1 : 0 }
    }
    columnCount = rows.lazy.compactMap { $0?.count }.first ?? 0
  }

  /// Means over each hour of a day's values; the values themselves on a grid of hours.
  static func hourlyMeans(_ values: [Double], perHour: Int) -> [Double] {
    guard perHour > 1 else { return values }
    return stride(from: 0, to: values.count, by: perHour).map { start in
      values[start..<start + perHour].reduce(0, +) / Double(perHour)
    }
  }
}
