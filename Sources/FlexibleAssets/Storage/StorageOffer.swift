/// What a market wants of a storage's offer.
public struct StorageOfferRules: Hashable, Sendable {
  public var largestChargeSegments: Int
  public var largestDischargeSegments: Int
  public var smallestSegmentMegawatts: Double
  /// Bid floor and cap, per MWh, and the step of prices.
  public var limits: ClosedRange<Double>
  public var priceTick: Double

  public init(
    largestChargeSegments: Int, largestDischargeSegments: Int, smallestSegmentMegawatts: Double,
    limits: ClosedRange<Double>, priceTick: Double = 0.01
  ) {
    self.largestChargeSegments = largestChargeSegments
    self.largestDischargeSegments = largestDischargeSegments
    self.smallestSegmentMegawatts = smallestSegmentMegawatts
    self.limits = limits
    self.priceTick = priceTick
  }
}

extension MemberBattery {
  /// One curve for the day from −P to +P, non-decreasing: what stored energy is worth at expected prices, mean over the day.
  ///
  /// Deeper charging is worth what energy is worth in a fuller store, deeper discharging what it is worth in an emptier one. Both sides
  /// begin at the worth of a half-full store, so that no MWh is sold below what it cost with losses and wear, whatever is filled.
  ///
  /// - Parameters:
  ///   - prices: expected, per MWh by interval.
  ///   - hours: length of an interval.
  /// - Throws: ``AssetProblem`` if a side is too small for one segment or the limits leave no two prices.
  public func offer(prices: [Double], hours: Double, rules: StorageOfferRules) throws(AssetProblem) -> [OfferStep] {
    let charge = try segments(unit.chargeMegawatts, rules.largestChargeSegments, "charging", rules)
    let discharge = try segments(unit.dischargeMegawatts, rules.largestDischargeSegments, "discharging", rules)
    let deepest = charge[charge.count - 1].upperBound
    let values = StoredEnergyValues(self, prices: prices, hours: hours)
    let middle = values.meanSlope(atShare: 0.5)
    let tick = rules.priceTick
    func bounded(_ price: Double) -> Double { min(max(price, rules.limits.lowerBound), rules.limits.upperBound) }
    var steps: [OfferStep] = []
    for (index, part) in charge.enumerated() {
      let depth = (Double(charge.count - index) - 0.5) / Double(charge.count)
      let worth = min(middle, values.meanSlope(atShare: 0.5 + depth / 2)) * unit.chargeEfficiency
      steps.append(
        OfferStep(
          from: Double(part.lowerBound - deepest) / 1_000, to: Double(part.upperBound - deepest) / 1_000,
          pricePerMWh: bounded((worth / tick).rounded(.down) * tick)))
    }
    let paid = steps.last?.pricePerMWh ?? 0
    let least = (paid > 0 ? paid / (unit.chargeEfficiency * unit.dischargeEfficiency) : paid) + unit.wearCostPerMWh
    for (index, part) in discharge.enumerated() {
      let depth = (Double(index) + 0.5) / Double(discharge.count)
      let slope = max(middle, values.meanSlope(atShare: 0.5 - depth / 2))
      let worth = max(slope / unit.dischargeEfficiency + unit.wearCostPerMWh, least, steps.last?.pricePerMWh ?? least)
      steps.append(
        OfferStep(
          from: Double(part.lowerBound) / 1_000, to: Double(part.upperBound) / 1_000,
          pricePerMWh: bounded((worth / tick).rounded(.up) * tick)))
    }
    guard steps[charge.count].pricePerMWh >= least - 1e-9 else {
      throw AssetProblem(
        "Storage \(unit.name): a MWh charged at \(paid) costs \(tenths(least)), above the bid cap \(rules.limits.upperBound)."
      )
    }
    return steps.map { OfferStep(from: $0.from, to: $0.to, pricePerMWh: ($0.pricePerMWh / tick).rounded() * tick) }
  }

