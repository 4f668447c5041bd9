internal import Bidding
public import Foundation
internal import MarketGames
public import MarketModel
internal import NumericMethods
internal import ProvinceSimulation

/// What a test of a learned policy is asked for.
public struct LearnedOfferRequest: Sendable {
  public var trainFrom: MarketDay
  /// The last fifth of them are held out to choose the policy.
  public var trainDays: Int
  public var from: MarketDay
  public var days: Int
  /// Share of our output that contracts settle.
  public var cover: Double
  public var epochs: Int
  public var seed: UInt64
  public var threads: Int
  /// Learning curve (CSV).
  public var curve: URL?
  /// The learning curve and the unseen days as a page (HTML).
  public var page: URL?
  /// What was learned, for the strategy `learned` (JSON).
  public var policy: URL?

  public init(
    trainFrom: MarketDay, trainDays: Int, from: MarketDay, days: Int, cover: Double, epochs: Int, seed: UInt64,
    threads: Int
  ) {
    self.trainFrom = trainFrom
    self.trainDays = trainDays
    self.from = from
    self.days = days
    self.cover = cover
    self.epochs = epochs
    self.seed = seed
    self.threads = threads
  }
}

/// A learned policy beside the optimiser, on days that it has not seen.
public struct LearnedOfferReport: Hashable, Sendable, Encodable {
  public struct Row: Hashable, Sendable, Encodable {
    public let policy: String
    public let profit: Double
    /// Over the price taker.
    public let gain: Double
    /// 95 % interval of the gain; nil below a week.
    public let low: Double?
    public let high: Double?
    public let percentOfRevenue: Double
    public let daysLost: Int
    public let violatedBids: Int
    public let daysRefused: Int
  }

  public struct Point: Hashable, Sendable, Encodable {
    public let epoch: Int
    /// Gain over offers at cost in percent of revenue, on the grid.
    public let trainingPercent: Double
    public let heldOutPercent: Double
  }

  public let simulated = true
  public let trainFrom: MarketDay
  public let trainTo: MarketDay
  public let from: MarketDay
  public let to: MarketDay
  public let cover: Double
  public let seed: UInt64
  public let rows: [Row]
  /// The learned policy's profit less the optimiser's, in percent of the optimiser's.
  public let profitAgainstOptimiserPercent: Double
  /// The learned policy's gain over the price taker in percent of the optimiser's.
  public let gainAgainstOptimiserPercent: Double?
  public let isWithinTwoPercent: Bool
  public let course: [Point]
}

extension MarketPowerRun {
  static let knots = 6
  /// How far below cost a learned offer may stand, as a multiple of cost.
  static let lowestMarkup = 0.7

  /// The bounds of the action map: the conduct limit above, with room for rounding.
  var markupBounds: MarkupBounds {
    MarkupBounds(low: Self.lowestMarkup, high: 1 + max(0.02, (limits.conductShare ?? 0.5) - 0.01))
  }

  /// Learns on days of the past and clears unseen days with the learned policy, the optimiser and the price taker.
  func learned(
    _ request: LearnedOfferRequest, progress: (String) -> Void
  ) throws -> (report: LearnedOfferReport, policy: LearnedPolicy) {
    progress("gathering \(request.trainDays) days of experience")
    let seen = concurrentMap(count: request.trainDays, threads: request.threads) {
      number -> Swift.Result<RawExperience?, any Error> in
      Swift.Result { try experience(on: request.trainFrom.advanced(by: number), cover: request.cover) }
    }
    let raw = try seen.compactMap { try $0.get() }
    let scaling = FeatureScaling(raw.map(\.features))
    let days = raw.map { day in
      ShapeExperience(
        features: scaling.scaled(day.features), cost: day.cost, payoffs: day.payoffs, scale: day.revenue)
    }
    let kept = max(1, days.count * 4 / 5)
    var training = ShapeTraining()
    training.epochs = request.epochs
    training.seed = request.seed
    progress("learning")
    let start = ShapePolicy(knots: Self.knots, features: days[0].features.count, bounds: markupBounds)
    let (policy, course) = training.train(
      start, on: Array(days[..<kept]), heldOut: Array(days[min(kept, days.count - 1)...]), bounds: markupBounds)
    progress("clearing \(request.days) unseen days")
    let tested = concurrentMap(count: request.days, threads: request.threads) {
      number -> Swift.Result<[Result]?, any Error> in
      Swift.Result {
        try test(policy, scaling, on: request.from.advanced(by: number), cover: request.cover)
      }
    }
    let bounds = markupBounds
    let learned = LearnedPolicy(
      policy: policy, scaling: scaling, lowest: bounds.low, highest: bounds.high,
      provenance:
        "learned in the simulated demonstration province on \(request.trainDays) days from \(request.trainFrom), contracts cover "
        + "\(request.cover), \(request.epochs) epochs, seed \(request.seed)")
    return (report(request, course, try tested.compactMap { try $0.get() }), learned)
  }

  struct RawExperience: Sendable {
    let features: [Double]
    let cost: FleetCost
    let payoffs: OfferPayoffs
    let revenue: Double
  }

