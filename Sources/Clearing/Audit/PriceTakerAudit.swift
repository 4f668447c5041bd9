public import MarketModel

/// What is wrong with the schedule that a unit's offer cleared.
public struct ScheduleFinding: Hashable, Sendable, CustomStringConvertible {
  public let unit: UnitID
  /// nil where the whole day is meant.
  public let interval: Int?
  public let sentence: String
  public var description: String { "unit \(unit)" + (interval.map { ", interval \($0)" } ?? "") + ": " + sentence }
}

/// Judges what a bid book cleared as price taker from the bids, the units' limits and the prices alone: on line as
/// declared, within limits and ramps, not above the curve, and paid exactly.
public struct PriceTakerAudit: Sendable {
  public let findings: [ScheduleFinding]
  public var isPassed: Bool { findings.isEmpty }
  /// "passed", or the first findings as sentences.
  public var verdict: String {
    isPassed ? "passed" : "failed: " + findings.prefix(5).map(\.description).joined(separator: "; ")
  }

  public init(_ result: ClearingResult, of book: BidBook, unitDays: [UnitDay]) {
    let schedules = Dictionary(result.schedules.map { ($0.unit, $0) }, uniquingKeysWith: { first, _ in first })
    let days = Dictionary(unitDays.map { ($0.unit.id, $0) }, uniquingKeysWith: { first, _ in first })
    var found: [ScheduleFinding] = []
    for bid in book.bids {
      guard let schedule = schedules[bid.unit], let day = days[bid.unit] else {
        found.append(ScheduleFinding(unit: bid.unit, interval: nil, sentence: "the bid has no schedule"))
        continue
      }
      let audit = ScheduleAudit(bid: bid, day: day, schedule: schedule, prices: result.prices.prices)
      found += audit.outputFindings() + audit.rampFindings() + audit.accountFindings()
    }
    if result.schedules.count != book.bids.count {
      found.append(
        ScheduleFinding(
          unit: result.schedules.first?.unit ?? UnitID(""), interval: nil,
          sentence: "\(result.schedules.count) schedules for \(book.bids.count) bids"))
    }
    findings = found
  }
}

/// The audit of one unit's day.
private struct ScheduleAudit {
  let bid: UnitBid
  let day: UnitDay
  let schedule: ClearedSchedule
  let prices: IntervalSeries<EnergyPrice>

  private func finding(_ index: Int?, _ sentence: String) -> ScheduleFinding {
    ScheduleFinding(unit: bid.unit, interval: index.map { $0 + 1 }, sentence: sentence)
  }

  func outputFindings() -> [ScheduleFinding] {
    let last = bid.curve.points.last?.output ?? .zero
    return schedule.output.values.indices.compactMap { index in
      let output = schedule.output.values[index]
      guard schedule.commitment.values[index] == bid.commitment.values[index] else {
        return finding(index, "the unit is not on line as it declared")
      }
      guard bid.commitment.values[index] else {
        return output == .zero ? nil : finding(index, "\(output) are cleared off line")
      }
      let limits = (day.minimumOutput.values[index], min(day.availableCapacity.values[index], last))
      return output < limits.0 || output > limits.1
        ? finding(index, "\(output) lies outside \(limits.0) to \(limits.1)") : nil
    }
  }

  /// Between intervals on line; a fall to what is still available is the outage's, not the dispatch's.
  func rampFindings() -> [ScheduleFinding] {
    let outputs = schedule.output.values
    let length = day.grid.length
    return outputs.indices.dropFirst().compactMap { index in
      guard schedule.commitment.values[index], schedule.commitment.values[index - 1] else { return nil }
      let change = outputs[index] - outputs[index - 1]
      let isForced = outputs[index] == day.availableCapacity.values[index]
      if change > day.unit.rampUp.largestChange(over: length) { return finding(index, "output rises by \(change)") }
      let fall = outputs[index - 1] - outputs[index]
      return fall > day.unit.rampDown.largestChange(over: length) && !isForced
        ? finding(index, "output falls by \(fall)") : nil
    }
  }

  /// Energy, money and starts, recomputed.
  func accountFindings() -> [ScheduleFinding] {
    var (energy, revenue, starts) = (Energy.zero, Int128(0), 0)
    var wasOn = day.initialState.isOn
    for (index, output) in schedule.output.values.enumerated() {
      let net = day.unit.netOutput(ofGross: output).energy(over: day.grid.length)
      energy = energy + net
      revenue += net.value(at: prices.values[index]).quanta
      if schedule.commitment.values[index], !wasOn { starts += 1 }
      wasOn = schedule.commitment.values[index]
    }
    var found: [ScheduleFinding] = []
    if energy != schedule.clearedEnergy { found.append(finding(nil, "the energy does not add up")) }
    if revenue != schedule.revenue.quanta { found.append(finding(nil, "the revenue does not add up")) }
    if starts != schedule.starts { found.append(finding(nil, "\(schedule.starts) starts, \(starts) were counted")) }
    return found
  }
}
