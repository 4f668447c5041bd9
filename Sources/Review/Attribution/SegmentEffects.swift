internal import Clearing
public import MarketModel

/// What one segment of a curve kept in or out against the best output on the same intervals.
public struct SegmentEffect: Hashable, Sendable {
  /// 1 for the first segment.
  public let segment: Int
  public let from: Power
  public let to: Power
  public let price: EnergyPrice
  /// Net MWh that were worth their cost and stayed out, and that were not and came in.
  public private(set) var lostMegawattHours = 0.0
  public private(set) var surplusMegawattHours = 0.0
  /// Profit lost by both, in currency units; not below zero beyond what ramps turn around.
  public private(set) var loss = 0.0

  fileprivate init(segment: Int, from: Power, to: Power, price: EnergyPrice) {
    self.segment = segment
    self.from = from
    self.to = to
    self.price = price
  }

  fileprivate mutating func add(lost: Double, surplus: Double, loss: Double) {
    lostMegawattHours += lost
    surplusMegawattHours += surplus
    self.loss += loss
  }
}

/// The loss by bid shape told by the segments in which output was kept out or in, of the submitted commitment.
public func segmentEffects(
  of bid: UnitBid, on day: UnitDay, _ outcomes: DecisionOutcomes, prices: MarketPrices
) -> [SegmentEffect] {
  var start = Power.zero
  var effects: [SegmentEffect] = []
  for (number, point) in bid.curve.points.enumerated() {
    effects.append(SegmentEffect(segment: number + 1, from: start, to: point.output, price: point.price))
    start = point.output
  }
  let unit = day.unit
  let share = 1 - Double(unit.auxiliaryPowerPartsPerMillion) / 1_000_000
  let hours = prices.prices.grid.length.hours
  for (index, price) in prices.prices.values.enumerated() where outcomes.submitted.commitment.values[index] {
    let own = outcomes.submitted.output.values[index].megawatts
    let ideal = outcomes.submittedCommitment.output.values[index].megawatts
    guard own != ideal else { continue }
    for number in effects.indices {
      let low = max(min(own, ideal), effects[number].from.megawatts)
      let high = min(max(own, ideal), effects[number].to.megawatts)
      guard high > low else { continue }
      let energy = (high - low) * share * hours
      let profit =
        energy * price.perMegawattHour
        - hours * (unit.costPerHour(atMegawatts: high) - unit.costPerHour(atMegawatts: low))
      effects[number].add(
        lost: own < ideal ? energy : 0, surplus: own > ideal ? energy : 0, loss: own < ideal ? profit : -profit)
    }
  }
  return effects.filter { $0.lostMegawattHours > 0 || $0.surplusMegawattHours > 0 }
}
