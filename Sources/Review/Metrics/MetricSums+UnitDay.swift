internal import Clearing
public import MarketModel

/// One unit's day as the figures of a review read it, by trading interval; energies are net MWh, prices per MWh.
public struct MeasuredDay: Sendable {
  public let day: UnitDay
  public let bid: UnitBid
  public let outcomes: DecisionOutcomes
  public let dayAheadPrices: [Double]
  public let realTimePrices: [Double]
  public let unifiedPrices: [Double]
  public let forecastPrices: [Double]
  public let metered: [Double]
  public let contracted: [Double]
  /// Contract energy times (contract − market price) and the sum of the contract lines.
  public let contractAdvantage: Double
  public let contractFee: Double
  public let spotFee: Double
  public let variableCost: Double

  public init(
    day: UnitDay, bid: UnitBid, outcomes: DecisionOutcomes, dayAheadPrices: [Double], realTimePrices: [Double],
    unifiedPrices: [Double], forecastPrices: [Double], metered: [Double], contracted: [Double],
    contractAdvantage: Double, contractFee: Double, spotFee: Double, variableCost: Double
  ) {
    self.day = day
    self.bid = bid
    self.outcomes = outcomes
    self.dayAheadPrices = dayAheadPrices
    self.realTimePrices = realTimePrices
    self.unifiedPrices = unifiedPrices
    self.forecastPrices = forecastPrices
    self.metered = metered
    self.contracted = contracted
    self.contractAdvantage = contractAdvantage
    self.contractFee = contractFee
    self.spotFee = spotFee
    self.variableCost = variableCost
  }
}

extension MetricSums {
  /// The sums of one unit on one day.
  public init(_ measured: MeasuredDay) throws(QuantityError) {
    self.init()
    let unit = measured.day.unit
    let grid = measured.day.grid
    let length = grid.length.hours
    hours = Double(grid.count) * length
    intervals = grid.count
    ratedMegawattHours = unit.netOutput(ofGross: unit.ratedCapacity).megawatts * hours
    let sale = measured.outcomes.submitted.output.values.map { unit.netOutput(ofGross: $0).megawatts * length }
    for index in 0..<grid.count { addInterval(index, measured, sold: sale[index], length: length) }
    (contractFee, spotFee) = (measured.contractFee, measured.spotFee)
    totalFee = contractFee + spotFee
    (variableCost, contractAdvantage) = (measured.variableCost, measured.contractAdvantage)
    quantityEffect = 0
    addPlan(measured, sale, length: length)
    perfectForesight = try measured.outcomes.perfect.profit.amount
    profit = try measured.outcomes.submitted.profit.amount
    profitWithPerfectCommitment = measured.outcomes.curveOnPerfect.amount
  }

  private mutating func addInterval(_ index: Int, _ measured: MeasuredDay, sold own: Double, length: Double) {
    let unit = measured.day.unit
    let (price, second) = (measured.dayAheadPrices[index], measured.realTimePrices[index])
    let gross = measured.outcomes.submitted.output.values[index].megawatts
    let isOn = measured.bid.commitment.values[index]
    addOffer(index, measured, gross: gross, isOn: isOn, length: length)
    sold += own
    let real = measured.metered[index]
    metered += real
    contracted += measured.contracted[index]
    if own > 0 { unitHoursOnLine += length }
    spreadFee += own * (price - second)
    nodeAdvantage += (own - measured.contracted[index]) * (price - measured.unifiedPrices[index])
    let level = max(gross, unit.minimumStableOutput.megawatts)
    let cost = unit.incrementalCost(
      fromMegawatts: max(level - 1, 0), toMegawatts: max(level, 1))
    dayAheadDeviation.add(energy: own - measured.contracted[index], price: price, cost: cost)
    realTimeDeviation.add(energy: real - own, price: second, cost: cost)
    if own > 0 {
      let earned = own * price - length * unit.costPerHour(atMegawatts: gross)
      if earned < 0 { lossOfLosingIntervals -= earned } else { profitOfEarningIntervals += earned }
    }
  }

  private mutating func addOffer(_ index: Int, _ measured: MeasuredDay, gross: Double, isOn: Bool, length: Double) {
    let share = 1 - Double(measured.day.unit.auxiliaryPowerPartsPerMillion) / 1_000_000
    let available = measured.day.availableCapacity.values[index].megawatts
    let hour = min(Int(Double(index) * length), 24)
    let price = measured.dayAheadPrices[index]
    guard isOn else { return }
    var start = 0.0
    var previous: Double?
    for point in measured.bid.curve.points {
      let end = min(point.output.megawatts, available)
      let own = point.price.perMegawattHour
      if end > start {
        let band = MetricSums.bandEnds.firstIndex { own <= $0 } ?? MetricSums.bandEnds.count
        let energy = (end - start) * share * length
        let bought = max(0, min(gross, end) - start) * share * length
        offered += energy
        bands[band].offered += energy
        bands[band].sold += bought
        byHour[hour].offered += energy
        byHour[hour].sold += bought
      }
      if let low = previous, price > low, price < own { marginalIntervals += 1 }
      (start, previous) = (max(start, end), own)
    }
  }

  private mutating func addPlan(_ measured: MeasuredDay, _ sale: [Double], length: Double) {
    let unit = measured.day.unit
    for (index, megawatts) in measured.bid.plannedMegawatts.enumerated() {
      let plan = unit.netOutput(ofGross: .megawatts(max(megawatts, 0))).megawatts * length
      let (expected, price) = (measured.forecastPrices[index], measured.dayAheadPrices[index])
      plannedEnergy += plan
      plannedFee += plan * expected
      quantityEffect += (sale[index] - plan) * expected
      priceEffect += plan * (price - expected)
      crossEffect += (sale[index] - plan) * (price - expected)
      if plan > 0 { expectedProfit += plan * expected - length * unit.costPerHour(atMegawatts: megawatts) }
    }
  }
}
