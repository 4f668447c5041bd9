/// A unit that is on or off: its output between a minimum and a maximum when on, its costs, and how fast it may move.
public struct CommittableUnit: Sendable, Equatable {
  /// A corner of the cost curve.
  public struct CostPoint: Sendable, Equatable {
    /// Output, MW.
    public var output: Double
    /// Cost of an hour at that output.
    public var costPerHour: Double

    public init(output: Double, costPerHour: Double) {
      self.output = output
      self.costPerHour = costPerHour
    }
  }

  /// What a start costs after a time off line.
  public struct StartCategory: Sendable, Equatable {
    /// Intervals off line from which the category holds.
    public var afterIntervals: Int
    /// Cost of the start.
    public var cost: Double

    public init(afterIntervals: Int, cost: Double) {
      self.afterIntervals = afterIntervals
      self.cost = cost
    }
  }

  /// How the unit enters the first interval.
  public enum InitialState: Sendable, Equatable {
    /// On line for so many intervals, with this output in the last of them, MW.
    case on(forIntervals: Int, output: Double)
    /// Off line for so many intervals.
    case off(forIntervals: Int)

    /// Whether the unit is on line.
    public var isOn: Bool {
      if case .on = self { true } else { false }
    }
  }

  public var name: String
  /// Index into the problem's buses.
  public var bus: Int
  /// Corners by rising output; the first is the minimum output, the last the maximum. Convex.
  public var costCurve: [CostPoint]
  /// Added to the marginal cost in each interval, for each MWh; empty where it does not vary.
  public var costAdder: [Double]
  /// Output that is available in each interval, MW; empty where it is the maximum.
  public var availableOutput: [Double]
  /// By rising time off line; the first holds from the minimum down time. Empty: starts are free.
  public var startCategories: [StartCategory]
  /// Cost of a shut-down.
  public var shutDownCost: Double
  /// Intervals that the unit stays on after a start, at least 1.
  public var minimumUpIntervals: Int
  /// Intervals that the unit stays off after a shut-down, at least 1.
  public var minimumDownIntervals: Int
  /// Largest rise from one interval to the next while on, MW.
  public var rampUp: Double
  /// Largest fall from one interval to the next while on, MW.
  public var rampDown: Double
  /// Largest output in the interval of the start, MW.
  public var startUpLimit: Double
  /// Largest output in the last interval before a shut-down, MW.
  public var shutDownLimit: Double
  public var initialState: InitialState
  /// Whether the output before the first interval is known. Where it is not, no ramp leads into the first interval and a
  /// stop in it has no limit.
  public var initialOutputIsKnown: Bool
  /// Status that is not free, by interval; empty where all are.
  public var fixedStatus: [Bool?]

  public init(
    name: String, bus: Int = 0, costCurve: [CostPoint], costAdder: [Double] = [], availableOutput: [Double] = [],
    startCategories: [StartCategory] = [], shutDownCost: Double = 0, minimumUpIntervals: Int = 1,
    minimumDownIntervals: Int = 1, rampUp: Double = .infinity, rampDown: Double = .infinity,
    startUpLimit: Double = .infinity, shutDownLimit: Double = .infinity, initialState: InitialState,
    initialOutputIsKnown: Bool = true, fixedStatus: [Bool?] = []
  ) {
    self.name = name
    self.bus = bus
    self.costCurve = costCurve
    self.costAdder = costAdder
    self.availableOutput = availableOutput
    self.startCategories = startCategories
    self.shutDownCost = shutDownCost
    self.minimumUpIntervals = minimumUpIntervals
    self.minimumDownIntervals = minimumDownIntervals
    self.rampUp = rampUp
    self.rampDown = rampDown
    self.startUpLimit = startUpLimit
    self.shutDownLimit = shutDownLimit
    self.initialState = initialState
    self.initialOutputIsKnown = initialOutputIsKnown
    self.fixedStatus = fixedStatus
  }
}

extension CommittableUnit {
  /// Lowest output when on, MW.
  public var minimumOutput: Double { costCurve.first?.output ?? 0 }
  /// Highest output, MW.
  public var maximumOutput: Double { costCurve.last?.output ?? 0 }

  /// Cost of an hour at an output between the minimum and the maximum; linear between the corners.
  public func costPerHour(atOutput output: Double) -> Double {
    guard let first = costCurve.first else { return 0 }
    var cost = first.costPerHour
    for (left, right) in zip(costCurve, costCurve.dropFirst()) where output > left.output {
      let width = right.output - left.output
      guard width > 0 else { continue }
      cost += (min(output, right.output) - left.output) / width * (right.costPerHour - left.costPerHour)
    }
    return cost
  }

