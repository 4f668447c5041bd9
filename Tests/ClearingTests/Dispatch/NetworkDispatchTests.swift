import Clearing
import PowerSystem
import Testing

@Suite("Dispatch of a commitment on a network") struct NetworkDispatchTests {
  static func unit(_ name: String, bus: Int, price: Double, capacity: Double = 1_000) -> CommittableUnit {
    CommittableUnit(
      name: name, bus: bus,
      costCurve: [.init(output: 0, costPerHour: 0), .init(output: capacity, costPerHour: capacity * price)],
      initialState: .off(forIntervals: 100))
  }

  /// The small cases of UnitCommitment.jl (test/src/lmp), rebuilt: buses A, B, C with a unit at each, equal lines.
  static func reference(
    demand: [Double], prices: [Double], lines: [(from: Int, to: Int, limit: Double)]
  ) -> CommitmentProblem {
    CommitmentProblem(
      name: "reference", intervalCount: 1,
      units: zip(["Ga", "Gb", "Gc"], prices).enumerated().map {
        unit($1.0, bus: $0, price: $1.1)
      }, buses: zip(["A", "B", "C"], demand).map { Bus(name: $0, demand: [$1]) },
      branches: lines.enumerated().map {
        Branch(name: "l\($0 + 1)", from: $1.from, to: $1.to, susceptance: 29.49686, limit: $1.limit)
      })
  }

  static let cases: [(CommitmentProblem, [Double])] = [
    (reference(demand: [0, 100], prices: [50, 60], lines: [(0, 1, .infinity)]), [50, 50]),
    (reference(demand: [0, 110], prices: [50, 60], lines: [(0, 1, 100)]), [50, 60]),
    (
      reference(demand: [0, 50, 100], prices: [50, 70, 100], lines: [(0, 1, 25), (1, 2, 25), (0, 2, 25)]),
      [50, 70, 100]
    ),
    (
      reference(demand: [0, 50, 100], prices: [50, 70, 100], lines: [(0, 1, 25), (1, 2, 50), (0, 2, 60)]),
      [50, 70, 90]
    ),
  ]

  @Test("published prices", arguments: 0..<4)
  func published(number: Int) throws {
    let (problem, expected) = Self.cases[number]
    let result = try dispatch(problem, commitment: problem.units.map { _ in [true] })
    for (bus, price) in expected.enumerated() { #expect(abs(result.prices[bus][0].total - price) < 1e-6) }
    #expect(NetworkDispatchAudit(problem, result).verdict == "passed")
  }

  /// A random case as a problem of several intervals without ties between them.
  static func problem(seed: UInt64, intervals: Int = 1) -> (CommitmentProblem, DispatchCase) {
    var system = randomCase(seed: seed, quadratic: false)
    for index in system.generators.indices {
      guard case .polynomial(_, let slope, _) = system.generators[index].cost else { continue }
      system.generators[index].cost = .polynomial(constant: 0, linear: slope, quadratic: 0)
    }
    let units = system.generators.map { generator -> CommittableUnit in
      guard case .polynomial(_, let slope, _) = generator.cost else { preconditionFailure("made above") }
      return unit(generator.name, bus: generator.bus, price: slope, capacity: generator.maximumOutput)
    }
    let shares = (0..<intervals).map { 1 - 0.1 * Double($0) }
    let problem = CommitmentProblem(
      name: system.name, intervalCount: intervals, units: units,
      buses: system.buses.map { bus in Bus(name: bus.name, demand: shares.map { $0 * bus.demand[0] }) },
      branches: system.branches)
    return (problem, system)
  }

  @Test("one interval without ramps is the dispatch in angles", arguments: 1...10)
  func agrees(seed: UInt64) throws {
    let (problem, system) = Self.problem(seed: seed)
    let angles = try dispatch(system)
    let factors = try dispatch(problem, commitment: problem.units.map { _ in [true] })
    #expect(abs(angles.costPerHour - factors.cost) < 1e-5 * factors.cost)
    #expect(NetworkDispatchAudit(problem, factors).verdict == "passed")
  }

  @Test("an outage can be withstood, at a cost that is never lower", arguments: 1...8)
  func contingencies(seed: UInt64) throws {
    var (problem, _) = Self.problem(seed: seed, intervals: 3)
    problem.shortageCost_perMWh = 2_000
    let on = problem.units.map { _ in [true, true, true] }
    let free = try dispatch(problem, commitment: on)
    for index in problem.branches.indices {
      problem.branches[index].emergencyLimit = problem.branches[index].limit * 1.1
    }
    problem.contingencies = [[11], [12], [13, 14]].map { Contingency(name: "outage \($0)", branches: $0) }
    let secure = try dispatch(problem, commitment: on)
    #expect(NetworkDispatchAudit(problem, secure).verdict == "passed")
    #expect(secure.cost >= free.cost - 1e-6 * abs(free.cost))
  }

  @Test("a ramp carries over: the price of the first hour pays for the second")
  func ramp() throws {
    var cheap = Self.unit("cheap", bus: 0, price: 20, capacity: 200)
    cheap.initialState = .on(forIntervals: 5, output: 60)
    cheap.rampUp = 40
    cheap.rampDown = 40
    let problem = CommitmentProblem(
      name: "ramp", intervalCount: 2, units: [cheap, Self.unit("dear", bus: 0, price: 50, capacity: 200)],
      buses: [Bus(name: "A", demand: [90, 150])])
    let result = try dispatch(problem, commitment: [[true, true], [true, true]])
    #expect(abs(result.commitment.output[0][1] - 130) < 1e-6)
    #expect(abs(result.prices[0][0].total - 20) < 1e-6 || abs(result.prices[0][0].total + 10) < 1e-6)
    #expect(abs(result.prices[0][1].total - 50) < 1e-6)
  }

  @Test("a limit that costs is broken when that is cheaper, and the price shows it")
  func penalty() throws {
    var problem = Self.cases[1].0
    problem.branches[0].overloadCost_perMWh = 4
    let result = try dispatch(problem, commitment: [[true], [true]])
    #expect(abs(result.flow[0][0] - 110) < 1e-6)
    #expect(abs(result.prices[1][0].total - 54) < 1e-6)
    #expect(NetworkDispatchAudit(problem, result).verdict == "passed")
  }

  @Test("what cannot be dispatched is said in one sentence")
  func refusals() {
    func refusal(_ problem: CommitmentProblem, _ commitment: [[Bool]]) -> String {
      do { _ = try dispatch(problem, commitment: commitment) } catch { return error.description }
      return ""
    }
    let problem = Self.cases[1].0
    #expect(refusal(problem, [[true]]).contains("another shape"))
    let text = refusal(problem, [[true], [false]])
    #expect(text.contains("limit of l1 in interval 1"), "\(text)")
  }
}
