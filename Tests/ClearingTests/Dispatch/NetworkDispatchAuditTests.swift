import Clearing
import PowerSystem
import Testing

/// The audit of a commitment's dispatch on a case in which every kind of element moves, and on results with one planted
/// error each.
@Suite("Audit of a commitment's dispatch") struct NetworkDispatchAuditTests {
  static func findings(
    _ problem: CommitmentProblem, _ dispatch: NetworkDispatch,
    _ change: (inout NetworkDispatch) -> Void = { _ in }
  ) -> [String] {
    var changed = dispatch
    change(&changed)
    return NetworkDispatchAudit(problem, changed).findings.map(\.description)
  }

  /// Wind at B, a store at C, a town at D that its line cannot serve, a must-run plant at E whose line is too small.
  static let everything: CommitmentProblem = {
    func both(_ value: Double) -> [Double] { [value, value] }
    let lines: [(Int, Int, Double)] = [
      (0, 1, .infinity), (1, 2, .infinity), (0, 2, .infinity), (2, 3, 20), (1, 4, 10),
    ]
    return CommitmentProblem(
      name: "everything", intervalCount: 2,
      units: [
        NetworkDispatchTests.unit("cheap", bus: 0, price: 30, capacity: 100),
        NetworkDispatchTests.unit("dear", bus: 1, price: 50, capacity: 100),
      ],
      profiledUnits: [
        ProfiledUnit(name: "wind", bus: 1, minimumOutput: both(0), maximumOutput: both(40)),
        ProfiledUnit(name: "must run", bus: 4, minimumOutput: both(25), maximumOutput: both(25)),
      ],
      storages: [
        StorageUnit(
          name: "store", bus: 2, minimumLevel: both(0), maximumLevel: both(100), initialLevel: 0,
          minimumCharge: both(0), maximumCharge: both(20), minimumDischarge: both(0),
          maximumDischarge: both(20),
          chargeCost_perMWh: both(0), dischargeCost_perMWh: both(0), chargeEfficiency: both(0.9),
          dischargeEfficiency: both(0.9), loss: both(0), allowsBoth: [false, false])
      ],
      buses: zip(["A", "B", "C", "D", "E"], [both(0), [60, 140], both(0), both(30), both(0)]).map {
        Bus(name: $0, demand: $1)
      },
      branches: lines.enumerated().map {
        Branch(name: "l\($0 + 1)", from: $1.0, to: $1.1, susceptance: 1_000, limit: $1.2)
      },
      priceSensitiveDemands: [
        PriceSensitiveDemand(
          name: "works", bus: 1, maximumDemand: both(15), value_perMWh: both(100))
      ],
      shortageCost_perMWh: 1_000, surplusCost_perMWh: 5,
      directCurrentLines: [DirectCurrentLine(name: "cable", from: 1, to: 2, limits: 12...12)])
  }()

  static func solved() throws -> NetworkDispatch {
    try dispatch(everything, commitment: [[true, true], [true, true]])
  }

  /// Served are 60 and 140 at B, 15 of the works and 20 of the town; 40 of wind and 10 of the must-run plant help.
  @Test("wind, store, shortage, surplus and cable by hand")
  func worked() throws {
    let result = try Self.solved()
    let decision = result.commitment
    let expected: [([[Double]], [[Double]])] = [
      (decision.output, [[65, 100], [0, 8.8]]), (decision.profiledOutput, [[40, 40], [25, 25]]),
      (decision.charge, [[20, 0]]), (decision.discharge, [[0, 16.2]]),
      (decision.priceSensitiveDemand, [[15, 15]]),
      (
        [decision.shortage[3], decision.surplus[4], decision.directCurrentFlow[0]],
        [[10, 10], [15, 15], [12, 12]]
      ),
      ([result.flow[3], result.flow[4]], [[20, 20], [-10, -10]]),
      (
        result.prices.map { $0.map(\.total) },
        [[30, 50], [30, 50], [30, 50], [1_000, 1_000], [-5, -5]]
      ),
    ]
    for (rows, wanted) in expected {
      for (row, values) in zip(rows, wanted) {
        for (value, number) in zip(row, values) {
          #expect(abs(value - number) < 1e-5, "\(rows) is not \(wanted)")
        }
      }
    }
    #expect(NetworkDispatchAudit(Self.everything, result).verdict == "passed")
  }

