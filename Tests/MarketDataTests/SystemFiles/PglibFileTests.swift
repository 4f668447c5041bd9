import Foundation
import PowerSystem
import Testing

@testable import MarketData

@Suite("PGLib-UC files") struct PglibFileTests {
  private let fixture: Fixture

  init() throws { fixture = try Fixture() }

  /// Two units and one wind farm over three hours.
  static let text = """
    {"time_periods": 3, "demand": [50, 60.5, 40], "reserves": [1, 2, 3],
     "thermal_generators": {
      "B": {"must_run": 1, "power_output_minimum": 10.0, "power_output_maximum": 30.0, "ramp_up_limit": 12.0,
       "ramp_down_limit": 13.0, "ramp_startup_limit": 14.0, "ramp_shutdown_limit": 15.0, "time_up_minimum": 2,
       "time_down_minimum": 3, "power_output_t0": 20.0, "unit_on_t0": 1, "time_down_t0": 0, "time_up_t0": 5,
       "startup": [{"lag": 3, "cost": 100.0}, {"lag": 8, "cost": 250.5}], "name": "B",
       "piecewise_production": [{"mw": 10.0, "cost": 200.0}, {"mw": 30.0, "cost": 800.0}]},
      "A": {"must_run": 0, "power_output_minimum": 5, "power_output_maximum": 5, "ramp_up_limit": 5,
       "ramp_down_limit": 5, "ramp_startup_limit": 5, "ramp_shutdown_limit": 5, "time_up_minimum": 0,
       "time_down_minimum": 1, "power_output_t0": 0, "unit_on_t0": 0, "time_down_t0": 7, "time_up_t0": 0,
       "startup": [{"lag": 1, "cost": 9}], "piecewise_production": [{"mw": 5, "cost": 70}]}},
     "renewable_generators": {"W": {"power_output_minimum": [0, 0, 1], "power_output_maximum": [7, 8.25, 9]}}}
    """

  private func read(_ text: String) throws -> CommitmentProblem {
    try readCommitmentProblem(at: fixture.file("day.json", text), format: .pglib)
  }

  private func refusal(_ old: String, _ new: String) throws -> String {
    #expect(Self.text.contains(old))
    let text = Self.text.replacingOccurrences(of: old, with: new)
    return try #require(#expect(throws: ImportProblem.self) { try read(text) }).description
  }

  @Test("every key lands where it belongs, in the order of the file")
  func worked() throws {
    let problem = try read(Self.text)
    #expect(problem.name == "day" && problem.intervalCount == 3 && problem.hoursPerInterval == 1)
    #expect(problem.units.map(\.name) == ["B", "A"] && problem.demand == [50, 60.5, 40])
    let unit = problem.units[0]
    #expect(unit.costCurve.map(\.output) == [10, 30] && unit.costPerHour(atOutput: 20) == 500)
    #expect(unit.rampUp == 12 && unit.rampDown == 13 && unit.startUpLimit == 14 && unit.shutDownLimit == 15)
    #expect(unit.minimumUpIntervals == 2 && unit.minimumDownIntervals == 3 && unit.fixedStatus == [true, true, true])
    #expect(unit.initialState == .on(forIntervals: 5, output: 20))
    #expect(unit.startCost(afterIntervals: 7) == 100 && unit.startCost(afterIntervals: 8) == 250.5)
    #expect(problem.units[1].initialState == .off(forIntervals: 7) && problem.units[1].fixedStatus.isEmpty)
    #expect(problem.units[1].minimumUpIntervals == 1)
    #expect(problem.profiledUnits.map(\.maximumOutput) == [[7, 8.25, 9]])
    #expect(problem.reserves.map(\.requirement) == [[1, 2, 3]] && problem.reserves[0].shortfallCost_perMWh == nil)
    #expect(problem.reserves[0].providers == nil && problem.shortageCost_perMWh == nil)
  }

  @Test("gzip reads the same; a reserve of zero is none")
  func gzip() throws {
    let packed = try fixture.file("day.json.gz", Fixture.gzip(Self.text))
    #expect(try readCommitmentProblem(at: packed, format: .pglib) == read(Self.text))
    #expect(try read(Self.text.replacingOccurrences(of: "[1, 2, 3]", with: "[0, 0, 0]")).reserves.isEmpty)
  }

