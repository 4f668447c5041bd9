internal import Foundation
public import MarketModel
internal import NumericMethods

/// Scores of a portfolio and the reference within which they hold.
public struct ScoreRun: Sendable {
  public let scores: [CustomerScore]
  public let reference: ScoreReference
  public let asOf: MarketDay
}

/// Scores every customer.
///
/// - Parameters:
///   - reference: a frozen population; nil: this portfolio.
///   - previous: tiers of the month before by customer.
///   - upside: P5 by customer, where packages were simulated.
///   - openStops: customers with an open alert of a stop or relocation.
/// - Throws: ``RetailProblem`` if the weights contradict each other.
public func scorePortfolio(
  _ records: PortfolioRecords, settings: ScoreSettings, reference frozen: ScoreReference? = nil,
  previous: [String: PreviousTier] = [:], upside: [String: Double] = [:], openStops: Set<String> = []
) throws(RetailProblem) -> ScoreRun {
  let pool = frozen?.pool ?? PoolFigures(records.loads, threads: settings.threads)
  let raw = PortfolioIndicators(records, pool: pool, settings: settings, upside: upside)
  let asOf = records.loads.lastDay
  let limits = frozen?.sizeLimits ?? CustomerSegments.sizeLimits(raw.column("E3"))
  let names = records.customers.indices.map { customer in
    CustomerSegments.names(
      industry: records.customers[customer].industry, voltage: records.customers[customer].voltageKV,
      energy: raw.value("E3", customer), limits: limits)
  }
  let reference: ScoreReference
  if let frozen {
    reference = frozen
  } else {
    var frozenPool = pool
    frozenPool.tailDays = raw.tailDays
    frozenPool.sectorGrowth = raw.sectorGrowth
    reference = try ScoreReference(
      raw: raw.values, segments: names, sizeLimits: limits, pool: frozenPool, asOf: "\(asOf)", settings: settings)
  }
  let maker = ScoreMaker(reference)
  let draws = MonthDraws(months: records.loads.months.count, count: settings.bootstraps, seed: settings.seed)
  let scores = concurrentMap(count: records.customers.count, threads: settings.threads) { customer in
    let id = records.customers[customer].id
    return raw.score(
      customer, records, maker: maker, segments: names[customer], draws: draws, previous: previous[id],
      hasOpenStop: openStops.contains(id))
  }
  return ScoreRun(scores: scores, reference: reference, asOf: asOf)
}

/// Months drawn again with replacement, the same draws for every customer.
struct MonthDraws: Sendable {
  let counts: [[Double]]

  init(months: Int, count: Int, seed: UInt64) {
    var random = SplitMix64(seed: seed)
    counts =
      months < 3
      ? []
      : (0..<count).map { _ in
        var drawn = [Double](repeating: 0, count: months)
        for _ in 0..<months { drawn[random.nextIndex(below: months)] += 1 }
        return drawn
      }
  }
}

/// Raw indicator values of every customer.
struct PortfolioIndicators: Sendable {
  /// [customer · indicators + indicator].
  private(set) var values: [Double]
  private let pool: PoolFigures
  private let assumptions: ScoreAssumptions
  private let tails: [Double]
  /// The portfolio's worst days.
  let tailDays: [Int]
  /// Growth of each industry's customers, ascending.
  private(set) var sectorGrowth: [String: [Double]] = [:]
  private static let width = Indicator.all.count

  init(_ records: PortfolioRecords, pool: PoolFigures, settings: ScoreSettings, upside: [String: Double]) {
    self.pool = pool
    assumptions = settings.assumptions
    let count = records.customers.count
    let ones = [Double](repeating: 1, count: records.loads.months.count)
    let assumptions = settings.assumptions
    let rows = concurrentMap(count: count, threads: settings.threads) {
      customer -> (values: [Double], margins: [Float]) in
      let facts = IndicatorValues(records, customer: customer, pool: pool, assumptions: assumptions)
      var values = facts.values(ones)
      facts.greenValues(&values, hasGreen: records.green != nil, ones)
      if let rise = upside[records.customers[customer].id] { values[Indicator.position("P5")] = rise }
      return (values, facts.dailyMargins())
    }
    values = rows.flatMap(\.values)
    let tail = TailShares(rows.map(\.margins), frozen: pool.tailDays)
    tails = tail.shares
    tailDays = tail.days
    for customer in 0..<count where tails[customer].isFinite {
      let energy = value("E3", customer) / 365
      if energy > 0 { values[customer * Self.width + Indicator.position("R1")] = tails[customer] / energy }
    }
    addSectors(records)
    addGroups(records)
  }

  func value(_ id: String, _ customer: Int) -> Double { values[customer * Self.width + Indicator.position(id)] }

