import Clearing
import PowerSystem
import Testing
import UnitCommitment

@Suite("Laws of dispatch") struct DispatchLawTests {
  static func solved(_ seed: UInt64, _ change: (inout DispatchCase) -> Void = { _ in }) throws -> (
    DispatchCase, DispatchSolution
  ) {
    var system = randomCase(seed: seed)
    change(&system)
    return (system, try dispatch(system))
  }

  @Test("every solution passes the audit, exactly or by tangents, at the same cost", arguments: 1...12)
  func audits(seed: UInt64) throws {
    let (system, exact) = try Self.solved(seed)
    #expect(DispatchAudit(system, exact).verdict == "passed")
    let tangents = try dispatch(system, settings: DispatchSettings(triesQuadraticProgram: false))
    #expect(DispatchAudit(system, tangents).verdict == "passed")
    #expect(abs(exact.costPerHour - tangents.costPerHour) < 1e-6 * exact.costPerHour)
  }

  @Test("without limits all buses have one price", arguments: 1...6)
  func onePrice(seed: UInt64) throws {
    let (_, solution) = try Self.solved(seed) { system in
      for index in system.branches.indices {
        system.branches[index].limit = .infinity
        system.branches[index].angleDifference = nil
      }
    }
    for price in solution.prices {
      #expect(abs(price.congestion) < 1e-6)
      #expect(abs(price.total - solution.prices[0].total) < 1e-6)
    }
  }

  @Test("a higher limit never raises the cost", arguments: 1...8)
  func limits(seed: UInt64) throws {
    let (_, tight) = try Self.solved(seed)
    for branch in 0..<6 {
      let (_, loose) = try Self.solved(seed) { $0.branches[branch].limit *= 1.3 }
      #expect(loose.costPerHour <= tight.costPerHour * (1 + 1e-9))
    }
  }

  @Test("prices scale with costs", arguments: 1...6)
  func scaling(seed: UInt64) throws {
    let (_, once) = try Self.solved(seed)
    let (_, twice) = try Self.solved(seed) { system in
      for index in system.generators.indices {
        guard case .polynomial(let a, let b, let c) = system.generators[index].cost else { continue }
        system.generators[index].cost = .polynomial(constant: 2 * a, linear: 2 * b, quadratic: 2 * c)
      }
    }
    #expect(abs(twice.costPerHour - 2 * once.costPerHour) < 1e-6 * once.costPerHour)
    for (left, right) in zip(once.prices, twice.prices) { #expect(abs(2 * left.total - right.total) < 1e-3) }
  }

  @Test("congestion is the sum of shift factors times branch prices", arguments: 1...8)
  func shiftFactors(seed: UInt64) throws {
    let (system, solution) = try Self.solved(seed)
    let factors = try TransferFactors(system)
    for bus in system.buses.indices {
      var congestion = 0.0
      for branch in system.branches.indices {
        congestion -= factors.shiftFactor(ofBranch: branch, bus: bus) * solution.branchPrice_perMWh[branch]
      }
      #expect(abs(congestion - solution.prices[bus].congestion) < 1e-5)
    }
  }

  @Test("flows are shift factors times injections; an outage moves them as its factors say", arguments: 1...6)
  func flows(seed: UInt64) throws {
    let (full, solution) = try Self.solved(seed) { $0.branches[2].phaseShift = 0 }
    var system = full
    let factors = try TransferFactors(system)
    var injection = system.buses.map { -$0.demand[0] }
    for (generator, output) in zip(system.generators, solution.output) { injection[generator.bus] += output }
    for branch in system.branches.indices {
      let flow = injection.indices.reduce(0) { $0 + factors.shiftFactor(ofBranch: branch, bus: $1) * injection[$1] }
      #expect(abs(flow - solution.flow[branch]) < 1e-5)
    }
    let outage = system.branches.count - 1
    let lost = solution.flow[outage]
    system.branches.removeLast()
    let after = try TransferFactors(system)
    for branch in system.branches.indices {
      let expected = injection.indices.reduce(0) { $0 + after.shiftFactor(ofBranch: branch, bus: $1) * injection[$1] }
      let factor = try #require(factors.outageFactor(ofBranch: branch, outage: outage))
      #expect(abs(solution.flow[branch] + factor * lost - expected) < 1e-5)
    }
  }

  @Test("congestion occurs in most cases")
  func congested() throws {
    let congested = try (1...12).filter { seed in
      try Self.solved(UInt64(seed)).1.prices.contains { abs($0.congestion) > 0.1 }
    }
    #expect(congested.count >= 6)
  }

  @Test("with losses output covers demand and losses, and prices carry a loss part", arguments: 1...8)
  func losses(seed: UInt64) throws {
    let system = randomCase(seed: seed)
    let solution = try dispatch(system, settings: DispatchSettings(withLosses: true))
    #expect(DispatchAudit(system, solution).verdict == "passed")
    let lost = zip(system.branches, solution.flow).reduce(0) { $0 + $1.0.resistance_perMW * $1.1 * $1.1 }
    let output = solution.output.reduce(0, +)
    let demand = system.buses.reduce(0) { $0 + $1.demand[0] }
    #expect(lost > 0.01)
    #expect(abs(output - demand - lost) < 1e-3)
    #expect(solution.prices.contains { abs($0.loss) > 0.01 })
  }
}
