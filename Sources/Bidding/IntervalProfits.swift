internal import UnitScheduling

/// What an interval on line earns at a price with the best output for it, for one level range: convex and piecewise linear.
struct IntervalProfits {
  private let envelope: CostEnvelope
  private let levels: OutputLevels
  private let hours: Double

  init(_ levels: OutputLevels, _ envelope: CostEnvelope, hours: Double) {
    self.levels = levels
    self.envelope = envelope
    self.hours = hours
  }

  func profit(atPrice price: Double, within range: ClosedRange<Int>) -> Double {
    let level = envelope.bestLevel(atPrice: price, within: range)
    return hours * (price * levels.netMegawatts[level] - levels.costPerHour[level])
  }

  /// Mean profit of each interval over price rows, for those of one parity or all; −infinity where the unit cannot run.
  func means(over rows: [[Double]], weights: [Double]? = nil, allowed: [ClosedRange<Int>?]) -> [Double] {
    let total = weights?.reduce(0, +) ?? Double(rows.count)
    return allowed.indices.map { interval in
      guard let range = allowed[interval] else { return -.infinity }
      var sum = 0.0
      for (number, row) in rows.enumerated() {
        let weight = weights?[number] ?? 1
        if weight > 0 { sum += weight * profit(atPrice: row[interval], within: range) }
      }
      return sum / total
    }
  }

  /// The same for rows that are one outlook plus each deviation.
  func means(around outlook: [Double], deviations: [[Double]], allowed: [ClosedRange<Int>?]) -> [Double] {
    allowed.indices.map { interval in
      guard let range = allowed[interval] else { return -.infinity }
      var sum = 0.0
      for row in deviations { sum += profit(atPrice: outlook[interval] + row[interval], within: range) }
      return sum / Double(deviations.count)
    }
  }
}
