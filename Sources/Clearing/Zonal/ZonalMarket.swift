/// What a unit sells or a region needs: energy, regulation, and response to a contingency within a time.
public enum MarketService: String, Sendable, Hashable, CaseIterable {
  case energy
  case raiseRegulation = "raise_reg"
  case lowerRegulation = "lower_reg"
  case raise1s = "raise_1s"
  case raise6s = "raise_6s"
  case raise60s = "raise_60s"
  case raise5min = "raise_5min"
  case lower1s = "lower_1s"
  case lower6s = "lower_6s"
  case lower60s = "lower_60s"
  case lower5min = "lower_5min"

  /// Whether it is held for a contingency.
  public var isContingency: Bool {
    switch self {
    case .energy, .raiseRegulation, .lowerRegulation: false
    default: true
    }
  }
}

/// One interval of a market of regions with interconnectors, in which energy and ancillary services are cleared
/// together. A plain value.
///
/// Power in MW, prices for each MW and hour. The rules are those of AEMO, "FCAS Model in NEMDE" (2024), written down as a
/// linear program; regions, services and limits are data.
public struct ZonalMarket: Sendable, Equatable {
  public var regions: [MarketRegion]
  public var units: [ZonalUnit]
  public var interconnectors: [Interconnector]
  /// Needs of services; their duals are the services' prices.
  public var requirements: [MarketConstraint]
  /// Other limits; their duals are in nobody's price but through dispatch.
  public var constraints: [MarketConstraint]

  public init(
    regions: [MarketRegion], units: [ZonalUnit], interconnectors: [Interconnector] = [],
    requirements: [MarketConstraint] = [], constraints: [MarketConstraint] = []
  ) {
    self.regions = regions
    self.units = units
    self.interconnectors = interconnectors
    self.requirements = requirements
    self.constraints = constraints
  }
}

/// A region with one energy price.
public struct MarketRegion: Sendable, Equatable {
  public var name: String
  /// MW.
  public var demand: Double
  /// Cost of each MWh of demand that is not served; nil where all must be.
  public var shortageCost_perMWh: Double?

  public init(name: String, demand: Double, shortageCost_perMWh: Double? = nil) {
    self.name = name
    self.demand = demand
    self.shortageCost_perMWh = shortageCost_perMWh
  }
}

/// A unit with its offers.
public struct ZonalUnit: Sendable, Equatable {
  /// What the unit offers of one service.
  public struct Offer: Sendable, Equatable {
    public var service: MarketService
    /// Bands of price and quantity (MW); any order.
    public var bands: [Band]
    /// Most of the service, MW.
    public var maximum: Double
    /// How much of an ancillary service there is at which output; nil where it does not depend.
    public var trapezium: Trapezium?

    public init(
      service: MarketService, bands: [Band], maximum: Double = .infinity, trapezium: Trapezium? = nil
    ) {
      self.service = service
      self.bands = bands
      self.maximum = maximum
      self.trapezium = trapezium
    }
  }

  /// A quantity at a price.
  public struct Band: Sendable, Equatable {
    public var price: Double
    /// MW.
    public var quantity: Double

    public init(price: Double, quantity: Double) {
      self.price = price
      self.quantity = quantity
    }
  }

  /// The service rises from nothing at the least output to the maximum at the low break point, and falls from the high
  /// break point to nothing at the highest output, MW.
  public struct Trapezium: Sendable, Equatable {
    public var maximum: Double
    public var least: Double
    public var lowBreak: Double
    public var highBreak: Double
    public var highest: Double

    public init(maximum: Double, least: Double, lowBreak: Double, highBreak: Double, highest: Double) {
      self.maximum = maximum
      self.least = least
      self.lowBreak = lowBreak
      self.highBreak = highBreak
      self.highest = highest
    }
  }

  /// Output in the interval before and how far it may move, MW.
  public struct Ramp: Sendable, Equatable {
    public var initial: Double
    public var up: Double
    public var down: Double

    public init(initial: Double, up: Double, down: Double) {
      self.initial = initial
      self.up = up
      self.down = down
    }
  }

  public var name: String
  /// Index into the market's regions.
  public var region: Int
  /// Whether it takes energy; its energy bands are bids then.
  public var isLoad: Bool
  /// Value of its energy at the region's node: an offer counts there as price / loss factor.
  public var lossFactor: Double
  /// Most energy, MW.
  public var capacity: Double
  public var ramp: Ramp?
  public var offers: [Offer]

  public init(
    name: String, region: Int, isLoad: Bool = false, lossFactor: Double = 1, capacity: Double = .infinity,
    ramp: Ramp? = nil, offers: [Offer]
  ) {
    self.name = name
    self.region = region
    self.isLoad = isLoad
    self.lossFactor = lossFactor
    self.capacity = capacity
    self.ramp = ramp
    self.offers = offers
  }
}

/// A controllable or aggregate line between two regions.
public struct Interconnector: Sendable, Equatable {
  /// Loss at a flow, both MW; linear between.
  public struct LossPoint: Sendable, Equatable {
    public var flow: Double
    public var loss: Double

    public init(flow: Double, loss: Double) {
      self.flow = flow
      self.loss = loss
    }
  }

  public var name: String
  /// Indices into the market's regions; the flow is positive from the first to the second.
  public var from: Int
  public var to: Int
  /// Band of the flow, MW.
  public var limits: ClosedRange<Double>
  /// By rising flow, covering the limits; empty where nothing is lost.
  public var losses: [LossPoint]
  /// Share of the loss that the first region bears.
  public var lossShareOfFrom: Double

  public init(
    name: String, from: Int, to: Int, limits: ClosedRange<Double>, losses: [LossPoint] = [],
    lossShareOfFrom: Double = 0.5
  ) {
    self.name = name
    self.from = from
    self.to = to
    self.limits = limits
    self.losses = losses
    self.lossShareOfFrom = lossShareOfFrom
  }
}

/// A linear limit on services of regions and units, and on flows.
public struct MarketConstraint: Sendable, Equatable {
  /// What counts, by index, with its factor.
  public enum Term: Sendable, Equatable {
    /// A service of all units of a region.
    case region(Int, MarketService, factor: Double)
    case unit(Int, MarketService, factor: Double)
    case interconnector(Int, factor: Double)
  }

  /// How the sum compares with the right side.
  public enum Relation: Sendable, Equatable {
    case atMost, atLeast, equal
  }

  public var name: String
  public var terms: [Term]
  public var relation: Relation
  public var rightSide: Double
  /// Cost of each MW by which it is missed; nil where it must hold.
  public var violationCost: Double?

  public init(
    name: String, terms: [Term], relation: Relation, rightSide: Double, violationCost: Double? = nil
  ) {
    self.name = name
    self.terms = terms
    self.relation = relation
    self.rightSide = rightSide
    self.violationCost = violationCost
  }
}
