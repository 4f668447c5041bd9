internal import MarketModel
internal import NumericMethods

/// What the walks over all sites came to, made ready to be scored.
struct EvaluatedSite {
  let name: String
  let records: [RecordedDay]
  /// What came a week before a day.
  let weekBefore: (MarketDay) -> [Double]
}

/// Deciles of what came: the levels by which skill is told apart.
struct LevelScale {
  /// Nine bounds between ten groups; fewer where values are heaped on one level.
  let bounds: [Double]

  init(_ sites: [EvaluatedSite]) {
    let values = sites.flatMap { $0.records.flatMap(\.actual) }.filter(\.isFinite).sorted()
    var bounds: [Double] = []
    for tenth in 1...9 where !values.isEmpty {
      let bound = quantile(ofSorted: values, at: Double(tenth) / 10)
      if bounds.last.map({ $0 < bound }) ?? true { bounds.append(bound) }
    }
    self.bounds = bounds
  }

  func group(of value: Double) -> Int { bounds.count { $0 < value } }

  /// "≤ 12.5", "12.5–20", "> 80".
  func label(_ group: Int) -> String {
    func shown(_ value: Double) -> String { WrittenNumber(value, digits: 3).text }
    if bounds.isEmpty { return "all" }
    if group == 0 { return "≤ " + shown(bounds[0]) }
    if group == bounds.count { return "> " + shown(bounds[group - 1]) }
    return shown(bounds[group - 1]) + "–" + shown(bounds[group])
  }
}

/// All scores of one model.
struct ModelTally {
  let name: String
  private(set) var total = ScoreSums()
  private(set) var byHour = [ScoreSums](repeating: ScoreSums(), count: 24)
  private(set) var byMonth = [ScoreSums](repeating: ScoreSums(), count: 12)
  private(set) var byLevel: [ScoreSums]
  private(set) var reliability = Reliability()
  /// Mean loss of each test day over all its known intervals and sites; NaN if the model was silent on one.
  private(set) var dailyAbsolute: [MarketDay: Double] = [:]
  private(set) var dailyPinball: [MarketDay: Double] = [:]
  private(set) var secondsPerDay: Double?

  /// - Parameter name: a model that at least one record has.
  init(_ name: String, sites: [EvaluatedSite], levels: LevelScale) {
    self.name = name
    byLevel = [ScoreSums](repeating: ScoreSums(), count: levels.bounds.count + 1)
    var days: [MarketDay: (absolute: Double, pinball: Double, count: Int)] = [:]
    var seconds: [Double] = []
    for site in sites {
      for record in site.records {
        guard let model = record.models.first(where: { $0.name == name }) else {
          if record.actual.contains(where: \.isFinite) { days[record.day] = (.nan, .nan, 1) }
          continue
        }
        if let spent = model.seconds { seconds.append(spent) }
        let loss = add(model, record, naive: site.weekBefore(record.day), levels)
        let before = days[record.day] ?? (0, 0, 0)
        days[record.day] = (before.absolute + loss.0, before.pinball + loss.1, before.count + loss.2)
      }
    }
    for (day, sum) in days where sum.count > 0 {
      dailyAbsolute[day] = sum.absolute / Double(sum.count)
      dailyPinball[day] = sum.pinball / Double(sum.count)
    }
    if !seconds.isEmpty { secondsPerDay = mean(seconds) }
  }

  /// Adds a day; returns the sums of |error| and pinball loss, and the count of intervals that came.
  private mutating func add(
    _ model: RecordedModel, _ record: RecordedDay, naive: [Double], _ levels: LevelScale
  ) -> (Double, Double, Int) {
    var (absolute, pinball, count) = (0.0, 0.0, 0)
    let perHour = max(record.actual.count / 24, 1)
    for interval in record.actual.indices where record.actual[interval].isFinite {
      let actual = record.actual[interval]
      count += 1
      guard model.point.indices.contains(interval), model.point[interval].isFinite else {
        absolute = .nan
        continue
      }
      let percentiles = model.quantiles.isEmpty ? nil : model.quantiles.map { $0[interval] }
      let loss = IntervalLoss(
        forecast: model.point[interval], percentiles: percentiles, actual: actual, naive: naive[interval])
      absolute += abs(loss.error)
      pinball += loss.pinball ?? .nan
      total.add(loss)
      byHour[min(interval / perHour, 23)].add(loss)
      byMonth[record.day.month - 1].add(loss)
      byLevel[levels.group(of: actual)].add(loss)
      if let percentiles { reliability.add(percentiles: percentiles, actual: actual) }
    }
    return (absolute, pinball, count)
  }

  /// The daily losses of a list of days, NaN where there is none.
  func losses(_ loss: ComparedLoss, on days: [MarketDay]) -> [Double] {
    let own = loss == .absolute ? dailyAbsolute : dailyPinball
    return days.map { own[$0] ?? .nan }
  }

  /// Names of the models in the order of the records, those that are in a part of them only at their first place.
  static func names(in sites: [EvaluatedSite]) -> [String] {
    var names: [String] = []
    for record in sites.flatMap(\.records) {
      for model in record.models where !names.contains(model.name) { names.append(model.name) }
    }
    return names
  }
}

/// A loss by which models are compared day by day.
enum ComparedLoss: String {
  case absolute = "absolute error"
  case pinball = "pinball loss"
}
