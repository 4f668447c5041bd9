import PowerSystem

/// A connected network with random lines, demands and costs.
func randomCase(seed: UInt64, buses count: Int = 12, quadratic: Bool = true, limited: Bool = true) -> DispatchCase {
  var numbers = SeededNumbers(seed: seed)
  let buses = (0..<count).map { Bus(name: "\($0 + 1)", demand: [Double.random(in: 0...60, using: &numbers)]) }
  let total = buses.reduce(0) { $0 + $1.demand[0] }
  let generators = (0..<count / 2).map { index in
    DispatchedGenerator(
      name: "G\(index + 1)", bus: Int.random(in: 0..<count, using: &numbers), minimumOutput: 0,
      maximumOutput: total * 0.6,
      cost: .polynomial(
        constant: 10, linear: Double.random(in: 10...50, using: &numbers),
        quadratic: quadratic && index % 2 == 0 ? Double.random(in: 0.001...0.1, using: &numbers) : 0))
  }
  var branches: [Branch] = []
  func add(_ from: Int, _ to: Int) {
    let susceptance = Double.random(in: 300...3_000, using: &numbers)
    branches.append(
      Branch(
        name: "L\(branches.count + 1)", from: from, to: to, susceptance: susceptance,
        phaseShift: branches.count == 2 ? 0.01 : 0,
        limit: limited ? Double.random(in: 0.15...0.4, using: &numbers) * total : .infinity,
        angleDifference: -0.5...0.5, resistance_perMW: 0.2 / susceptance))
  }
  for bus in 1..<count { add(Int.random(in: 0..<bus, using: &numbers), bus) }
  for _ in 0..<count {
    let from = Int.random(in: 0..<count, using: &numbers)
    let to = Int.random(in: 0..<count, using: &numbers)
    if from != to { add(from, to) }
  }
  return DispatchCase(name: "seed \(seed)", buses: buses, generators: generators, branches: branches)
}
