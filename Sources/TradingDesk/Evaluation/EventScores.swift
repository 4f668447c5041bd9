internal import MarketModel

/// A price (or load, or output) at or beyond a bound, as "at the floor" or "a spike".
public struct EvaluationEvent: Hashable, Sendable {
  public let bound: Double
  /// At or below the bound; else at or above it.
  public let isBelow: Bool

  public init(bound: Double, isBelow: Bool) {
    self.bound = bound
    self.isBelow = isBelow
  }

  func contains(_ value: Double) -> Bool { isBelow ? value <= bound : value >= bound }

  /// The event's probability after 99 percentiles: the share of them in it, one half more for the part of the hundredth
  /// that is cut; none and all count as 0 and 1.
  func probability(_ percentiles: [Double]) -> Double {
    let inside = percentiles.count { contains($0) }
    return inside == 0 ? 0 : inside == 99 ? 1 : (Double(inside) + 0.5) / 100
  }
}

/// Brier scores of one event (Brier 1950): the mean of (probability − happened)².
struct EventScores {
  let event: EvaluationEvent
  /// Share of intervals in which it happened.
  private(set) var frequency = 0.0
  /// Of the share of earlier days with the event in the same interval.
  private(set) var climatology = 0.0
  /// By model with quantiles.
  private(set) var scores: [(name: String, brier: Double)] = []

  /// - Parameter past: what came on the days of a site's calendar before the test days, by number of the site.
  init?(_ event: EvaluationEvent, sites: [EvaluatedSite], past: (_ site: Int) -> [[Double]]) {
    self.event = event
    var (happened, count, climate) = (0.0, 0, 0.0)
    var sums: [(name: String, sum: Double, count: Int)] = []
    for (index, site) in sites.enumerated() {
      var climatology = Climatology(event: event)
      for day in past(index) { climatology.add(day) }
      for record in site.records {
        for interval in record.actual.indices where record.actual[interval].isFinite {
          let truth = event.contains(record.actual[interval]) ? 1.0 : 0
          let gap = climatology.probability(interval) - truth
          (happened, count, climate) = (happened + truth, count + 1, climate + gap * gap)
          for model in record.models where !model.quantiles.isEmpty {
            let error = event.probability(model.quantiles.map { $0[interval] }) - truth
            let place = sums.firstIndex { $0.name == model.name } ?? sums.count
            if place == sums.count { sums.append((model.name, 0, 0)) }
            sums[place].sum += error * error
            sums[place].count += 1
          }
        }
        climatology.add(record.actual)
      }
    }
    guard count > 0 else { return nil }
    frequency = happened / Double(count)
    self.climatology = climate / Double(count)
    scores = sums.map { ($0.name, $0.sum / Double($0.count)) }
  }

  /// The share of days so far with the event, by interval; one half before the first.
  private struct Climatology {
    let event: EvaluationEvent
    var happened: [Int] = []
    var count: [Int] = []

    mutating func add(_ day: [Double]) {
      if happened.isEmpty {
        happened = day.map { _ in 0 }
        count = happened
      }
      for (interval, value) in day.enumerated() where value.isFinite {
        count[interval] += 1
        happened[interval] += event.contains(value) ? 1 : 0
      }
    }

    func probability(_ interval: Int) -> Double {
      guard count.indices.contains(interval), count[interval] > 0 else { return 0.5 }
      return Double(happened[interval]) / Double(count[interval])
    }
  }
}
