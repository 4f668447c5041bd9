/// What has to be decided when a power system is committed and dispatched: units, demand, reserves and network over
/// consecutive intervals of equal length. A plain value; nothing here optimises.
///
/// Power is in MW, energy in MWh, money in the problem's own currency. Costs are for each hour unless a name says
/// otherwise, so that the objective of a problem does not depend on how an interval is cut.
///
/// Elements refer to each other by position: `bus` is an index into ``buses``, `units` of a reserve an index into
/// ``units``. ``findings()`` says what does not fit together.
public struct CommitmentProblem: Sendable, Equatable {
  /// What the problem is called in reports.
  public var name: String
  /// Number of intervals T.
  public var intervalCount: Int
  /// Length of an interval, h.
  public var hoursPerInterval: Double
  /// Units with a commitment.
  public var units: [CommittableUnit]
  /// Wind, solar, hydro and imports: output anywhere within a band.
  public var profiledUnits: [ProfiledUnit]
  /// Stores of energy.
  public var storages: [StorageUnit]
  /// Nodes with their demand. A problem without a network has one.
  public var buses: [Bus]
  /// Lines and transformers.
  public var branches: [Branch]
  /// Groups of branches whose flows have a common limit.
  public var interfaces: [Interface]
  /// Outages that the flows must withstand.
  public var contingencies: [Contingency]
  /// Demands that are served where they pay.
  public var priceSensitiveDemands: [PriceSensitiveDemand]
  /// Reserves to be held.
  public var reserves: [ReserveRequirement]
  /// Regulation, spinning and other services beside the plain reserves; nil where nobody asks for them.
  public var services: AncillaryServices?
  /// Fuel that several units draw on.
  public var fuelSupplies: [FuelSupply]
  /// Bands of weighted sums of outputs.
  public var outputConstraints: [OutputConstraint]
  /// Cost of demand that is not served, for each MWh; nil where it must be served.
  public var shortageCost_perMWh: Double?
  /// Cost of output that nobody takes, for each MWh; nil where none may be left.
  public var surplusCost_perMWh: Double?
  /// Lines whose flow is chosen, whatever the angles.
  public var directCurrentLines: [DirectCurrentLine]
  /// What was assumed or left out when the problem was made, one sentence each.
  public var notes: [String]

  public init(
    name: String, intervalCount: Int, hoursPerInterval: Double = 1, units: [CommittableUnit] = [],
    profiledUnits: [ProfiledUnit] = [], storages: [StorageUnit] = [], buses: [Bus] = [], branches: [Branch] = [],
    interfaces: [Interface] = [], contingencies: [Contingency] = [],
    priceSensitiveDemands: [PriceSensitiveDemand] = [], reserves: [ReserveRequirement] = [],
    shortageCost_perMWh: Double? = nil, surplusCost_perMWh: Double? = nil,
    directCurrentLines: [DirectCurrentLine] = [], services: AncillaryServices? = nil,
    fuelSupplies: [FuelSupply] = [], outputConstraints: [OutputConstraint] = [], notes: [String] = []
  ) {
    self.name = name
    self.intervalCount = intervalCount
    self.hoursPerInterval = hoursPerInterval
    self.units = units
    self.profiledUnits = profiledUnits
    self.storages = storages
    self.buses = buses
    self.branches = branches
    self.interfaces = interfaces
    self.contingencies = contingencies
    self.priceSensitiveDemands = priceSensitiveDemands
    self.reserves = reserves
    self.shortageCost_perMWh = shortageCost_perMWh
    self.surplusCost_perMWh = surplusCost_perMWh
    self.directCurrentLines = directCurrentLines
    self.services = services
    self.fuelSupplies = fuelSupplies
    self.outputConstraints = outputConstraints
    self.notes = notes
  }
}

extension CommitmentProblem {
  /// Demand of the whole system in each interval, MW.
  public var demand: [Double] {
    var total = [Double](repeating: 0, count: intervalCount)
    for bus in buses {
      for interval in total.indices { total[interval] += bus.demand[interval] }
    }
    return total
  }
}
