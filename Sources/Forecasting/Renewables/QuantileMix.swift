internal import Foundation
internal import NumericMethods

/// Weights of models whose percentiles are averaged, by what they lost of late.
///
/// Half of the weight goes by ML-Poly on the gradient of the mix's pinball loss (Gaillard, Stoltz, van Erven 2014; for
/// percentiles Berrisch and Ziel 2023), pooled over intervals and percentiles; half is shared evenly among the models whose
/// fading loss is within a tenth of the least.
struct QuantileMix: Sendable {
  static let memoryDays = 45.0
  private(set) var weights: [Double]
  private var regrets: [Double]
  private var variances: [Double]
  private var losses: [Double]
  private var memory = 0.0

  init(count: Int) {
    weights = [Double](repeating: 1 / Double(count), count: count)
    regrets = [Double](repeating: 0, count: count)
    variances = regrets
    losses = regrets
  }

  /// percentiles[interval][level] of the mix, from [model][interval][level].
  func mixed(_ models: [[[Double]]]) -> [[Double]] {
    models[0].indices.map { interval in
      var sum = [Double](repeating: 0, count: Percentiles.levels.count)
      for (weight, model) in zip(weights, models) where weight > 0 {
        for level in sum.indices { sum[level] += weight * model[interval][level] }
      }
      return sum
    }
  }

  /// Learns from one day; intervals without truth do not count.
  mutating func learn(_ models: [[[Double]]], actual: [Double]) {
    let known = actual.indices.filter { actual[$0].isFinite }
    guard !known.isEmpty else { return }
    let mix = mixed(models)
    let fade = exp(-1 / QuantileMix.memoryDays)
    memory = memory * fade + 1
    for model in weights.indices {
      var regret = 0.0
      var loss = 0.0
      for interval in known {
        loss += averagePinballLoss(ofPercentiles: models[model][interval], against: actual[interval])
        for level in Percentiles.levels.indices {
          let gradient = (mix[interval][level] > actual[interval] ? 1 : 0) - Percentiles.levels[level]
          regret += gradient * (mix[interval][level] - models[model][interval][level])
        }
      }
      regret /= Double(known.count * Percentiles.levels.count)
      losses[model] = losses[model] * fade + loss / Double(known.count)
      regrets[model] = regrets[model] * fade + regret
      variances[model] = variances[model] * fade * fade + regret * regret
    }
    reweigh()
  }

  private mutating func reweigh() {
    let least = losses.min() ?? 0
    let good = losses.map { $0 <= 1.1 * least + 1e-12 ? 1.0 : 0 }
    let raw = weights.indices.map { max(regrets[$0], 0) / max(variances[$0].squareRoot(), 1e-12) }
    let total = raw.reduce(0, +)
    let goodTotal = good.reduce(0, +)
    for model in weights.indices {
      let even = good[model] / goodTotal
      weights[model] = total > 0 ? 0.5 * raw[model] / total + 0.5 * even : even
    }
  }
}

/// Corrects percentiles by how often the truth lay below each of late: the level α is read where the share of recent truths
/// below was α, three tenths of the way from α itself. Probability integral transform, Dawid (1984).
struct LevelCorrection: Sendable {
  static let days = 90
  static let leastDays = 20
  static let trust = 0.3

  /// Levels of the truths of each recent day.
  private var recent: [[Double]] = []

  mutating func learn(_ percentiles: [[Double]], actual: [Double], counted: [Bool]) {
    let levels = actual.indices.filter { actual[$0].isFinite && counted[$0] }
      .map { Percentiles.level(of: actual[$0], among: percentiles[$0]) }
    recent.append(levels)
    if recent.count > LevelCorrection.days { recent.removeFirst() }
  }

  /// The levels to read in place of 0.01…0.99.
  func levels() -> [Double] {
    guard recent.count >= LevelCorrection.leastDays else { return Percentiles.levels }
    let seen = recent.flatMap { $0 }.sorted()
    guard seen.count >= 200 else { return Percentiles.levels }
    return Percentiles.levels.map { level in
      LevelCorrection.trust * quantile(ofSorted: seen, at: level) + (1 - LevelCorrection.trust) * level
    }
  }

  func corrected(_ percentiles: [[Double]], levels: [Double]) -> [[Double]] {
    percentiles.map { own in levels.map { Percentiles.value(at: $0, of: own) } }
  }
}