  func column(_ id: String) -> [Double] {
    stride(from: Indicator.position(id), to: values.count, by: Self.width).map { values[$0] }
  }

  /// P7: the median growth of the others of an industry, of five or more; of the frozen population where there is one.
  private mutating func addSectors(_ records: PortfolioRecords) {
    if pool.sectorGrowth.isEmpty {
      for (customer, record) in records.customers.enumerated() {
        let growth = value("P1", customer)
        if let industry = record.industry, growth.isFinite { sectorGrowth[industry, default: []].append(growth) }
      }
      for industry in sectorGrowth.keys.sorted() { sectorGrowth[industry]?.sort() }
    } else {
      sectorGrowth = pool.sectorGrowth
    }
    for (customer, record) in records.customers.enumerated() {
      guard let industry = record.industry, var others = sectorGrowth[industry], others.count >= 6 else { continue }
      if let own = others.firstIndex(of: value("P1", customer)) { others.remove(at: own) }
      values[customer * Self.width + Indicator.position("P7")] = median(ofSorted: others)
    }
  }

  /// P4: expected energy of the group's accounts that are not under contract, times an assumed chance of one third.
  private mutating func addGroups(_ records: PortfolioRecords) {
    var open: [String: Double] = [:]
    for record in records.customers {
      guard let group = record.group, let status = record.status else { continue }
      open[group, default: 0] += status == "contracted" ? 0 : (record.expectedMWh ?? 0) / 3
    }
    for (customer, record) in records.customers.enumerated() {
      guard let group = record.group, let energy = open[group] else { continue }
      let own = record.status == "contracted" ? 0 : (record.expectedMWh ?? 0) / 3
      values[customer * Self.width + Indicator.position("P4")] = max(0, energy - own)
    }
  }

  /// The score of one customer from its values, with the band over months drawn again.
  func score(
    _ customer: Int, _ records: PortfolioRecords, maker: ScoreMaker, segments: [String], draws: MonthDraws,
    previous: PreviousTier?, hasOpenStop: Bool
  ) -> CustomerScore {
    let own = Array(values[(customer * Self.width)..<((customer + 1) * Self.width)])
    let segment = maker.segment(segments)
    let result = maker.result(own, medians: segment.medians)
    let facts = IndicatorValues(
      records, customer: customer, pool: pool, assumptions: assumptions, known: own[...])
    let band = band(own, facts, hasGreen: records.green != nil, maker, result, draws)
    let coverage = min(result.coverage, 1)
    let days = facts.facts.days
    let late = records.payments.flatMap { IndicatorValues.daysLate($0[customer], lastDay: facts.lastDay)?.largest }
    let margin = value("E1", customer)
    let scores = result.dimensions.map(\.score)
    let standing = TierFacts(
      total: result.total, economicValue: scores[0], riskControl: scores[1], potential: scores[3],
      yearlyMargin: margin.isFinite ? margin : nil, monthlyMargins: facts.monthlyMargins(), largestDaysLate: late,
      isInLiquidation: records.registry?[customer].contains { ["liquidation", "bankruptcy"].contains($0.kind) }
        ?? false,
      hasOpenStop: hasOpenStop, hasInsufficientDimension: result.dimensions.contains { !$0.isSufficient })
    let decision = TierDecision(standing, previous: previous)
    let confidence: ScoreConfidence =
      coverage >= 0.9 && days >= 360 ? .high : coverage >= 0.6 && days >= 180 ? .medium : .low
    return CustomerScore(
      customer: records.customers[customer].id, total: result.total, segment: segment.name,
      segmentTotal: result.segmentTotal, dimensions: result.dimensions, indicators: result.indicators,
      coverage: coverage, days: days, confidence: confidence, band: band, tier: decision,
      costToServe: CostToServe(own, amountLate: records.amountLate(customer), assumptions: assumptions),
      levers: maker.levers(result, facts: standing, current: decision.tier))
  }

  private func band(
    _ own: [Double], _ facts: IndicatorValues, hasGreen: Bool, _ maker: ScoreMaker, _ result: ScoreMaker.Result,
    _ draws: MonthDraws
  ) -> ClosedRange<Double>? {
    guard !draws.counts.isEmpty else { return nil }
    let redraw = maker.redraw(own, like: result)
    let totals = draws.counts.map { counts -> Double in
      var values = facts.values(counts)
      facts.greenValues(&values, hasGreen: hasGreen, counts)
      for position in Indicator.ofPortfolio { values[position] = own[position] }
      for position in values.indices where own[position].isNaN { values[position] = .nan }
      return maker.total(values, redraw)
    }.sorted()
    let low = quantile(ofSorted: totals, at: 0.1)
    return low...max(low, quantile(ofSorted: totals, at: 0.9))
  }
}
