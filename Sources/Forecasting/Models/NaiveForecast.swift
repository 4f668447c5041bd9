internal import MarketModel

/// The two benchmarks that need no model.
enum NaiveForecast {
  /// The day before.
  static func sameAsYesterday(_ source: PriceForecastInputs, at position: Int) -> [Double]? {
    position >= 1 ? source.prices[position - 1] : nil
  }

  /// Lago et al. (2021): the week before on Monday, Saturday and Sunday, the day before on the others.
  static func weekly(_ source: PriceForecastInputs, at position: Int) -> [Double]? {
    let day = position < source.historyDays.count ? source.historyDays[position] : source.grid.day
    let lag = [1, 6, 7].contains(day.weekday) ? 7 : 1
    return position >= lag ? source.prices[position - lag] : nil
  }
}
