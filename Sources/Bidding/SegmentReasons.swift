internal import Foundation
internal import MarketModel
internal import UnitScheduling

/// Says of every segment of an offer why it stands where it does and what it is expected to bring.
struct SegmentReasons {
  let problem: UnitProblem
  let offer: DrawnOffer
  let paths: [[Double]]
  let currency: String
  /// What coal is worth above its price, if it is scarce.
  var fuel: FuelValue?

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
      kind: kind, reason: sentence(kind, marginal: marginal, share: share, price: price),
      marginalCostPerMegawattHour: marginal, clearingShare: share, expectedProfit: profit)
  }

  private func kind(_ number: Int) -> SegmentReason.Kind {
    guard offer.commitment.contains(true) else { return .startUpRecovery }
    if number == 0 { return .minimumLoadBlock }
    return offer.isStandard ? .costPlus : .marginalCost
  }

  private func sentence(_ kind: SegmentReason.Kind, marginal: Double, share: Double, price: EnergyPrice) -> Reason {
    let cost = String(format: "%.0f", marginal)
    let percent = String(format: "%.0f", share * 100)
    let reached =
      Reason(
        english: "the price reaches the end of this segment in \(percent) % of scenario intervals on line.",
        chinese: "并网时段中 \(percent)% 的情景价格达到本段终点。")
    switch kind {
    case .minimumLoadBlock:
      let hours = String(format: "%.2g", Double(offer.commitment.filter { $0 }.count) * problem.length.hours)
      return Reason(
        english: "Lowest output, offered at the floor to stay on line for \(hours) h: it costs \(cost)"
          + " \(currency)/MWh on average, and a hot restart would cost \(restartCost) \(currency).",
        chinese: "最小出力段按报价下限申报，以保证并网 \(hours) 小时：平均成本 \(cost) \(currency)/MWh，热态启动需 \(restartCost) \(currency)。")
    case .startUpRecovery:
      return Reason(
        english: "Planned off line: from \(price.text) \(currency)/MWh the shortest run earns back its start;"
          + " the price reaches that in \(percent) % of scenario intervals.",
        chinese: "计划停机：价格达到 \(price.text) \(currency)/MWh 时，最短运行可收回启动费用；\(percent)% 的情景时段达到该价格。")
    case .marginalCost:
      return Reason(
        english: "One more MWh costs \(cost) \(currency)\(scarcity.english); \(reached.english)",
        chinese: "边际成本 \(cost) \(currency)/MWh\(scarcity.chinese)；\(reached.chinese)")
    case .costPlus:
      let margin = Int(StandardOffer.margin * 100)
      return Reason(
        english: "One more MWh costs \(cost) \(currency), plus \(margin) %; \(reached.english)",
        chinese: "边际成本 \(cost) \(currency)/MWh，加成 \(margin)%；\(reached.chinese)")
    }
  }

  /// Why a segment stands above what its coal costs.
  private var scarcity: Reason {
    guard let fuel else { return Reason(english: "", chinese: "") }
    let value = String(format: "%.0f", fuel.perStandardTonne)
    return Reason(
      english: " and takes standard coal that is worth \(value) \(currency) a tonne more on another day of the week",
      chinese: "，所耗标煤留到本周其他日每吨多值 \(value) \(currency)")
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
