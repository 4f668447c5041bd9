import Foundation
import NumericMethods
import Testing

@testable import Forecasting

/// A market of six intervals whose error grows with the level of the forecast, with three experts.
private struct SimulatedDays {
  var random: SplitMix64
  let floor: Double?

  init(seed: UInt64, floor: Double? = nil) {
    random = SplitMix64(seed: seed)
    self.floor = floor
  }

  mutating func next() -> (experts: [[Double]], point: [Double], actual: [Double]) {
    let common = random.nextGaussian()
    let truth = (0..<6).map { 30 + 5 * Double($0) + 12 * common + 2 * random.nextGaussian() }
    let experts = (0..<3).map { _ in truth.map { $0 + 1.5 * random.nextGaussian() } }
    let point = truth.indices.map { interval in experts.reduce(0) { $0 + $1[interval] } / 3 }
    let shock = random.nextGaussian()
    let actual = truth.map { value -> Double in
      let own = value + (1 + 0.1 * max(value, 0)) * (0.7 * shock + 0.7 * random.nextGaussian())
      return max(own, floor ?? -.infinity)
    }
    return (experts, point, actual)
  }
}

@Suite("Online distributions") struct OnlineDistributionTests {
  @Test("simulated days are covered as often as the levels say, without crossing; wide days are wide")
  func coverage() throws {
    var source = SimulatedDays(seed: 21)
    var model = try OnlineDistribution(intervals: 6, perHour: 1, lowest: nil, highest: nil, threads: 2)
    var below = [Double](repeating: 0, count: 99)
    var pairs: [(level: Double, width: Double)] = []
    for number in 0..<170 {
      let day = source.next()
      let quantiles = try model.quantiles(experts: day.experts, point: day.point)
      if number >= 60 {
        for level in 0..<99 {
          below[level] += Double(day.actual.indices.count { day.actual[$0] <= quantiles[level][$0] }) / 660
        }
        for interval in 0..<6 {
          #expect((1..<99).allSatisfy { quantiles[$0 - 1][interval] <= quantiles[$0][interval] })
          pairs.append((day.point[interval], quantiles[89][interval] - quantiles[9][interval]))
        }
      }
      try model.observe(experts: day.experts, point: day.point, actual: day.actual)
    }
    for (level, expected) in [(4, 0.05), (24, 0.25), (49, 0.5), (74, 0.75), (94, 0.95)] {
      #expect(abs(below[level] - expected) < 0.06, "level \(expected) met \(below[level])")
    }
    let low = mean(pairs.filter { $0.level < 30 }.map(\.width))
    let high = mean(pairs.filter { $0.level > 60 }.map(\.width))
    #expect(high > 1.4 * low)
  }

  @Test("the same at one and at four threads, and whether quantiles were asked for or not")
  func determinism() throws {
    var source = SimulatedDays(seed: 23)
    var one = try OnlineDistribution(intervals: 6, perHour: 2, lowest: 0, highest: nil, threads: 1)
    var four = try OnlineDistribution(intervals: 6, perHour: 2, lowest: 0, highest: nil, threads: 4)
    for number in 0..<45 {
      let day = source.next()
      if number > 40 { _ = try one.quantiles(experts: day.experts, point: day.point) }
      try one.observe(experts: day.experts, point: day.point, actual: day.actual)
      try four.observe(experts: day.experts, point: day.point, actual: day.actual)
    }
    let day = source.next()
    let first = try one.quantiles(experts: day.experts, point: day.point)
    #expect(try first == four.quantiles(experts: day.experts, point: day.point))
    #expect(first.allSatisfy { $0.allSatisfy { $0 >= 0 } })
  }

