internal import MarketModel

extension PositionsReport {
  init(
    _ request: PositionsRequest, _ days: [PositionOfDay], simulated: Bool, currency: String, program: String
  ) {
    from = days.first?.day ?? request.days.first
    to = days.last?.day ?? request.days.last
    every = request.every
    self.days = days.count
    self.simulated = simulated
    self.program = program
    self.currency = currency
    paths = request.source.rawValue
    seed = request.each.settings.seed
    riskWeight = request.each.riskWeight
    classes = AssetClass.all(days)
    total = AssetClass("total", days.map { ([$0.total], $0.wholeRealised) })
    hedge = Hedge(days)
    joint = Joint(days, seed: request.each.settings.seed, every: request.every)
    procurement = PositionReport.ProcurementWay.sums(days.map(\.procurement))
    exposure = Exposure(days)
    rows = days.map(Day.init)
    violations = days.flatMap { day in day.violations.map { "\(day.day): \($0)" } }
    notes = PositionsReport.notes(request, days)
  }

  /// Sentences that differ in numbers alone are said once, as of their first day.
  private static func notes(_ request: PositionsRequest, _ days: [PositionOfDay]) -> [String] {
    var counts: [(form: String, note: String, days: Int)] = []
    for note in days.flatMap(\.notes) where !note.hasPrefix("scenarios: ") {
      let form = String(note.filter { !$0.isNumber })
      if let place = counts.firstIndex(where: { $0.form == form }) {
        counts[place].days += 1
      } else {
        counts.append((form, note, 1))
      }
    }
    let said = counts.prefix(40).map {
      $0.days == days.count ? $0.note : "\($0.note) (such a sentence on \($0.days) of \(days.count) days)"
    }
    let rest = counts.count > 40 ? ["\(counts.count - 40) further sentences of single days are left out"] : []
    let stride =
      request.every > 1 ? ["one day of \(request.every) was looked at; sums are of these days, not of all"] : []
    return stride + [
      request.source == .kept
        ? "paths of a day: the price forecast that was issued for it, with errors of published load, wind and solar power and price spreads of the 62 days before its gate; no forecast was made again"
        : "paths of a day: those of forecast --joint",
      "realised: the same bids, schedules and quantities at the prices, the wind, the sun and the load that came; contracts of the hedge are priced at the expected price of their block",
      "virtual power plant and storages follow their plans in the realised figures; every day starts at the states of charge of the folder",
    ] + said + rest
  }
}

extension PositionOfDay {
  /// The whole's money at what came; nil if it is not known of a part.
  var wholeRealised: Double? { realisedSum(parts.indices) }

  func realisedSum(_ places: some Sequence<Int>) -> Double? {
    places.reduce(0) { sum, place in sum.flatMap { sum in realised[place].map { sum + $0 } } }
  }
}

extension PositionsReport.AssetClass {
  static func all(_ days: [PositionOfDay]) -> [PositionsReport.AssetClass] {
    var names: [String] = []
    for part in days.flatMap(\.parts) {
      let name = MadePosition.assetClass(part.name)
      if !names.contains(name) { names.append(name) }
    }
    return names.map { name in
      PositionsReport.AssetClass(
        name,
        days.map { day in
          let own = day.parts.indices.filter { MadePosition.assetClass(day.parts[$0].name) == name }
          return (own.map { day.parts[$0] }, day.realisedSum(own))
        })
    }
  }

  /// - Parameter days: the class's parts on every day, and their realised money if it is known.
  init(_ name: String, _ days: [(parts: [PositionReport.Part], realised: Double?)]) {
    func sum(_ value: (PositionReport.Part) -> Double) -> Double {
      days.reduce(0) { $0 + $1.parts.reduce(0) { $0 + value($1) } }
    }
    self.name = name
    expectedProfit = DayReport.rounded(sum(\.expectedProfit), 2)
    let known = days.compactMap(\.realised)
    realisedProfit = known.count == days.count ? DayReport.rounded(known.reduce(0, +), 2) : nil
    meanConditionalValueAtRisk_5 = DayReport.rounded(
      sum(\.conditionalValueAtRisk_5) / Double(max(days.count, 1)), 2)
    dayAheadMWh = DayReport.rounded(sum(\.dayAheadMWh), 1)
    realTimeMWh = DayReport.rounded(sum(\.realTimeMWh), 1)
  }
}

