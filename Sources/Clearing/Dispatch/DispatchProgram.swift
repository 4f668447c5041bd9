internal import Optimization
internal import PowerSystem

/// A dispatch as a linear program in outputs, angles and flows, which keeps the network sparse:
///
///     minimise Σ cost   subject to   flow = susceptance · (angle − angle − shift),
///                                    Σ output − Σ flow out + Σ flow in − ½ Σ loss = demand at each bus
///
/// Convex functions (quadratic costs, losses resistance · flow²) stand above tangents, to which more can be added.
struct DispatchProgram {
  /// A straight line that a convex function lies above: expression ≥ least.
  struct Tangent {
    static let name = "tangent"
    let expression: LinearExpression
    let least: Double
  }

  private(set) var program = LinearProgram()
  let output: [Variable]
  let angle: [Variable]
  let flow: [Variable]
  /// Cost of a generator where it is not linear.
  private(set) var cost: [Variable?]
  /// Loss of a branch where there is one.
  private(set) var loss: [Variable?]
  private(set) var balance: [LinearProgram.Constraint] = []
  /// Coefficients of squares that are left to the solver.
  private(set) var squares: [(variable: Variable, coefficient: Double)] = []

  /// Builds the program. With `point`, convex functions are the straight lines that touch them at that solution, so
  /// that duals are exact there.
  init(_ system: DispatchCase, withLosses: Bool, keepsSquares: Bool, touching point: DispatchSolution? = nil) {
    let references = Set(system.referenceBuses())
    var program = LinearProgram()
    output = system.generators.map {
      program.addVariable(name: "output of \($0.name)", in: $0.minimumOutput...$0.maximumOutput)
    }
    angle = system.buses.indices.map {
      program.addVariable(
        name: "angle of bus \(system.buses[$0].name)",
        in: references.contains($0) ? 0...0 : -Double.infinity...Double.infinity)
    }
    flow = system.branches.map { program.addVariable(name: "limit of \($0.name)", in: $0.flowLimits) }
    cost = [Variable?](repeating: nil, count: output.count)
    loss = [Variable?](repeating: nil, count: flow.count)
    self.program = program
    for (index, generator) in system.generators.enumerated() {
      addCost(of: generator, index, keepsSquares: keepsSquares, touching: point?.output[index])
    }
    if withLosses {
      for (index, branch) in system.branches.enumerated() where branch.resistance_perMW > 0 {
        addLoss(of: branch, index, touching: point?.flow[index])
      }
    }
    addNetwork(system)
  }

  private mutating func addCost(
    of generator: DispatchedGenerator, _ index: Int, keepsSquares: Bool, touching point: Double?
  ) {
    switch generator.cost {
    case .polynomial(let constant, let linear, let quadratic):
      program.addToObjective(linear * output[index] + constant)
      guard quadratic > 0, generator.maximumOutput > generator.minimumOutput else {
        program.addToObjective(
          LinearExpression(constant: quadratic * generator.minimumOutput * generator.minimumOutput))
        return
      }
      if let point {
        program.addToObjective(2 * quadratic * point * output[index] - quadratic * point * point)
        return
      }
      if keepsSquares {
        squares.append((output[index], quadratic))
        return
      }
      cost[index] = program.addVariable(name: "square of \(generator.name)", objective: quadratic)
      let width = generator.maximumOutput - generator.minimumOutput
      for step in 0...8 { add(tangent(ofSquareOf: index, at: generator.minimumOutput + Double(step) / 8 * width)) }
    case .piecewise(let points):
      let variable = program.addVariable(
        name: "cost of \(generator.name)", in: -Double.infinity...Double.infinity, objective: 1)
      for line in GenerationCost.lines(points) {
        program.constrain(
          variable - line.slope * output[index], atLeast: line.intercept, name: "cost curve of \(generator.name)")
      }
    }
  }

  private mutating func addLoss(of branch: Branch, _ index: Int, touching point: Double?) {
    if let point {
      loss[index] = program.addVariable(
        name: "loss of \(branch.name)", in: -Double.infinity...Double.infinity)
      if let line = tangent(ofLossOf: index, resistance: branch.resistance_perMW, at: point) {
        program.constrain(line.expression, equalTo: line.least, name: Tangent.name)
      }
      return
    }
    loss[index] = program.addVariable(name: "loss of \(branch.name)")
    let limit = branch.flowLimits
    for end in [limit.lowerBound, limit.upperBound] where end.isFinite {
      for share in [0.25, 0.5, 1] {
        add(tangent(ofLossOf: index, resistance: branch.resistance_perMW, at: share * end))
      }
    }
  }

  /// square − 2 · point · output ≥ −point².
  func tangent(ofSquareOf generator: Int, at point: Double) -> Tangent? {
    cost[generator].map { Tangent(expression: $0 - 2 * point * output[generator], least: -point * point) }
  }

  /// loss − 2 · resistance · point · flow ≥ −resistance · point².
  func tangent(ofLossOf branch: Int, resistance: Double, at point: Double) -> Tangent? {
    loss[branch].map {
      Tangent(expression: $0 - 2 * resistance * point * flow[branch], least: -resistance * point * point)
    }
  }

  private mutating func add(_ tangent: Tangent?) {
    guard let tangent else { return }
    program.constrain(tangent.expression, atLeast: tangent.least, name: Tangent.name)
  }

  private mutating func addNetwork(_ system: DispatchCase) {
    var net = [LinearExpression](repeating: LinearExpression(), count: system.buses.count)
    for (index, generator) in system.generators.enumerated() { net[generator.bus] += output[index] }
    for (index, branch) in system.branches.enumerated() {
      let difference = angle[branch.from] - angle[branch.to]
      program.constrain(
        flow[index] - branch.susceptance * difference, equalTo: -branch.susceptance * branch.phaseShift,
        name: "flow of \(branch.name)")
      net[branch.from] -= flow[index]
      net[branch.to] += flow[index]
      if let loss = loss[index] {
        net[branch.from] -= 0.5 * loss
        net[branch.to] -= 0.5 * loss
      }
    }
    balance = system.buses.indices.map {
      program.constrain(net[$0], equalTo: system.demand(ofBus: $0), name: "balance of bus \(system.buses[$0].name)")
    }
  }
}

extension Branch {
  /// Band of the flow from the limit and the band of the angle difference, MW; the angle band counts at the limit's side
  /// where both cannot hold, so that crossed bands are found by the solver.
  var flowLimits: ClosedRange<Double> {
    guard let band = angleDifference else { return -limit...limit }
    let ends = [band.lowerBound, band.upperBound].map { susceptance * ($0 - phaseShift) }
    let low = max(-limit, min(ends[0], ends[1]))
    let high = min(limit, max(ends[0], ends[1]))
    return min(low, high)...max(low, high)
  }
}
