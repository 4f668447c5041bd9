internal import Foundation
internal import NumericMethods

/// Bounds within which a learned offer stands above or below cost, as multiples of cost.
public struct MarkupBounds: Hashable, Sendable {
  public let low: Double
  public let high: Double

  public init(low: Double, high: Double) {
    precondition(0 < low && low <= 1 && high >= 1, "cost lies within the bounds")
    self.low = low
    self.high = high
  }
}

/// A policy that looks at a day and chooses how far above or below cost each part of the fleet is offered.
///
/// The action is one number for each knot, at equal shares of the fleet's range; a logistic map takes it into the bounds, a running
/// maximum makes prices rise. Whatever the numbers are, the offer lies between the bounds and is monotone: it cannot be wrong.
public struct ShapePolicy: Hashable, Sendable, Codable {
  public let knots: Int
  public let features: Int
  /// By knot, then feature.
  public internal(set) var weights: [Double]

  /// A policy that offers cost whatever it sees.
  public init(knots: Int, features: Int, bounds: MarkupBounds) {
    precondition(knots >= 2 && features >= 1, "a shape has two ends")
    self.knots = knots
    self.features = features
    weights = [Double](repeating: 0, count: knots * features)
    let atCost = min(max((1 - bounds.low) / (bounds.high - bounds.low), 1e-3), 1 - 1e-3)
    // The first feature is 1.
    for knot in 0..<knots { weights[knot * features] = log(atCost / (1 - atCost)) }
  }

  /// The mean action for a day.
  public func action(for features: [Double]) -> [Double] {
    (0..<knots).map { knot in
      (0..<self.features).reduce(0) { $0 + weights[knot * self.features + $1] * features[$1] }
    }
  }

  /// Multiple of cost at each knot.
  static func markups(_ action: [Double], bounds: MarkupBounds) -> [Double] {
    action.map { bounds.low + (bounds.high - bounds.low) / (1 + exp(-min(max($0, -40), 40))) }
  }

  /// The offer of an action.
  public static func offer(_ action: [Double], bounds: MarkupBounds, cost: FleetCost, on grid: OfferGrid) -> GridOffer {
    let markups = markups(action, bounds: bounds)
    var highest = -Double.infinity
    let prices = (0..<grid.steps).map { step -> Double in
      let place = (Double(step) + 0.5) / Double(grid.steps) * Double(markups.count - 1)
      let below = min(Int(place), markups.count - 2)
      let markup = markups[below] + (place - Double(below)) * (markups[below + 1] - markups[below])
      let marginal = cost.meanIncremental(from: grid.quantity(step), to: grid.quantity(step) + 1e-3 * grid.step)
      highest = max(highest, marginal * markup)
      return highest
    }
    // Down to the grid's price, so that a ceiling is kept.
    var count = 0
    var reached = (0..<grid.prices.count).map { price -> Int in
      while count < grid.steps, price + 1 == grid.prices.count || prices[count] < grid.prices[price + 1] { count += 1 }
      return count
    }
    reached[reached.count - 1] = grid.steps
    return GridOffer(reached: reached, on: grid)
  }
}

/// One day of experience: what was seen before the gate, and what every offer would then have earned.
public struct ShapeExperience: Sendable {
  public let features: [Double]
  public let cost: FleetCost
  public let payoffs: OfferPayoffs
  /// Money in which rewards are counted, as the day's revenue.
  public let scale: Double

  public init(features: [Double], cost: FleetCost, payoffs: OfferPayoffs, scale: Double) {
    precondition(scale > 0, "a scale is above 0")
    self.features = features
    self.cost = cost
    self.payoffs = payoffs
    self.scale = scale
  }

  /// What an action earns more than the offer of cost, as a share of the scale.
  public func reward(_ action: [Double], bounds: MarkupBounds) -> Double {
    let grid = payoffs.grid
    let base = payoffs.value(of: GridOffer(marginalCost: cost, on: grid))
    let offer = ShapePolicy.offer(action, bounds: bounds, cost: cost, on: grid)
    return (payoffs.value(of: offer) - base) / scale
  }
}

