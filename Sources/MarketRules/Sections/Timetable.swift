public import MarketModel

/// Which end of a trading interval its label names.
public enum IntervalLabel: String, Hashable, Sendable, Codable, CaseIterable { case start, end }

/// What can no longer be changed once a gate has closed.
public enum BidPart: String, Hashable, Sendable, Codable, CaseIterable {
  case curve
  case startUpCost = "start-up-cost"
  case noLoadCost = "no-load-cost"
  case minimumTimes = "minimum-times"
}

/// A deadline for submissions.
public struct Gate: Hashable, Sendable {
  public let name: String
  public let closes: GateClosure
  public let locks: [BidPart]

  public init(name: String, closes: GateClosure, locks: [BidPart]) {
    self.name = name
    self.closes = closes
    self.locks = locks
  }
}

/// The market's day by the clock.
public struct Timetable: Hashable, Sendable {
  /// The instant as of which the desk reads its data.
  public let informationCutoff: RuleValue<GateClosure>
  /// In the order in which they close.
  public let gates: RuleValue<[Gate]>
  public let intervalLabel: RuleValue<IntervalLabel>
  /// When the prices and quantities for settlement are published.
  public let dayAheadResults: RuleValue<GateClosure>
  /// When the operator's plan is published: which units run and start.
  public let dispatchPlan: RuleValue<GateClosure>
}

extension Timetable {
  /// The last gate that locks the bid curve; nil while the gates are unknown or none of them locks it.
  public var curveGate: Gate? {
    gates.value?.last { $0.locks.contains(.curve) }
  }
}
