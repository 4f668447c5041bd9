internal import Foundation
internal import MarketModel
internal import NumericMethods

extension IndicatorValues {
  /// Amount-weighted and largest days past due over the twelve months up to a day, or up to the last bill if all are older.
  static func daysLate(_ payments: [RetailPayment], lastDay: MarketDay) -> (mean: Double, largest: Double)? {
    let past = payments.filter { $0.due <= lastDay && $0.amount > 0 }
    let list = past.isEmpty ? payments.filter { $0.amount > 0 } : past
    guard let end = list.map({ max($0.due, $0.paid ?? $0.due) }).max() else { return nil }
    let from = list.map(\.due).max().map { $0.advanced(by: -365) } ?? end
    let counted = list.filter { $0.due > from }
    let reference = past.isEmpty ? end : max(min(lastDay, end), counted.map(\.due).max() ?? end)
    var (weighted, amount, largest) = (0.0, 0.0, 0.0)
    for payment in counted {
      let late = Double(max(0, (payment.paid ?? reference).dayNumber - payment.due.dayNumber))
      weighted += payment.amount * late
      amount += payment.amount
      largest = max(largest, late)
    }
    return amount > 0 ? (weighted / amount, largest) : nil
  }

  /// Weights of events that threaten a customer, and of those that promise growth.
  static let threats: [String: Double] = [
    "liquidation": 0.9, "bankruptcy": 0.9, "dishonest_debtor": 0.6, "enforcement": 0.4, "abnormal_operation": 0.3,
    "tax": 0.3, "equity_freeze": 0.3, "environmental_penalty": 0.2, "penalty": 0.2,
  ]
  static let promises: [String: Double] = [
    "capital_increase": 1, "new_branch": 0.7, "project_filing": 1, "eia": 1, "tender_won": 0.5, "land": 0.8,
    "permit": 0.8, "hiring": 0.3,
  ]

  private func decay(_ event: RegistryEvent) -> Double {
    let age = lastDay.dayNumber - event.day.dayNumber
    return age < 0 ? 0 : pow(2, -Double(age) / 180)
  }

  func risk(_ events: [RegistryEvent]) -> Double {
    1 - events.reduce(1) { $0 * (1 - (Self.threats[$1.kind] ?? 0) * decay($1)) }
  }

  func growthSignals(_ events: [RegistryEvent]) -> Double {
    events.reduce(0) { $0 + (Self.promises[$1.kind] ?? 0) * decay($1) }
  }

  func lock(_ contract: RetailContract) -> Double? {
    guard let end = contract.end else { return nil }
    let months = max(0, Double(end.dayNumber - lastDay.dayNumber) / 30.4)
    return min(1, months / 12) * (contract.exitFee ?? 0 > 0 ? 1 : 0.5)
  }

  /// Correlation of the day's load, less the weekday's and the pool's course, with the day's mean price at which it was bought.
  func priceCorrelation(_ loads: PortfolioLoads) -> Double? {
    guard loads.hours.hasPrices else { return nil }
    var residuals: [Double] = []
    var prices: [Double] = []
    for day in facts.daily.indices where day >= 7 {
      guard facts.daily[day] > 0, facts.daily[day - 7] > 0, facts.dailyCost[day] != 0 else { continue }
      residuals.append(log(facts.daily[day] / facts.daily[day - 7]))
      prices.append(
        facts.dailyCost[day] / facts.daily[day] - facts.dailyCost[day - 7] / facts.daily[day - 7])
    }
    guard residuals.count >= 60 else { return nil }
    return correlation(residuals, prices)
  }

  private func correlation(_ first: [Double], _ second: [Double]) -> Double? {
    let (one, two) = (mean(first), mean(second))
    var (cross, left, right) = (0.0, 0.0, 0.0)
    for (a, b) in zip(first, second) {
      cross += (a - one) * (b - two)
      left += (a - one) * (a - one)
      right += (b - two) * (b - two)
    }
    return left > 0 && right > 0 ? cross / (left * right).squareRoot() : nil
  }

  /// Mean over the switches of bands of the pool's response less the customer's: who leaves dearer hours scores above 0.
  func switchResponse(_ loads: PortfolioLoads, _ position: Int) -> Double? {
    var responses: [Double] = []
    for month in loads.months.indices.dropFirst() {
      guard let common = pool.switchResponses[month],
        let own = loads.switchResponse(
          before: loads.hourly(position, month - 1).map(Double.init),
          after: loads.hourly(position, month).map(Double.init), month: month)
      else { continue }
      responses.append(common - own)
    }
    return responses.isEmpty ? nil : mean(responses)
  }

  var headroom: Double? {
    guard let peak = facts.peakMW, let capacity = customer.transformerKVA, capacity > 0 else { return nil }
    return 1 - peak * 1_000 / (capacity * assumptions.powerFactor)
  }

  func capability(_ first: Double?, _ second: Double?) -> Double? {
    guard let peak = facts.peakMW, peak > 0, first != nil || second != nil else { return nil }
    return ((first ?? 0) + (second ?? 0)) / (peak * 1_000)
  }

  /// Share of days with a plan times one less the plan's error against the energy.
  func planDiscipline(_ plan: [Int: Double], _ loads: PortfolioLoads) -> Double? {
    let first = lastDay.dayNumber - facts.daily.count + 1
    var (days, planned, error, energy) = (0.0, 0.0, 0.0, 0.0)
    for (offset, value) in facts.daily.enumerated() where value.isFinite {
      days += 1
      guard let expected = plan[first + offset] else { continue }
      planned += 1
      error += abs(value - expected)
      energy += value
    }
    guard days > 0 else { return nil }
    return energy > 0 ? planned / days * max(0, 1 - error / energy) : 0
  }
}

extension CustomerFacts {
  /// Theil–Sen slope of ln weekly energy over the last 26 weeks less the pool's course, in % a year (Sen, JASA 63, 1968).
  func growth(common: [Double]) -> Double? {
    var weeks: [(week: Double, value: Double)] = []
    for week in 0..<26 {
      let end = daily.count - 7 * (25 - week)
      guard end >= 7 else { continue }
      let span = (end - 7)..<end
      let known = span.filter { daily[$0].isFinite }
      guard known.count >= 5 else { continue }
      let level = known.reduce(0) { $0 + daily[$1] } / Double(known.count)
      let course = known.reduce(0) { $0 + (common.indices.contains($1) ? common[$1] : 0) } / Double(known.count)
      if level > 0 { weeks.append((Double(week), log(level) - course)) }
    }
    guard weeks.count >= 13 else { return nil }
    var slopes: [Double] = []
    for later in weeks.indices {
      for earlier in 0..<later {
        slopes.append((weeks[later].value - weeks[earlier].value) / (weeks[later].week - weeks[earlier].week))
      }
    }
    return 100 * (exp(min(max(median(slopes) * 52.18, -3), 3)) - 1)
  }
}
