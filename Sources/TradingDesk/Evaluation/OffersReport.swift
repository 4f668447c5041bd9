public import MarketModel
internal import NumericMethods

/// What each way of offering earned over the test days, below perfect foresight.
public struct OffersReport: Hashable, Sendable, Encodable {
  public struct Row: Hashable, Sendable, Encodable {
    public let policy: String
    public let profit: Double
    /// Percent of the profit of perfect foresight.
    public let shareOfPerfectForesight: Double?
    public let profitPerMWh: Double?
    public let percentOfRevenue: Double?
    public let energyMWh: Double
    public let starts: Int
    /// Mean profit of the worst twentieth of the days.
    public let conditionalValueAtRisk_5: Double
    public let violatedBids: Int
    /// Days whose bids were not checked because the clock changes.
    public let uncheckedDays: Int
    /// Against the harder of the two baselines; nil for that one.
    public let uplift: Uplift?
  }

  public struct Uplift: Hashable, Sendable, Encodable {
    /// Money over the test days.
    public let amount: Double
    /// Its 95 % interval by bootstrap over blocks of a week, over single days below four weeks; nil below a week.
    public let low: Double?
    public let high: Double?
    /// Percent of the baseline's profit; nil if that is not above zero.
    public let percentOfMargin: Double?
    /// Percent of the baseline's revenue.
    public let percentOfRevenue: Double?
    public let perMWh: Double?
    public let daysLost: Int
  }

  public let unit: String
  public let from: MarketDay
  public let to: MarketDay
  public let days: Int
  public let rulePack: String
  public let baseline: String
  public let referenceModel: String
  public let meanCostPerMWh: Double
  public let perfectForesightProfit: Double
  public let rows: [Row]
  public let notes: [String]
}

/// Statistics of daily profits.
enum OfferStatistics {
  static let resamples = 2_000

  /// Mean of the worst 5 %, one day at the least.
  static func conditionalValueAtRisk(_ daily: [Double]) -> Double {
    let worst = daily.sorted().prefix(max(1, Int((Double(daily.count) * 0.05).rounded())))
    return worst.reduce(0, +) / Double(max(worst.count, 1))
  }

  /// The largest fall of the summed profits from their height before; 0 if they never fall.
  static func largestDrawdown(_ daily: [Double]) -> Double {
    var (sum, height, fall) = (0.0, 0.0, 0.0)
    for profit in daily {
      sum += profit
      height = max(height, sum)
      fall = max(fall, height - sum)
    }
    return fall
  }

  static let intervalNote =
    "95 % intervals: bootstrap over blocks of seven days that wrap around the end, over single days below four weeks, "
    + "\(resamples) resamples; none below a week"

  /// The 2.5 % and 97.5 % points of the sum over days, resampled in blocks that wrap around the end (Politis and Romano
  /// 1992). Below four blocks the resamples would hardly differ: such days are drawn one by one, as if one told nothing of
  /// the next. Nil below seven days, of which a resample may be all the same.
  static func interval(
    _ differences: [Double], seed: UInt64, block longest: Int = 7
  ) -> (low: Double, high: Double)? {
    let count = differences.count
    guard count >= 7 else { return nil }
    let block = count < 4 * longest ? 1 : longest
    var generator = SplitMix64(seed: seed)
    let sums = (0..<resamples).map { _ -> Double in
      var sum = 0.0
      var taken = 0
      while taken < count {
        let start = Int(generator.next() % UInt64(count))
        for offset in 0..<min(block, count - taken) { sum += differences[(start + offset) % count] }
        taken += block
      }
      return sum
    }.sorted()
    return (sums[resamples / 40], sums[resamples - 1 - resamples / 40])
  }
}

extension OffersReport.Row {
  init(
    _ policy: String, _ daily: [OfferDayResult], ceiling: Double, baseline: [OfferDayResult]?, seed: UInt64
  ) {
    let profits = daily.map(\.profit)
    let profit = profits.reduce(0, +)
    let energy = daily.reduce(0) { $0 + $1.energy }
    let revenue = daily.reduce(0) { $0 + $1.revenue }
    self.policy = policy
    self.profit = DayReport.rounded(profit, 2)
    shareOfPerfectForesight = ceiling > 0 ? DayReport.rounded(100 * profit / ceiling, 3) : nil
    profitPerMWh = energy > 0 ? DayReport.rounded(profit / energy, 4) : nil
    percentOfRevenue = revenue > 0 ? DayReport.rounded(100 * profit / revenue, 3) : nil
    energyMWh = DayReport.rounded(energy, 1)
    starts = daily.reduce(0) { $0 + $1.starts }
    conditionalValueAtRisk_5 = DayReport.rounded(OfferStatistics.conditionalValueAtRisk(profits), 2)
    violatedBids = daily.reduce(0) { $0 + ($1.violations ?? 0) }
    uncheckedDays = daily.count { $0.violations == nil }
    uplift = baseline.map { OffersReport.Uplift(daily, over: $0, seed: seed) }
  }
}

extension OffersReport.Uplift {
  init(_ own: [OfferDayResult], over other: [OfferDayResult], seed: UInt64) {
    let differences = zip(own, other).map { $0.profit - $1.profit }
    let sum = differences.reduce(0, +)
    let margin = other.reduce(0) { $0 + $1.profit }
    let revenue = other.reduce(0) { $0 + $1.revenue }
    let energy = own.reduce(0) { $0 + $1.energy }
    let interval = OfferStatistics.interval(differences, seed: seed)
    amount = DayReport.rounded(sum, 2)
    low = interval.map { DayReport.rounded($0.low, 2) }
    high = interval.map { DayReport.rounded($0.high, 2) }
    percentOfMargin = margin > 0 ? DayReport.rounded(100 * sum / margin, 3) : nil
    percentOfRevenue = revenue > 0 ? DayReport.rounded(100 * sum / revenue, 3) : nil
    perMWh = energy > 0 ? DayReport.rounded(sum / energy, 4) : nil
    daysLost = differences.count { $0 < 0 }
  }
}
