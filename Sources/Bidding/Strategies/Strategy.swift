/// A number that a strategy is tuned with.
public enum StrategyParameter: String, CaseIterable, Hashable, Sendable, Comparable {
  /// Mark-up of the segments over incremental cost.
  case margin
  /// Weight of the distance between the mean and the mean of the worst scenarios; 0 is risk-neutral.
  case riskAversion = "risk_aversion"
  /// Share of the scenarios that counts as the worst.
  case tailShare = "tail_share"
  /// Share of the scenarios that follow the baseline model's path instead of the mixed forecast's.
  case secondOpinion = "second_opinion"
  /// Share of the scenarios that are the days of the last four weeks as they came.
  case recentDays = "recent_days"
  /// Share of what a rival would sell at cost that its contracts settle.
  case rivalCover = "rival_cover"
  /// Coal that each plant may burn on the day in expectation; 0 is without limit.
  case coalTonnesPerPlant = "coal_tonnes_per_plant"
  /// Starts that each plant may make on the day; 0 is as registered.
  case startsPerPlant = "starts_per_plant"

  public var unit: String {
    switch self {
    case .margin, .tailShare, .riskAversion, .secondOpinion, .recentDays, .rivalCover: "share"
    case .coalTonnesPerPlant: "t of standard coal a day"
    case .startsPerPlant: "starts a day"
    }
  }

  public var range: ClosedRange<Double> {
    switch self {
    case .margin: 0...0.5
    case .riskAversion, .secondOpinion, .recentDays, .rivalCover: 0...1
    case .tailShare: 0.01...0.5
    case .coalTonnesPerPlant: 0...100_000
    case .startsPerPlant: 0...20
    }
  }

  public static func < (left: StrategyParameter, right: StrategyParameter) -> Bool { left.rawValue < right.rawValue }
}

/// A way of offering as a value: what it does, with which parameters, and which version of it.
public struct Strategy: Hashable, Sendable {
  /// The strategies that are built in.
  public enum Method: String, CaseIterable, Hashable, Sendable {
    /// Equal segments at incremental cost plus a margin, always on line: a careful trader's by hand.
    case standard
    /// Along marginal cost, committed at the path of LEAR (Lago et al., Applied Energy 293, 2021): the harder baseline.
    case costPlusLear = "cost-plus-lear"
    /// Unit by unit over the joint scenarios (``draftBids(for:under:)``).
    case optimised
    /// The fleet together: one company's risk, its contracts, and the limits that its plants share.
    case position
    /// The optimised book with the prices of an ε-equilibrium among the owners who move the price, within the limits of market power.
    case equilibrium
    /// The optimised book with mark-ups that a policy learned in the simulated market, within the same limits.
    case learned
    /// The best schedule had the prices been known; not an offer but the ceiling of all of them.
    case perfectForesight = "perfect-foresight"

    /// What this method can be tuned with, and the values that it has by itself.
    public var standardValues: [StrategyParameter: Double] {
      switch self {
      case .standard: [.margin: 0.05]
      case .costPlusLear, .perfectForesight: [:]
      case .optimised: [.riskAversion: 0.1, .secondOpinion: 0, .recentDays: 0]
      case .equilibrium: [.riskAversion: 0.1, .secondOpinion: 0, .recentDays: 0, .rivalCover: 0.8]
      case .learned: [.riskAversion: 0.1, .secondOpinion: 0, .recentDays: 0]
      case .position:
        [
          .riskAversion: 0.1, .secondOpinion: 0, .recentDays: 0, .tailShare: 0.05, .coalTonnesPerPlant: 0,
          .startsPerPlant: 0,
        ]
      }
    }

    /// Whether the fleet is offered as one, so that its units cannot be decided plant by plant.
    public var isFleetWide: Bool { self == .position || needsRestOfMarket }

    /// Whether it answers what the others offer.
    public var needsRestOfMarket: Bool { self == .equilibrium || self == .learned }

    /// Raised whenever the same inputs give other offers.
    public var version: Int { needsRestOfMarket ? 2 : 1 }
  }

  public let name: String
  public let method: Method
  private let values: [StrategyParameter: Double]
  /// Of the method `learned`; nil for the others.
  public let policy: LearnedPolicy?

  /// - Parameters:
  ///   - values: parameters by name; those that are absent keep the method's own value.
  ///   - policy: of the method `learned`.
  /// - Throws: ``StrategyError`` if the method has no such parameter or a value is outside its range.
  public init(
    name: String? = nil, _ method: Method, _ values: [String: Double] = [:], policy: LearnedPolicy? = nil
  ) throws(StrategyError) {
    let own = name ?? method.rawValue
    var complete = method.standardValues
    for (key, value) in values.sorted(by: { $0.key < $1.key }) {
      guard let parameter = StrategyParameter(rawValue: key), complete[parameter] != nil else {
        let known = method.standardValues.keys.sorted().map(\.rawValue).joined(separator: ", ")
        throw StrategyError(
          "Strategy \(own) has no parameter \(key); \(method.rawValue) has \(known.isEmpty ? "none" : known).")
      }
      let range = parameter.range
      guard range.contains(value) else {
        throw StrategyError(
          "Strategy \(own): \(key) is \(value); it is \(range.lowerBound) to \(range.upperBound) (\(parameter.unit)).")
      }
      complete[parameter] = value
    }
    self.name = own
    self.method = method
    self.values = complete
    self.policy = policy
  }

  /// A strategy that is built in, by its name.
  public static func builtIn(_ name: String) throws(StrategyError) -> Strategy {
    guard let method = Method(rawValue: name) else {
      let known = Method.allCases.map(\.rawValue).joined(separator: ", ")
      throw StrategyError("There is no strategy \(name); built in are \(known), and a file (.json) holds your own.")
    }
    return try Strategy(method)
  }

  /// The value of a parameter that the method has; 0 for another one.
  public subscript(parameter: StrategyParameter) -> Double { values[parameter] ?? 0 }

  public var version: Int { method.version }

  /// The parameters in order.
  public var parameters: [(parameter: StrategyParameter, value: Double)] {
    values.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// "optimised 1 (risk_aversion 0.1)": enough to run it again.
  public var summary: String {
    let own = name == method.rawValue ? name : "\(name) = \(method.rawValue)"
    let list = parameters.map { "\($0.parameter.rawValue) \($0.value)" }.joined(separator: ", ")
    return "\(own) \(version)" + (list.isEmpty ? "" : " (\(list))")
  }
}

/// A strategy, or what it is to be drawn from, that cannot be used; one sentence.
public struct StrategyError: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}
