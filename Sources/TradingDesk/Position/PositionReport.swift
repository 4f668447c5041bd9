internal import Compliance
internal import FlexibleAssets
public import MarketModel

/// `spotdesk position DAY`: the whole company on the joint paths of a day, and what to hedge.
public struct PositionReport: Sendable, Encodable {
  public var schema = "spotdesk.position/1"
  public let day: MarketDay
  /// True if the workspace holds a simulated market.
  public let simulated: Bool
  public let program: String
  public let currency: String
  public let rulePack: String
  public let scenarios: Int
  public let seed: UInt64
  /// Weight of CVaR 5 % against the mean.
  public let riskWeight: Double
  public let total: Part
  public let parts: [Part]
  public let exposure: Exposure
  public let hedge: HedgeAdvice
  public let joint: Joint
  public let compliance: [AssetCompliance]
  /// What storages would hold as upward reserve at rising prices of a MW and hour, and the energy margin that it costs.
  public let reserve: [ReserveOffer]
  public let notes: [String]

  public struct Part: Sendable, Encodable {
    public let name: String
    public let expectedProfit: Double
    /// 10 % and 90 % points over the paths.
    public let low: Double
    public let high: Double
    /// Mean of the worst twentieth of the paths.
    public let conditionalValueAtRisk_5: Double
    /// Sold above zero, bought below, mean over the paths.
    public let dayAheadMWh: Double
    public let realTimeMWh: Double
  }

  /// MWh by interval whose worth moves with a price, mean over the paths; sold above zero.
  public struct Exposure: Sendable, Encodable {
    public let intervalEnd: [String]
    public let expectedPrice: [Double]
    public let dayAheadMWh: [Double]
    public let realTimeMWh: [Double]
    /// Standard deviation over the paths of the energy that is left to real time.
    public let realTimeDeviationMWh: [Double]
    public let hedgedDayAheadMWh: [Double]
    public let parts: [PartExposure]
  }

  public struct PartExposure: Sendable, Encodable {
    public let name: String
    public let dayAheadMWh: [Double]
    public let realTimeMWh: [Double]
  }

  public struct HedgeAdvice: Sendable, Encodable {
    public let expectedProfitBefore: Double
    public let expectedProfitAfter: Double
    public let conditionalValueAtRisk_5Before: Double
    public let conditionalValueAtRisk_5After: Double
    public let cost: Double
    public let contracts: [Contract]
  }

  public struct Contract: Sendable, Encodable {
    public let contract: String
    /// "00:00–06:00".
    public let times: String
    /// "sell", "buy" or "none".
    public let advice: String
    public let megawatts: Double
    public let energyMWh: Double
    public let pricePerMWh: Double
  }

  /// Worth of hedging the whole over hedging each part by itself, in units of (1 − w)·mean + w·CVaR 5 %.
  public struct Joint: Sendable, Encodable {
    public let value: Double
    public let low: Double
    public let high: Double
    /// MW that are traded in all: by the whole, and by the parts for themselves.
    public let jointMegawatts: Double
    public let separateMegawatts: Double
  }

  public struct ReserveOffer: Sendable, Encodable {
    public let asset: String
    public let points: [ReservePoint]
  }

  public struct ReservePoint: Sendable, Encodable {
    public let pricePerMWh: Double
    public let meanMW: Double
    public let opportunityCost: Double
  }

  public struct AssetCompliance: Sendable, Encodable {
    public let asset: String
    public let segments: Int
    public let passed: Int
    public let notEvaluated: Int
    public let violations: [String]
  }
}

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
    let traded = { (hedges: [Hedge]) in hedges.flatMap(\.megawatts).reduce(0) { $0 + abs($1) } }
    joint = Joint(
      value: DayReport.rounded(made.value.value, 2), low: DayReport.rounded(made.value.low, 2),
      high: DayReport.rounded(made.value.high, 2), jointMegawatts: DayReport.rounded(traded([made.value.joint]), 1),
      separateMegawatts: DayReport.rounded(traded(made.value.separate), 1))
    compliance = AssetCompliance.all(made.bids)
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
