internal import Foundation

/// Weights over a few ways of offering that are all scored every day, without a parameter to choose.
///
/// AdaHedge (de Rooij, van Erven, Grünwald, Koolen, "Follow the leader if you can, hedge if you must", Journal of Machine Learning
/// Research 15, 2014, theorem 8 and corollary 9): after T days with K arms, whose losses of one day lie at most S apart, the weighted
/// loss exceeds that of the best arm in hindsight by at most S·√(T·ln K) + S·(16/3·ln K + 2).
public struct AdaptiveHedge: Hashable, Sendable {
  public private(set) var rounds = 0
  /// Of each arm, in money.
  public private(set) var losses: [Double]
  /// What the weights lost, day by day.
  public private(set) var weightedLoss = 0.0
  /// Largest spread of one day's losses.
  public private(set) var spread = 0.0
  /// Sum of the mixability gaps; the learning rate is ln K over it.
  private var gaps = 0.0

  public init(count: Int) {
    precondition(count > 0, "weights need an arm")
    losses = [Double](repeating: 0, count: count)
  }

  public var count: Int { losses.count }

  /// The weights of the next day, from the days before alone.
  public var weights: [Double] {
    let best = losses.min() ?? 0
    guard gaps > 0 else {
      let leaders = losses.map { $0 == best ? 1.0 : 0 }
      let sum = leaders.reduce(0, +)
      return leaders.map { $0 / sum }
    }
    let rate = log(Double(max(count, 2))) / gaps
    let raw = losses.map { exp(-rate * ($0 - best)) }
    let sum = raw.reduce(0, +)
    return raw.map { $0 / sum }
  }

  /// Takes what each arm earned on a day.
  public mutating func observe(profits: [Double]) {
    precondition(profits.count == count && profits.allSatisfy(\.isFinite), "one finite profit for each arm")
    let own = weights
    let day = profits.map { -$0 }
    let (low, high) = (day.min() ?? 0, day.max() ?? 0)
    let mean = zip(own, day).reduce(0) { $0 + $1.0 * $1.1 }
    let mixed: Double
    if gaps > 0 {
      let rate = log(Double(max(count, 2))) / gaps
      let sum = zip(own, day).reduce(0) { $0 + $1.0 * exp(-rate * ($1.1 - low)) }
      mixed = low - log(sum) / rate
    } else {
      mixed = zip(own, day).filter { $0.0 > 0 }.map(\.1).min() ?? low
    }
    gaps += max(0, mean - mixed)
    weightedLoss += mean
    spread = max(spread, high - low)
    for index in losses.indices { losses[index] += day[index] }
    rounds += 1
  }

  /// Weighted loss less that of the best arm.
  public var regret: Double { weightedLoss - (losses.min() ?? 0) }

  /// What the regret cannot exceed.
  public var regretBound: Double {
    let logarithm = log(Double(max(count, 2)))
    return spread * (Double(rounds) * logarithm).squareRoot() + spread * (16 / 3 * logarithm + 2)
  }
}
