internal import NumericMethods

/// Each customer's part in the portfolio's worst twentieth of days: −E[margin | portfolio margin ≤ VaR 5 %] a day.
///
/// The Euler share of expected shortfall by historical days (Tasche 1999); the shares add up to the portfolio's shortfall.
struct TailShares: Sendable {
  /// NaN for customers without daily margins.
  let shares: [Double]
  /// The portfolio's mean loss on those days.
  let shortfall: Double

  /// Positions of those days.
  let days: [Int]

  /// - Parameter frozen: the days that count, of a frozen reference; empty: the portfolio's own worst.
  init(_ margins: [[Float]], frozen: [Int] = []) {
    let count = margins.map(\.count).max() ?? 0
    var total = [Double](repeating: 0, count: count)
    for row in margins { for (day, margin) in row.enumerated() { total[day] += Double(margin) } }
    guard count >= 60, frozen.allSatisfy({ $0 < count }) else {
      shares = margins.map { _ in .nan }
      shortfall = .nan
      days = []
      return
    }
    let own = total.indices.sorted { (total[$0], $0) < (total[$1], $1) }.prefix(max(1, count / 20))
    let worst = frozen.isEmpty ? Array(own) : frozen
    days = worst
    shares = margins.map { row in
      row.isEmpty ? .nan : -worst.reduce(0) { $0 + Double(row[$1]) } / Double(worst.count)
    }
    shortfall = -worst.reduce(0) { $0 + total[$1] } / Double(worst.count)
  }
}

extension IndicatorValues {
  /// Margin of every day of the window at real-time prices; empty where contract or prices do not say. A day that is not known
  /// counts as 0.
  func dailyMargins() -> [Float] {
    let terms = marginTerms()
    guard let terms else { return [] }
    return facts.daily.indices.map { day in
      facts.daily[day].isFinite ? Float(terms.perMWh * facts.daily[day] + terms.perCost * facts.dailyCost[day]) : 0
    }
  }

  /// Margins of the window's months; empty where they are not known.
  func monthlyMargins() -> [Double] {
    guard marginTerms() != nil else { return [] }
    return (0..<facts.months).map { month in
      var counts = [Double](repeating: 0, count: facts.months)
      counts[month] = 1
      return margin(counts) ?? 0
    }
  }

  /// The margin as a linear function of energy and of its cost at real-time prices.
  private func marginTerms() -> (perMWh: Double, perCost: Double)? {
    guard let contract else { return nil }
    let kept = 1 - (customer.channelKeeps ?? 0)
    if let unit = contract.unitMargin { return (kept * unit, 0) }
    let linked = contract.linkedShare ?? (contract.fixedPrice == nil ? 1 : assumptions.linkedShare)
    let passThrough = contract.passThrough ?? assumptions.passThrough
    if linked == 1, passThrough == 1 { return contract.uplift.map { (kept * $0, 0) } }
    guard let poolPrice = pool.loadWeightedPrice, linked == 1 || contract.fixedPrice != nil else { return nil }
    let fixed = (1 - linked) * (contract.fixedPrice ?? 0) + linked * (1 - passThrough) * poolPrice
    return (kept * (fixed + (contract.uplift ?? 0)), kept * (linked * passThrough - 1))
  }
}
