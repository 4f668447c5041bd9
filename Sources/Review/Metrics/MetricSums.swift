internal import MarketModel

/// What the figures of a review are made from; sums of intervals, units and days add up, ratios are made last.
///
/// Energies are net MWh, money is in currency units.
public struct MetricSums: Hashable, Sendable {
  public var offered = 0.0
  public var sold = 0.0
  public var metered = 0.0
  public var contracted = 0.0
  public var intervals = 0
  /// Intervals in which the price lies between two points of the own curve.
  public var marginalIntervals = 0
  public var ratedMegawattHours = 0.0
  public var hours = 0.0
  public var unitHoursOnLine = 0.0
  /// What was paid in all, for energy without contracts, and for contracts.
  public var totalFee = 0.0
  public var spotFee = 0.0
  public var contractFee = 0.0
  public var variableCost = 0.0
  /// Σ Q_D · (P_D − P_R).
  public var spreadFee = 0.0
  /// Q_D − Q_C and Q_A − Q_D by sign.
  public var dayAheadDeviation = DeviationSums()
  public var realTimeDeviation = DeviationSums()
  /// Contract energy · (contract − market price).
  public var contractAdvantage = 0.0
  /// (Q_D − Q_C) · (own − unified price).
  public var nodeAdvantage = 0.0
  /// Planned quantity and price at the forecast against what came.
  public var plannedEnergy = 0.0
  public var plannedFee = 0.0
  public var quantityEffect = 0.0
  public var priceEffect = 0.0
  public var crossEffect = 0.0
  /// On-line intervals that lost and that earned, at the realised price.
  public var lossOfLosingIntervals = 0.0
  public var profitOfEarningIntervals = 0.0
  public var expectedProfit = 0.0
  public var perfectForesight = 0.0
  public var profit = 0.0
  public var profitWithPerfectCommitment = 0.0
  /// Offered and sold by price band, and by hour of the day.
  public var bands = [OfferedAndSold](repeating: OfferedAndSold(), count: MetricSums.bandEnds.count + 1)
  public var byHour = [OfferedAndSold](repeating: OfferedAndSold(), count: 25)

  /// Upper ends of the price bands, per MWh; the last band is open.
  public static let bandEnds: [Double] = [0, 375, 1_000]

  public init() {}

  public mutating func add(_ other: MetricSums) {
    offered += other.offered
    sold += other.sold
    metered += other.metered
    contracted += other.contracted
    intervals += other.intervals
    marginalIntervals += other.marginalIntervals
    ratedMegawattHours += other.ratedMegawattHours
    hours += other.hours
    unitHoursOnLine += other.unitHoursOnLine
    addMoney(other)
    dayAheadDeviation.add(other.dayAheadDeviation)
    realTimeDeviation.add(other.realTimeDeviation)
    for index in bands.indices { bands[index].add(other.bands[index]) }
    for index in byHour.indices { byHour[index].add(other.byHour[index]) }
  }

  private mutating func addMoney(_ other: MetricSums) {
    totalFee += other.totalFee
    spotFee += other.spotFee
    contractFee += other.contractFee
    variableCost += other.variableCost
    spreadFee += other.spreadFee
    contractAdvantage += other.contractAdvantage
    nodeAdvantage += other.nodeAdvantage
    plannedEnergy += other.plannedEnergy
    plannedFee += other.plannedFee
    quantityEffect += other.quantityEffect
    priceEffect += other.priceEffect
    crossEffect += other.crossEffect
    lossOfLosingIntervals += other.lossOfLosingIntervals
    profitOfEarningIntervals += other.profitOfEarningIntervals
    expectedProfit += other.expectedProfit
    perfectForesight += other.perfectForesight
    profit += other.profit
    profitWithPerfectCommitment += other.profitWithPerfectCommitment
  }
}

/// Energy offered and sold, in net MWh.
public struct OfferedAndSold: Hashable, Sendable {
  public var offered = 0.0
  public var sold = 0.0

  public init() {}
  mutating func add(_ other: OfferedAndSold) {
    offered += other.offered
    sold += other.sold
  }
}

/// Deviations by sign: energy, fee, and what the energy earned over its cost.
public struct DeviationSums: Hashable, Sendable {
  public var positiveEnergy = 0.0
  public var negativeEnergy = 0.0
  public var positiveFee = 0.0
  public var negativeFee = 0.0
  public var positiveContribution = 0.0
  public var negativeContribution = 0.0

  public init() {}

  /// - Parameters:
  ///   - energy: net MWh, with its sign.
  ///   - price: of the deviation, per MWh.
  ///   - cost: of one more or less MWh.
  public mutating func add(energy: Double, price: Double, cost: Double) {
    if energy > 0 {
      positiveEnergy += energy
      positiveFee += energy * price
      positiveContribution += energy * (price - cost)
    } else if energy < 0 {
      negativeEnergy += energy
      negativeFee += energy * price
      negativeContribution += energy * (price - cost)
    }
  }

  mutating func add(_ other: DeviationSums) {
    positiveEnergy += other.positiveEnergy
    negativeEnergy += other.negativeEnergy
    positiveFee += other.positiveFee
    negativeFee += other.negativeFee
    positiveContribution += other.positiveContribution
    negativeContribution += other.negativeContribution
  }
}
