/// Worth of stored energy in front of every interval at known prices: concave and piecewise linear in what is stored, so that a step
/// back in time is a merge of segments in the order of their slopes (exact; no grid).
final class StoredEnergyValues: Sendable {
  let unit: StorageUnit
  let hours: Double
  /// Of a delivered MWh: wear, and what keeps deliveries within a limit.
  let deliveryCost: Double
  /// Segments of the function in front of interval t stand at starts[t]..<starts[t + 1], from empty to full.
  let starts: [Int]
  let slopes: [Double]
  let lengths: [Double]
  /// Value of an empty store in front of the first interval.
  let valueWhenEmpty: Double

  /// - Parameters:
  ///   - prices: of delivered and drawn energy, per MWh.
  ///   - addedPerMWh: beside wear, for a limit of deliveries.
  ///
  /// Where a price is so negative that burning energy in losses would pay, the function is that of its concave hull.
  init(_ battery: MemberBattery, prices: [Double], hours: Double, addedPerMWh: Double = 0) {
    unit = battery.unit
    deliveryCost = battery.unit.wearCostPerMWh + addedPerMWh
    self.hours = hours
    let charge = unit.chargeMegawatts * hours * unit.chargeEfficiency
    let discharge = unit.dischargeMegawatts * hours / unit.dischargeEfficiency
    var rows: [(slopes: [Double], lengths: [Double])] = [([battery.endValuePerMWh], [unit.usableMegawattHours])]
    var whenEmpty = 0.0
    for price in prices.reversed() {
      let charging = price / unit.chargeEfficiency
      let discharging = unit.dischargeEfficiency * (price - deliveryCost)
      let hull = (charging * charge + discharging * discharge) / (charge + discharge)
      let added =
        charging >= discharging ? [(charging, charge), (discharging, discharge)] : [(hull, charge + discharge)]
      whenEmpty -= charging * charge
      whenEmpty += StoredEnergyValues.step(
        &rows, added: added, dropped: charge, kept: unit.usableMegawattHours)
    }
    valueWhenEmpty = whenEmpty
    slopes = rows.reversed().flatMap(\.slopes)
    lengths = rows.reversed().flatMap(\.lengths)
    starts = rows.reversed().reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.slopes.count) }
  }

  /// Merges segments into the last row, drops the first `dropped` of its length and what lies beyond `kept`.
  ///
  /// - Returns: what the dropped front was worth.
  private static func step(
    _ rows: inout [(slopes: [Double], lengths: [Double])], added: [(Double, Double)], dropped: Double, kept: Double
  ) -> Double {
    let last = rows[rows.count - 1]
    var (slopes, lengths): ([Double], [Double]) = ([], [])
    slopes.reserveCapacity(last.slopes.count + 2)
    lengths.reserveCapacity(last.slopes.count + 2)
    var (own, other, toDrop, room, worth) = (0, 0, dropped, kept, 0.0)
    while room > 1e-12, own < last.slopes.count || other < added.count {
      let takesOwn = other == added.count || (own < last.slopes.count && last.slopes[own] >= added[other].0)
      let slope = takesOwn ? last.slopes[own] : added[other].0
      var length = takesOwn ? last.lengths[own] : added[other].1
      if takesOwn { own += 1 } else { other += 1 }
      let cut = min(toDrop, length)
      worth += slope * cut
      toDrop -= cut
      length = min(length - cut, room)
      guard length > 1e-12 else { continue }
      room -= length
      if let before = slopes.last, before == slope {
        lengths[lengths.count - 1] += length
      } else {
        slopes.append(slope)
        lengths.append(length)
      }
    }
    rows.append((slopes, lengths))
    return worth
  }

  /// Value of what is stored in front of an interval, the first counting as 0 when empty.
  func valueAtStart(stored: Double) -> Double {
    var (value, left) = (valueWhenEmpty, stored)
    for index in starts[0]..<starts[1] where left > 0 {
      let length = min(lengths[index], left)
      value += slopes[index] * length
      left -= length
    }
    return value
  }

  /// What is stored after an interval at a price, from `stored` before it.
  func next(stored: Double, interval: Int, price: Double) -> Double {
    let charging = price / unit.chargeEfficiency
    let discharging = unit.dischargeEfficiency * (price - deliveryCost)
    var (low, high) = (0.0, 0.0)
    for index in starts[interval + 1]..<starts[interval + 2] {
      if slopes[index] >= discharging { low += lengths[index] }
      if slopes[index] > charging { high += lengths[index] }
    }
    if stored < high { return min(high, stored + unit.chargeMegawatts * hours * unit.chargeEfficiency) }
    if stored > low { return max(low, stored - unit.dischargeMegawatts * hours / unit.dischargeEfficiency) }
    return stored
  }

  /// Power at the meter of a change from one content to another, MW.
  func power(from stored: Double, to next: Double) -> Double {
    let change = next - stored
    return change > 0 ? -change / unit.chargeEfficiency / hours : -change * unit.dischargeEfficiency / hours
  }

  /// Content after an interval at a power, from `stored`.
  func stored(after power: Double, from stored: Double) -> Double {
    let change = power < 0 ? -power * unit.chargeEfficiency * hours : -power / unit.dischargeEfficiency * hours
    return min(max(stored + change, 0), unit.usableMegawattHours)
  }
}
