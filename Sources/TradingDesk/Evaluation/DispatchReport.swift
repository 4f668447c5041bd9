/// What one network case was dispatched to.
public struct DispatchReport: Encodable, Sendable {
  public let `case`: String
  /// Cost of the hour.
  public let objective: Double
  /// Over the buses.
  public let lmp: PriceRange
  /// Of building, solving and pricing; reading and auditing apart.
  public let seconds: Double
  /// "passed", or what the audit found.
  public let audit: String
  /// Relative distance from a bound that no dispatch can beat.
  public let gap: Double
  public let buses: Int
  public let generators: Int
  public let branches: Int
  /// Branches whose limit has a price.
  public let congestedBranches: Int
  /// Losses, MW.
  public let lossesMW: Double
  /// The published cost, as it is printed; nil where none is known.
  public let published: String?
  /// Whether the cost is the published one in all printed digits.
  public let agrees: Bool?
}

/// Several cases beside their published costs.
public struct DispatchReports: Encodable, Sendable {
  public let cases: [DispatchReport]

  public init(cases: [DispatchReport]) { self.cases = cases }
}
