internal import Foundation

/// What serving one customer costs besides its energy at the pool's price, a year; parts that nothing tells of are nil and not in
/// the sum.
public struct CostToServe: Sendable, Hashable {
  public let energyMWh: Double
  /// The load's shape against the pool's at real-time prices, as far as the contract leaves it with us: −E4 · q.
  public let profile: Double?
  /// Deviation from hourly plans at the spread of the prices: E5 · q.
  public let imbalance: Double?
  /// Bills paid late, at the assumed discount rate: Σ amount · days late / 365 · rate.
  public let credit: Double?
  /// What the sales channel keeps of the gross margin.
  public let channel: Double?

  public var total: Double { [profile, imbalance, credit, channel].compactMap { $0 }.reduce(0, +) }
  public var perMWh: Double? { energyMWh > 0 ? total / energyMWh : nil }

  init(_ values: [Double], amountLate: Double?, assumptions: ScoreAssumptions) {
    func value(_ id: String) -> Double? {
      let value = values[Indicator.position(id)]
      return value.isFinite ? value : nil
    }
    let energy = value("E3") ?? 0
    energyMWh = energy
    profile = value("E4").map { -$0 * energy }
    imbalance = value("E5").map { $0 * energy }
    credit = amountLate.map { $0 / 365 * assumptions.discountRate }
    if let margin = value("E1"), margin > 0, let share = value("E7").map({ $0 / 100 }), share < 1 {
      channel = margin * share / (1 - share)
    } else {
      channel = value("E7").map { _ in 0 }
    }
  }
}

extension PortfolioRecords {
  /// Σ amount · days late of the bills of a customer that were due in the last year; nil without a file of payments.
  func amountLate(_ customer: Int) -> Double? {
    let last = loads.lastDay
    return payments.map { lists in
      lists[customer].filter { $0.due <= last && $0.due > last.advanced(by: -365) && $0.amount > 0 }
        .reduce(0) { sum, bill in
          let paid = min(bill.paid ?? last, last)
          return sum + bill.amount * Double(max(0, paid.dayNumber - bill.due.dayNumber))
        }
    }
  }
}
