internal import Foundation
public import MarketModel
internal import NumericMethods

/// Potential customers ranked by the customers whom they resemble.
///
/// A prospect's expected total and economic value are those of its nearest customers by industry, voltage, region and size, weighted by
/// closeness and drawn towards the mean of all where nobody is near; signals of the register add to them.
public struct LookAlikes: Sendable {
  public struct Prospect: Sendable, Hashable {
    public let customer: String
    /// Expected total of a customer like this, 0…100.
    public let expectedTotal: Double
    /// expectedTotal − 50, times the energy's logarithm, and what the register promises.
    public let rank: Double
    public let expectedMWh: Double?
    /// The nearest customers.
    public let likes: [String]
    public let signals: Double
  }

  private let known: [(customer: RetailCustomer, energy: Double, total: Double)]
  private let mean: Double
  private static let neighbours = 15

  /// - Parameter energies: MWh a year of each customer.
  public init(customers: [RetailCustomer], energies: [Double], scores: [CustomerScore]) {
    precondition(customers.count == scores.count && energies.count == scores.count, "Every customer has a score")
    known = customers.indices.map { (customers[$0], energies[$0], scores[$0].total) }
    mean = scores.isEmpty ? 50 : scores.reduce(0) { $0 + $1.total } / Double(scores.count)
  }

  /// The prospects, the most promising first.
  public func ranked(_ prospects: [RetailCustomer], signals: [Double]) -> [Prospect] {
    zip(prospects, signals).map { prospect($0.0, signals: $0.1) }
      .sorted { (-$0.rank, $0.customer) < (-$1.rank, $1.customer) }
  }

  private func prospect(_ prospect: RetailCustomer, signals: Double) -> Prospect {
    let near = known.map { (distance: distance(prospect, $0.customer, $0.energy), total: $0.total, id: $0.customer.id) }
      .sorted { ($0.distance, $0.id) < ($1.distance, $1.id) }.prefix(Self.neighbours)
    // The mean of all weighs as much as one customer at distance 1.
    var (sum, weights) = (mean * exp(-1), exp(-1.0))
    for neighbour in near {
      let weight = exp(-neighbour.distance)
      sum += weight * neighbour.total
      weights += weight
    }
    let total = sum / weights
    let size = prospect.expectedMWh.map { log(1 + max($0, 0) / 1_000) } ?? 1
    return Prospect(
      customer: prospect.id, expectedTotal: total, rank: (total - mean) * (1 + size) + 5 * signals + size,
      expectedMWh: prospect.expectedMWh, likes: near.prefix(3).map(\.id), signals: signals)
  }

  private func distance(_ prospect: RetailCustomer, _ customer: RetailCustomer, _ energy: Double) -> Double {
    var distance = 0.0
    if let left = prospect.industry, let right = customer.industry {
      distance += left == right ? 0 : left.prefix(1) == right.prefix(1) ? 1.5 : 2.5
    } else {
      distance += 1
    }
    if let left = prospect.voltageKV, let right = customer.voltageKV { distance += left == right ? 0 : 0.5 }
    if let left = prospect.region, let right = customer.region { distance += left == right ? 0 : 0.5 }
    if let expected = prospect.expectedMWh, expected > 0, energy > 0 {
      distance += min(2, 0.5 * abs(log(expected / energy)))
    }
    return distance
  }
}

/// Growth that the register promises of a company, decayed over half a year.
public func registrySignals(_ events: [RegistryEvent], on day: MarketDay) -> Double {
  events.reduce(0) { sum, event in
    let age = day.dayNumber - event.day.dayNumber
    return age < 0 ? sum : sum + (IndicatorValues.promises[event.kind] ?? 0) * pow(2, -Double(age) / 180)
  }
}
