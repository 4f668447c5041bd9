extension DispatchCase {
  /// Everything that does not fit together; empty for a case that can be handed to a solver. Whether it has a solution
  /// is another question.
  public func findings() -> [ProblemFinding] {
    var found: [ProblemFinding] = []
    if buses.isEmpty { found.append(ProblemFinding(element: name, text: "has no bus; give at least one.")) }
    if generators.isEmpty {
      found.append(
        ProblemFinding(element: name, text: "has no generator that is on; put at least one on line."))
    }
    if !buses.isEmpty, !buses.indices.contains(referenceBus) {
      found.append(ProblemFinding(element: name, text: "has no bus of the number \(referenceBus), its reference."))
    }
    for bus in buses where bus.demand.count != 1 || !bus.demand[0].isFinite {
      found.append(ProblemFinding(element: "bus \(bus.name)", text: "needs one demand in MW; it has \(bus.demand)."))
    }
    for generator in generators {
      found += texts(of: generator).map { ProblemFinding(element: generator.name, text: $0) }
    }
    for branch in branches { found += texts(of: branch).map { ProblemFinding(element: branch.name, text: $0) } }
    return found
  }

  private func texts(of generator: DispatchedGenerator) -> [String] {
    var texts: [String] = []
    if !buses.indices.contains(generator.bus) { texts.append("stands at a bus that the case does not have.") }
    let (low, high) = (generator.minimumOutput, generator.maximumOutput)
    if !low.isFinite || !high.isFinite {
      texts.append("has an output from \(low) to \(high) MW; give finite limits.")
    } else if low > high {
      texts.append("has a minimum of \(low) MW above its maximum of \(high) MW; correct one of them.")
    }
    switch generator.cost {
    case .polynomial(let constant, let linear, let quadratic):
      if ![constant, linear, quadratic].allSatisfy(\.isFinite) {
        texts.append("has a cost coefficient that is no finite number.")
      } else if quadratic < 0 {
        texts.append(
          "has a cost whose slope falls (quadratic coefficient \(quadratic)); only convex costs have prices.")
      }
    case .piecewise(let points): texts += self.texts(of: points)
    }
    return texts
  }

  private func texts(of points: [CommittableUnit.CostPoint]) -> [String] {
    guard points.allSatisfy({ $0.output.isFinite && $0.costPerHour.isFinite }) else {
      return ["has a cost curve with a value that is no finite number."]
    }
    guard zip(points, points.dropFirst()).allSatisfy({ $0.output <= $1.output }) else {
      return ["has a cost curve whose output falls; sort its points."]
    }
    let lines = GenerationCost.lines(points)
    guard !lines.isEmpty else { return ["has a cost curve without two points of different output."] }
    for (left, right) in zip(lines, lines.dropFirst())
    where right.slope < left.slope - 1e-9 * max(1, left.slope.magnitude) {
      return [
        "has a cost curve whose slope falls from \(left.slope) to \(right.slope) at \(right.start) MW; only convex costs "
          + "have prices."
      ]
    }
    return []
  }

  private func texts(of branch: Branch) -> [String] {
    var texts: [String] = []
    if !buses.indices.contains(branch.from) || !buses.indices.contains(branch.to) {
      texts.append("ends at a bus that the case does not have.")
    } else if branch.from == branch.to {
      texts.append("connects a bus with itself; correct its ends.")
    }
    if !branch.susceptance.isFinite || branch.susceptance == 0 {
      texts.append("has a susceptance of \(branch.susceptance) MW/rad; give a finite number other than 0.")
    }
    if !branch.phaseShift.isFinite { texts.append("has a phase shift that is no finite number.") }
    if branch.limit.isNaN || branch.limit < 0 {
      texts.append("has a limit of \(branch.limit) MW; the least is 0.")
    }
    if !branch.resistance_perMW.isFinite { texts.append("has a resistance that is no finite number.") }
    return texts
  }
}

extension DispatchCase {
  /// The island of each bus: buses that branches connect have the same number; islands are numbered from 0 in the order
  /// of their first bus.
  public func islands() -> [Int] {
    var neighbours = [[Int]](repeating: [], count: buses.count)
    for branch in branches {
      neighbours[branch.from].append(branch.to)
      neighbours[branch.to].append(branch.from)
    }
    var island = [Int](repeating: -1, count: buses.count)
    var count = 0
    for start in buses.indices where island[start] < 0 {
      var waiting = [start]
      island[start] = count
      while let bus = waiting.popLast() {
        for next in neighbours[bus] where island[next] < 0 {
          island[next] = count
          waiting.append(next)
        }
      }
      count += 1
    }
    return island
  }

  /// The bus whose price is the energy part, for each island: the reference bus in its own island, elsewhere the first.
  public func referenceBuses() -> [Int] {
    let island = islands()
    var references = [Int](repeating: -1, count: (island.max() ?? -1) + 1)
    for bus in buses.indices.reversed() { references[island[bus]] = bus }
    if island.indices.contains(referenceBus) { references[island[referenceBus]] = referenceBus }
    return references
  }
}
