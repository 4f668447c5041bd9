import Foundation
import Testing

extension Acceptance {
  @Suite("Forecasts of load, wind and solar, and joint ones") struct ForecastTargetTests {
    @Test("without measured power one sentence says what to import; joint scenarios go without it")
    func absent() throws {
      let workspace = try ForecastTests.workspace()
      for target in ["load", "wind", "solar"] {
        let run = try SpotDesk.run("forecast", Workspaces.smallDay, "--target", target, workspace: workspace)
        expectRefusal(run, exit: 3, saying: ["No measured \(target) before 2023-03-15", "\"\(target).actual [MW]\""])
      }
      let run = try SpotDesk.run(
        "forecast", Workspaces.smallDay, "--joint", "--reduce", "4", "--json", workspace: workspace
      ).succeeded()
      let report = try run.json()
      #expect(report["schema"] as? String == "spotdesk.joint-forecast/1")
      let notes = try #require(report["notes"] as? [String])
      #expect(notes.count { $0.contains("No measured") } == 3)
      let files = try DayFiles(Workspaces.smallDay, in: workspace)
      let rows = String(decoding: try #require(files.contents["scenarios.csv"]), as: UTF8.self).split(separator: "\n")
      #expect(rows.count == 5 && rows[0].hasPrefix("path,target,weight,1,2,"))
      #expect(rows[1].hasPrefix("1,day-ahead-price,") && rows[1].split(separator: ",").count == 99)
    }

    @Test("a joint forecast of one target is a wrong usage")
    func usage() throws {
      let run = try SpotDesk.run("forecast", "--joint", "--target", "wind")
      #expect(run.status == 64 && run.errors.contains("leave out --target"))
    }
  }
}