  @Test("one megawatt less of any element is found at its neighbours' flows")
  func injections() throws {
    let result = try Self.solved()
    let changes: [(inout Commitment) -> Void] = [
      { $0.output[1][1] -= 1 }, { $0.profiledOutput[0][0] -= 1 }, { $0.charge[0][0] -= 1 },
      { $0.discharge[0][1] -= 1 }, { $0.priceSensitiveDemand[0][0] -= 1 },
      { $0.shortage[3][0] -= 1 },
      { $0.surplus[4][0] -= 1 }, { $0.directCurrentFlow[0][0] -= 1 },
    ]
    for change in changes {
      let found = Self.findings(Self.everything, result) { change(&$0.commitment) }
      #expect(found.contains { $0.contains("its angles ask for") }, "\(found)")
    }
  }

  @Test("a price that a unit between its limits does not ask for is found; five digits are enough")
  func prices() throws {
    let result = try Self.solved()
    for error in [2e-4, -2e-4] {
      #expect(Self.findings(Self.everything, result) { $0.prices[0][0].energy += error }.isEmpty)
    }
    for error in [1e-3, -1e-3] {
      let found = Self.findings(Self.everything, result) { $0.prices[0][0].energy += error }
      #expect(found.count == 1 && found[0].hasPrefix("cheap: gives"), "\(found)")
    }
  }

  @Test("what is added to a marginal cost raises the price by as much")
  func adder() throws {
    var problem = Self.everything
    problem.units[0].costAdder = [2, 2]
    let result = try dispatch(problem, commitment: [[true, true], [true, true]])
    #expect(abs(result.prices[0][0].total - 32) < 1e-6)
    #expect(NetworkDispatchAudit(problem, result).verdict == "passed")
    problem.units[0].costAdder = [3, 2]
    #expect(Self.findings(problem, result).contains { $0.hasPrefix("cheap: gives") })
  }

  @Test("a dispatch at one bus, without a network, passes")
  func oneBus() throws {
    let problem = CommitmentProblem(
      name: "one bus", intervalCount: 1,
      units: [NetworkDispatchTests.unit("only", bus: 0, price: 20)],
      buses: [Bus(name: "A", demand: [90])])
    let result = try dispatch(problem, commitment: [[true]])
    #expect(NetworkDispatchAudit(problem, result).verdict == "passed")
  }

  static func withInterface(_ limits: ClosedRange<Double>) -> CommitmentProblem {
    var problem = NetworkDispatchTests.reference(
      demand: [0, 110], prices: [50, 60], lines: [(from: 0, to: 1, limit: .infinity)])
    problem.interfaces = [
      Interface(name: "border", branches: [(index: 0, factor: 0.5)], limits: limits)
    ]
    return problem
  }

  @Test(
    "an interface counts a flow with its factor: half of 110 MW, and half of 100 MW where 50 is the limit"
  )
  func interface() throws {
    let wide = Self.withInterface(-20...60)
    let free = try dispatch(wide, commitment: [[true], [true]])
    #expect(abs(free.flow[0][0] - 110) < 1e-6)
    #expect(NetworkDispatchAudit(wide, free).verdict == "passed")
    let held = try dispatch(Self.withInterface(-20...50), commitment: [[true], [true]])
    #expect(abs(held.flow[0][0] - 100) < 1e-6)
    for limits in [-20...50.0, 60...100, -20...54.99, 55.01...60] {
      let found = Self.findings(Self.withInterface(limits), free)
      #expect(
        found.contains {
          $0.hasPrefix("border: carries 55") && $0.hasSuffix("outside \(limits) MW.")
        })
    }
  }

  @Test(
    "a line without a susceptance, an outage and an interface of lines that are not there are refused"
  )
  func refusals() throws {
    func refusal(_ change: (inout CommitmentProblem) -> Void) -> String {
      var problem = Self.withInterface(-20...60)
      change(&problem)
      do { _ = try dispatch(problem, commitment: [[true], [true]]) } catch {
        return error.description
      }
      return ""
    }
    for susceptance in [0, Double.infinity, -.infinity, .nan] {
      #expect(
        refusal { $0.branches[0].susceptance = susceptance }
          == "l1: has a susceptance of \(susceptance) MW/rad; give a finite number other than 0.")
    }
    #expect(
      refusal { $0.contingencies = [Contingency(name: "storm", branches: [0, 1])] }.hasPrefix(
        "storm: "))
    #expect(refusal { $0.interfaces[0].branches[0].index = 1 }.hasPrefix("border: "))
  }
}