  @Test("one sentence says file, element, field, what was found and what is needed")
  func refusals() throws {
    let cases: [(old: String, new: String, sentence: String)] = [
      ("\"time_periods\": 3, ", "", "day.json has no \"time_periods\"; add the key"),
      ("\"time_periods\": 3", "\"time_periods\": 0", "\"time_periods\" is 0 h; a whole number of 1 h or more"),
      ("[50, 60.5, 40]", "[50, 60.5]", "\"demand\" has 2 values; give one for each of 3 intervals."),
      ("60.5", "\"60.5\"", "\"demand\" has the text \"60.5\" in its list; numbers are needed."),
      ("60.5", "null", "\"demand\" has null in its list"),
      ("\"ramp_up_limit\": 12.0", "\"ramp_up_limit\": -12", "unit B, \"ramp_up_limit\" is -12 MW; the least is 0 MW."),
      (
        "\"time_up_minimum\": 2", "\"time_up_minimum\": -2",
        "\"time_up_minimum\" is -2 h; a whole number of 0 h or more"
      ),
      ("\"time_up_minimum\": 2", "\"time_up_minimum\": 1.5", "\"time_up_minimum\" is 1.5 h; a whole number"),
      ("\"unit_on_t0\": 1", "\"unit_on_t0\": 2", "\"unit_on_t0\" is the number 2; true or false is needed."),
      ("\"lag\": 8", "\"lag\": 2", "unit B has a startup lag of 2 h after one of 3 h; sort by rising lag."),
      ("{\"mw\": 30.0, \"cost\": 800.0}", "{\"mw\": 30.0}", "unit B has no \"cost\"; add the key"),
      (
        "{\"mw\": 30.0, \"cost\": 800.0}", "{\"mw\": 29, \"cost\": 8}",
        "is 30 MW where piecewise_production ends at 29 MW"
      ),
      ("[{\"mw\": 5, \"cost\": 70}]", "[]", "unit A, \"piecewise_production\" has no point"),
      ("\"power_output_t0\": 20.0", "\"power_output_t0\": 50", "B starts with 50.0 MW, outside 10.0 to 30.0 MW"),
      ("[0, 0, 1]", "[0, 0, 10]", "W has a minimum of 10.0 MW above the maximum of 9.0 MW in interval 3"),
      ("\"A\": {\"must_run\"", "\"B\": {\"must_run\"", "the key \"B\" stands a second time"),
    ]
    for (old, new, sentence) in cases {
      let found = try refusal(old, new)
      #expect(found.contains(sentence), "\(found)")
      #expect(found.contains("day.json") && !found.contains("\n"))
    }
  }

  @Test("a curve that falls is refused")
  func fallingCurve() throws {
    let found = try refusal(
      "[{\"mw\": 10.0, \"cost\": 200.0}, ", "[{\"mw\": 10.0, \"cost\": 200.0}, {\"mw\": 35.0, \"cost\": 500.0}, ")
    #expect(found.contains("has a cost curve whose output falls from 35.0 to 30.0 MW; sort the points."))
  }

  @Test("a text cut anywhere is refused, never read and never a crash")
  func cutAnywhere() throws {
    let bytes = Array(Self.text.utf8)
    for count in stride(from: 0, to: bytes.count - 1, by: 7) {
      let error = #expect(throws: ImportProblem.self) { try JSONParser.parse(Array(bytes[..<count]), file: "f") }
      #expect(error?.description.contains("ends early") == true, "\(count)")
    }
    let packed = Fixture.gzip(Self.text)
    for count in stride(from: 12, to: packed.count - 1, by: 101) {
      let url = try fixture.file("cut.json.gz", packed.prefix(count))
      #expect(throws: ImportProblem.self) { try readCommitmentProblem(at: url, format: .pglib) }
    }
  }

  @Test("any byte that is changed gives a problem or one sentence")
  func changedBytes() throws {
    var random = SplitMix(seed: 7)
    for _ in 0..<150 {
      var bytes = Array(Self.text.utf8)
      bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(random.next() % 128)
      let url = try fixture.file("changed.json", Data(bytes))
      do throws(ImportProblem) {
        _ = try readCommitmentProblem(at: url, format: .pglib)
      } catch {
        #expect(error.description.contains("changed.json") && !error.description.contains("\n"), "\(error)")
      }
    }
  }
}

/// A small generator for tests of this target.
private struct SplitMix {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