  @Test("unknown values, no history and wrong lengths")
  func badInput() throws {
    var model = try OnlineDistribution(intervals: 2, perHour: 1, lowest: nil, highest: 50, threads: 1)
    let first = try model.quantiles(experts: [[10, 20], [.nan, 22]], point: [.nan, 21])
    #expect(first[49][0] == 10 && first[0][1] < 21 && first[98][1] > 21)
    for number in 0..<40 {
      let truth = number % 3 == 0 ? [Double.nan, .nan] : [Double(number % 5) + 10, .nan]
      try model.observe(experts: [[10, 20], [.nan, 22]], point: [11, 21], actual: truth)
    }
    let later = try model.quantiles(experts: [[10, 20], [12, 22]], point: [11, 60])
    #expect(later.allSatisfy { $0.allSatisfy { $0.isFinite && $0 <= 50 } })
    #expect(throws: ForecastingError.self) { try model.quantiles(experts: [[1, 2]], point: [1, 2]) }
    #expect(throws: ForecastingError.self) { try model.observe(experts: [], point: [1], actual: [1]) }
    #expect(throws: ForecastingError.self) {
      try model.quantiles(experts: [[.nan, 1], [.nan, 1]], point: [.nan, 1])
    }
    #expect(throws: ForecastingError.self) {
      try OnlineDistribution(intervals: 5, perHour: 2, lowest: nil, highest: nil, threads: 1)
    }
  }

  @Test(
    "mass at a floor is a probability better than its frequency, and the quantiles agree with it",
    arguments: [true, false])
  func atoms(given: Bool) throws {
    var source = SimulatedDays(seed: 25, floor: 28)
    var model = try OnlineDistribution(intervals: 6, perHour: 1, lowest: given ? 28 : nil, highest: nil, threads: 2)
    var own = 0.0
    var frequency = 0.0
    var seen = 0.0
    var count = 0.0
    for number in 0..<160 {
      let day = source.next()
      let chance = try model.atomProbabilities(experts: day.experts, point: day.point).floor
      let quantiles = try model.quantiles(experts: day.experts, point: day.point)
      for interval in 0..<6 {
        let outcome = day.actual[interval] <= 28 ? 1.0 : 0
        if number >= 100 {
          own += (chance[interval] - outcome) * (chance[interval] - outcome)
          frequency += (seen / count - outcome) * (seen / count - outcome)
          let atFloor = quantiles.count { $0[interval] == 28 }
          #expect(abs(Double(atFloor) / 100 - min(chance[interval], 0.99)) < 0.0101)
          #expect(quantiles.allSatisfy { $0[interval] >= 28 })
        }
        seen += outcome
        count += 1
      }
      try model.observe(experts: day.experts, point: day.point, actual: day.actual)
    }
    #expect(own < 0.7 * frequency)
  }

  @Test("a hurdle puts the floor at the levels up to its probability and stretches the rest")
  func hurdle() {
    let column = (1...99).map { Double($0) }
    let found = PriceAtoms.hurdle(column, low: 10, high: nil, below: 0.4, above: 0)
    #expect(found[0..<40].allSatisfy { $0 == 10 })
    // Level 0.7 is half of what is left, as is 0.55 of the levels above 0.1.
    #expect(abs(found[69] - 55) < 1e-9)
    let capped = PriceAtoms.hurdle(column, low: nil, high: 90, below: 0, above: 0.3)
    #expect(capped[70..<99].allSatisfy { $0 == 90 } && capped[68] < 90)
  }
}

@Suite("Joint paths") struct JointPathsTests {
  private static func quantiles(_ width: Int, centre: Double = 0, size: Double = 1) -> [[Double]] {
    (1...99).map { level in
      [Double](
        repeating: centre + size * NormalDistribution.standard.quantile(at: Double(level) / 100), count: width)
    }
  }

  /// A first-order autoregression over eight intervals, and a second target that goes against it.
  private static func observed(days: Int, seed: UInt64) throws -> JointPaths {
    var random = SplitMix64(seed: seed)
    var joint = try JointPaths(targets: 2, intervals: 8, perHour: 1, seed: 4)
    for _ in 0..<days {
      var first = [random.nextGaussian()]
      for _ in 1..<8 { first.append(0.8 * first[first.count - 1] + 0.6 * random.nextGaussian()) }
      let second = first.map { -0.7 * $0 + 0.51.squareRoot() * random.nextGaussian() }
      try joint.observe(quantiles: quantiles(16), actual: first + second)
    }
    return joint
  }