/// A point of a learning curve.
public struct LearningPoint: Hashable, Sendable {
  public let epoch: Int
  /// Mean reward of the mean action on the days of training, and on days held out of it.
  public let training: Double
  public let heldOut: Double
}

/// Policy gradient for a ``ShapePolicy``.
public struct ShapeTraining: Hashable, Sendable {
  public var epochs = 300
  /// Pairs of actions tried for each day and epoch.
  public var pairs = 4
  /// Deviation of the tried actions at the first and at the last epoch.
  public var firstDeviation = 0.8
  public var lastDeviation = 0.15
  public var stepSize = 0.03
  public var seed: UInt64 = 1

  public init() {}

  /// Learns by trying pairs of actions on both sides of the mean: `(R₊ − R₋) / 2σ · ε` is an unbiased gradient of the expected reward
  /// of a Gaussian policy (Williams 1992), and each pair is its own baseline, so that no critic is needed. Steps by Adam. The policy that did
  /// best on the held-out days is kept.
  public func train(
    _ policy: ShapePolicy, on days: [ShapeExperience], heldOut: [ShapeExperience], bounds: MarkupBounds
  ) -> (policy: ShapePolicy, course: [LearningPoint]) {
    precondition(!days.isEmpty && !heldOut.isEmpty, "there are days to learn from and to judge on")
    var current = policy
    var generator = SplitMix64(seed: seed)
    var adam = Adam(count: policy.weights.count, stepSize: stepSize)
    func mean(_ days: [ShapeExperience]) -> Double {
      days.reduce(0) { $0 + $1.reward(current.action(for: $1.features), bounds: bounds) } / Double(days.count)
    }
    var course = [LearningPoint(epoch: 0, training: mean(days), heldOut: mean(heldOut))]
    var best = (policy: current, value: course[0].heldOut)
    for epoch in 1...max(1, epochs) {
      let passed = Double(epoch - 1) / Double(max(1, epochs - 1))
      let deviation = firstDeviation * pow(lastDeviation / firstDeviation, passed)
      let gradient = gradient(current, days, bounds, deviation: deviation, generator: &generator)
      adam.ascend(&current.weights, gradient)
      guard epoch % 10 == 0 || epoch == epochs else { continue }
      course.append(LearningPoint(epoch: epoch, training: mean(days), heldOut: mean(heldOut)))
      if let last = course.last, last.heldOut > best.value { best = (current, last.heldOut) }
    }
    return (best.policy, course)
  }

  private func gradient(
    _ policy: ShapePolicy, _ days: [ShapeExperience], _ bounds: MarkupBounds, deviation: Double,
    generator: inout SplitMix64
  ) -> [Double] {
    var gradient = [Double](repeating: 0, count: policy.weights.count)
    for day in days {
      let action = policy.action(for: day.features)
      for _ in 0..<pairs {
        let noise = action.map { _ in generator.nextGaussian() }
        let up = day.reward(zip(action, noise).map { $0 + deviation * $1 }, bounds: bounds)
        let down = day.reward(zip(action, noise).map { $0 - deviation * $1 }, bounds: bounds)
        let slope = (up - down) / (2 * deviation) / Double(days.count * pairs)
        for knot in noise.indices {
          for feature in day.features.indices {
            gradient[knot * policy.features + feature] += slope * noise[knot] * day.features[feature]
          }
        }
      }
    }
    return gradient
  }
}

/// Kingma and Ba 2015.
private struct Adam {
  private var first: [Double]
  private var second: [Double]
  private var count = 0.0
  private let stepSize: Double

  init(count: Int, stepSize: Double) {
    first = [Double](repeating: 0, count: count)
    second = first
    self.stepSize = stepSize
  }

  mutating func ascend(_ weights: inout [Double], _ gradient: [Double]) {
    count += 1
    for index in weights.indices {
      first[index] = 0.9 * first[index] + 0.1 * gradient[index]
      second[index] = 0.999 * second[index] + 0.001 * gradient[index] * gradient[index]
      let mean = first[index] / (1 - pow(0.9, count))
      let square = second[index] / (1 - pow(0.999, count))
      weights[index] += stepSize * mean / (square.squareRoot() + 1e-12)
    }
  }
}
