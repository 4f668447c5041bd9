internal import NumericMethods

/// Alerts at random customers, days and directions: what tolerance in time alone would score.
public struct ChanceAlerts: Sendable {
  let seed: UInt64

  public init(seed: UInt64) { self.seed = seed }

  /// As many as there are confirmed alerts in a list.
  public func alerts(like told: [LoadAlert], in loads: DailyLoads, from first: Int) -> [LoadAlert] {
    var random = SplitMix64(seed: seed &+ 1)
    return told.filter { $0.severity == .alert }.map { alert in
      LoadAlert(
        customer: random.nextIndex(below: loads.customers.count),
        day: first + random.nextIndex(below: loads.days - first), kind: alert.kind, severity: .alert,
        deviation: random.nextUniform() - 0.5, threshold: 0, cusum: 0, baseline: 0, observed: 0)
    }.sorted { ($0.customer, $0.day) < ($1.customer, $1.day) }
  }
}
