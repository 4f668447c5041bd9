/// A month of one customer in one scenario, as far as packages look at it.
public struct BillAggregate: Sendable, Equatable {
  /// MWh in all and by band, deep valley to tip.
  public var energy: Double
  public var bands: [Double]
  /// Σ q·P at the day-ahead and the real-time price.
  public var dayAheadCost: Double
  public var realTimeCost: Double
  /// Green generation of the month that could be matched, MWh; nil: as much as is wanted.
  public var greenGeneration: Double?

  public init(
    energy: Double, bands: [Double], dayAheadCost: Double = 0, realTimeCost: Double = 0, greenGeneration: Double? = nil
  ) {
    self.energy = energy
    self.bands = bands
    self.dayAheadCost = dayAheadCost
    self.realTimeCost = realTimeCost
    self.greenGeneration = greenGeneration
  }
}

/// Reference prices of a month, in the order of ``ReferencePrice``.
public struct MonthReferences: Sendable, Equatable {
  public var prices: [Double]
  /// Whether the month has tip hours.
  public var hasTip: Bool

  public init(_ prices: [ReferencePrice: Double], hasTip: Bool = true) {
    self.prices = ReferencePrice.allCases.map { prices[$0] ?? .nan }
    self.hasTip = hasTip
  }

  public subscript(reference: ReferencePrice) -> Double { prices[reference.position] }
}

/// What a customer pays for a month's energy, with the steps between.
public struct PackageBill: Sendable, Equatable {
  /// Before the limits.
  public let formulaFee: Double
  /// Factor k = limit/average that cap, floor or band put on all periods; 1 without.
  public let scale: Double
  public let energyFee: Double
  public let greenFee: Double
  public var total: Double { energyFee + greenFee }

  public init(
    _ package: RetailPackage, month: BillAggregate, references: MonthReferences, rules: PackageRules? = nil,
    wholesaleUnitCost: Double? = nil
  ) {
    let fee = package.formulaFee(month, references, rules)
    formulaFee = fee
    var settled = fee
    if month.energy > 0 {
      let average = fee / month.energy
      var limited = average
      if let cap = package.cap { limited = min(limited, cap.price(references.prices)) }
      if let multiple = references.hasTip ? rules?.averageCapTip : rules?.averageCapOther {
        let flat = references[.flatContracts]
        if flat.isFinite { limited = min(limited, flat * multiple) }
      }
      if let floor = package.floor { limited = max(limited, floor.price(references.prices)) }
      if let cost = wholesaleUnitCost, let low = rules?.averageBandLow, let high = rules?.averageBandHigh {
        limited = min(max(limited, cost * low), cost * high)
      }
      if limited != average { settled = limited * month.energy }
    }
    energyFee = settled
    scale = fee == 0 ? 1 : settled / fee
    if let green = package.green {
      // Settled on the least of contract, use and generation.
      let contract = green.share * month.energy
      greenFee = green.price * min(contract, month.energy, month.greenGeneration ?? .infinity)
    } else {
      greenFee = 0
    }
  }
}

extension RetailPackage {
  func formulaFee(_ month: BillAggregate, _ references: MonthReferences, _ rules: PackageRules?) -> Double {
    let bands = checkedBands(rules, energy: month.energy)
    var fee = dayAheadWeight * month.dayAheadCost + realTimeWeight * month.realTimeCost + uplift * month.energy
    for band in 0..<5 { fee += bands[band] * month.bands[band] }
    for reference in ReferencePrice.allCases {
      guard let weight = self.references[reference], weight != 0 else { continue }
      fee += weight * references[reference] * month.energy
    }
    return month.energy > 0 ? fee + monthlyFee : fee
  }

  /// Band prices raised (peak, tip) or lowered (valley, deep) to the official ratios to flat.
  func checkedBands(_ rules: PackageRules?, energy: Double) -> [Double] {
    guard checksRatios, let rules, let least = rules.leastPeakRatio else { return bandPrices }
    let fees = rules.ratiosIncludeFees ?? false ? uplift + (energy > 0 ? monthlyFee / energy : 0) : 0
    var bands = bandPrices.map { $0 + fees }
    let flat = bands[2]
    bands[3] = max(bands[3], least * flat)
    bands[4] = max(bands[4], (rules.leastTipRatio ?? least) * flat)
    if let greatest = rules.greatestValleyRatio { bands[1] = min(bands[1], greatest * flat) }
    if let greatest = rules.greatestDeepRatio { bands[0] = min(bands[0], greatest * flat) }
    return bands.map { $0 - fees }
  }
}

/// A month hour by hour: the slow path against which the aggregates are tested.
public struct HourlyMonth: Sendable {
  public var energy: [Double]
  public var dayAhead: [Double]
  public var realTime: [Double]
  public var bands: [TimeOfUse.Band]

  public init(energy: [Double], dayAhead: [Double], realTime: [Double], bands: [TimeOfUse.Band]) {
    self.energy = energy
    self.dayAhead = dayAhead
    self.realTime = realTime
    self.bands = bands
  }

  public var aggregate: BillAggregate {
    var aggregate = BillAggregate(energy: 0, bands: [0, 0, 0, 0, 0])
    for hour in energy.indices {
      aggregate.energy += energy[hour]
      aggregate.bands[bands[hour].rawValue] += energy[hour]
      aggregate.dayAheadCost += energy[hour] * dayAhead[hour]
      aggregate.realTimeCost += energy[hour] * realTime[hour]
    }
    return aggregate
  }

  /// Σ q·price with the price of every hour written out; equals the fast bill's `formulaFee`.
  public func formulaFee(_ package: RetailPackage, references: MonthReferences, rules: PackageRules? = nil) -> Double {
    let total = energy.reduce(0, +)
    let checked = package.checkedBands(rules, energy: total)
    return energy.indices.reduce(0) { sum, hour in
      var price = checked[bands[hour].rawValue] + package.uplift
      price += package.dayAheadWeight * dayAhead[hour] + package.realTimeWeight * realTime[hour]
      for (reference, weight) in package.references where weight != 0 { price += weight * references[reference] }
      return sum + energy[hour] * price
    } + (total > 0 ? package.monthlyFee : 0)
  }
}

/// What a retailer gives back of a spread that is larger than the rules allow, and each customer's part.
public enum ExcessRefund {
  /// share · max(0, spread − threshold) · Q of the whole company.
  public static func total(revenue: Double, cost: Double, energy: Double, rules: PackageRules) -> Double {
    guard energy > 0, let threshold = rules.refundThreshold, let share = rules.refundShare else { return 0 }
    return share * max(0, (revenue - cost) / energy - threshold) * energy
  }

  /// Parts by MWh, as the rules pay out; they add up to the total.
  public static func byEnergy(_ total: Double, energies: [Double]) -> [Double] {
    let sum = energies.reduce(0, +)
    return energies.map { sum > 0 ? total * $0 / sum : 0 }
  }

  /// Each customer's marginal share of what the company gives back (Euler): share · (margin_i − threshold · q_i); they add up.
  public static func marginal(margins: [Double], energies: [Double], rules: PackageRules) -> [Double] {
    let (margin, energy) = (margins.reduce(0, +), energies.reduce(0, +))
    guard energy > 0, let threshold = rules.refundThreshold, let share = rules.refundShare, margin > threshold * energy
    else { return margins.map { _ in 0 } }
    return zip(margins, energies).map { share * ($0 - threshold * $1) }
  }
}
