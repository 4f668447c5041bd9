internal import Foundation

/// The probability that a customer takes a package from a menu: a logit on saving, steadiness, simplicity and green energy.
///
/// ASSUMED: no quotes stand behind these numbers; they are shown with every use.
public struct AcceptanceModel: Sendable, Equatable, Codable {
  /// Per 1 % of the bill saved, per 1 % of its deviation saved, per idea to understand, for green energy, for staying.
  public var saving = 0.35
  public var steadiness = 0.05
  public var complexity = 0.3
  public var green = 0.3
  public var statusQuo = 0.8

  public init() {}

  public func utility(savingPercent: Double, steadinessPercent: Double, extraConcepts: Int, isGreen: Bool) -> Double {
    saving * savingPercent + steadiness * steadinessPercent - complexity * Double(extraConcepts) + (isGreen ? green : 0)
  }

  /// Probabilities of each item of a menu; the rest is staying.
  public func probabilities(_ utilities: [Double]) -> [Double] {
    let top = max(statusQuo, utilities.max() ?? statusQuo)
    let weights = utilities.map { exp($0 - top) }
    let sum = weights.reduce(exp(statusQuo - top), +)
    return weights.map { $0 / sum }
  }
}