  private static func correlation(_ values: [Double], _ first: Int, _ second: Int) -> Double {
    let count = values.count / 16
    let own = (0..<count).map { values[$0 * 16 + first] }
    let other = (0..<count).map { values[$0 * 16 + second] }
    let product = mean((0..<count).map { (own[$0] - mean(own)) * (other[$0] - mean(other)) })
    return product / (standardDeviation(own) * standardDeviation(other))
  }

  @Test("paths have the correlation over intervals and targets that past days had, whatever the share of the copula")
  func correlations() throws {
    let joint = try Self.observed(days: 200, seed: 31)
    for share in JointPaths.shares {
      let values = joint.drawn(count: 250, quantiles: Self.quantiles(16), share: share, seed: 8)
      #expect(abs(Self.correlation(values, 2, 3) - 0.8) < 0.12)
      #expect(abs(Self.correlation(values, 1, 5) - 0.41) < 0.2)
      #expect(abs(Self.correlation(values, 4, 12) + 0.7) < 0.15)
    }
  }

  @Test("marginals are the quantiles; a seed gives the same paths again")
  func marginals() throws {
    let joint = try Self.observed(days: 60, seed: 33)
    let quantiles = Self.quantiles(16, centre: 50, size: 10)
    let values = try joint.paths(count: 100, quantiles: quantiles, seed: 5)
    for dimension in 0..<16 {
      let own = (0..<100).map { values[$0 * 16 + dimension] }.sorted()
      // The path of rank 50 of 100 stands at 0.505, half way between the percentiles 50 and 51.
      #expect(abs(own[50] - 0.5 * (quantiles[49][dimension] + quantiles[50][dimension])) < 1e-9)
      #expect(own[0] == quantiles[0][dimension] && own[99] == quantiles[98][dimension])
    }
    #expect(try values == joint.paths(count: 100, quantiles: quantiles, seed: 5))
    #expect(try values != joint.paths(count: 100, quantiles: quantiles, seed: 6))
  }

  @Test("a value at an atom gets a place within it by chance; one between percentiles its own")
  func scores() {
    var random = SplitMix64(seed: 2)
    let column = [Double](repeating: 0, count: 30) + (1...69).map { Double($0) }
    let normal = NormalDistribution.standard
    let atFloor = (0..<400).map { _ in
      normal.cumulativeProbability(of: PathMarginals.normalScore(0, percentiles: column, random: &random))
    }
    #expect(atFloor.allSatisfy { $0 <= 0.3 + 1e-9 } && abs(mean(atFloor) - 0.15) < 0.02)
    let inside = PathMarginals.normalScore(20.5, percentiles: column, random: &random)
    #expect(abs(normal.cumulativeProbability(of: inside) - 0.505) < 1e-9)
  }

  @Test("little history, unknown truth and wrong lengths")
  func badInput() throws {
    var joint = try JointPaths(targets: 1, intervals: 3, perHour: 1, seed: 1)
    let values = try joint.paths(count: 5, quantiles: Self.quantiles(3), seed: 1)
    #expect(values.count == 15 && values[0] == values[1])
    try joint.observe(quantiles: Self.quantiles(3), actual: [.nan, 1, 2])
    #expect(throws: ForecastingError.self) { try joint.observe(quantiles: Self.quantiles(3), actual: [1]) }
    #expect(throws: ForecastingError.self) { try joint.paths(count: 5, quantiles: Self.quantiles(2), seed: 1) }
    #expect(throws: ForecastingError.self) { try joint.paths(count: 0, quantiles: Self.quantiles(3), seed: 1) }
  }
}
