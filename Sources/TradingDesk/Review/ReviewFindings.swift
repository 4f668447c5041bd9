internal import MarketModel
internal import Review

/// The largest losses of a review with their causes in words.
struct ReviewFindings {
  /// Findings that a report holds, and of these at least of each cause, if it has as many.
  static let most = 20
  static let ofEachCause = 3

  let days: [ReviewedDay]

  init(_ days: [ReviewedDay]) { self.days = days }

  func all() throws -> [ReviewReport.Finding] {
    var found: [ReviewReport.Finding] = []
    for day in days {
      found += try inDeskTerms { try fleet(day) }
      for unit in day.units { found += try inDeskTerms { try own(unit, day) } }
    }
    return Self.largest(found)
  }

  /// The largest losses, so that no cause hides behind the others.
  private static func largest(_ all: [ReviewReport.Finding]) -> [ReviewReport.Finding] {
    let sorted = all.sorted { ($0.amount, $0.day, $0.unit) < ($1.amount, $1.day, $1.unit) }
    var taken: [String: Int] = [:]
    let isFirst = sorted.map { finding -> Bool in
      taken[finding.cause, default: 0] += 1
      return (taken[finding.cause] ?? 0) <= ofEachCause
    }
    var room = most - isFirst.count { $0 }
    return zip(sorted, isFirst).compactMap { finding, isFirst in
      if !isFirst { room -= 1 }
      return isFirst || room >= 0 ? finding : nil
    }
  }

  /// What the whole fleet shares: the forecasts.
  private func fleet(_ day: ReviewedDay) throws(QuantityError) -> [ReviewReport.Finding] {
    var sum = ProfitWaterfall.zero
    for unit in day.units { try sum.add(unit.waterfall) }
    var found: [ReviewReport.Finding] = []
    if sum[.systemForecast] < .zero {
      let part = day.systemError.map {
        "; furthest off was \($0.name), expected \(readable(abs($0.megawatts))) MW \($0.megawatts > 0 ? "above" : "below") what came (\(signed($0.share * 100, decimals: 0)) %)"
      }
      found.append(
        finding(
          day, "fleet", .systemForecast, sum[.systemForecast],
          "load and renewables were forecast wrong\(part ?? "")"))
    }
    if sum[.priceForecast] < .zero {
      let error = day.skill.map { ": MAE \(readable($0.meanAbsoluteError, decimals: 1)) \(day.currency)/MWh" } ?? ""
      found.append(
        finding(day, "fleet", .priceForecast, sum[.priceForecast], "prices were forecast wrong\(error)"))
    }
    return found
  }

  private func own(_ unit: ReviewedUnit, _ day: ReviewedDay) throws(QuantityError) -> [ReviewReport.Finding] {
    var found: [ReviewReport.Finding] = []
    let effects = unit.waterfall
    if effects[.physics] < .zero {
      let lost = unit.gap.lost[.outage] ?? .zero
      found.append(
        finding(
          day, unit.unit.text, .physics, effects[.physics],
          "\(readable(lost.megawattHours)) MWh were sold and not delivered after an outage that came after the gate"))
    }
    if effects[.bidShape] < .zero {
      found.append(finding(day, unit.unit.text, .bidShape, effects[.bidShape], Self.shape(unit)))
    }
    // What the schedule over all days gives up on the day as well is no loss: tomorrow is worth it.
    let horizon = max(effects[.horizon], .zero)
    let commitment = try effects[.commitment] + horizon
    if commitment < .zero {
      let part =
        horizon.amount >= 1
        ? "; \(readable(horizon.amount)) \(day.currency) more are what the following days were worth" : ""
      found.append(
        finding(
          day, unit.unit.text, .commitment, commitment,
          "on line otherwise than was best at the forecast for the day (tomorrow's outlook, risk, limits of the plant)\(part)"
        ))
    }
    return found
  }

  /// The segment to which most of a loss by the curve goes.
  private static func shape(_ unit: ReviewedUnit) -> String {
    guard let segment = unit.segments.max(by: { $0.loss < $1.loss }), segment.loss > 0 else {
      return "the curve stayed behind the best output of the day, and no segment stands out (ramps, what was on line)"
    }
    let isFirst = segment.from == unit.unitDay.unit.minimumStableOutput
    let how =
      segment.lostMegawattHours >= segment.surplusMegawattHours
      ? "kept out \(readable(segment.lostMegawattHours)) MWh that were worth their cost"
      : "let in \(readable(segment.surplusMegawattHours)) MWh below their cost"
    return
      "segment \(segment.segment) (\(segment.from.megawattText) to \(segment.to.megawattText) MW at \(segment.price.text)"
      + "\(isFirst ? ", the first above the lowest output" : "")) \(how)"
  }

  private func finding(
    _ day: ReviewedDay, _ unit: String, _ cause: ProfitCause, _ amount: Money, _ why: String
  ) -> ReviewReport.Finding {
    ReviewReport.Finding(
      day: day.day, unit: unit, cause: cause.rawValue, amount: amount.amount,
      sentence: "\(day.day) \(unit): \(why); \(signed(amount.amount)) \(day.currency).")
  }
}