  /// Parts of 0 to a power in kilowatts, as many as allowed and not narrower than the market wants.
  private func segments(
    _ power: Double, _ most: Int, _ side: String, _ rules: StorageOfferRules
  ) throws(AssetProblem) -> [ClosedRange<Int>] {
    let count = min(most, Int(power / max(rules.smallestSegmentMegawatts, 0.001) + 1e-9))
    guard count > 0 else {
      throw AssetProblem(
        "Storage \(unit.name): \(side) power is \(tenths(power)) MW; a segment is \(tenths(rules.smallestSegmentMegawatts)) MW at least."
      )
    }
    let kilowatts = (power * 1_000).rounded()
    let limits = (0...count).map { Int((kilowatts * Double($0) / Double(count)).rounded()) }
    return zip(limits, limits.dropFirst()).map { $0...$1 }
  }
}

extension MemberBattery {
  /// Power by interval of the schedule that earns most at known or expected prices, MW, delivered above zero; exact, no grid.
  ///
  /// Where cycles have a limit, neither what is delivered nor half of what goes into and out of the store is more than so many contents;
  /// a price of both ways is raised until that is kept (bisection), and what lies between the last plan that breaks the limit and the
  /// first that keeps it is used up by their mean.
  ///
  /// - Parameters: prices per MWh by interval; length of an interval.
  public func schedule(prices: [Double], hours: Double) -> [Double] {
    var broken = contents(prices: prices, hours: hours, priceOfThroughput: 0)
    guard let cycles = unit.largestCyclesPerDay else { return powers(broken, hours: hours) }
    let limit = cycles * unit.usableMegawattHours * Double(prices.count) * hours / 24 + 1e-9
    guard !keeps(limit, broken) else { return powers(broken, hours: hours) }
    var kept = prices.map { _ in initialMegawattHours }
    var (low, high) = (0.0, 2 * (prices.map(abs).max() ?? 0) + 2 * abs(endValuePerMWh) + 1)
    for _ in 0..<40 {
      let middle = (low + high) / 2
      let plan = contents(prices: prices, hours: hours, priceOfThroughput: middle)
      if keeps(limit, plan) { (high, kept) = (middle, plan) } else { (low, broken) = (middle, plan) }
    }
    var (least, most) = (0.0, 1.0)
    func mean(_ share: Double) -> [Double] { zip(kept, broken).map { $0 + share * ($1 - $0) } }
    for _ in 0..<30 {
      let share = (least + most) / 2
      if keeps(limit, mean(share)) { least = share } else { most = share }
    }
    return powers(mean(least), hours: hours)
  }

  /// Whether contents after each interval come with no more than so many MWh taken out, and twice as many in and out.
  private func keeps(_ limit: Double, _ contents: [Double]) -> Bool {
    var (taken, moved, before) = (0.0, 0.0, initialMegawattHours)
    for content in contents {
      taken += max(before - content, 0)
      moved += abs(before - content)
      before = content
    }
    return taken <= limit && moved <= 2 * limit
  }

  private func powers(_ contents: [Double], hours: Double) -> [Double] {
    zip([initialMegawattHours] + contents, contents).map { before, after in
      let change = after - before
      return change > 0 ? -change / unit.chargeEfficiency / hours : -change * unit.dischargeEfficiency / hours
    }
  }

  /// Contents after each interval.
  ///
  /// - Parameter price: of a MWh that goes into or comes out of the store. What goes in is what comes out and what is then stored more:
  ///   the price is paid twice by what comes out and once by what is left at the end.
  private func contents(prices: [Double], hours: Double, priceOfThroughput price: Double) -> [Double] {
    var priced = self
    priced.endValuePerMWh -= price
    let values = StoredEnergyValues(
      priced, prices: prices, hours: hours, addedPerMWh: 2 * price / unit.dischargeEfficiency)
    var stored = initialMegawattHours
    return prices.indices.map { interval in
      stored = values.next(stored: stored, interval: interval, price: prices[interval])
      return stored
    }
  }
}

extension StoredEnergyValues {
  /// Mean over the intervals of what a further MWh is worth at a share of the usable energy.
  func meanSlope(atShare share: Double) -> Double {
    let intervals = starts.count - 1
    let place = share * unit.usableMegawattHours
    let sum = (0..<intervals).reduce(0.0) { sum, interval in
      var (end, slope) = (0.0, 0.0)
      for index in starts[interval]..<starts[interval + 1] where end <= place {
        end += lengths[index]
        slope = slopes[index]
      }
      return sum + slope
    }
    return sum / Double(max(intervals, 1))
  }
}
