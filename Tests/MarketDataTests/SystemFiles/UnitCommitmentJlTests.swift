import Foundation
import PowerSystem
import Testing

@testable import MarketData

@Suite("UnitCommitment.jl files") struct UnitCommitmentJlTests {
  private let fixture: Fixture

  init() throws { fixture = try Fixture() }

  /// Two half-hours; everything that the format knows.
  static let text = """
    {"Parameters": {"Version": "0.4", "Time horizon (h)": 1, "Time step (min)": 30, "Power balance penalty ($/MW)": 500},
     "Buses": {"b1": {"Load (MW)": [10, 20]}, "b2": {"Load (MW)": 5}},
     "Generators": {
      "g1": {"Bus": "b2", "Type": "Thermal", "Production cost curve (MW)": [10, 20, 40],
       "Production cost curve ($)": [100, 150, 300], "Startup costs ($)": [7, 9], "Startup delays (h)": [1, 4],
       "Ramp up limit (MW)": 12, "Startup limit (MW)": 4, "Shutdown limit (MW)": 15, "Minimum uptime (h)": 2,
       "Minimum downtime (h)": 0, "Initial status (h)": 3, "Initial power (MW)": 20, "Reserve eligibility": ["r1"],
       "Commitment status": [true, null]},
      "g2": {"Bus": "b1", "Production cost curve (MW)": [0, [10, 8]], "Production cost curve ($)": [0, [20, 24]],
       "Initial status (h)": -100, "Initial power (MW)": 0, "Must run?": true, "Reserve eligibility": ["r1", "r2"]},
      "g3": {"Bus": "b1", "Type": "Profiled", "Maximum power (MW)": [3, 4], "Cost ($/MW)": 6}},
     "Storage units": {"s": {"Bus": "b1", "Maximum level (MWh)": 100, "Charge cost ($/MW)": 2, "Discharge cost ($/MW)": 3,
       "Maximum charge rate (MW)": 10, "Maximum discharge rate (MW)": 8, "Loss factor": 0.01,
       "Allow simultaneous charging and discharging": [false, true], "Last period minimum level (MWh)": 20}},
     "Price-sensitive loads": {"p": {"Bus": "b2", "Revenue ($/MW)": 23, "Demand (MW)": 50}},
     "Transmission lines": {
      "l1": {"Source bus": "b1", "Target bus": "b2", "Susceptance (S)": 29.5, "Normal flow limit (MW)": 150,
       "Emergency flow limit (MW)": 200, "Flow limit penalty ($/MW)": 1000},
      "l2": {"Source bus": "b2", "Target bus": "b1", "Susceptance (S)": 10}},
     "Reserves": {"r1": {"Type": "spinning", "Amount (MW)": [5, 6], "Shortfall penalty ($/MW)": 8},
      "r2": {"Type": "flexiramp", "Amount (MW)": 2}},
     "Interfaces": {"i": {"Branches": {"l1": 1, "l2": -1}, "Net flow upper limit (MW)": 70}},
     "Contingencies": {"c1": {"Affected lines": ["l2"]}, "c2": {"Affected generators": ["g1"]}}}
    """

  private func read(_ text: String) throws -> CommitmentProblem {
    try readCommitmentProblem(at: fixture.file("case.json", text), format: .unitCommitmentJl)
  }

  @Test("costs for a time step become costs for an hour; hours become intervals")
  func units() throws {
    let problem = try read(Self.text)
    #expect(problem.intervalCount == 2 && problem.hoursPerInterval == 0.5 && problem.demand == [15, 25])
    let unit = problem.units[0]
    #expect(unit.bus == 1 && unit.costCurve.map(\.costPerHour) == [200, 300, 600])
    #expect(unit.startCategories.map(\.afterIntervals) == [2, 8] && unit.startCategories.map(\.cost) == [7, 9])
    #expect(unit.minimumUpIntervals == 4 && unit.minimumDownIntervals == 1)
    #expect(unit.initialState == .on(forIntervals: 6, output: 20) && unit.fixedStatus == [true, nil])
    #expect(unit.rampUp == 12 && unit.rampDown == .infinity && unit.shutDownLimit == 15)
    #expect(unit.startUpLimit == 10 && problem.notes[0].contains("start-up limit of 4.0 MW was raised"))
    // 20 $ at 10 MW and 24 $ at 8 MW for half an hour: 4 $/MWh and 6 $/MWh.
    let varying = problem.units[1]
    #expect(varying.availableOutput == [10, 8] && varying.costAdder == [0, 2] && varying.fixedStatus == [true, true])
    #expect(varying.costPerHour(atOutput: 8) + varying.costAdder[1] * 8 == 24 / 0.5)
    #expect(varying.startCategories.isEmpty && varying.initialState == .off(forIntervals: 200))
    #expect(problem.profiledUnits[0].cost_perMWh == [12, 12] && problem.profiledUnits[0].minimumOutput == [0, 0])
  }

