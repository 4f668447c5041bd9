internal import Compliance
internal import FlexibleAssets
internal import MarketModel

extension PositionReport {
  init(_ made: MadePosition, simulated: Bool, program: String) {
    let grid = made.limits.grid
    let whole = made.parts.joined(name: "total")
    day = grid.day
    self.simulated = simulated
    self.program = program
    currency = made.limits.pack.currency
    rulePack = made.limits.pack.name
    scenarios = made.paths.count
    seed = made.request.settings.seed
    riskWeight = made.request.riskWeight
    total = Part(whole)
    parts = made.parts.map(Part.init)
    let hedge = HedgeAdvice(made, whole)
    self.hedge = hedge
    exposure = Exposure(made, whole, hedge)
    joint = Joint(made.value)
    compliance = AssetCompliance.all(made.bids)
    procurement = made.procurement.map(ProcurementAdvice.init)
    reserve = made.reserves.map { offer in
      ReserveOffer(
        asset: offer.name,
        points: offer.points.map {
          ReservePoint(
            pricePerMWh: $0.pricePerMWh, meanMW: DayReport.rounded($0.meanMegawatts, 2),
            opportunityCost: DayReport.rounded($0.opportunityCost, 2))
        })
    }
    notes =
      made.notes + [
        "contracts are priced at the expected price of their block; trading costs \(made.request.hedgeCost) per MWh either way, "
          + "\(DayReport.rounded(made.request.hedgeLimit, 1)) MW of each at the most",
        "thermal bids, storages' schedules, stations' sales and purchases for customers are decided before the hedge; paths are "
          + "equally likely",
        "reserve is upward, called for an hour at most; what it would be paid is not part of the position",
        "separate: units with their contracts, storages, stations, virtual power plant and retail each hedge for themselves; the value "
          + "of one hedge over that is judged on paths on which the hedges were not chosen",
      ]
  }
}

extension PositionReport.Joint {
  init(_ value: JointValue) {
    func traded(_ hedges: [Hedge]) -> Double {
      DayReport.rounded(hedges.flatMap(\.megawatts).reduce(0) { $0 + abs($1) }, 1)
    }
    self.value = DayReport.rounded(value.value, 2)
    low = DayReport.rounded(value.low, 2)
    high = DayReport.rounded(value.high, 2)
    jointMegawatts = traded([value.joint])
    separateMegawatts = traded(value.separate)
  }
}

extension PositionReport.Part {
  init(_ part: PositionPart) {
    let sorted = part.profits.sorted()
    func point(_ share: Double) -> Double { sorted[Int((share * Double(sorted.count - 1)).rounded())] }
    name = part.name
    expectedProfit = DayReport.rounded(part.mean, 2)
    low = DayReport.rounded(point(0.1), 2)
    high = DayReport.rounded(point(0.9), 2)
    conditionalValueAtRisk_5 = DayReport.rounded(RiskMeasure.conditionalValueAtRisk(part.profits), 2)
    dayAheadMWh = DayReport.rounded(part.meanDayAhead.reduce(0, +), 2)
    realTimeMWh = DayReport.rounded(part.meanRealTime.reduce(0, +), 2)
  }
}

extension PositionReport.HedgeAdvice {
  init(_ made: MadePosition, _ whole: PositionPart) {
    let hours = made.paths.hours
    // Contracts are traded in whole MW.
    let hedge = Hedge(megawatts: made.value.joint.megawatts.map { $0.rounded() })
    let after = hedge.profits(whole.profits, products: made.products, prices: made.paths.prices, hours: hours)
    expectedProfitBefore = DayReport.rounded(whole.mean, 2)
    expectedProfitAfter = DayReport.rounded(after.reduce(0, +) / Double(after.count), 2)
    conditionalValueAtRisk_5Before = DayReport.rounded(RiskMeasure.conditionalValueAtRisk(whole.profits), 2)
    conditionalValueAtRisk_5After = DayReport.rounded(RiskMeasure.conditionalValueAtRisk(after), 2)
    cost = DayReport.rounded(
      zip(made.products, hedge.megawatts).reduce(0) { $0 + $1.0.cost(megawatts: $1.1, hours: hours) }, 2)
    contracts = zip(zip(made.products, HedgeBlock.all), hedge.megawatts).map { pair, power in
      let (product, block) = pair
      return PositionReport.Contract(
        contract: product.name, times: "\(ClockTime.text(block.from))–\(ClockTime.text(block.to))",
        advice: power > 0 ? "sell" : power < 0 ? "buy" : "none", megawatts: abs(power),
        energyMWh: DayReport.rounded(abs(power) * hours * Double(product.intervals.count), 2),
        pricePerMWh: DayReport.rounded(product.pricePerMWh, 2))
    }
  }
}

extension PositionReport.Exposure {
  init(_ made: MadePosition, _ whole: PositionPart, _ hedge: PositionReport.HedgeAdvice) {
    func hundredths(_ values: [Double]) -> [Double] { values.map { DayReport.rounded($0, 2) } }
    let width = whole.intervals
    let ahead = whole.meanDayAhead
    let later = whole.meanRealTime
    var sold = [Double](repeating: 0, count: width)
    for (product, advice) in zip(made.products, hedge.contracts) {
      let energy = (advice.advice == "buy" ? -1 : 1) * advice.megawatts * made.paths.hours
      for interval in product.intervals { sold[interval] += energy }
    }
    intervalEnd = made.limits.grid.intervals.map(\.endLabel)
    intervalHours = made.paths.hours
    expectedPrice = hundredths(made.paths.expected)
    dayAheadMWh = hundredths(ahead)
    realTimeMWh = hundredths(later)
    realTimeDeviationMWh = hundredths(
      (0..<width).map { interval in
        let squares = whole.profits.indices.reduce(0.0) {
          let gap = whole.realTime[$1 * width + interval] - later[interval]
          return $0 + gap * gap
        }
        return (squares / Double(whole.profits.count)).squareRoot()
      })
    hedgedDayAheadMWh = hundredths(zip(ahead, sold).map { $0 - $1 })
    parts = made.parts.map {
      PositionReport.PartExposure(
        name: $0.name, dayAheadMWh: hundredths($0.meanDayAhead), realTimeMWh: hundredths($0.meanRealTime))
    }
  }
}

extension PositionReport.AssetCompliance {
  static func all(_ bids: AssetBids) -> [PositionReport.AssetCompliance] {
    guard !bids.bids.isEmpty else { return [] }
    let report = bids.report
    return bids.bids.map { bid in
      let own = report.rows.filter { $0.unit == bid.unit.text }
      return PositionReport.AssetCompliance(
        asset: bid.unit.text, segments: bid.segments.count, passed: own.count { $0.result == .passed },
        notEvaluated: own.count { $0.result == .notEvaluated },
        violations: own.filter { $0.result == .violated }.map { "\($0.check): \($0.message)" })
    }
  }
}
