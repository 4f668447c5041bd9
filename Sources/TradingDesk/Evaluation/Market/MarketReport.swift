public import MarketModel

/// What clearing some days came to: one document.
public struct MarketReport: Encodable, Sendable {
  public var schema = "spotdesk.market/1"
  public let provenance: Provenance
  public let from: MarketDay
  public let to: MarketDay
  public let days: [Day]
  public let total: Total
  public let notes: [String]

  /// From what the figures were made.
  public struct Provenance: Encodable, Sendable {
    public let program: String
    public let command: String
    public let data: String
    public let sha256: String
  }

  /// One market of one day.
  public struct Outcome: Encodable, Sendable {
    /// Of all that was done on the day: output, starts, stops, and whatever was missing at its price.
    public let cost: Double
    /// Over buses and intervals.
    public let lmp: PriceRange
    /// Wind and solar that were there and not taken.
    public let curtailedMWh: Double
    public let shortageMWh: Double
    public let surplusMWh: Double
    public let reserveShortfallMWh: Double
    public let starts: Int
    /// What consumers pay more than producers get.
    public let congestionRent: Double
    /// Intervals in which some limit of a flow had a price.
    public let congestedIntervals: Int
  }

  public struct Day: Encodable, Sendable {
    public let day: MarketDay
    public let dayAhead: Outcome
    public let realTime: Outcome?
    /// Relative gap of the day-ahead commitment over its whole horizon.
    public let gap: Double
    /// "optimal" within the gap asked for, or what ended the search.
    public let status: String
    /// Hours of units that the reliability commitment added.
    public let addedUnitHours: Int
    public let audit: Audits
    public let seconds: Seconds
  }

  /// "passed", or what was found.
  public struct Audits: Encodable, Sendable {
    public let commitment: String
    public let dayAhead: String
    public let reliability: String?
    public let realTime: String?

    var all: [String] { [commitment, dayAhead] + [reliability, realTime].compactMap { $0 } }
  }

  public struct Seconds: Encodable, Sendable {
    public let commitment: Double
    public let prices: Double
    public let reliability: Double
    public let realTime: Double
  }

  public struct Total: Encodable, Sendable {
    public let dayAheadCost: Double
    public let realTimeCost: Double?
    public let meanGap: Double
    public let largestGap: Double
    /// "passed" if every audit of every day did, otherwise the first that did not.
    public let audit: String
    /// Wall clock, reading included.
    public let seconds: Double
  }
}
