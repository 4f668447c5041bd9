internal import Bidding
internal import Forecasting
internal import MarketModel

/// One test day of an offer test: what was forecast before its gate, and what came.
struct OfferDay: Sendable {
  let day: MarketDay
  let actual: [Double]
  /// Equally likely joint paths of the price.
  let paths: [[Double]]
  let expected: [Double]
  let point: [Double]
  /// The baseline model's path, and the prices of the week before for the day and the day after.
  let reference: [Double]
  let weekBefore: [Double]
  let weekBeforeNext: [Double]
  let dayAfter: DayAfterForecast
}

/// Turns recorded forecasts into what offers are drawn from, day by day, from the past alone.
struct OfferDays {
  let site: SiteData
  let referenceModel: String
  /// Past days of which paths take their dependence between intervals at the most (Clark et al., "The Schaake shuffle",
  /// J. Hydrometeorology 5, 2004).
  static let templates = 100
  private static let fewestTemplates = 10

  /// - Throws: `DeskProblem` if a day lacks the ensemble or the baseline's model.
  func days(of records: [RecordedDay]) throws -> [OfferDay] {
    var scores: [[Double]] = []
    return try records.map { record in
      guard let ensemble = record.models.first(where: { $0.name == "ensemble" && !$0.quantiles.isEmpty }) else {
        throw DeskProblem(.badData, "The forecasts of \(record.day) hold no model ensemble with percentiles.")
      }
      guard let own = record.models.first(where: { $0.name == referenceModel }),
        own.point.allSatisfy(\.isFinite)
      else {
        throw DeskProblem(.badData, "The forecasts of \(record.day) hold no model \(referenceModel), the baseline.")
      }
      let paths = paths(ensemble.quantiles, scores.suffix(OfferDays.templates))
      let expected = record.actual.indices.map { interval in
        paths.reduce(0) { $0 + $1[interval] } / Double(paths.count)
      }
      scores.append(record.actual.indices.map { score(record.actual[$0], ensemble.quantiles, $0) })
      return OfferDay(
        day: record.day, actual: record.actual, paths: paths, expected: expected, point: ensemble.point,
        reference: own.point, weekBefore: known(record.day, back: 7, else: own.point),
        weekBeforeNext: known(record.day, back: 6, else: own.point),
        dayAfter: dayAfter(record.day, expected: expected, paths: paths))
    }
  }

  private func known(_ day: MarketDay, back: Int, else other: [Double]) -> [Double] {
    let values = site.actual(day.advanced(by: -back))
    return values.allSatisfy(\.isFinite) ? values : other
  }

  private func dayAfter(_ day: MarketDay, expected: [Double], paths: [[Double]]) -> DayAfterForecast {
    let first = max(site.table.firstDay, day.advanced(by: -800))
    let past = (0..<max(first.distance(to: day), 0)).map { first.advanced(by: $0) }
    let kinds = (past + (0...2).map { day.advanced(by: $0) }).map { each in
      DayKind(
        weekday: each.weekday, isHoliday: site.isHoliday(each), isShiftedWorkday: site.isShiftedWorkday(each))
    }
    let history = past.map { each -> [Double]? in
      let values = site.actual(each)
      return values.allSatisfy(\.isFinite) ? values : nil
    }
    return DayAfterForecast.make(calendar: kinds, history: history, expected: expected, paths: paths.flatMap { $0 })
  }

  /// Place of a price among 99 percentiles, 0…1; half of equal ones are below it.
  private func score(_ price: Double, _ quantiles: [[Double]], _ interval: Int) -> Double {
    guard price.isFinite else { return 0.5 }
    var below = 0.0
    for row in quantiles { below += row[interval] < price ? 1 : row[interval] == price ? 0.5 : 0 }
    return (below + 0.5) / 100
  }

  /// Paths that have the day's percentiles and the ranks of past days; with too few of these, all intervals of one rank.
  private func paths(_ quantiles: [[Double]], _ scores: ArraySlice<[Double]>) -> [[Double]] {
    let width = quantiles[0].count
    guard scores.count >= OfferDays.fewestTemplates else {
      return (0..<50).map { number in
        (0..<width).map { quantile((Double(number) + 0.5) / 50, quantiles, $0) }
      }
    }
    let rows = Array(scores)
    var paths = [[Double]](repeating: [Double](repeating: 0, count: width), count: rows.count)
    for interval in 0..<width {
      let order = rows.indices.sorted { (rows[$0][interval], $0) < (rows[$1][interval], $1) }
      for (rank, number) in order.enumerated() {
        paths[number][interval] = quantile((Double(rank) + 0.5) / Double(rows.count), quantiles, interval)
      }
    }
    return paths
  }

  private func quantile(_ probability: Double, _ quantiles: [[Double]], _ interval: Int) -> Double {
    let position = min(max(probability * 100 - 1, 0), 98)
    let lower = min(Int(position), 97)
    let share = position - Double(lower)
    return quantiles[lower][interval] * (1 - share) + quantiles[lower + 1][interval] * share
  }
}
