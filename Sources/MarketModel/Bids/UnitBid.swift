/// What is offered for one unit on one market day.
public struct UnitBid: Hashable, Sendable {
  public let unit: UnitID
  public let curve: BidCurve
  /// When the unit declares itself on line; the market dispatches it along its curve in these intervals.
  public let commitment: IntervalSeries<Bool>
  /// Gross output by interval in MW if the expected prices come true: what the desk plans with.
  public let plannedMegawatts: [Double]

  public init(unit: UnitID, curve: BidCurve, commitment: IntervalSeries<Bool>, plannedMegawatts: [Double]) {
    precondition(plannedMegawatts.count == commitment.grid.count, "a plan has one output for each interval")
    self.unit = unit
    self.curve = curve
    self.commitment = commitment
    self.plannedMegawatts = plannedMegawatts
  }
}

/// Why a bid has its shape and what it is expected to bring.
public struct BidExplanation: Hashable, Sendable {
  /// In the order of the curve's points.
  public let reasons: [SegmentReason]
  /// Why the unit is on or off line as it is, in a sentence or two.
  public let unit: Reason
  public let expectation: BidExpectation

  public init(reasons: [SegmentReason], unit: Reason, expectation: BidExpectation) {
    self.reasons = reasons
    self.unit = unit
    self.expectation = expectation
  }
}

/// The same reason in two languages.
public struct Reason: Hashable, Sendable {
  public let english: String
  public let chinese: String

  public init(english: String, chinese: String) {
    self.english = english
    self.chinese = chinese
  }
}

/// Why a segment has its price, and what it is expected to bring.
public struct SegmentReason: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, Codable {
    /// The block up to the lowest output, offered so that the unit stays on line.
    case minimumLoadBlock = "minimum-load block"
    /// Offered at the cost of one more megawatt-hour.
    case marginalCost = "marginal cost"
    /// Offered above the marginal cost because a start has to be earned back.
    case startUpRecovery = "start-up recovery"
    /// Cost plus a fixed share.
    case costPlus = "cost plus"
  }

  public let kind: Kind
  public let reason: Reason
  /// Cost of one more net megawatt-hour in this segment, in currency units.
  public let marginalCostPerMegawattHour: Double
  /// Share of scenario intervals on line in which the price reaches the segment's end.
  public let clearingShare: Double
  /// Expected profit of the day that comes from this segment, in currency units.
  public let expectedProfit: Double

  public init(
    kind: Kind, reason: Reason, marginalCostPerMegawattHour: Double, clearingShare: Double, expectedProfit: Double
  ) {
    self.kind = kind
    self.reason = reason
    self.marginalCostPerMegawattHour = marginalCostPerMegawattHour
    self.clearingShare = clearingShare
    self.expectedProfit = expectedProfit
  }
}

/// A mean and its central 80 % interval over scenarios.
public struct ExpectedRange: Hashable, Sendable, Codable {
  public let mean: Double
  public let low: Double
  public let high: Double

  public init(mean: Double, low: Double, high: Double) {
    self.mean = mean
    self.low = low
    self.high = high
  }
}

/// What a bid is expected to bring on its day, over the price scenarios.
public struct BidExpectation: Hashable, Sendable {
  /// Net, in MWh.
  public let clearedEnergy: ExpectedRange
  /// In currency units.
  public let revenue: ExpectedRange
  public let profit: ExpectedRange
  /// Mean of the worst 5 % of scenarios.
  public let conditionalValueAtRisk: Double

  public init(
    clearedEnergy: ExpectedRange, revenue: ExpectedRange, profit: ExpectedRange, conditionalValueAtRisk: Double
  ) {
    self.clearedEnergy = clearedEnergy
    self.revenue = revenue
    self.profit = profit
    self.conditionalValueAtRisk = conditionalValueAtRisk
  }
}

/// How the offers of a book were made.
public enum OfferStrategy: String, Hashable, Sendable, Codable, CaseIterable {
  /// Cost plus a fixed share in equal segments, always on line: a careful trader's by hand.
  case standard
  /// Expected profit less a risk penalty over price scenarios.
  case optimised
}

/// The bids of all units for one day, in the order of the units.
public struct BidBook: Hashable, Sendable {
  public let day: MarketDay
  public let strategy: OfferStrategy
  public let bids: [UnitBid]

  public init(day: MarketDay, strategy: OfferStrategy, bids: [UnitBid]) {
    self.day = day
    self.strategy = strategy
    self.bids = bids.sorted { $0.unit < $1.unit }
  }
}
