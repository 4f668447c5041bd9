/// One expert of the mix: from the history before a day to a path of prices.
protocol PriceModel: Sendable {
  /// What a fit leaves behind: with it and the settings that the model was made with, it goes on as it was.
  associatedtype Fitted: Codable & Sendable

  /// As it stands in records: "lear-1092".
  var name: String { get }
  var family: PriceFamily { get }
  /// Days of history that a fit reads at the most.
  var windowDays: Int { get }
  /// Predictors of the last fit; 0 before it and for models that are not fitted.
  var columns: Int { get }
  var fitted: Fitted { get set }

  /// Predicts the day of the view, fitting anew if the last fit is at least `refitAfter` days old; nil if too little is
  /// known.
  ///
  /// - Throws: ``ForecastingError`` if the fit failed, now or the last time that it was due, or gave no number.
  mutating func predicted(_ view: PriceView, refitAfter days: Int) throws(ForecastingError) -> [Double]?
}

/// Of a model that keeps nothing between days.
struct NothingFitted: Codable, Sendable {}

/// A fit that can fail, when it was made and on how many columns.
struct DatedFit<Fit: Codable & Sendable>: Codable, Sendable {
  private var day: Int?
  private(set) var columns = 0
  /// nil before the first one, after one that failed, and where there was nothing to fit.
  private(set) var fit: Fit?
  /// Why the last one failed.
  private(set) var problem: String?

  /// Fits by `make` at first, after so many days, and when the table has other columns; `make` is handed the fit before.
  ///
  /// - Throws: ``ForecastingError`` with the failure of the last fit until the next one is due.
  mutating func refit(
    _ view: PriceView, after days: Int, columns: Int, by make: (Fit?) throws -> Fit?
  ) throws(ForecastingError) {
    let today = view.day.dayNumber
    let isDue = day.map { today - $0 >= days || today < $0 || columns != self.columns } ?? true
    if isDue {
      day = today
      self.columns = columns
      do {
        fit = try make(fit)
        problem = nil
      } catch {
        fit = nil
        problem = "\(error)"
      }
    }
    if let problem { throw ForecastingError(problem) }
  }
}

/// The path if all of it are numbers.
func checkedPath(_ path: [Double]) throws(ForecastingError) -> [Double] {
  guard path.allSatisfy(\.isFinite) else { throw ForecastingError("its forecast is no number") }
  return path
}
