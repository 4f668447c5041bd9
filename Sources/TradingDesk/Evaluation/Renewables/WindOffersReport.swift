internal import FlexibleAssets

/// `spotdesk evaluate wind-offers`: revenue of wind and solar bids under an imbalance rule, beside published strategies.
public struct WindOffersReport: Sendable, Encodable {
  public var schema = "spotdesk.wind-offers/1"
  public let intervals: Int
  public let days: Int
  public let historyDays: Int
  /// Revenue of bidding the median forecast.
  public let median: Double
  /// Of bidding the expected output: the forecast without its bias of earlier days.
  public let mean: Double
  /// Of the best published strategy.
  public let theirs: Double
  /// Of the quantity that the imbalance-aware rule bid.
  public let ours: Double
  public let perfect: Double
  public let rows: [Row]
  /// Ours over the best published strategy; nil if the file states none.
  public let uplift: Uplift?
  public let notes: [String]

  public struct Row: Sendable, Encodable {
    public let strategy: String
    public let revenue: Double
    public let shareOfPerfect: Double?
    /// Mean revenue of the worst twentieth of the days.
    public let conditionalValueAtRisk_5: Double
    /// Mean of |output − bid| in MWh; nil where the bids are not known.
    public let meanDeviationMWh: Double?
  }

  public struct Uplift: Sendable, Encodable {
    public let over: String
    public let amount: Double
    /// 95 % interval by bootstrap over blocks of a week, over single days below four weeks; nil below a week.
    public let low: Double?
    public let high: Double?
    public let daysLost: Int
  }
}

extension WindOffersReport {
  init(
    _ request: WindOffersRequest, records: ImbalanceRecords, history: ImbalanceRecords?, test: WindOffersBacktest,
    bids: WindOffersBacktest.Bids
  ) {
    let revenues = BidRevenues(records, test: test)
    let (medianDays, meanDays, ourDays) = (
      revenues.daily(ofBids: bids.median), revenues.daily(ofBids: bids.mean), revenues.daily(ofBids: bids.ours)
    )
    let perfectDays = revenues.daily { records.perfect[$0] }
    let perfect = perfectDays.reduce(0, +)
    let published = records.published.map { strategy in (strategy.name, revenues.daily { strategy.revenue[$0] }) }
    let best = published.max { $0.1.reduce(0, +) < $1.1.reduce(0, +) }
    intervals = revenues.usable.count
    days = revenues.days
    historyDays = test.history.count / test.length
    median = DayReport.rounded(medianDays.reduce(0, +), 2)
    mean = DayReport.rounded(meanDays.reduce(0, +), 2)
    theirs = DayReport.rounded(best?.1.reduce(0, +) ?? 0, 2)
    ours = DayReport.rounded(ourDays.reduce(0, +), 2)
    self.perfect = DayReport.rounded(perfect, 2)
    rows =
      [
        Row("median", medianDays, perfect, deviation: revenues.deviation(bids.median)),
        Row("mean", meanDays, perfect, deviation: revenues.deviation(bids.mean)),
      ] + published.map { Row("published \($0.0)", $0.1, perfect, deviation: nil) }
      + [
        Row("ours", ourDays, perfect, deviation: revenues.deviation(bids.ours)),
        Row("perfect", perfectDays, perfect, deviation: nil),
      ]
    uplift = best.map { Uplift(ourDays, over: $0.0, $0.1, seed: request.seed) }
    notes = WindOffersReport.notes(request, records: records, history: history, test: test, usable: intervals)
  }

  private static func notes(
    _ request: WindOffersRequest, records: ImbalanceRecords, history: ImbalanceRecords?, test: WindOffersBacktest,
    usable: Int
  ) -> [String] {
    var notes = [
      "revenue = ahead·bid + (output − bid)·(ahead − spread) − \(request.costPerSquaredMWh)·(output − bid)²; revenues of bids are "
        + "those of perfect foresight in the file less what the bid lost",
      "the rule learns from days that ended a whole day before the day that is bid; forgetting half after "
        + "\(DayReport.rounded(request.halfLifeDays, 2)) days, penalty \(request.penalty)",
    ]
    if let history {
      notes.append("\(history.file) is taken to lie before \(records.file); neither states dates")
    }
    if test.leftOut > 0 {
      notes.append("the history's first \(test.leftOut) intervals are left out so that it ends with a whole day")
    }
    if usable < records.intervals.count {
      notes.append("\(records.intervals.count - usable) intervals without an outcome are not counted")
    }
    let silent = records.intervals.count { !$0.hasForecasts }
    if silent > 0 { notes.append("\(silent) intervals without a forecast bid nothing") }
    let over = records.intervals.count { $0.outputForecast > test.settlement.bids.upperBound }
    if over > 0 {
      notes.append("\(over) forecasts lie above the largest bid of \(request.largestBid) MWh and were bid at it")
    }
    return notes
  }
}

extension WindOffersReport.Row {
  init(_ name: String, _ daily: [Double], _ perfect: Double, deviation: Double?) {
    let revenue = daily.reduce(0, +)
    strategy = name
    self.revenue = DayReport.rounded(revenue, 2)
    shareOfPerfect = perfect > 0 ? DayReport.rounded(100 * revenue / perfect, 3) : nil
    conditionalValueAtRisk_5 = DayReport.rounded(OfferStatistics.conditionalValueAtRisk(daily), 2)
    meanDeviationMWh = deviation.map { DayReport.rounded($0, 3) }
  }
}

extension WindOffersReport.Uplift {
  init(_ own: [Double], over name: String, _ other: [Double], seed: UInt64) {
    let differences = zip(own, other).map { $0 - $1 }
    let interval = OfferStatistics.interval(differences, seed: seed)
    over = name
    amount = DayReport.rounded(differences.reduce(0, +), 2)
    low = interval.map { DayReport.rounded($0.low, 2) }
    high = interval.map { DayReport.rounded($0.high, 2) }
    daysLost = differences.count { $0 < 0 }
  }
}

/// Revenues by day of bids whose outcome the file knows.
private struct BidRevenues {
  let records: ImbalanceRecords
  let test: WindOffersBacktest
  let usable: [Int]
  let days: Int

  init(_ records: ImbalanceRecords, test: WindOffersBacktest) {
    self.records = records
    self.test = test
    usable = records.intervals.indices.filter { index in
      records.intervals[index].output.isFinite && records.intervals[index].spread.isFinite
        && records.perfect[index].isFinite && records.published.allSatisfy { $0.revenue[index].isFinite }
    }
    days = (records.intervals.count + test.length - 1) / test.length
  }

  func daily(_ values: (Int) -> Double) -> [Double] {
    var sums = [Double](repeating: 0, count: days)
    for index in usable { sums[index / test.length] += values(index) }
    return sums
  }

  func daily(ofBids bids: [Double]) -> [Double] {
    daily { index in
      let interval = records.intervals[index]
      return records.perfect[index]
        - test.settlement.regret(bid: bids[index], output: interval.output, spread: interval.spread)
    }
  }

  func deviation(_ bids: [Double]) -> Double {
    usable.reduce(0) { $0 + abs(records.intervals[$1].output - bids[$1]) } / Double(max(usable.count, 1))
  }
}
