import MarketData
import PowerSystem
import Testing

@Suite("MATPOWER cases") struct MatpowerFileTests {
  static let text = """
    function mpc = tiny   % a case
    mpc.version = '2';
    mpc.baseMVA = 100.0;
    %	bus_i	type	Pd	Qd	Gs	Bs	area	Vm	Va	baseKV	zone	Vmax	Vmin
    mpc.bus = [
      10 1 90 0 2 0 1 1 0 230 1 1.1 0.9;   % with a shunt
      20 3 0 0 0 0 1 1 0 230 1 1.1 0.9; 30 4 5 0 0 0 1 1 0 230 1 1.1 0.9;
      40 1 -5 0 0 0 1 1 0 230 1 1.1 0.9
    ];
    mpc.gen = [
      20 0 0 0 0 1 100 1 200 10;
      20 0 0 0 0 1 100 0 200 10;
      30 0 0 0 0 1 100 1 200 10;
      40, 0, 0, 0, 0, 1, 100, 1, 50, -50;
    ];
    mpc.gencost = [
      2 0 0 3 0.1 20 5 0;
      2 0 0 2 20 5 0 0;
      2 0 0 1 5 0 0 0;
      1 0 0 2 -50 -500 50 ...
        700;
    ];
    mpc.branch = [
      10 20 0.01 0.1 0 100 100 120 0 0 1 -30 30;
      20 40 0 0.2 0 0 0 0 0.5 10 1 -360 360;
      20 30 0 0.2 0 0 0 0 0 0 1 0 0;
      10 40 0 0.2 0 0 0 0 0 0 0 0 0;
    ];
    mpc.bus_name = {
      'Not a number; [';
    };
    """

  @Test("values of a small case")
  func values() throws {
    let system = try matpowerCase(Self.text, name: "tiny", file: "tiny.m")
    #expect(system.buses == [("10", 92.0), ("20", 0), ("40", -5)].map { Bus(name: $0.0, demand: [$0.1]) })
    #expect(system.referenceBus == 1)
    #expect(system.generators.map(\.name) == ["generator 1", "generator 4"])
    #expect(system.generators[0].cost == .polynomial(constant: 5, linear: 20, quadratic: 0.1))
    #expect(
      system.generators[1].cost
        == .piecewise([.init(output: -50, costPerHour: -500), .init(output: 50, costPerHour: 700)]))
    #expect(system.generators[1].minimumOutput == -50)
    #expect(system.branches.count == 2)
    #expect(abs(system.branches[0].susceptance - 100 * 0.1 / (0.0001 + 0.01)) < 1e-9)
    #expect(system.branches[0].limit == 100)
    #expect(system.branches[0].emergencyLimit == 120)
    #expect(abs((system.branches[0].angleDifference?.upperBound ?? 0) - .pi / 6) < 1e-12)
    #expect(system.branches[1].limit == .infinity && system.branches[1].angleDifference == nil)
    #expect(system.branches[1].phaseShift == 0)
    let full = try matpowerCase(Self.text, name: "tiny", file: "tiny.m", branchModel: .withTaps)
    #expect(abs(full.branches[1].susceptance - 100 / (0.2 * 0.5)) < 1e-9)
    #expect(abs(full.branches[1].phaseShift - .pi / 18) < 1e-12)
  }

  @Test(
    "a wrong case is refused with its line",
    arguments: [
      ("mpc.baseMVA = 100.0;", "", "mpc.baseMVA is missing"),
      ("10 1 90 0 2", "10 1 9O 0 2", "tiny.m:6: \"9O\" is no number."),
      ("20 3 0 0", "10 3 0 0", "tiny.m:7, column \"mpc.bus\": bus 10 comes twice."),
      ("20 0 0 0 0 1 100 1 200 10;", "99 0 0 0 0 1 100 1 200 10;", "names bus 99, which mpc.bus does not have."),
      ("20 0 0 0 0 1 100 1 200 10;", "20 0 0 0 0 1 100 1 5 10;", "has Pmin 10.0 above Pmax 5.0 MW"),
      ("2 0 0 3 0.1 20 5 0;", "2 0 0 4 0.1 20 5 0;", "has a cost of degree 3; at most 2 is read."),
      ("2 0 0 3 0.1 20 5 0;", "3 0 0 3 0.1 20 5 0;", "has model 3.0"),
      ("2 0 0 3 0.1 20 5 0;", "2 0 0 9 0.1 20 5 0;", "13 are needed."),
      ("0.01 0.1 0 100", "0 0 0 100", "has a reactance of 0.0"),
      ("mpc.branch", "mpc.dcline = [1 2 1];\nmpc.branch", "direct-current line in service"),
      ("10 40 0 0.2 0 0 0 0 0 0 0 0 0;\n];", "", "mpc.branch\": the matrix has no closing bracket."),
    ])
  func refused(old: String, new: String, sentence: String) {
    let text = Self.text.replacing(old, with: new)
    #expect(text != Self.text)
    do {
      _ = try matpowerCase(text, name: "tiny", file: "tiny.m")
      Issue.record("was read")
    } catch { #expect(error.description.contains(sentence), "\(error.description)") }
  }
}
