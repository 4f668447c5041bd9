public import PowerSystem

/// Verifies a dispatch and its prices from the data of the case alone: what flows and costs must be, which limits hold, and
/// whether the prices prove that nothing cheaper exists (the Karush-Kuhn-Tucker conditions). Shares no code with the solver.
public struct DispatchAudit: Sendable {
  /// Everything that is wrong; empty when the dispatch passed.
  public let findings: [ProblemFinding]
  /// "passed", or the first findings.
  public var verdict: String {
    findings.isEmpty
      ? "passed" : findings.prefix(5).map(\.description).joined(separator: " ")
  }

  /// Power in MW that counts as nothing, relative to the largest demand of a bus or limit (at least 1 MW).
  static let powerTolerance = 1e-5
  /// Share of the highest price (at least 1) that counts as nothing.
  static let priceTolerance = 1e-5

  /// Checks a solution against the case it claims to solve.
  public init(_ system: DispatchCase, _ solution: DispatchSolution) {
    let shape = DispatchAudit.shapeFindings(system, solution)
    guard shape.isEmpty else {
      findings = shape
      return
    }
    let check = Check(system: system, solution: solution)
    findings =
      check.outputs() + check.flows() + check.balances() + check.cost() + check.generatorPrices()
      + check.branchPrices() + check.networkPrices() + check.duality()
  }

  private static func shapeFindings(_ system: DispatchCase, _ solution: DispatchSolution) -> [ProblemFinding] {
    let lengths = [
      (solution.output.count, system.generators.count, "outputs"), (solution.angle.count, system.buses.count, "angles"),
      (solution.prices.count, system.buses.count, "prices"), (solution.flow.count, system.branches.count, "flows"),
      (solution.loss.count, system.branches.count, "losses"),
      (solution.branchPrice_perMWh.count, system.branches.count, "branch prices"),
    ]
    var findings = lengths.filter { $0.0 != $0.1 }.map {
      ProblemFinding(element: system.name, text: "has \($0.0) \($0.2) for \($0.1).")
    }
    let numbers = solution.output + solution.angle + solution.flow + solution.loss + solution.branchPrice_perMWh
    if !(numbers + solution.prices.map(\.total) + [solution.costPerHour]).allSatisfy(\.isFinite) {
      findings.append(ProblemFinding(element: system.name, text: "has a result that is no finite number."))
    }
    return findings
  }
}

/// One audit under way.
private struct Check {
  let system: DispatchCase
  let solution: DispatchSolution
  let price: [Double]
  let powerTolerance: Double
  let priceTolerance: Double

  init(system: DispatchCase, solution: DispatchSolution) {
    self.system = system
    self.solution = solution
    price = solution.prices.map(\.total)
    let sizes = system.buses.indices.map { abs(system.demand(ofBus: $0)) } + solution.flow.map(abs)
    powerTolerance = DispatchAudit.powerTolerance * max(1, (sizes.max() ?? 0) / 100)
    priceTolerance = DispatchAudit.priceTolerance * max(1, price.map(abs).max() ?? 0)
  }

  func outputs() -> [ProblemFinding] {
    zip(system.generators, solution.output).compactMap { generator, output in
      guard
        output < generator.minimumOutput - powerTolerance || output > generator.maximumOutput + powerTolerance
      else { return nil }
      return ProblemFinding(
        element: generator.name,
        text: "gives \(output) MW, outside \(generator.minimumOutput) to \(generator.maximumOutput) MW.")
    }
  }

  func flows() -> [ProblemFinding] {
    system.branches.indices.flatMap { index -> [ProblemFinding] in
      let branch = system.branches[index]
      let flow = solution.flow[index]
      let difference = solution.angle[branch.from] - solution.angle[branch.to]
      var texts: [String] = []
      let physical = branch.susceptance * (difference - branch.phaseShift)
      if abs(physical - flow) > powerTolerance {
        texts.append("carries \(flow) MW; its angles ask for \(physical) MW.")
      }
      if abs(flow) > branch.limit + powerTolerance {
        texts.append("carries \(flow) MW, above its limit of \(branch.limit) MW.")
      }
      if let band = branch.angleDifference {
        let tolerance = powerTolerance / max(1, abs(branch.susceptance)) + 1e-9
        if difference < band.lowerBound - tolerance || difference > band.upperBound + tolerance {
          texts.append("has an angle difference of \(difference) rad, outside \(band).")
        }
      }
      return texts.map { ProblemFinding(element: branch.name, text: $0) }
    }
  }

  func balances() -> [ProblemFinding] {
    var net = system.buses.indices.map { -system.demand(ofBus: $0) }
    for (generator, output) in zip(system.generators, solution.output) { net[generator.bus] += output }
    for (index, branch) in system.branches.enumerated() {
      net[branch.from] -= solution.flow[index] + solution.loss[index] / 2
      net[branch.to] += solution.flow[index] - solution.loss[index] / 2
    }
    return net.indices.filter { abs(net[$0]) > powerTolerance }.map {
      ProblemFinding(element: "bus \(system.buses[$0].name)", text: "is out of balance by \(net[$0]) MW.")
    }
  }