extension PositionsReport.Hedge {
  init(_ days: [PositionOfDay]) {
    let count = Double(max(days.count, 1))
    func sum(_ value: (PositionReport.HedgeAdvice) -> Double) -> Double { days.reduce(0) { $0 + value($1.hedge) } }
    expectedProfitBefore = DayReport.rounded(sum(\.expectedProfitBefore), 2)
    expectedProfitAfter = DayReport.rounded(sum(\.expectedProfitAfter), 2)
    cost = DayReport.rounded(sum(\.cost), 2)
    meanConditionalValueAtRisk_5Before = DayReport.rounded(sum(\.conditionalValueAtRisk_5Before) / count, 2)
    meanConditionalValueAtRisk_5After = DayReport.rounded(sum(\.conditionalValueAtRisk_5After) / count, 2)
    let before = days.compactMap(\.wholeRealised)
    let after = days.compactMap(\.hedgedRealised)
    let isKnown = before.count == days.count && after.count == days.count && !days.isEmpty
    func rounded(_ value: Double) -> Double? { isKnown ? DayReport.rounded(value, 2) : nil }
    realisedBefore = rounded(before.reduce(0, +))
    realisedAfter = rounded(after.reduce(0, +))
    realisedConditionalValueAtRisk_5Before = rounded(OfferStatistics.conditionalValueAtRisk(before))
    realisedConditionalValueAtRisk_5After = rounded(OfferStatistics.conditionalValueAtRisk(after))
  }
}

extension PositionOfDay {
  /// The whole with the joint hedge at what came.
  var hedgedRealised: Double? {
    guard let wholeRealised, let realisedHedge else { return nil }
    return wholeRealised + realisedHedge.joint
  }
}

extension PositionsReport.Joint {
  init(_ days: [PositionOfDay], seed: UInt64, every: Int) {
    let count = Double(max(days.count, 1))
    // Blocks of a week, of single days where they lie a week apart.
    let block = max(1, 7 / every)
    func mean(_ values: [Double]) -> (mean: Double, low: Double?, high: Double?) {
      let interval = OfferStatistics.interval(values, seed: seed, block: block)
      return (
        DayReport.rounded(values.reduce(0, +) / count, 2), interval.map { DayReport.rounded($0.low / count, 2) },
        interval.map { DayReport.rounded($0.high / count, 2) }
      )
    }
    let values = days.map(\.joint.value)
    (meanValue, low, high) = mean(values)
    daysAbove = values.count { $0 > 0 }
    meanJointMegawatts = DayReport.rounded(days.reduce(0) { $0 + $1.joint.jointMegawatts } / count, 1)
    meanSeparateMegawatts = DayReport.rounded(days.reduce(0) { $0 + $1.joint.separateMegawatts } / count, 1)
    let realised = days.compactMap { $0.realisedHedge.map { $0.joint - $0.separate } }
    let isKnown = realised.count == days.count
    let money = mean(realised)
    realisedMean = isKnown ? money.mean : nil
    realisedLow = isKnown ? money.low : nil
    realisedHigh = isKnown ? money.high : nil
  }
}

extension PositionsReport.Exposure {
  init(_ days: [PositionOfDay]) {
    let ends = days.first?.exposure.intervalEnd ?? []
    let isEven = days.allSatisfy { $0.exposure.intervalEnd == ends }
    func mean(_ values: (PositionReport.Exposure) -> [Double]) -> [Double] {
      guard isEven else { return [] }
      return ends.indices.map { interval in
        DayReport.rounded(
          days.reduce(0) { $0 + values($1.exposure)[interval] } / Double(max(days.count, 1)), 2)
      }
    }
    intervalEnd = isEven ? ends : []
    intervalHours = days.first?.exposure.intervalHours ?? 1
    dayAheadMWh = mean(\.dayAheadMWh)
    hedgedDayAheadMWh = mean(\.hedgedDayAheadMWh)
    realTimeMWh = mean(\.realTimeMWh)
  }
}

extension PositionsReport.Day {
  init(_ day: PositionOfDay) {
    self.day = day.day
    expectedProfit = day.total.expectedProfit
    conditionalValueAtRisk_5Before = day.hedge.conditionalValueAtRisk_5Before
    conditionalValueAtRisk_5After = day.hedge.conditionalValueAtRisk_5After
    jointValue = day.joint.value
    realisedProfit = day.wholeRealised.map { DayReport.rounded($0, 2) }
    realisedHedged = day.hedgedRealised.map { DayReport.rounded($0, 2) }
  }
}
