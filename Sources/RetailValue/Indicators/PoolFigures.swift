internal import Foundation
internal import NumericMethods

/// What the whole pool does: the yardstick of shares and prices. Frozen with the reference of a scoring model.
public struct PoolFigures: Sendable, Equatable, Codable {
  /// Load-weighted real-time price, currency/MWh.
  public var loadWeightedPrice: Double?
  /// Shares of energy in peak and tip hours, from 10 to 15 h, and in hours of surplus.
  public var peakShare: Double?
  public var middayShare: Double?
  public var surplusShare: Double?
  /// ln of the shares in hours whose band rises less ln of those whose band falls, after less before, for each switch of bands.
  public var switchResponses: [Int: Double] = [:]
  /// Positions of the portfolio's worst days; empty until they are known.
  public var tailDays: [Int] = []
  /// Growth of each industry's customers, ascending; empty until it is known.
  public var sectorGrowth: [String: [Double]] = [:]
  /// Mean daily log energy relative to its own mean, by day of the window: what all do together.
  public var commonDaily: [Double] = []

  init(_ loads: PortfolioLoads, threads: Int) {
    var (energy, cost, priced, surplus, peak, midday) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    var hourly = [Double](repeating: 0, count: loads.months.count * 24)
    for month in loads.months.indices {
      for customer in 0..<loads.customers {
        priced += loads.priced(customer, month)
        surplus += loads.surplus(customer, month)
        for (hour, value) in loads.hourly(customer, month).enumerated() { hourly[month * 24 + hour] += Double(value) }
      }
    }
    for customer in 0..<loads.customers { cost += loads.dailyCost(customer).filter(\.isFinite).reduce(0, +) }
    for month in loads.months.indices {
      for hour in 0..<24 {
        let value = hourly[month * 24 + hour]
        energy += value
        if (10..<15).contains(hour) { midday += value }
        if loads.isPeak(month: month, hour: hour) { peak += value }
      }
    }
    if priced > 0 {
      loadWeightedPrice = cost / priced
      surplusShare = surplus / priced
    }
    if energy > 0 {
      middayShare = midday / energy
      if loads.hours.bands != nil { peakShare = peak / energy }
    }
    for month in loads.months.indices.dropFirst() {
      let response = loads.switchResponse(
        before: hourly[((month - 1) * 24)..<(month * 24)], after: hourly[(month * 24)..<(month * 24 + 24)], month: month
      )
      if let response { switchResponses[month] = response }
    }
    commonDaily = Self.commonDaily(loads, threads: threads)
  }

  /// Median over customers of ln(day / own median day).
  private static func commonDaily(_ loads: PortfolioLoads, threads: Int) -> [Double] {
    // Many customers are more than a median needs.
    let step = max(1, loads.customers / 2_000)
    let rows = stride(from: 0, to: loads.customers, by: step).map { customer -> [Double] in
      let days = loads.daily(customer)
      let known = days.filter { $0 > 0 }
      guard known.count > 30 else { return days.map { _ in .nan } }
      let middle = median(known)
      return days.map { $0 > 0 ? log($0 / middle) : .nan }
    }
    return (0..<(rows.first?.count ?? 0)).map { day in
      let known = rows.map { $0[day] }.filter(\.isFinite)
      return known.count < 5 ? 0 : median(known)
    }
  }
}

extension PortfolioLoads {
  func isPeak(month: Int, hour: Int) -> Bool {
    hours.bands?.band(month: months[month] % 12 + 1, hour: hour).rawValue ?? 0 >= TimeOfUse.Band.peak.rawValue
  }

  /// The change of ln share in hours whose band rose with a month, less that in hours whose band fell; nil without a switch.
  func switchResponse(
    before: some Collection<Double>, after: some Collection<Double>, month: Int
  ) -> Double? {
    guard let bands = hours.bands, months[month] == months[month - 1] + 1 else { return nil }
    var sums = (risenBefore: 0.0, risenAfter: 0.0, fallenBefore: 0.0, fallenAfter: 0.0)
    for (hour, pair) in zip(before, after).enumerated() {
      let earlier = bands.band(month: months[month - 1] % 12 + 1, hour: hour).rawValue
      let later = bands.band(month: months[month] % 12 + 1, hour: hour).rawValue
      if later > earlier {
        sums.risenBefore += pair.0
        sums.risenAfter += pair.1
      } else if later < earlier {
        sums.fallenBefore += pair.0
        sums.fallenAfter += pair.1
      }
    }
    let (first, second) = (before.reduce(0, +), after.reduce(0, +))
    guard sums.risenBefore > 0, sums.risenAfter > 0, sums.fallenBefore > 0, sums.fallenAfter > 0, first > 0, second > 0
    else { return nil }
    return log(sums.risenAfter / second) - log(sums.risenBefore / first) - log(sums.fallenAfter / second)
      + log(sums.fallenBefore / first)
  }
}