  private func experience(on day: MarketDay, cover: Double) throws -> RawExperience? {
    guard let strategies = try strategies(on: day) else { return nil }
    let fleet = strategies.fleet
    let market = fleet.market
    let rivals = market.day.offers.indices.filter { !fleet.units.contains($0) }.flatMap { market.simulatedParts($0) }
    let simulated = try market.clear(rivals + fleet.units.flatMap { market.simulatedParts($0) })
    let contracted = fleet.output(simulated).map { cover * $0 }
    guard let grid = learningGrid(fleet) else { return nil }
    let demands = strategies.trueDemands(on: grid, contracted: contracted, others: rivals)
    return RawExperience(
      features: features(strategies, contracted: contracted), cost: fleet.cost,
      payoffs: OfferPayoffs(demands, cost: fleet.cost, on: grid), revenue: max(1, fleet.revenue(simulated)))
  }

  private func learningGrid(_ fleet: FleetDay) -> OfferGrid? {
    let day = fleet.market.day
    return fleet.grid(
      prices: OfferGrid.prices(floor: day.floor, cap: day.cap, count: Self.gridPrices), steps: Self.gridSteps)
  }

  /// What is known of a day before its gate; the first is 1.
  private func features(_ strategies: FleetStrategies, contracted: [Double]) -> [Double] {
    let middle = strategies.estimate.levels.count / 2
    return LearnedPolicy.features(
      space: strategies.fleet.market.day.expectedSpace,
      price: { strategies.estimate.price(meeting: $0, level: middle) }, cost: strategies.fleet.cost,
      contracted: contracted)
  }

  private func test(
    _ policy: ShapePolicy, _ scaling: FeatureScaling, on day: MarketDay, cover: Double
  ) throws -> [Result]? {
    guard let strategies = try strategies(on: day), let grid = learningGrid(strategies.fleet) else { return nil }
    let fleet = strategies.fleet
    let market = fleet.market
    let rivals = market.day.offers.indices.filter { !fleet.units.contains($0) }.flatMap { market.simulatedParts($0) }
    let simulated = try market.clear(rivals + fleet.units.flatMap { market.simulatedParts($0) })
    let contracted = fleet.output(simulated).map { cover * $0 }
    let context = ReclearedDay(strategies: strategies, rivals: rivals, groups: groups, limits: limits)
    let taker = try context.cleared(strategies.priceTaker())
    let action = policy.action(for: scaling.scaled(features(strategies, contracted: contracted)))
    let offer = ShapePolicy.offer(action, bounds: markupBounds, cost: fleet.cost, on: grid)
    let learned = try context.cleared(strategies.book(offer, on: grid))
    guard let optimised = try context.priceMaker(.limited, contracted: contracted) else { return nil }
    return [(Policy.priceTaker, taker), (.limited, optimised), (.learned, learned)].map {
      context.result($0, cover, contracted, $1, atCost: taker)
    }
  }

  private func report(
    _ request: LearnedOfferRequest, _ course: [LearningPoint], _ days: [[Result]]
  ) -> LearnedOfferReport {
    let base = days.map { $0[0] }
    let revenue = base.reduce(0) { $0 + $1.revenue }
    let rows = (0..<3).map { position -> LearnedOfferReport.Row in
      let own = days.map { $0[position] }
      let gains = zip(own, base).map { $0.profit - $1.profit }
      let interval = OfferStatistics.interval(gains, seed: request.seed)
      let gain = gains.reduce(0, +)
      return LearnedOfferReport.Row(
        policy: own[0].policy.rawValue, profit: DayReport.rounded(own.reduce(0) { $0 + $1.profit }, 2),
        gain: DayReport.rounded(gain, 2), low: interval.map { DayReport.rounded($0.low, 2) },
        high: interval.map { DayReport.rounded($0.high, 2) },
        percentOfRevenue: DayReport.rounded(100 * gain / revenue, 4),
        daysLost: gains.count { $0 < 0 }, violatedBids: own.reduce(0) { $0 + $1.violations },
        daysRefused: own.count { $0.finding.breaks })
    }
    let against = 100 * (rows[2].profit - rows[1].profit) / max(abs(rows[1].profit), 1)
    return LearnedOfferReport(
      trainFrom: request.trainFrom, trainTo: request.trainFrom.advanced(by: request.trainDays - 1),
      from: request.from, to: request.from.advanced(by: request.days - 1), cover: request.cover, seed: request.seed,
      rows: rows, profitAgainstOptimiserPercent: DayReport.rounded(against, 4),
      gainAgainstOptimiserPercent: rows[1].gain > 0 ? DayReport.rounded(100 * rows[2].gain / rows[1].gain, 2) : nil,
      isWithinTwoPercent: against >= -2,
      course: course.map {
        LearnedOfferReport.Point(
          epoch: $0.epoch, trainingPercent: DayReport.rounded(100 * $0.training, 5),
          heldOutPercent: DayReport.rounded(100 * $0.heldOut, 5))
      })
  }
}
