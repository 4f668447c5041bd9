import Foundation
import Testing

extension Acceptance {
  @Suite("evaluate dispatch") struct DispatchTests {
    /// A cheap generator, a dear one, and a line that is too small.
    static let text = """
      mpc.version = '2';
      mpc.baseMVA = 100;
      mpc.bus = [ 1 3 0 0 0 0; 2 1 80 0 0 0 ];
      mpc.gen = [ 1 0 0 0 0 1 100 1 100 0; 2 0 0 0 0 1 100 1 40 0 ];
      mpc.gencost = [ 2 0 0 2 20 0; 2 0 0 2 50 0 ];
      mpc.branch = [ 1 2 0 0.1 0 50 0 0 0 0 1 -30 30 ];
      """

    @Test("one case as a document, its prices and flows as tables")
    func document() throws {
      let file = try newFile("pair.m", Self.text)
      let prices = file.deletingLastPathComponent().appending(path: "prices.csv")
      let flows = file.deletingLastPathComponent().appending(path: "flows.csv")
      let run = try SpotDesk.run(
        "evaluate", "dispatch", "--case", file.path, "--json", "--output", prices.path, "--flows", flows.path
      ).succeeded()
      let document = try run.json()
      #expect(document["objective"] as? Double == 2_500)
      #expect(document["audit"] as? String == "passed")
      #expect((document["lmp"] as? [String: Double])?["max"] == 50)
      #expect((document["lmp"] as? [String: Double])?["min"] == 20)
      #expect(document["seconds"] is Double)
      let rows = try String(contentsOf: prices, encoding: .utf8).split(separator: "\n")
      #expect(rows[2] == "pair,2,50.000000,20.000000,30.000000,0.000000")
      let flow = try String(contentsOf: flows, encoding: .utf8).split(separator: "\n")
      #expect(flow[1] == "pair,branch 1 (1-2),1,2,50.000000,50.000000,0.000000,30.000000")
    }

    @Test("a folder beside published costs")
    func folder() throws {
      let file = try newFile("pair.m", Self.text)
      let baseline = try newFile(
        "BASELINE.md", "| **Case Name** | **DC (\\$/h)** |\n| - | - |\n| pair | 2.5000e+03 |\n")
      let run = try SpotDesk.run(
        "evaluate", "dispatch", "--case", file.deletingLastPathComponent().path, "--baseline", baseline.path
      ).succeeded()
      #expect(run.text.contains("2.5000e+03 │ equal"))
    }

    @Test("refusals")
    func refusals() throws {
      let short = try newFile("short.m", Self.text.replacing("2 1 80", with: "2 1 95"))
      expectRefusal(
        try SpotDesk.run("evaluate", "dispatch", "--case", short.path), exit: 5,
        saying: ["short.m", "limit of branch 1"])
      let broken = try newFile("broken.m", Self.text.replacing("0.1 0 50", with: "O.1 0 50"))
      expectRefusal(
        try SpotDesk.run("evaluate", "dispatch", "--case", broken.path), exit: 65, saying: ["broken.m:6", "O.1"])
      expectRefusal(
        try SpotDesk.run("evaluate", "dispatch", "--case", "nowhere.m"), exit: 66, saying: ["nowhere.m"])
    }
  }
}
