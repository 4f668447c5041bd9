/// One expert of the mix: from the history before a day to a path of prices.
protocol PriceModel: Sendable {
  /// As it stands in reports: "lear-1092".
  var name: String { get }
  /// Predicts the day of the view, fitting anew if the last fit is at least `refitAfter` days old; nil if too little is
  /// known.
  mutating func predicted(_ view: PriceView, refitAfter days: Int) -> [Double]?
}

/// When a model was last fitted and on how many columns, to know whether it must be fitted again.
struct FitAge: Sendable {
  private var day: Int?
  private var columns = 0

  /// True at first, after so many days, and when the table has other columns.
  mutating func isDue(_ view: PriceView, after days: Int, columns: Int) -> Bool {
    let today = view.day.dayNumber
    if let day, today - day < days, today >= day, columns == self.columns { return false }
    day = today
    self.columns = columns
    return true
  }
}
