internal import MarketModel

/// Weeks of one model's forecasts beside what came, to look at.
struct EvaluationSamples: Sendable {
  struct Week: Sendable {
    /// Why it was chosen.
    let title: String
    let days: [MarketDay]
    let model: String
    let actual: [Double]
    let point: [Double]
    /// Central bands from wide to narrow: nominal probability in per cent, lower and upper end.
    let bands: [(percent: Int, low: [Double], high: [Double])]
  }

  let weeks: [Week]

  /// The week in the middle of the test period and the one with the widest range of values, of the combined forecast at
  /// the first site.
  init(_ sites: [EvaluatedSite]) {
    guard let site = sites.first, let model = site.records.last?.models.last?.name else {
      weeks = []
      return
    }
    let length = min(7, site.records.count)
    let starts = Array(stride(from: 0, through: site.records.count - length, by: length))
    func range(_ start: Int) -> Double {
      let values = site.records[start..<start + length].flatMap(\.actual).filter(\.isFinite)
      return (values.max() ?? 0) - (values.min() ?? 0)
    }
    let middle = starts[starts.count / 2]
    var chosen = [(start: middle, title: length < 7 ? "All test days" : "A week in the middle")]
    if let widest = starts.max(by: { (range($0), -$0) < (range($1), -$1) }), widest != middle {
      chosen.append((widest, "The week with the widest range"))
    }
    let place = site.name.isEmpty ? "" : ", \(site.name)"
    weeks = chosen.compactMap { start, title in
      EvaluationSamples.week(site.records[start..<start + length], model: model, title: title + place)
    }
  }

  private static func week(_ records: ArraySlice<RecordedDay>, model: String, title: String) -> Week? {
    let models = records.compactMap { record in record.models.first { $0.name == model } }
    guard models.count == records.count else { return nil }
    let hasQuantiles = models.allSatisfy { !$0.quantiles.isEmpty }
    let pairs = hasQuantiles ? [(90, 4, 94), (80, 9, 89), (50, 24, 74)] : []
    return Week(
      title: title, days: records.map(\.day), model: model, actual: records.flatMap(\.actual),
      point: models.flatMap(\.point),
      bands: pairs.map { percent, low, high in
        (percent, models.flatMap { $0.quantiles[low] }, models.flatMap { $0.quantiles[high] })
      })
  }
}
