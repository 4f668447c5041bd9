import Foundation
import MarketModel
import Testing
import TradingDesk

@testable import HTTPAPI

@Suite("Backtests, positions and statements over HTTP") struct BacktestRouteTests {
  @Test("what is asked for decides the kind of backtest; a field that is wrong is named")
  func kinds() async throws {
    let box = try Sandbox()
    defer { box.remove() }
    let days = "\"from\":\"2026-03-01\",\"to\":\"2026-03-03\""
    let sweep = "from: 2026-03-01\\nto: 2026-03-02\\nstrategy: optimised\\nparameters: { risk_aversion: [0, 0.1] }"
    for (body, kind) in [
      ("{\(days)}", "backtest"), ("{\(days),\"strategies\":[\"optimised\",\"three-opinions\"]}", "comparison"),
      ("{\(days),\"strategies\":[\"position\"],\"refit\":\"weekly\"}", "comparison"),
      ("{\"sweep\":\"\(sweep)\"}", "sweep"),
    ] {
      let answer = await box.ask("POST", "/api/v1/backtests", body: body)
      #expect(answer.status == 202 && answer.object["kind"] as? String == kind, "\(body): \(answer.text)")
    }
    let known = try #require(await box.ask("GET", "/api/v1/strategies").object["strategies"] as? [String])
    #expect(known.contains("optimised") && known.contains("three-opinions") && !known.contains { $0.contains("/") })
    for (body, pointer) in [
      ("{\(days),\"strategies\":[]}", "/strategies"),
      ("{\(days),\"strategies\":[\"/etc/passwd.json\"]}", "/strategies/0"),
      ("{\(days),\"strategies\":[\"optimised\",\"optimised\"]}", "/strategies"),
      ("{\"strategies\":[\"optimised\"]}", "/from"),
      ("{\(days),\"strategies\":[\"optimised\"],\"refit\":\"hourly\"}", "/refit"),
      ("{\(days),\"refit\":\"weekly\"}", "/refit"),
      ("{\"sweep\":\"from: 2026-03-01\"}", "/sweep"),
      ("{\"sweep\":\"\(sweep)\\nportfolios: [/etc/passwd]\"}", "/sweep"),
      ("{\"sweep\":\"{{{{\"}", "/sweep"), ("{\"sweep\":\"\(sweep)\",\"strategies\":[\"optimised\"]}", "/strategies"),
      ("{\"day\":\"2026-03-01\"}", "/day"),
    ] {
      let answer = await box.ask("POST", "/api/v1/backtests", body: body)
      let faults = answer.object["errors"] as? [[String: Any]]
      #expect(answer.status == 422 && faults?.first?["pointer"] as? String == pointer, "\(body): \(answer.text)")
      #expect(!answer.text.contains("/tmp/"), "no path of the server: \(answer.text)")
    }
    #expect(await box.ask("POST", "/api/v1/jobs", body: "{\(days)}").status == 422, "a job names its kind")
    #expect(await box.ask("POST", "/api/v1/jobs", body: "{\"kind\":\"position\"}").status == 422)
    #expect(await box.ask("POST", "/api/v1/jobs", body: "{\"kind\":\"market\",\"day\":\"2020-01-01\"}").status == 202)
  }

  @Test("a stopped comparison says that it goes on, a stopped backtest that nothing was kept")
  func stopped() {
    func job(_ kind: JobRecord.Kind) -> JobRecord {
      JobRecord(id: "j1", kind: kind, request: JobRequest(), requestedBy: "Li", createdAt: "2026-03-01T00:00:00Z")
    }
    #expect(JobFolder.interruption(of: job(.comparison)).contains("goes on"))
    #expect(JobFolder.interruption(of: job(.backtest)).contains("nothing of it was kept"))
  }

  @Test("a position and a market brief are the files that their commands leave, and are asked for as jobs before")
  func documents() async throws {
    let box = try Sandbox()
    defer { box.remove() }
    for name in ["position", "market"] {
      let path = "/api/v1/days/\(Sandbox.day)/\(name)"
      let absent = await box.ask("GET", path)
      #expect(absent.status == 404 && (absent.object["detail"] as? String)?.contains("spotdesk \(name)") == true)
      let text = "{\"day\":\"\(Sandbox.day)\",\"parts\":[{\"name\":\"thermal\",\"expected_profit\":1.5}]}\n"
      try Data(text.utf8).write(to: box.folder.appending(path: "days/\(Sandbox.day)/\(name).json"))
      #expect(await box.ask("GET", path).text == text)
    }
    let table = await box.ask("GET", "/api/v1/days/\(Sandbox.day)/position?format=csv").text
    #expect(table.contains("thermal"))
    #expect(await box.ask("GET", "/api/v1/days/\(Sandbox.day)/market?format=csv").status == 406)
  }

  @Test("a statement has a limit and a media type of its own, and what is wrong with it is one sentence")
  func statements() async throws {
    let box = try Sandbox { $0.uploadLimit = 20_000 }
    defer { box.remove() }
    let path = "/api/v1/days/\(Sandbox.day)/statement"
    let csv = ["content-type": "text/csv; charset=utf-8"]
    let unprepared = await box.ask("POST", path, headers: csv, body: "unit,day\nA1,2026-03-20\n")
    #expect(unprepared.status == 404, "\(unprepared.text)")
    #expect(await box.ask("POST", path, headers: csv, body: "").status == 400)
    #expect(await box.ask("POST", path, body: "{}").status == 415)
    let long = String(repeating: "x", count: 10_000)
    #expect(await box.ask("POST", path, headers: csv, body: long).status != 413, "longer than a JSON body may be")
    let longest = await box.ask(
      "POST", path, headers: csv.merging(["content-length": "20001"]) { $1 }, body: long + long + "x")
    #expect(longest.status == 413)
    let names = try FileManager.default.contentsOfDirectory(atPath: FileManager.default.temporaryDirectory.path)
    #expect(!names.contains { $0.hasPrefix("spotdesk-statement-") }, "nothing of a statement is left behind")
  }
}
