public import MarketModel

/// What the fleet of the demonstration province earns with each way of offering when the whole market is cleared again.
public struct MarketPowerReport: Hashable, Sendable, Encodable {
  public struct Owner: Hashable, Sendable, Encodable {
    public let name: String
    public let role: String
    public let capacityMW: Double
    public let shareOfCapacity: Double
  }

  public struct Limits: Hashable, Sendable, Encodable {
    public let residualSupplyReference: Double?
    public let conductShare: Double?
    public let conductAmountPerMWh: Double?
    public let impactPerMWh: Double?
  }

  /// One way of offering at one cover by contracts.
  public struct Row: Hashable, Sendable, Encodable {
    /// Share of the output as simulated that contracts settle.
    public let cover: Double
    public let policy: String
    /// Of all days; contracts are settled at the mean price of the 60 days before.
    public let profit: Double
    /// The policy's own part: a price taker's over the standard offer, a price maker's over the price taker's.
    public let part: Part?
    public let meanPrice: Double
    public let energyMWh: Double
    public let screen: Screen
    /// Bids that break a rule of the pack.
    public let violatedBids: Int
  }

  public struct Part: Hashable, Sendable, Encodable {
    public let over: String
    public let amount: Double
    /// 95 % interval by bootstrap over blocks of a week, over single days below four weeks; nil below a week.
    public let low: Double?
    public let high: Double?
    /// Percent of the gross energy revenue of the policy that it is measured over.
    public let percentOfRevenue: Double?
    public let perMWh: Double?
    /// Percent of that policy's mean price.
    public let priceMovePercent: Double
    public let priceMovePerMWh: Double
    public let daysLost: Int
  }

  /// The market-power checks over all days.
  public struct Screen: Hashable, Sendable, Encodable {
    /// "passed" or "refused".
    public let verdict: String
    public let daysBroken: Int
    public let smallestResidualSupplyIndex: Double
    public let smallestThreePivotalIndex: Double
    public let pivotalIntervals: Int
    public let largestShareAboveCeiling: Double?
    public let largestImpactPerMWh: Double?
  }

  /// A game among the strategic groups on one day.
  public struct Equilibrium: Hashable, Sendable, Encodable {
    public struct Round: Hashable, Sendable, Encodable {
      public let round: Int
      /// Largest regret as percent of that player's revenue of the day as simulated.
      public let epsilonPercent: Double
      /// Money of the day by player.
      public let regrets: [Double]
    }

    /// What an offer of ours earns.
    public struct Robustness: Hashable, Sendable, Encodable {
      public let policy: String
      public let rivalsAsSimulated: Double
      public let rivalsAtEquilibrium: Double
      public let meanPriceAsSimulated: Double
      public let meanPriceAtEquilibrium: Double
    }

    public let day: MarketDay
    public let cover: Double
    /// Whether every player keeps within the conduct limit.
    public let isLimited: Bool
    public let players: [String]
    public let course: [Round]
    public let isWithinTolerance: Bool
    public let tolerancePercent: Double
    public let robustness: [Robustness]
  }

  public let simulated = true
  public let provinceSeed: UInt64
  public let from: MarketDay
  public let to: MarketDay
  public let days: Int
  public let rulePack: String
  public let owners: [Owner]
  public let limits: Limits
  /// Largest difference between the simulated prices and those of clearing the simulated offers again, per MWh.
  public let reproductionErrorPerMWh: Double
  public let rows: [Row]
  public let equilibria: [Equilibrium]
  public let notes: [String]
}
