internal import Foundation
internal import MarketModel
internal import Optimization
internal import UnitScheduling

/// What an offer brings on each price path of a day.
struct OfferOutcome {
  let startUpCost: Double
  private(set) var profits: [Double] = []
  private(set) var energies: [Double] = []
  private(set) var revenues: [Double] = []
  private(set) var schedules: [Schedule] = []
  /// The schedule at the expected prices.
  var planned: Schedule?
  private let pathCount: Int

  init(startUpCost: Double, paths: Int) {
    self.startUpCost = startUpCost
    pathCount = paths
  }

  mutating func append(_ schedule: Schedule, prices: [Double], problem: UnitProblem) {
    let hours = problem.length.hours
    var energy = 0.0
    var revenue = 0.0
    var cost = startUpCost
    for (level, price) in zip(schedule.levelIndex, prices) where level >= 0 {
      let net = problem.levels.netMegawatts[level] * hours
      energy += net
      revenue += net * price
      cost += problem.levels.costPerHour[level] * hours
    }
    energies.append(energy)
    revenues.append(revenue)
    profits.append(revenue - cost)
    schedules.append(schedule)
  }

  /// One value for each path, zero where the unit stays off line all day.
  func values(_ values: [Double]) -> [Double] {
    values.isEmpty ? [Double](repeating: 0, count: pathCount) : values
  }

  var meanProfit: Double { OfferOutcome.mean(values(profits)) }

  /// Mean profit less `riskAversion` times its distance to the mean of the worst 5 % of paths.
  func score(riskAversion: Double) -> Double {
    meanProfit - riskAversion * (meanProfit - OfferOutcome.conditionalValueAtRisk(values(profits)))
  }

  /// Equal weights on the worst fifth of the paths, for a defensive commitment.
  var worstFifth: [Double] {
    let all = values(profits)
    let order = all.indices.sorted { (all[$0], $0) < (all[$1], $1) }
    let count = max(all.count / 5, 1)
    var weights = [Double](repeating: 0, count: all.count)
    for index in order.prefix(count) { weights[index] = 1 / Double(count) }
    return weights
  }

  /// Gross output by interval in MW at the expected prices.
  func plannedMegawatts(_ problem: UnitProblem) -> [Double] {
    guard let planned else { return [Double](repeating: 0, count: problem.intervals) }
    return planned.levelIndex.map { $0 < 0 ? 0 : problem.levels.megawatts[$0] }
  }

  var expectation: BidExpectation {
    BidExpectation(
      clearedEnergy: OfferOutcome.range(values(energies)), revenue: OfferOutcome.range(values(revenues)),
      profit: OfferOutcome.range(values(profits)),
      conditionalValueAtRisk: OfferOutcome.conditionalValueAtRisk(values(profits)))
  }

  static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(values.count, 1)) }

  /// Mean of the worst 5 % of equally likely values.
  static func conditionalValueAtRisk(_ values: [Double]) -> Double {
    let worst = values.sorted().prefix(max(1, Int((Double(values.count) * 0.05).rounded())))
    return mean(Array(worst))
  }

  /// Mean with the 10 % and 90 % points of equally likely values.
  static func range(_ values: [Double]) -> ExpectedRange {
    let sorted = values.sorted()
    func quantile(_ probability: Double) -> Double {
      guard let last = sorted.last else { return 0 }
      let position = probability * Double(sorted.count - 1)
      let lower = Int(position)
      guard lower + 1 < sorted.count else { return last }
      return sorted[lower] + (position - Double(lower)) * (sorted[lower + 1] - sorted[lower])
    }
    return ExpectedRange(mean: mean(values), low: quantile(0.1), high: quantile(0.9))
  }
}