  func cost() -> [ProblemFinding] {
    let cost = zip(system.generators, solution.output).reduce(0) { $0 + $1.0.cost.costPerHour(atOutput: $1.1) }
    guard abs(cost - solution.costPerHour) > 1e-9 * max(1, abs(cost)) else { return [] }
    return [ProblemFinding(element: system.name, text: "costs \(cost), not \(solution.costPerHour) as it says.")]
  }

  /// A generator between its limits has the marginal cost of its bus' price; at the lower limit it is dearer, at the upper
  /// cheaper.
  func generatorPrices() -> [ProblemFinding] {
    zip(system.generators, solution.output).compactMap { generator, output in
      let marginal = generator.cost.marginalCost(atOutput: output, tolerance: powerTolerance)
      let price = price[generator.bus]
      let atLeast = output <= generator.minimumOutput + powerTolerance
      let atMost = output >= generator.maximumOutput - powerTolerance
      let isRight =
        (atLeast || price >= marginal.lowerBound - priceTolerance)
        && (atMost || price <= marginal.upperBound + priceTolerance)
      guard !isRight else { return nil }
      return ProblemFinding(
        element: generator.name, text: "gives \(output) MW at a marginal cost of \(marginal) and a price of \(price).")
    }
  }

  /// A limit that is not reached has no price, and a price has the sign of its limit.
  func branchPrices() -> [ProblemFinding] {
    system.branches.indices.compactMap { index in
      let (flow, price) = (solution.flow[index], solution.branchPrice_perMWh[index])
      guard abs(price) > priceTolerance else { return nil }
      let band = limits(of: system.branches[index])
      let atLimit = price > 0 ? flow >= band.high - powerTolerance : flow <= band.low + powerTolerance
      guard !atLimit else { return nil }
      return ProblemFinding(
        element: system.branches[index].name,
        text: "has a price of \(price), but carries \(flow) MW between limits of \(band.low) and \(band.high) MW.")
    }
  }

  private func limits(of branch: Branch) -> (low: Double, high: Double) {
    guard let band = branch.angleDifference else { return (-branch.limit, branch.limit) }
    let ends = [band.lowerBound, band.upperBound].map { branch.susceptance * ($0 - branch.phaseShift) }
    return (max(-branch.limit, min(ends[0], ends[1])), min(branch.limit, max(ends[0], ends[1])))
  }

  /// What a branch's flow is worth for each MW: the price at its end less that at its start, less the loss and the limit.
  private func flowValue(_ index: Int) -> Double {
    let branch = system.branches[index]
    let (from, to) = (price[branch.from], price[branch.to])
    let isLossy = solution.loss[index] != 0
    let marginalLoss = isLossy ? (from + to) * branch.resistance_perMW * solution.flow[index] : 0
    return to - from - marginalLoss - solution.branchPrice_perMWh[index]
  }

  /// Turning the angle of any bus must earn nothing.
  func networkPrices() -> [ProblemFinding] {
    var worth = [Double](repeating: 0, count: system.buses.count)
    var size = worth
    for (index, branch) in system.branches.enumerated() {
      let value = branch.susceptance * flowValue(index)
      worth[branch.from] += value
      worth[branch.to] -= value
      for bus in [branch.from, branch.to] { size[bus] += abs(branch.susceptance) }
    }
    return worth.indices.filter { abs(worth[$0]) > priceTolerance * max(1, size[$0]) }.map {
      ProblemFinding(
        element: "bus \(system.buses[$0].name)",
        text:
          "has a price that does not fit those of its neighbours: turning its angle earns \(worth[$0]) for each rad.")
    }
  }

  /// Cost against the bound that the prices prove. Left out with losses, whose prices bound the linearised case only.
  func duality() -> [ProblemFinding] {
    guard solution.loss.allSatisfy({ $0 == 0 }) else { return [] }
    var bound = system.buses.indices.reduce(0) { $0 + price[$1] * system.demand(ofBus: $1) }
    for generator in system.generators { bound += leastCost(of: generator, price: price[generator.bus]) }
    for (index, branch) in system.branches.enumerated() {
      let limit = limits(of: branch)
      let shadow = solution.branchPrice_perMWh[index]
      if abs(shadow) > 1e-9 { bound -= shadow * (shadow > 0 ? limit.high : limit.low) }
      bound += flowValue(index) * branch.susceptance * branch.phaseShift
    }
    let gap = abs(solution.costPerHour - bound) / max(1, abs(solution.costPerHour))
    guard !(gap <= 1e-6) else { return [] }
    return [
      ProblemFinding(
        element: system.name,
        text: "costs \(solution.costPerHour), but its prices prove only that nothing is below \(bound).")
    ]
  }

  /// Smallest cost less revenue of a generator that takes the price: at a limit, or where the cost's slope meets it.
  private func leastCost(of generator: DispatchedGenerator, price: Double) -> Double {
    var candidates = [generator.minimumOutput, generator.maximumOutput]
    switch generator.cost {
    case .polynomial(_, let linear, let quadratic):
      if quadratic > 0 { candidates.append((price - linear) / (2 * quadratic)) }
    case .piecewise(let points): candidates += points.map(\.output)
    }
    return candidates.map { min(max($0, generator.minimumOutput), generator.maximumOutput) }.map {
      generator.cost.costPerHour(atOutput: $0) - price * $0
    }.min() ?? 0
  }
}
