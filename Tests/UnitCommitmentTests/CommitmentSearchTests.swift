import NumericMethods
import Optimization
import PowerSystem
import Testing
import UnitCommitment

@Suite("Search for a commitment") struct CommitmentSearchTests {
  /// Units without ramps at a random demand that all of them together can serve.
  static func problem(units: Int, intervals: Int, seed: UInt64) -> CommitmentProblem {
    var random = SplitMix64(seed: seed)
    let made = (0..<units).map { index in
      let least = Double(10 + random.next() % 30)
      let most = least + Double(20 + random.next() % 60)
      let slope = Double(10 + random.next() % 40)
      let atLeast = Double(100 + random.next() % 900)
      let hot = Double(50 + random.next() % 400)
      let isOn = random.next() % 2 == 0
      return CommittableUnit(
        name: "U\(index)",
        costCurve: [
          .init(output: least, costPerHour: atLeast),
          .init(output: most, costPerHour: atLeast + slope * (most - least)),
        ],
        startCategories: [.init(afterIntervals: 1, cost: hot), .init(afterIntervals: 3, cost: 2 * hot)],
        minimumUpIntervals: 2, minimumDownIntervals: 2,
        initialState: isOn ? .on(forIntervals: 5, output: least) : .off(forIntervals: 2))
    }
    let capacity = made.reduce(0) { $0 + ($1.costCurve.last?.output ?? 0) }
    let demand = (0..<intervals).map { _ in (0.25 + 0.6 * Double(random.next() % 1_000) / 1_000) * capacity }
    return CommitmentProblem(
      name: "random \(seed)", intervalCount: intervals, units: made, buses: [Bus(name: "B", demand: demand)])
  }

  /// Cost of the cheapest commitment by trying all of them; nil if none carries the demand.
  private static func enumerated(_ problem: CommitmentProblem) -> Double? {
    let intervals = problem.intervalCount
    let bits = problem.units.count * intervals
    var best: Double?
    for code in 0..<(1 << bits) {
      let isOn = problem.units.indices.map { unit in
        (0..<intervals).map { code >> (unit * intervals + $0) & 1 == 1 }
      }
      guard zip(problem.units, isOn).allSatisfy({ keepsTimes($0, $1) }) else { continue }
      guard let output = dispatched(problem, isOn) else { continue }
      let cost = problem.units.indices.reduce(0.0) {
        $0 + problem.cost(ofUnit: $1, isOn: isOn[$1], output: output[$1])
      }
      best = min(best ?? .infinity, cost)
    }
    return best
  }

  private static func keepsTimes(_ unit: CommittableUnit, _ isOn: [Bool]) -> Bool {
    var run: (isOn: Bool, length: Int) =
      switch unit.initialState {
      case .on(let intervals, _): (true, intervals)
      case .off(let intervals): (false, intervals)
      }
    for status in isOn {
      if status == run.isOn {
        run.length += 1
      } else {
        guard run.length >= 2 else { return false }
        run = (status, 1)
      }
    }
    return true
  }

  /// Minimum outputs first, then the cheaper slope.
  private static func dispatched(_ problem: CommitmentProblem, _ isOn: [[Bool]]) -> [[Double]]? {
    var output = isOn.map { $0.map { _ in 0.0 } }
    for interval in 0..<problem.intervalCount {
      var rest = problem.buses[0].demand[interval]
      let on = problem.units.indices.filter { isOn[$0][interval] }
      for unit in on {
        output[unit][interval] = problem.units[unit].costCurve[0].output
        rest -= output[unit][interval]
      }
      guard rest >= -1e-9 else { return nil }
      func slope(_ unit: Int) -> Double {
        let curve = problem.units[unit].costCurve
        return (curve[1].costPerHour - curve[0].costPerHour) / (curve[1].output - curve[0].output)
      }
      for unit in on.sorted(by: { slope($0) < slope($1) }) {
        let curve = problem.units[unit].costCurve
        let more = min(rest, curve[1].output - curve[0].output)
        output[unit][interval] += more
        rest -= more
      }
      guard rest <= 1e-9 else { return nil }
    }
    return output
  }

  @Test("the cost is that of trying all commitments", arguments: 1...12 as ClosedRange<UInt64>)
  func enumeration(seed: UInt64) throws {
    let problem = Self.problem(units: 2, intervals: 6, seed: seed)
    guard let expected = Self.enumerated(problem) else {
      #expect(throws: SolveError.self) { try solveCommitment(problem, settings: CommitmentSettings(gap: 0)) }
      return
    }
    let result = try solveCommitment(problem, settings: CommitmentSettings(gap: 0))
    #expect(abs(result.objective - expected) <= 1e-6 * expected)
    #expect(audit(result.commitment, of: problem, claimedCost: result.objective).summary == "passed")
  }

  @Test(
    "the fast answer costs no less than the bound of the exact one, and both pass",
    arguments: 1...6 as ClosedRange<UInt64>)
  func fastAgainstExact(seed: UInt64) throws {
    let problem = Self.problem(units: 12, intervals: 24, seed: seed)
    let exact = try solveCommitment(problem, settings: CommitmentSettings(gap: 1e-4))
    let fast = try fastCommitment(problem, gap: 1e-4)
    #expect(fast.objective >= exact.bound * (1 - 1e-9) && fast.bound <= exact.objective * (1 + 1e-9))
    #expect(fast.gap < 0.05)
    #expect(audit(fast.commitment, of: problem, claimedCost: fast.objective).summary == "passed")
    #expect(try fastCommitment(problem, gap: 1e-4, threads: 2).commitment == fast.commitment)
  }

  @Test("a search that is cancelled or runs out of time returns its best and says so, or says that there is none")
  func cutOff() throws {
    let problem = Self.problem(units: 40, intervals: 48, seed: 3)
    var calls = 0
    do {
      let result = try solveCommitment(problem, settings: CommitmentSettings(gap: 0)) { progress in
        calls += 1
        return progress.best.isFinite ? .cancel : .goOn
      }
      if case .cancelled(let gap) = result.status { #expect(gap >= 0) } else { #expect(result.gap <= 1e-9) }
      #expect(audit(result.commitment, of: problem, claimedCost: result.objective).summary == "passed")
    } catch SolveError.cancelledWithoutSolution {}
    #expect(calls > 0)
    do {
      let result = try solveCommitment(problem, settings: CommitmentSettings(gap: 0, timeLimit: 0.3))
      #expect(result.bound <= result.objective)
      #expect(audit(result.commitment, of: problem, claimedCost: result.objective).summary == "passed")
    } catch SolveError.timeLimitWithoutSolution {}
  }

  @Test("what is not covered is refused in one sentence")
  func refused() {
    var problem = Self.problem(units: 2, intervals: 3, seed: 1)
    problem.shortageCost_perMWh = 1_000
    #expect(throws: ProblemFinding.self) { try fastCommitment(problem) }
    problem.shortageCost_perMWh = nil
    problem.reserves = [ReserveRequirement(name: "flexible", kind: .flexibleRamp, requirement: [1, 1, 1])]
    #expect(throws: ProblemFinding.self) { try solveCommitment(problem) }
    #expect(throws: ProblemFinding.self) { try fastCommitment(problem) }
  }

  @Test("too little capacity names the balance")
  func tooLittle() {
    var problem = Self.problem(units: 2, intervals: 3, seed: 1)
    problem.buses[0].demand[1] = 10_000
    #expect(throws: SolveError.self) { try solveCommitment(problem) }
  }
}
