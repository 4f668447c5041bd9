internal import Foundation
internal import MarketModel
internal import UnitScheduling

/// Says of every segment of an offer why it stands where it does and what it is expected to bring.
struct SegmentReasons {
  let problem: UnitProblem
  let offer: DrawnOffer
  let paths: [[Double]]
  let currency: String

  func reasons() -> [SegmentReason] {
    var start = 0.0
    return offer.curve.points.enumerated().map { number, point in
      let end = point.output.megawatts
      defer { start = end }
      return reason(number: number, from: start, to: end, price: point.price)
    }
  }

  private func reason(number: Int, from start: Double, to end: Double, price: EnergyPrice) -> SegmentReason {
    let kind = kind(number)
    let marginal =
      number == 0
      ? problem.unit.averageCost(atMegawatts: end)
      : problem.unit.incrementalCost(fromMegawatts: start, toMegawatts: end)
    let share = clearingShare(of: price)
    let profit = expectedProfit(from: start, to: end, isFirst: number == 0)
    return SegmentReason(
      kind: kind, sentence: sentence(kind, marginal: marginal, share: share, price: price),
      marginalCostPerMegawattHour: marginal, clearingShare: share, expectedProfit: profit)
  }

  private func kind(_ number: Int) -> SegmentReason.Kind {
    guard offer.commitment.contains(true) else { return .startUpRecovery }
    if number == 0 { return .minimumLoadBlock }
    return offer.isStandard ? .costPlus : .marginalCost
  }

  private func sentence(_ kind: SegmentReason.Kind, marginal: Double, share: Double, price: EnergyPrice) -> String {
    let cost = String(format: "%.0f", marginal)
    let percent = String(format: "%.0f", share * 100)
    switch kind {
    case .minimumLoadBlock:
      let hours = Double(offer.commitment.filter { $0 }.count) * problem.length.hours
      return
        "Lowest output, offered at the floor to stay on line for \(String(format: "%.2g", hours)) h: it costs \(cost)"
        + " \(currency)/MWh on average, and a hot restart would cost \(restartCost) \(currency)."
    case .startUpRecovery:
      return "Planned off line: from \(price.text) \(currency)/MWh the shortest run earns back its start;"
        + " the price reaches that in \(percent) % of scenario intervals."
    case .marginalCost:
      return "One more MWh costs \(cost) \(currency); the price reaches the end of this segment in \(percent) % of"
        + " scenario intervals on line."
    case .costPlus:
      return
        "One more MWh costs \(cost) \(currency), plus \(Int(StandardOffer.margin * 100)) %; the price reaches the end"
        + " of this segment in \(percent) % of scenario intervals on line."
    }
  }

  private var restartCost: String { problem.unit.startUp.stages.first?.cost.text ?? "0.00" }

  /// Share of scenario intervals, on line ones if there are any, in which the price reaches `price`.
  private func clearingShare(of price: EnergyPrice) -> Double {
    let counts = offer.commitment.contains(true)
    var reached = 0
    var all = 0
    for path in paths {
      for (value, isOn) in zip(path, offer.commitment) where isOn || !counts {
        all += 1
        if value >= price.perMegawattHour { reached += 1 }
      }
    }
    return all == 0 ? 0 : Double(reached) / Double(all)
  }

  /// Mean over the scenarios of what the output between `start` and `end` earns; the first segment carries the starts.
  private func expectedProfit(from start: Double, to end: Double, isFirst: Bool) -> Double {
    let schedules = offer.outcome.schedules
    guard !schedules.isEmpty else { return 0 }
    let levels = problem.levels
    let unit = problem.unit
    let baseCost = isFirst ? 0 : unit.costPerHour(atMegawatts: start)
    let share = 1 - Double(unit.auxiliaryPowerPartsPerMillion) / 1_000_000
    let gained = levels.megawatts.map { output -> (net: Double, cost: Double) in
      guard output > start else { return (0, 0) }
      let reached = min(output, end)
      return ((reached - start) * share, unit.costPerHour(atMegawatts: reached) - baseCost)
    }
    var total = 0.0
    for (schedule, path) in zip(schedules, paths) {
      for (level, price) in zip(schedule.levelIndex, path) where level >= 0 {
        total += price * gained[level].net - gained[level].cost
      }
    }
    let mean = total * problem.length.hours / Double(schedules.count)
    return isFirst ? mean - offer.outcome.startUpCost : mean
  }
}
