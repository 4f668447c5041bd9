/// A node of the network.
public struct Bus: Sendable, Equatable {
  public var name: String
  /// Demand that must be served, by interval, MW. Shunt conductance counts as demand.
  public var demand: [Double]

  public init(name: String, demand: [Double]) {
    self.name = name
    self.demand = demand
  }
}

/// A line or a transformer in the linear ("DC") model: flow = susceptance · (angle from − angle to − phase shift).
public struct Branch: Sendable, Equatable {
  public var name: String
  /// Indices into the problem's buses; the flow is positive from the first to the second.
  public var from: Int
  public var to: Int
  /// MW for each radian.
  public var susceptance: Double
  /// Angle of a phase shifter, rad.
  public var phaseShift: Double
  /// Largest flow in either direction, MW.
  public var limit: Double
  /// Largest flow after an outage, MW.
  public var emergencyLimit: Double
  /// Cost of each MW over the limit for an hour; nil where the limit holds.
  public var overloadCost_perMWh: Double?
  /// Band of angle from − angle to, rad; nil where it is free.
  public var angleDifference: ClosedRange<Double>?
  /// Series resistance in per unit of 1 MW base (loss ≈ resistance · flow²); 0 where losses are left out.
  public var resistance_perMW: Double

  public init(
    name: String, from: Int, to: Int, susceptance: Double, phaseShift: Double = 0, limit: Double = .infinity,
    emergencyLimit: Double = .infinity, overloadCost_perMWh: Double? = nil,
    angleDifference: ClosedRange<Double>? = nil, resistance_perMW: Double = 0
  ) {
    self.name = name
    self.from = from
    self.to = to
    self.susceptance = susceptance
    self.phaseShift = phaseShift
    self.limit = limit
    self.emergencyLimit = emergencyLimit
    self.overloadCost_perMWh = overloadCost_perMWh
    self.angleDifference = angleDifference
    self.resistance_perMW = resistance_perMW
  }
}

/// A group of branches whose flows, each with its sign, have a common limit.
public struct Interface: Sendable, Equatable {
  public var name: String
  /// Indices into the problem's branches with their factors, usually 1 or −1.
  public var branches: [(index: Int, factor: Double)]
  /// Band of the sum, MW.
  public var limits: ClosedRange<Double>
  /// Cost of each MW outside for an hour; nil where the band holds.
  public var violationCost_perMWh: Double?

  public init(
    name: String, branches: [(index: Int, factor: Double)], limits: ClosedRange<Double>,
    violationCost_perMWh: Double? = nil
  ) {
    self.name = name
    self.branches = branches
    self.limits = limits
    self.violationCost_perMWh = violationCost_perMWh
  }

  public static func == (left: Interface, right: Interface) -> Bool {
    left.name == right.name && left.limits == right.limits
      && left.violationCost_perMWh == right.violationCost_perMWh
      && left.branches.map(\.index) == right.branches.map(\.index)
      && left.branches.map(\.factor) == right.branches.map(\.factor)
  }
}

/// The loss of branches that the remaining ones must withstand within their emergency limits.
public struct Contingency: Sendable, Equatable {
  public var name: String
  /// Indices into the problem's branches.
  public var branches: [Int]

  public init(name: String, branches: [Int]) {
    self.name = name
    self.branches = branches
  }
}
