internal import Foundation
internal import MarketModel
internal import UnitScheduling

/// Why a unit is on or off line as its offer says, and how far its last segments are likely to be called.
struct UnitReason {
  let problem: UnitProblem
  let offer: DrawnOffer
  let paths: [[Double]]
  let currency: String
  let fuel: FuelValue?

  func reason() -> Reason {
    let parts = [offer.commitment.contains(true) ? staysOn() : staysOff(), scarcity()].compactMap(\.self)
    return Reason(
      english: parts.map(\.english).joined(separator: " "), chinese: parts.map(\.chinese).joined())
  }

  private func staysOn() -> Reason {
    let on = Double(offer.commitment.count { $0 }) * problem.length.hours
    let (hours, loss) = belowCost()
    let restart = problem.unit.startUp.stages.first?.cost.text ?? "0.00"
    let starts = problem.startUpCost(of: offer.commitment)
    let last = offer.curve.points.last?.price.text ?? "–"
    let reached = percent(lastSegmentShare())
    var english = "On line \(number(on)) h"
    var chinese = "并网 \(number(on)) 小时"
    if starts > 0 {
      english += ", its starts cost \(whole(starts)) \(currency)"
      chinese += "，启动费用 \(whole(starts)) \(currency)"
    }
    if hours > 0 {
      english +=
        ": \(number(hours)) h below its cost at lowest output take \(whole(loss)) \(currency), a restart would cost \(restart)"
      chinese += "：最小出力亏损 \(number(hours)) 小时共 \(whole(loss)) \(currency)，而重新启动需 \(restart)"
    } else {
      english += ": the expected price pays its lowest output throughout"
      chinese += "：预期价格全程覆盖最小出力成本"
    }
    return Reason(
      english: english + ". The last segment ends at \(last) because \(reached) % of scenario intervals reach it.",
      chinese: chinese + "。末段报 \(last)，因 \(reached)% 的情景时段可达到。")
  }

  private func staysOff() -> Reason {
    let first = offer.curve.points.first?.price.text ?? "–"
    return Reason(
      english:
        "Off line all day: no run earns its start at the expected prices; from \(first) \(currency)/MWh it would.",
      chinese: "全天停机：按预期价格运行无法收回启动费用；价格达到 \(first) \(currency)/MWh 时方可。")
  }

  private func scarcity() -> Reason? {
    guard let fuel else { return nil }
    let (budget, value) = (fuel.budget, whole(fuel.perStandardTonne))
    let (left, free) = (whole(budget.standardTonnes), whole(fuel.freeTonnes))
    return Reason(
      english:
        "The plant's \(budget.substance) allows \(left) t of standard coal in \(budget.days) days, \(free) t would be burned: "
        + "a tonne counts \(value) \(currency) more"
        + (fuel.isKept ? "." : ", and still its duties burn \(whole(fuel.plannedTonnes)) t."),
      chinese: "电厂 \(budget.substance) 未来 \(budget.days) 日仅允许标煤 \(left) t，预计需 \(free) t：每吨按高出 \(value) \(currency) 计"
        + (fuel.isKept ? "。" : "，但必开任务仍需 \(whole(fuel.plannedTonnes)) t。"))
  }

  /// Hours on line in which the mean price does not pay the lowest output, and what they take.
  private func belowCost() -> (hours: Double, loss: Double) {
    var (hours, loss) = (0.0, 0.0)
    for (interval, isOn) in offer.commitment.enumerated() where isOn {
      guard let lowest = problem.allowed[interval]?.lowerBound else { continue }
      let price = paths.reduce(0) { $0 + $1[interval] } / Double(max(paths.count, 1))
      let earned = price * problem.levels.netMegawatts[lowest] - problem.levels.costPerHour[lowest]
      guard earned < 0 else { continue }
      hours += problem.length.hours
      loss -= earned * problem.length.hours
    }
    return (hours, loss)
  }

  private func lastSegmentShare() -> Double {
    guard let price = offer.curve.points.last?.price.perMegawattHour else { return 0 }
    var (reached, all) = (0, 0)
    for path in paths {
      for (value, isOn) in zip(path, offer.commitment) where isOn {
        all += 1
        if value >= price { reached += 1 }
      }
    }
    return all == 0 ? 0 : Double(reached) / Double(all)
  }

  private func whole(_ value: Double) -> String { String(format: "%.0f", value) }
  private func number(_ value: Double) -> String { String(format: "%g", value) }
  private func percent(_ share: Double) -> String { String(format: "%.0f", 100 * share) }
}