  @Test("storage, demand, network, reserves, penalties")
  func system() throws {
    let problem = try read(Self.text)
    let storage = problem.storages[0]
    #expect(storage.chargeCost_perMWh == [4, 4] && storage.loss == [0.01, 0.01] && storage.finalLevel == 20...100)
    #expect(storage.allowsBoth == [false, true] && storage.initialLevel == 0 && storage.chargeEfficiency == [1, 1])
    #expect(problem.priceSensitiveDemands[0].value_perMWh == [46, 46] && problem.priceSensitiveDemands[0].bus == 1)
    #expect(problem.branches.map(\.limit) == [150, .infinity] && problem.branches[0].emergencyLimit == 200)
    #expect(problem.branches.map(\.overloadCost_perMWh) == [2000, 10_000])
    #expect(problem.reserves.map(\.kind) == [.spinning, .flexibleRamp])
    #expect(problem.reserves.map(\.providers) == [[0, 1], [1]])
    #expect(problem.reserves.map(\.shortfallCost_perMWh) == [16, nil] && problem.shortageCost_perMWh == 1000)
    #expect(problem.surplusCost_perMWh == nil && problem.contingencies == [Contingency(name: "c1", branches: [1])])
    #expect(problem.interfaces[0].limits == -.infinity...70 && problem.interfaces[0].branches.map(\.factor) == [1, -1])
    #expect(problem.notes.contains { $0.hasPrefix("c2: the outage of units (g1) was left out") })
  }

  @Test("format 0.2: one spinning reserve, provided by whoever does not decline")
  func oldReserve() throws {
    let old = """
      {"Parameters": {"Time (h)": 2, "Reserve shortfall penalty ($/MW)": 30}, "Reserves": {"Spinning (MW)": [3, 4]},
       "Buses": {"b": {"Load (MW)": [1, 2]}}, "Generators": {
       "a": {"Bus": "b", "Production cost curve (MW)": [1], "Production cost curve ($)": [3], "Initial status (h)": 1,
        "Initial power (MW)": 1, "Provides spinning reserves?": false},
       "c": {"Bus": "b", "Production cost curve (MW)": [0, 9], "Production cost curve ($)": [0, 9],
        "Initial status (h)": -1, "Initial power (MW)": 0}}}
      """
    let problem = try read(old)
    #expect(problem.reserves.count == 1 && problem.reserves[0].requirement == [3, 4])
    #expect(problem.reserves[0].providers == [1] && problem.reserves[0].shortfallCost_perMWh == 30)
    #expect(problem.shortageCost_perMWh == 1000 && problem.hoursPerInterval == 1 && problem.intervalCount == 2)
    let all = try read(old.replacingOccurrences(of: "false", with: "true"))
    #expect(all.reserves[0].providers == nil)
  }

  @Test("one sentence for what is wrong")
  func refusals() throws {
    let cases: [(old: String, new: String, sentence: String)] = [
      ("\"Time step (min)\": 30", "\"Time step (min)\": 25", "is 25 min; a divisor of 60 min is needed"),
      ("\"Time horizon (h)\": 1, ", "", "has no \"Time horizon (h)\""),
      ("\"Load (MW)\": [10, 20]", "\"Load (MW)\": [10]", "bus b1, \"Load (MW)\" has 1 values"),
      ("\"Bus\": \"b2\", \"Type\"", "\"Bus\": \"b9\", \"Type\"", "unit g1, \"Bus\" names the bus \"b9\""),
      ("\"Type\": \"Thermal\"", "\"Type\": \"Steam\"", "unit g1 has the type \"steam\""),
      ("[100, 150, 300]", "[100, 150]", "has 3 points where \"Production cost curve ($)\" has 2"),
      ("[100, 150, 300]", "[100, 190, 200]", "g1 has a marginal cost that falls from 18.0 to 1.0 per MWh at 20.0 MW"),
      ("[10, 20, 40]", "[10, 50, 40]", "g1 has a cost curve whose output falls from 50.0 to 40.0 MW"),
      ("[0, [10, 8]]", "[[0, 1], [10, 8]]", "varies in interval 2 in a way that is not modelled"),
      ("\"Startup delays (h)\": [1, 4]", "\"Startup delays (h)\": [4, 4]", "does not rise at entry 2; sort the delays"),
      ("\"Startup costs ($)\": [7, 9]", "\"Startup costs ($)\": [7]", "has 1 costs for 2 startup delays"),
      ("\"Initial status (h)\": 3", "\"Initial status (h)\": 0", "is 0 h; give the hours on as a positive number"),
      ("\"Minimum uptime (h)\": 2", "\"Minimum uptime (h)\": 2.2", "is 2.2 h, no multiple of the time step of 30 min"),
      ("\"Minimum uptime (h)\": 2", "\"Minimum uptime (h)\": -2", "is -2 h; the least is 0 h."),
      (
        "\"Affected lines\": [\"l2\"]", "\"Affected lines\": [\"l7\"]",
        "contingency c1, \"Affected lines\" names the line"
      ),
      ("\"Type\": \"spinning\"", "\"Type\": \"cold\"", "reserve r1, \"Type\" is \"cold\"; write \"spinning\" or"),
      (
        "\"Normal flow limit (MW)\": 150", "\"Normal flow limit (MW)\": [1, 2]",
        "varies over time, which is not modelled"
      ),
      ("\"Target bus\": \"b1\"", "\"Target bus\": \"b2\"", "l2 connects a bus with itself"),
      ("\"Loss factor\": 0.01", "\"Charge efficiency\": 0", "s has a charge efficiency of 0.0; it must be above 0"),
    ]
    for (old, new, sentence) in cases {
      #expect(Self.text.contains(old), "\(old)")
      let error = #expect(throws: ImportProblem.self) {
        try read(Self.text.replacingOccurrences(of: old, with: new))
      }
      let found = error?.description ?? ""
      #expect(found.contains(sentence) && found.contains("case.json") && !found.contains("\n"), "\(found)")
    }
  }
}
