/// One interval of a power system whose units are on: what is dispatched by optimal power flow. A plain value.
///
/// Power is in MW and costs are for one hour in the case's own currency. ``findings()`` says what does not fit together.
public struct DispatchCase: Sendable, Equatable {
  /// What the case is called in reports.
  public var name: String
  /// Nodes; the demand of each has one value.
  public var buses: [Bus]
  /// Generators that are on line.
  public var generators: [DispatchedGenerator]
  /// Lines and transformers in service.
  public var branches: [Branch]
  /// Index of the bus whose price is the energy part of all prices of its island.
  public var referenceBus: Int

  public init(
    name: String, buses: [Bus], generators: [DispatchedGenerator], branches: [Branch] = [], referenceBus: Int = 0
  ) {
    self.name = name
    self.buses = buses
    self.generators = generators
    self.branches = branches
    self.referenceBus = referenceBus
  }

  /// Demand of a bus, MW.
  public func demand(ofBus bus: Int) -> Double { buses[bus].demand.first ?? 0 }
}

/// A generator that is on: output within a band at a convex cost.
public struct DispatchedGenerator: Sendable, Equatable {
  public var name: String
  /// Index into the case's buses.
  public var bus: Int
  /// Band of the output, MW; negative for a load that is dispatched.
  public var minimumOutput: Double
  public var maximumOutput: Double
  public var cost: GenerationCost

  public init(name: String, bus: Int, minimumOutput: Double, maximumOutput: Double, cost: GenerationCost) {
    self.name = name
    self.bus = bus
    self.minimumOutput = minimumOutput
    self.maximumOutput = maximumOutput
    self.cost = cost
  }
}

/// What an hour at an output costs.
public enum GenerationCost: Sendable, Equatable {
  /// constant + linear · P + quadratic · P², P in MW.
  case polynomial(constant: Double, linear: Double, quadratic: Double)
  /// Linear between points by rising output; the first and the last slope go on outside.
  case piecewise([CommittableUnit.CostPoint])

  /// Cost of an hour at an output, MW.
  public func costPerHour(atOutput output: Double) -> Double {
    switch self {
    case .polynomial(let constant, let linear, let quadratic):
      return constant + output * (linear + quadratic * output)
    case .piecewise(let points):
      guard let first = points.first else { return 0 }
      let lines = GenerationCost.lines(points)
      return lines.map { $0.intercept + $0.slope * output }.max() ?? first.costPerHour
    }
  }

  /// Marginal cost just below and just above an output, for each MWh; the same unless the output is at a corner
  /// (within `tolerance` MW).
  public func marginalCost(atOutput output: Double, tolerance: Double = 1e-6) -> ClosedRange<Double> {
    switch self {
    case .polynomial(_, let linear, let quadratic):
      let slope = linear + 2 * quadratic * output
      return slope...slope
    case .piecewise(let points):
      let lines = GenerationCost.lines(points)
      let below = lines.last { $0.start < output - tolerance }?.slope ?? lines.first?.slope ?? 0
      let above = lines.last { $0.start <= output + tolerance }?.slope ?? lines.first?.slope ?? 0
      return min(below, above)...max(below, above)
    }
  }

  /// The lines through neighbouring points, by rising start; points of the same output count once.
  public static func lines(
    _ points: [CommittableUnit.CostPoint]
  ) -> [(start: Double, slope: Double, intercept: Double)] {
    zip(points, points.dropFirst()).compactMap { left, right in
      guard right.output > left.output else { return nil }
      let slope = (right.costPerHour - left.costPerHour) / (right.output - left.output)
      return (left.output, slope, left.costPerHour - slope * left.output)
    }
  }
}
