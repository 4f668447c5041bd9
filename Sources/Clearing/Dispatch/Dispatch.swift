internal import Foundation
internal import Optimization
public import PowerSystem

/// Cheapest dispatch of a system under the linear ("DC") power flow, with the price of every bus (Stott, Jardim and Alsaç,
/// "DC power flow revisited", 2009).
///
/// Quadratic costs are solved as they are; where the solver gives up, and with losses, tangents are added until cost
/// and bound agree (Kelley, "The cutting-plane method for solving convex programs", 1960). The bound makes the answer
/// certain either way.
public func dispatch(
  _ system: DispatchCase, settings: DispatchSettings = DispatchSettings()
) throws(DispatchError) -> DispatchSolution {
  let findings = system.findings() + system.crossedBands()
  guard findings.isEmpty else { throw .unfit(findings) }
  try checkCapacity(of: system)
  let limits = SolverSettings(timeLimit: settings.timeLimit)
  let isQuadratic = system.generators.contains { $0.cost.curvature > 0 && $0.maximumOutput > $0.minimumOutput }
  if isQuadratic, settings.triesQuadraticProgram, !settings.withLosses {
    let model = DispatchProgram(system, withLosses: false, keepsSquares: true)
    let limits = SolverSettings(timeLimit: min(settings.timeLimit, 10))
    if let solution = try? solve(model.program, squares: model.squares, settings: limits) {
      let result = DispatchSolution(model, solution, of: system, bound: solution.objective)
      if DispatchAudit(system, result).findings.isEmpty { return result }
    }
  }
  return try dispatchByTangents(system, settings: settings, limits: limits)
}

/// Solves, adds tangents where the solution lies below a convex function, and solves again, until cost and bound agree
/// and the prices pass the audit.
private func dispatchByTangents(
  _ system: DispatchCase, settings: DispatchSettings, limits: SolverSettings
) throws(DispatchError) -> DispatchSolution {
  let model = DispatchProgram(system, withLosses: settings.withLosses, keepsSquares: false)
  do throws(SolveError) {
    let solver = try ProgramSolver(model.program)
    var round = 0
    while true {
      let solution = try solver.solve(limits)
      guard case .optimal = solution.status else { throw .timeLimitWithoutSolution(seconds: limits.timeLimit) }
      let result = DispatchSolution(model, solution, of: system, bound: solution.objective)
      if model.isLinear || DispatchAudit(system, result).findings.isEmpty && result.gap <= settings.relativeGap {
        return result
      }
      if round >= 4, result.gap <= settings.relativeGap {
        let exact = try repriced(result, of: system, withLosses: settings.withLosses, limits: limits)
        if DispatchAudit(system, exact).findings.isEmpty { return exact }
      }
      if round == 40 { return result }
      for tangent in model.tangents(around: solution, of: system, width: pow(0.25, Double(round)) / 8) {
        try solver.constrain(
          tangent.expression, in: tangent.least...Double.infinity, name: DispatchProgram.Tangent.name)
      }
      round += 1
    }
  } catch { throw DispatchError(error) }
}

/// The same dispatch with prices from the lines that touch costs and losses at it, where tangents mix two slopes.
private func repriced(
  _ solution: DispatchSolution, of system: DispatchCase, withLosses: Bool, limits: SolverSettings
) throws(SolveError) -> DispatchSolution {
  let model = DispatchProgram(system, withLosses: withLosses, keepsSquares: false, touching: solution)
  let touching = DispatchSolution(model, try solve(model.program, settings: limits), of: system, bound: 0)
  var result = solution
  result.branchPrice_perMWh = touching.branchPrice_perMWh
  result.prices = system.parts(ofPrices: touching.prices.map(\.total), flow: withLosses ? solution.flow : nil)
  return result
}

extension DispatchProgram {
  /// Whether no convex function is approximated.
  var isLinear: Bool { cost.allSatisfy { $0 == nil } && loss.allSatisfy { $0 == nil } }

  /// Tangents at the outputs and flows of a solution and at both sides of them, `width` of the band away.
  func tangents(around solution: Solution, of system: DispatchCase, width: Double) -> [Tangent] {
    var result: [Tangent?] = []
    for (index, generator) in system.generators.enumerated() where cost[index] != nil {
      let step = width * (generator.maximumOutput - generator.minimumOutput)
      for point in [-step, 0, step].map({ solution[output[index]] + $0 }) {
        result.append(
          tangent(ofSquareOf: index, at: min(max(point, generator.minimumOutput), generator.maximumOutput)))
      }
    }
    for (index, branch) in system.branches.enumerated() {
      guard let variable = loss[index] else { continue }
      let flow = solution[flow[index]]
      let step = width * max(1, abs(flow))
      guard branch.resistance_perMW * (flow * flow + step * step) - solution[variable] > 1e-10 else { continue }
      result += [-step, 0, step].map {
        tangent(ofLossOf: index, resistance: branch.resistance_perMW, at: flow + $0)
      }
    }
    return result.compactMap(\.self)
  }
}

/// Throws where an island has too little capacity, or too much that cannot go down.
private func checkCapacity(of system: DispatchCase) throws(DispatchError) {
  let island = system.islands()
  let count = (island.max() ?? -1) + 1
  var demand = [Double](repeating: 0, count: count)
  var least = demand
  var most = demand
  for bus in system.buses.indices { demand[island[bus]] += system.demand(ofBus: bus) }
  for generator in system.generators {
    least[island[generator.bus]] += generator.minimumOutput
    most[island[generator.bus]] += generator.maximumOutput
  }
  for number in 0..<count {
    let tolerance = 1e-6 * max(1, abs(demand[number]))
    var name: String {
      count == 1 ? "The system" : "The island of bus \(system.buses[island.firstIndex(of: number) ?? 0].name)"
    }
    if most[number] < demand[number] - tolerance {
      throw .tooLittleCapacity(island: name, demand: demand[number], most: most[number])
    }
    if least[number] > demand[number] + tolerance {
      throw .tooMuchOutput(island: name, demand: demand[number], least: least[number])
    }
  }
}

extension DispatchCase {
  /// Branches whose limit and band of angles exclude each other.
  func crossedBands() -> [ProblemFinding] {
    branches.compactMap { branch in
      guard let band = branch.angleDifference else { return nil }
      let ends = [band.lowerBound, band.upperBound].map { branch.susceptance * ($0 - branch.phaseShift) }
      let (low, high) = (min(ends[0], ends[1]), max(ends[0], ends[1]))
      guard low > branch.limit || high < -branch.limit else { return nil }
      return ProblemFinding(
        element: branch.name,
        text: "has angles that ask for a flow of \(low) to \(high) MW, outside its limit of \(branch.limit) MW.")
    }
  }
}

extension GenerationCost {
  /// Half of the second derivative; 0 for a cost of straight lines.
  var curvature: Double {
    if case .polynomial(_, _, let quadratic) = self { quadratic } else { 0 }
  }
}
