public import MarketModel
public import PowerSystem

extension RtsGmlcFolder {
  /// The problem of one or more days that follow each other.
  ///
  /// Thermal units cost heat rate × fuel price + variable cost, starts their heat (hot, warm, cold by time off line) ×
  /// fuel price + other start cost. As in PGLib-UC's version of the system, a unit starts and stops at its minimum
  /// output, times are rounded up to whole intervals, and the nuclear unit runs throughout. The demand of an area is split over its
  /// buses by their share of "MW Load". Susceptance is 100 MVA / X; limits are the continuous and, after an outage, the
  /// short-term rating. Wind and utility solar may be curtailed, hydro and rooftop solar not.
  ///
  /// - Parameters:
  ///   - firstDay: First day, within ``days``.
  ///   - count: Number of days, at least 1.
  ///   - settings: What the folder does not say.
  /// - Returns: A problem without findings; its notes say what was assumed or left out.
  /// - Throws: ``ImportProblem`` for a day that the series do not hold, or a table that is wrong.
  public func problem(
    firstDay: MarketDay, days count: Int = 1, settings: Settings = Settings()
  ) throws(ImportProblem) -> CommitmentProblem {
    guard count >= 1 else {
      throw .element(file: file, element: "days", field: "", sentence: "are \(count); at least 1 is needed.")
    }
    var build = RtsGmlcBuild(folder: self, firstDay: firstDay, days: count, settings: settings)
    return try build.problem().checked(file: file)
  }
}
