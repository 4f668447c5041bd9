internal import Foundation

/// The smallest change of one indicator that sales can pull which would lift a customer into a better tier, all else equal.
public struct ScoreLever: Sendable, Hashable {
  /// Position in ``Indicator/all``.
  public let position: Int
  /// In the indicator's unit; nil: not known, so that the segment's median stands for it.
  public let from: Double?
  public let to: Double
  public let points: Double
  /// The tier after two months like this.
  public let tier: Tier

  public var indicator: Indicator { Indicator.all[position] }
}

extension ScoreMaker {
  /// Levers that reach the next better tier, the smallest change of a score first; empty if none alone does.
  ///
  /// Only indicators of dimensions that count, and only values that the reference has seen.
  func levers(_ result: Result, facts: TierFacts, current: Tier) -> [ScoreLever] {
    guard let next = Tier.allCases.last(where: { $0 > current }), facts.total < next.limits.enter else { return [] }
    let missing = next.limits.enter - facts.total
    var found: [(change: Double, lever: ScoreLever)] = []
    for part in result.indicators where part.indicator.isLever && part.weight > 0 {
      let index = ValueDimension.allCases.firstIndex(of: part.indicator.dimension) ?? 0
      guard result.dimensions[index].isSufficient else { continue }
      let wanted = part.score + missing / part.weight
      guard wanted <= 100, let value = scale(part.position).value(forScore: wanted) else { continue }
      let points = part.weight * (scale(part.position).score(value) - part.score)
      var lifted = facts
      lifted.total += points
      if part.indicator.dimension == .economicValue {
        lifted.economicValue += dimensionPoints(part, points)
      }
      if part.indicator.dimension == .riskControl { lifted.riskControl += dimensionPoints(part, points) }
      let tier = TierDecision(lifted, previous: nil).tier
      guard tier > current else { continue }
      found.append(
        (
          wanted - part.score,
          ScoreLever(position: part.position, from: part.value, to: value, points: points, tier: tier)
        ))
    }
    return found.sorted { ($0.change, $0.lever.position) < ($1.change, $1.lever.position) }.map(\.lever)
  }

  private func dimensionPoints(_ part: IndicatorScore, _ points: Double) -> Double {
    let weight = reference.dimensionWeights[part.indicator.dimension.rawValue] ?? 0
    return weight > 0 ? points / weight : 0
  }
}

extension IndicatorScale {
  /// The least extreme value of the reference whose score is at least as high; nil if there is none, or the scale has two sides.
  func value(forScore wanted: Double) -> Double? {
    if case .best = indicator.scale { return nil }
    guard !isConstant, !sorted.isEmpty else { return nil }
    var (low, high) = (0, sorted.count)
    // Scores rise along the list, or fall where lower is better.
    while low < high {
      let middle = (low + high) / 2
      let score = score(untransformed(sorted[middle]))
      if indicator.higherIsBetter ? score < wanted : score >= wanted { low = middle + 1 } else { high = middle }
    }
    let place = indicator.higherIsBetter ? low : low - 1
    guard sorted.indices.contains(place) else { return nil }
    return untransformed(sorted[place])
  }

  private func untransformed(_ value: Double) -> Double {
    guard case .signedLog(let unit) = indicator.scale else { return value }
    return (value < 0 ? -1 : 1) * unit * (exp(abs(value)) - 1)
  }
}
