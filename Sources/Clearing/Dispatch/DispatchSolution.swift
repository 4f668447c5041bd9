/// What ``dispatch(_:settings:)`` decides, and the prices that go with it. Arrays are in the order of the case.
public struct DispatchSolution: Sendable, Equatable {
  /// Output of each generator, MW.
  public var output: [Double]
  /// Voltage angle of each bus against its island's reference, rad.
  public var angle: [Double]
  /// Flow of each branch, from its first to its second bus, MW.
  public var flow: [Double]
  /// Loss of each branch, MW; half of it is demand at each end. 0 where losses are left out.
  public var loss: [Double]
  /// Cost of the hour.
  public var costPerHour: Double
  /// Price of each bus: what another MWh of demand there costs.
  public var prices: [NodalPrice]
  /// Shadow price of each branch's limit for each MWh of flow: positive at the upper limit, negative at the lower.
  public var branchPrice_perMWh: [Double]
  /// Relative distance of the cost from a bound that no dispatch can beat.
  public var gap: Double

  public init(
    output: [Double], angle: [Double], flow: [Double], loss: [Double], costPerHour: Double, prices: [NodalPrice],
    branchPrice_perMWh: [Double], gap: Double
  ) {
    self.output = output
    self.angle = angle
    self.flow = flow
    self.loss = loss
    self.costPerHour = costPerHour
    self.prices = prices
    self.branchPrice_perMWh = branchPrice_perMWh
    self.gap = gap
  }
}

/// A locational marginal price with its parts, for each MWh (Schweppe and others, "Spot Pricing of Electricity", 1988).
public struct NodalPrice: Sendable, Equatable {
  /// Price at the reference bus of the island.
  public var energy: Double
  /// What limits of branches add.
  public var congestion: Double
  /// What losses on the way from the reference bus add.
  public var loss: Double

  /// The price.
  public var total: Double { energy + congestion + loss }

  public init(energy: Double, congestion: Double = 0, loss: Double = 0) {
    self.energy = energy
    self.congestion = congestion
    self.loss = loss
  }
}

/// Choices of a dispatch.
public struct DispatchSettings: Sendable, Hashable {
  /// Whether resistance · flow² is lost on a branch.
  public var withLosses: Bool
  /// Relative gap between cost and bound at which outer linearisation stops.
  public var relativeGap: Double
  /// Seconds for one solve.
  public var timeLimit: Double
  /// Whether quadratic costs are solved exactly before they are linearised.
  public var triesQuadraticProgram: Bool

  public init(
    withLosses: Bool = false, relativeGap: Double = 1e-9, timeLimit: Double = 60, triesQuadraticProgram: Bool = true
  ) {
    self.withLosses = withLosses
    self.relativeGap = relativeGap
    self.timeLimit = timeLimit
    self.triesQuadraticProgram = triesQuadraticProgram
  }
}
