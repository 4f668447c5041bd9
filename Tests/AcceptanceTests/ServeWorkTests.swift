import Foundation
import Testing

extension Acceptance {
  @Suite("Work that the server does for several people") struct ServeWorkTests {
    private func object(_ data: Data) throws -> [String: Any] {
      try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    @Test("a server that is killed with a running job says afterwards that the job was interrupted")
    func killed() async throws {
      let workspace = try Workspaces.copy(of: try ServeTests.prepared.get())
      let server = try RunningServer(workspace)
      try await server.untilReady()
      let body = "{\"kind\":\"backtest\",\"from\":\"2023-03-09\",\"to\":\"2023-03-15\"}"
      let accepted = try await server.get("/api/v1/jobs", method: "POST", body: body)
      let id = try #require(try object(accepted.data)["id"] as? String)
      for _ in 0..<200 where try object(try await server.get("/api/v1/jobs/\(id)").data)["state"] as? String == "queued"
      {
        try await Task.sleep(for: .milliseconds(20))
      }
      kill(server.program.process.processIdentifier, SIGKILL)
      _ = try? server.program.finish()
      let second = try RunningServer(workspace)
      try await second.untilReady()
      defer { second.program.process.terminate() }
      let job = try object(try await second.get("/api/v1/jobs/\(id)").data)
      #expect(job["state"] as? String == "interrupted")
      #expect((job["problem"] as? String)?.contains("stopped while the job was running") == true)
      #expect(try await second.get("/api/v1/jobs/\(id)/result").status == 404)
    }

    @Test("a server that is asked to stop ends in time, though a job runs, and says so of the job")
    func stopped() async throws {
      let workspace = try Workspaces.copy(of: try ServeTests.prepared.get())
      let server = try RunningServer(workspace)
      try await server.untilReady()
      let body = "{\"from\":\"2023-03-09\",\"to\":\"2023-03-15\",\"strategies\":[\"optimised\"]}"
      let accepted = try await server.get("/api/v1/backtests", method: "POST", body: body)
      let id = try #require(try object(accepted.data)["id"] as? String)
      for _ in 0..<200 where try object(try await server.get("/api/v1/jobs/\(id)").data)["state"] as? String == "queued"
      {
        try await Task.sleep(for: .milliseconds(20))
      }
      let run = try server.stop()
      #expect(run.status == 0 && !run.wasKilled, "\(run.errors)")
      let second = try RunningServer(workspace)
      try await second.untilReady()
      defer { second.program.process.terminate() }
      let job = try object(try await second.get("/api/v1/jobs/\(id)").data)
      #expect(job["state"] as? String == "interrupted")
      #expect((job["problem"] as? String)?.contains("goes on from there") == true, "\(job)")
    }

    @Test("of two traders who change one unit the second is told who was faster, and reads again")
    func traders() async throws {
      let workspace = try Workspaces.copy(of: try ServeTests.prepared.get())
      func key(_ name: String) throws -> String {
        try SpotDesk.run("keys", "add", name, "--role", "trader", workspace: workspace).succeeded().text
          .trimmingCharacters(in: .whitespacesAndNewlines)
      }
      let (li, wang) = (try key("Li"), try key("Wang"))
      let server = try RunningServer(workspace)
      try await server.untilReady()
      defer { server.program.process.terminate() }
      let path = "/api/v1/days/\(Workspaces.smallDay)/drafts"
      let made = try await server.get(path, method: "POST", body: "{\"unit\":\"HY-1\"}", key: li)
      #expect(made.status == 201)
      let read = try await server.get(path + "/HY-1", key: wang)
      let tag = try #require(read.headers["Etag"] as? String ?? read.headers["ETag"] as? String)
      let segments = try #require(try object(read.data)["segments"])
      let body = String(decoding: try JSONSerialization.data(withJSONObject: ["segments": segments]), as: UTF8.self)
      let first = try await server.get(
        path + "/HY-1", method: "PUT", body: body, key: wang, headers: ["If-Match": tag])
      #expect(first.status == 200, "\(String(decoding: first.data, as: UTF8.self))")
      let second = try await server.get(path + "/HY-1", method: "PUT", body: body, key: li, headers: ["If-Match": tag])
      #expect(second.status == 412 && String(decoding: second.data, as: UTF8.self).contains("Wang"))
      #expect(try await server.get(path + "/HY-1", method: "PUT", body: body, key: li).status == 428)
      let now = try await server.get(path + "/HY-1", key: li)
      #expect(try object(now.data)["author"] as? String == "Wang" && object(now.data)["version"] as? Int == 2)
      let fresh = try #require(now.headers["Etag"] as? String ?? now.headers["ETag"] as? String)
      let third = try await server.get(
        path + "/HY-1", method: "PUT", body: body, key: li, headers: ["If-Match": fresh])
      #expect(third.status == 200)
    }

    @Test("a statement that is sent comes back with its differences; one of another layout with one sentence")
    func statement() async throws {
      let workspace = try Workspaces.copy(of: try ServeTests.prepared.get())
      let (day, folder) = (Workspaces.smallDay, try Acceptance.newFolder())
      let file = folder.appending(path: "statement.csv").path
      _ = try SpotDesk.run("settle", day, "--output", file, workspace: workspace).succeeded()
      let text = try String(contentsOfFile: file, encoding: .utf8)
      let server = try RunningServer(workspace)
      try await server.untilReady()
      defer { server.program.process.terminate() }
      func send(_ text: String) async throws -> (status: Int, document: [String: Any]) {
        let answer = try await server.get(
          "/api/v1/days/\(day)/statement", method: "POST", body: text, headers: ["Content-Type": "text/csv"])
        return (answer.status, try object(answer.data))
      }
      let equal = try await send(text)
      let found = try #require(equal.document["reconciliation"] as? [String: Any])
      #expect(equal.status == 200 && (found["differences"] as? [Any])?.isEmpty == true)
      #expect(found["file"] as? String == "statement.csv", "no path of the server")
      var lines = text.split(separator: "\n")
      lines.remove(at: 3)
      let short = try await send(lines.joined(separator: "\n") + "\n")
      let causes = (short.document["reconciliation"] as? [String: Any])?["causes"] as? [[String: Any]]
      #expect(causes?.first?["cause"] as? String == "missing-line")
      let other = try await send(text.replacing("amount", with: "betrag", maxReplacements: 1))
      #expect(other.status == 422)
      #expect((other.document["detail"] as? String)?.hasPrefix("The layout of statement.csv changed") == true)
    }

    @Test("customers and the market brief have the bytes that their commands print")
    func bytes() async throws {
      let workspace = try Workspaces.copy(of: try ServeTests.prepared.get())
      let folder = workspace.appending(path: "customers")
      _ = try SpotDesk.run(["customers", "demo", folder.path, "--customers", "6"]).succeeded()
      let day = Workspaces.smallDay
      func file(_ name: String) -> [String] { ["--\(name)", folder.appending(path: "\(name).csv").path] }
      let all = ["customers", "load", "contracts", "payments", "green", "prices"].flatMap(file)
      let table = try Acceptance.newFolder().appending(path: "customers.csv").path
      let page = try Acceptance.newFolder().appending(path: "customers.html").path
      let brief = try SpotDesk.run("market", day, "--json", workspace: workspace).succeeded()
      let server = try RunningServer(workspace)
      try await server.untilReady()
      defer { server.program.process.terminate() }
      for (target, words) in [
        ("customers/C000002", ["customers", "show", "C000002"] + all),
        ("customers/C000002/packages", ["customers", "packages", "--customer", "C000002"] + all),
        ("customer-alerts", ["customers", "alerts"] + all),
      ] {
        let run = try SpotDesk.run(words + ["--json", "--quiet"]).succeeded()
        let answer = try await server.get("/api/v1/\(target)")
        #expect(answer.status == 200 && answer.data == run.output, "\(target)")
      }
      _ = try SpotDesk.run(
        ["customers", "report", "--role", "manager", "--page", page, "--csv", table, "--quiet"] + all
      ).succeeded()
      let scores = try await server.get("/api/v1/customers?format=csv")
      #expect(scores.data == (try Data(contentsOf: URL(filePath: table))))
      let answer = try await server.get("/api/v1/days/\(day)/market")
      #expect(answer.data == brief.output)
    }
  }
}
