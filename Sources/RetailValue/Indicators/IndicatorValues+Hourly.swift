internal import MarketModel

extension IndicatorValues {
  /// E5: Σ (q − plan)(P_RT − P_DA) / Σ q over the window's hours with plan, reading and both prices, per MWh.
  func imbalanceCost(_ plan: [Int: [Double]], _ loads: PortfolioLoads, _ position: Int) -> Double? {
    guard let readings = loads.details[position] else { return nil }
    var (cost, energy) = (0.0, 0.0)
    for day in plan.keys.sorted() where isInWindow(day) {
      let place = PriceHours.place(day)
      guard let planned = plan[day], let used = readings[day], let realTime = loads.hours.realTime[place.month],
        let dayAhead = loads.hours.dayAhead[place.month]
      else { continue }
      for hour in 0..<24 {
        let spread = realTime[place.day * 24 + hour] - dayAhead[place.day * 24 + hour]
        guard planned[hour].isFinite, used[hour].isFinite, spread.isFinite else { continue }
        cost += (used[hour] - planned[hour]) * spread
        energy += used[hour]
      }
    }
    return energy > 0 ? cost / energy : nil
  }

  /// G4: Σ min(q, g) / Σ q in % over the window's hours from the first to the last day with green energy.
  func hourlyMatching(_ green: [Int: [Double]], _ loads: PortfolioLoads, _ position: Int) -> Double? {
    guard let first = green.keys.min(), let last = green.keys.max(), let readings = loads.details[position] else {
      return nil
    }
    var (matched, energy) = (0.0, 0.0)
    for day in readings.keys.sorted() where isInWindow(day) && (first...last).contains(day) {
      for (hour, used) in (readings[day] ?? []).enumerated() where used.isFinite {
        let produced = green[day]?[hour] ?? 0
        matched += min(used, produced.isFinite ? produced : 0)
        energy += used
      }
    }
    return energy > 0 ? 100 * matched / energy : nil
  }

  /// M5: Σ min(delivered, committed) / Σ committed in % over the window.
  func demandResponse(_ records: [DemandResponseRecord]) -> Double? {
    let counted = records.filter { isInWindow($0.day.dayNumber) && $0.committedMWh > 0 }
    let committed = counted.reduce(0) { $0 + $1.committedMWh }
    guard committed > 0 else { return nil }
    return 100 * counted.reduce(0) { $0 + min(max($1.deliveredMWh, 0), $1.committedMWh) } / committed
  }

  private func isInWindow(_ day: Int) -> Bool {
    day <= lastDay.dayNumber && day > lastDay.dayNumber - facts.daily.count
  }
}
