internal import NumericMethods
internal import Optimization
internal import PowerSystem

extension DispatchSolution {
  /// A solution of the program in the terms of the case; `bound` is a cost that no dispatch can beat.
  init(_ model: DispatchProgram, _ solution: Solution, of system: DispatchCase, bound: Double) {
    let output = model.output.map { solution[$0] }
    let flow = model.flow.map { solution[$0] }
    let loss = system.branches.indices.map {
      model.loss[$0] == nil ? 0 : system.branches[$0].resistance_perMW * flow[$0] * flow[$0]
    }
    let cost = zip(system.generators, output).reduce(0) { $0 + $1.0.cost.costPerHour(atOutput: $1.1) }
    let price = model.balance.map { solution.dual(of: $0) ?? .nan }
    self.init(
      output: output, angle: model.angle.map { solution[$0] }, flow: flow, loss: loss, costPerHour: cost,
      prices: system.parts(ofPrices: price, flow: model.isLossless ? nil : flow),
      branchPrice_perMWh: model.flow.map { -(solution.reducedCost(of: $0) ?? .nan) },
      gap: max(0, cost - bound) / max(1, abs(cost)))
  }
}

extension DispatchProgram {
  /// Whether no branch loses anything.
  var isLossless: Bool { loss.allSatisfy { $0 == nil } }
}

extension DispatchCase {
  /// Splits prices into the price at the reference bus, what losses add, and what congestion adds. Without losses
  /// (`flow` nil) prices would be equal without congestion, so all of the difference is congestion.
  func parts(ofPrices price: [Double], flow: [Double]?) -> [NodalPrice] {
    let island = islands()
    let references = referenceBuses()
    let energy = buses.indices.map { price[references[island[$0]]] }
    let uncongested = flow.flatMap { pricesWithoutCongestion(energy: energy, flow: $0) } ?? energy
    return buses.indices.map {
      NodalPrice(energy: energy[$0], congestion: price[$0] - uncongested[$0], loss: uncongested[$0] - energy[$0])
    }
  }

  /// Prices that the same flows would have if no limit were binding: at every bus but the references
  ///
  ///     Σ susceptance · ((p − p′) + (p + p′) · resistance · flow) = 0   over its branches, flow from p to p′.
  ///
  /// nil where that system has no single solution.
  private func pricesWithoutCongestion(energy: [Double], flow: [Double]) -> [Double]? {
    var system = Matrix(rows: buses.count, columns: buses.count, repeating: 0)
    var target = [Double](repeating: 0, count: buses.count)
    let references = Set(referenceBuses())
    for (index, branch) in branches.enumerated() {
      let slope = branch.resistance_perMW * flow[index]
      for (bus, sign) in [(branch.from, 1.0), (branch.to, -1.0)] where !references.contains(bus) {
        system[bus, branch.from] += sign * branch.susceptance * (1 + slope)
        system[bus, branch.to] -= sign * branch.susceptance * (1 - slope)
      }
    }
    for bus in references {
      system[bus, bus] = 1
      target[bus] = energy[bus]
    }
    let targets = Matrix(rows: target.count, columns: 1, columnMajor: target)
    return (try? system.luFactorisation().solve(targets))?.elements
  }
}