  /// Cost of a start after so many intervals off line. Before the first category's time the first holds.
  public func startCost(afterIntervals intervals: Int) -> Double {
    startCategories.last { $0.afterIntervals <= intervals }?.cost ?? startCategories.first?.cost ?? 0
  }
}

/// A unit whose output is anywhere within a band: wind, solar, hydro, imports. Output below the upper end is curtailed.
public struct ProfiledUnit: Sendable, Equatable {
  public var name: String
  /// Index into the problem's buses.
  public var bus: Int
  /// Lower end of the band by interval, MW.
  public var minimumOutput: [Double]
  /// Upper end of the band by interval, MW.
  public var maximumOutput: [Double]
  /// Cost of each MWh by interval; empty where it is free.
  public var cost_perMWh: [Double]
  /// Largest rise and fall from the interval before, by interval, MW; empty where there is no limit. The first is unused.
  public var rampUp: [Double]
  public var rampDown: [Double]

  public init(
    name: String, bus: Int = 0, minimumOutput: [Double], maximumOutput: [Double], cost_perMWh: [Double] = [],
    rampUp: [Double] = [], rampDown: [Double] = []
  ) {
    self.name = name
    self.bus = bus
    self.minimumOutput = minimumOutput
    self.maximumOutput = maximumOutput
    self.cost_perMWh = cost_perMWh
    self.rampUp = rampUp
    self.rampDown = rampDown
  }
}

/// A store of energy: charge in, discharge out, losses on the way. The level at the end of interval t is
/// (1 − loss) · level(t − 1) + efficiency of charging · charge − discharge / efficiency of discharging, in MWh.
public struct StorageUnit: Sendable, Equatable {
  public var name: String
  /// Index into the problem's buses.
  public var bus: Int
  /// Band of the level by interval, MWh.
  public var minimumLevel: [Double]
  public var maximumLevel: [Double]
  /// Level before the first interval, MWh.
  public var initialLevel: Double
  /// Band of the level at the end of the last interval, MWh; nil where the band of the interval holds.
  public var finalLevel: ClosedRange<Double>?
  /// Band of the charge by interval when charging, MW.
  public var minimumCharge: [Double]
  public var maximumCharge: [Double]
  /// Band of the discharge by interval when discharging, MW.
  public var minimumDischarge: [Double]
  public var maximumDischarge: [Double]
  /// Cost of each MWh charged or discharged, by interval.
  public var chargeCost_perMWh: [Double]
  public var dischargeCost_perMWh: [Double]
  /// Shares, by interval.
  public var chargeEfficiency: [Double]
  public var dischargeEfficiency: [Double]
  public var loss: [Double]
  /// Whether it may charge and discharge in the same interval, by interval.
  public var allowsBoth: [Bool]

  public init(
    name: String, bus: Int = 0, minimumLevel: [Double], maximumLevel: [Double], initialLevel: Double,
    finalLevel: ClosedRange<Double>? = nil, minimumCharge: [Double], maximumCharge: [Double],
    minimumDischarge: [Double], maximumDischarge: [Double], chargeCost_perMWh: [Double],
    dischargeCost_perMWh: [Double], chargeEfficiency: [Double], dischargeEfficiency: [Double], loss: [Double],
    allowsBoth: [Bool]
  ) {
    self.name = name
    self.bus = bus
    self.minimumLevel = minimumLevel
    self.maximumLevel = maximumLevel
    self.initialLevel = initialLevel
    self.finalLevel = finalLevel
    self.minimumCharge = minimumCharge
    self.maximumCharge = maximumCharge
    self.minimumDischarge = minimumDischarge
    self.maximumDischarge = maximumDischarge
    self.chargeCost_perMWh = chargeCost_perMWh
    self.dischargeCost_perMWh = dischargeCost_perMWh
    self.chargeEfficiency = chargeEfficiency
    self.dischargeEfficiency = dischargeEfficiency
    self.loss = loss
    self.allowsBoth = allowsBoth
  }
}

/// A demand that is served where its value exceeds the price.
public struct PriceSensitiveDemand: Sendable, Equatable {
  public var name: String
  /// Index into the problem's buses.
  public var bus: Int
  /// Most that is taken by interval, MW.
  public var maximumDemand: [Double]
  /// Value of each MWh by interval.
  public var value_perMWh: [Double]

  public init(name: String, bus: Int = 0, maximumDemand: [Double], value_perMWh: [Double]) {
    self.name = name
    self.bus = bus
    self.maximumDemand = maximumDemand
    self.value_perMWh = value_perMWh
  }
}
