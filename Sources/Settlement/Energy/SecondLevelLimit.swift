public import MarketModel
public import MarketRules

/// A second limit that lowers prices for settlement; what was disclosed stays as it was.
public enum SecondLevelLimit: Hashable, Sendable {
  /// Every price times trigger ÷ mean, for each stage on whose day the mean unified price is above the trigger.
  case proportional(trigger: EnergyPrice)
  /// No settled price above cap × factor, once the trigger of days or nodes is met.
  case loweredCap(cap: EnergyPrice, factorPartsPerMillion: Int64, trigger: LoweredCapTrigger)

  /// The limit of a pack.
  ///
  /// - Returns: nil without a second limit, or where its figures are unknown; the note says which.
  public static func of(_ pack: RulePack) -> (limit: SecondLevelLimit?, note: String?) {
    let rules = pack.settlement.secondLevel
    guard let form = rules.form.value else {
      return (nil, "\(pack.name) does not know settlement.second_level_form; prices are settled as disclosed")
    }
    switch form {
    case .none: return (nil, nil)
    case .proportional:
      guard let trigger = rules.trigger.value else {
        return (
          nil,
          "\(pack.name) has a second price limit but does not know settlement.second_level_trigger_per_MWh; prices are settled as disclosed"
        )
      }
      return (.proportional(trigger: trigger), nil)
    case .loweredCap:
      guard let cap = pack.clearing.cap.value, let factor = rules.factor.value else {
        return (
          nil,
          "\(pack.name) has a second price limit but lacks clearing.cap or settlement.second_level_factor; prices are settled as disclosed"
        )
      }
      let trigger = LoweredCapTrigger(
        days: rules.days.value, nodeSharePartsPerMillion: rules.nodeShare.value.map(partsPerMillion),
        hours: rules.nodeHours.value)
      return (.loweredCap(cap: cap, factorPartsPerMillion: partsPerMillion(factor), trigger: trigger), nil)
    }
  }
}

/// When the upper limit is lowered: either is enough.
public struct LoweredCapTrigger: Hashable, Sendable {
  /// Days running, up to and with the day, on which the mean unified price was above the upper limit.
  public let days: Int?
  /// Share of the nodes at the maximum over so many hours on end.
  public let nodeSharePartsPerMillion: Int64?
  public let hours: Int?

  public init(days: Int?, nodeSharePartsPerMillion: Int64?, hours: Int?) {
    self.days = days
    self.nodeSharePartsPerMillion = nodeSharePartsPerMillion
    self.hours = hours
  }
}

/// What the market looked like, for the triggers of a second limit.
public struct SecondLevelEvidence: Hashable, Sendable {
  /// Mean unified prices of days that follow each other without a hole, the settled day last.
  public let dailyMeans: [EnergyPrice]
  /// Share of the nodes at the maximum in parts per million, by hour of the day; empty where nodes are not known.
  public let nodesAtMaximum: [Int64]

  public init(dailyMeans: [EnergyPrice], nodesAtMaximum: [Int64] = []) {
    self.dailyMeans = dailyMeans
    self.nodesAtMaximum = nodesAtMaximum
  }
}

extension SettlementPrices {
  /// The prices under a second limit.
  ///
  /// Worked: a day's mean of 1000 above a trigger of 800 turns 1500 into 1200.
  public func settled(under limit: SecondLevelLimit, evidence: SecondLevelEvidence) -> SettlementPrices {
    switch limit {
    case .proportional(let trigger): return scaled(to: trigger)
    case .loweredCap(let cap, let factor, let trigger):
      let lowered = quotientHalfToEven(Int128(cap.microPerMegawattHour) * Int128(factor), 1_000_000)
      guard let limit = EnergyPrice(quotient: lowered, 1), let why = trigger.reason(evidence, above: cap) else {
        return self
      }
      return settled("upper limit \(limit.text) instead of \(cap.text): \(why)") { _, price in min(price, limit) }
    }
  }

  private func scaled(to trigger: EnergyPrice) -> SettlementPrices {
    var result = self
    for (unified, node, name) in [
      (PricePoint.dayAheadUnified, PricePoint.dayAheadNode, "day-ahead"),
      (.realTimeUnified, .realTimeNode, "real-time"),
    ] {
      guard let prices = series[unified], !prices.isEmpty else { continue }
      let sum = prices.reduce(Int128(0)) { $0 + Int128($1.microPerMegawattHour) }
      let count = Int128(prices.count)
      guard trigger > .zero, sum > Int128(trigger.microPerMegawattHour) * count,
        let mean = EnergyPrice(quotient: sum, count)
      else { continue }
      let why = "\(name) mean \(mean.text) is above \(trigger.text): prices × \(trigger.text) ÷ \(mean.text)"
      result = result.settled(why) { point, price in
        guard point == unified || point == node || (point == .zone && unified == .realTimeUnified) else { return price }
        let scaled = Int128(price.microPerMegawattHour) * Int128(trigger.microPerMegawattHour) * count
        return EnergyPrice(quotient: scaled, sum) ?? price
      }
    }
    return result
  }
}

extension LoweredCapTrigger {
  /// Why the limit is lowered; nil if it is not.
  func reason(_ evidence: SecondLevelEvidence, above cap: EnergyPrice) -> String? {
    if let days, days > 0, evidence.dailyMeans.count >= days, evidence.dailyMeans.suffix(days).allSatisfy({ $0 > cap })
    {
      return "the unified price was above \(cap.text) on \(days) days running"
    }
    guard let share = nodeSharePartsPerMillion, let hours, hours > 0 else { return nil }
    var run = 0
    for value in evidence.nodesAtMaximum {
      run = value >= share ? run + 1 : 0
      if run >= hours { return "\(Double(share) / 10_000) % of the nodes were at the maximum for \(hours) hours" }
    }
    return nil
  }
}
