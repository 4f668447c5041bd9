import Foundation
import Testing

extension Acceptance {
  @Suite("The server as it is run") struct ServeTests {
    static let prepared = Result { () throws -> URL in
      let workspace = try Workspaces.small()
      for words in [["day"], ["clear"], ["review"], ["forecast"]] {
        _ = try SpotDesk.run(words[0], Workspaces.smallDay, workspace: workspace).succeeded()
      }
      return workspace
    }

    @Test("every document has the bytes that its command prints, and the server stops when it is asked")
    func bytes() async throws {
      let workspace = try Workspaces.copy(of: try Self.prepared.get())
      let day = Workspaces.smallDay
      let file = workspace.appending(path: "days/\(day)/bids.csv").path
      let server = try RunningServer(workspace)
      try await server.untilReady()
      for (target, words) in [
        ("/api/v1/days/\(day)/bids", ["day", day]), ("/api/v1/days/\(day)/clearing", ["clear", day]),
        ("/api/v1/days/\(day)/review", ["review", day]), ("/api/v1/days/\(day)/forecasts/price", ["forecast", day]),
        ("/api/v1/days/\(day)/checks", ["check", file]),
        ("/api/v1/days/\(day)/forecasts", ["forecast", day, "--models"]),
        ("/api/v1/days/\(day)/process", ["bids", "status", day]), ("/api/v1/rules", ["rules"]),
        ("/api/v1/rules/shandong/2022-01", ["rules", "show", "shandong/2022-01"]),
        (
          "/api/v1/rule-differences?from=shandong/2022-01&to=shandong/2026-01",
          ["rules", "diff", "shandong/2022-01", "shandong/2026-01"]
        ),
      ] {
        let run = try SpotDesk.start(words + ["--json", "--workspace", workspace.path, "--quiet"]).finish()
        let answer = try await server.get(target)
        #expect(answer.status == 200, "\(target)")
        #expect(answer.data == run.output, "\(target) and spotdesk \(words.joined(separator: " ")) --json")
      }
      let some = try await server.get("/api/v1/days/\(day)/forecasts/price?quantiles=0.1,0.5,0.9")
      let object = try #require(try JSONSerialization.jsonObject(with: some.data) as? [String: Any])
      #expect(object["probabilities"] as? [Double] == [0.1, 0.5, 0.9])
      #expect((object["quantiles"] as? [[Double]])?.map(\.count) == [96, 96, 96])
      let run = try server.stop()
      #expect(run.status == 0 && !run.wasKilled, "\(run.errors)")
      #expect(run.errors.contains("\"stopped\""))
    }

    @Test("a traded day over HTTP: what-if, draft, two keys, approved by another, sealed; tools tell the same")
    func flow() async throws {
      let workspace = try Workspaces.copy(of: try Self.prepared.get())
      let day = Workspaces.smallDay
      func key(_ name: String, _ role: String) throws -> String {
        try SpotDesk.run("keys", "add", name, "--role", role, workspace: workspace).succeeded().text
          .trimmingCharacters(in: .whitespacesAndNewlines)
      }
      let (trader, checker) = (try key("Li", "trader"), try key("Wang", "checker"))
      let server = try RunningServer(workspace)
      try await server.untilReady()
      defer { server.program.process.terminate() }
      #expect(try await server.get("/api/v1/days").status == 401)
      let path = "/api/v1/days/\(day)"
      let first = try await server.get(path + "/what-if", method: "POST", body: "{\"unit\":\"HY-1\"}", key: trader)
      #expect(first.status == 200, "\(String(decoding: first.data, as: UTF8.self))")
      let told = try #require(try JSONSerialization.jsonObject(with: first.data) as? [String: Any])
      #expect(told["expected_profit_difference"] as? Double == 0)
      let falling =
        "{\"unit\":\"HY-1\",\"segments\":[{\"to_MW\":500,\"price_per_MWh\":400},{\"to_MW\":1000,\"price_per_MWh\":300}]}"
      #expect(try await server.get(path + "/what-if", method: "POST", body: falling, key: trader).status == 422)
      let made = try await server.get(path + "/drafts", method: "POST", body: "{\"unit\":\"HY-1\"}", key: trader)
      #expect(made.status == 201)
      #expect(
        try await server.get(path + "/drafts", method: "POST", body: "{\"unit\":\"HY-1\"}", key: trader).status == 409)
      func act(_ name: String, _ key: String, _ body: String = "{}") async throws -> (Int, String) {
        let answer = try await server.get(path + "/process/" + name, method: "POST", body: body, key: key)
        let object = try? JSONSerialization.jsonObject(with: answer.data) as? [String: Any]
        return (answer.status, object?["stage"] as? String ?? String(decoding: answer.data, as: UTF8.self))
      }
      #expect(try await act("draft", trader) == (200, "draft"))
      let (status, stage) = try await act("check", trader)
      #expect(status == 200 && stage == "checked", "\(stage)")
      #expect(try await act("approve", trader).0 == 403)
      #expect(try await act("seal", trader).0 == 409, "nothing is sealed that was not approved")
      let state = try await server.get(path + "/process", key: checker)
      let now = try #require(try JSONSerialization.jsonObject(with: state.data) as? [String: Any])
      for stop in now["open_stops"] as? [String] ?? [] {
        let words = stop.split(separator: " ", maxSplits: 1).map(String.init)
        let body = "{\"check\":\"\(words[0])\",\"unit\":\"\(words[1])\",\"reason\":\"agreed by telephone\"}"
        #expect(try await act("override", checker, body).0 == 200)
      }
      if (now["blocks"] as? [String])?.isEmpty == true {
        #expect(try await act("approve", checker) == (200, "approved"))
        #expect(try await act("seal", trader) == (200, "sealed"))
      }
      let call =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"process\",\"arguments\":{\"day\":\"\(day)\"}}}"
      let tool = try await server.get("/mcp", method: "POST", body: call, key: trader)
      #expect(String(decoding: tool.data, as: UTF8.self).contains("spotdesk.bid-status/1"))
    }

    @Test("a browser goes from the draft to the seal with the keyboard alone, where there is a browser to drive")
    func browser() async throws {
      let workspace = try Workspaces.copy(of: try Self.prepared.get())
      func key(_ name: String, _ role: String) throws -> String {
        try SpotDesk.run("keys", "add", name, "--role", role, workspace: workspace).succeeded().text
          .trimmingCharacters(in: .whitespacesAndNewlines)
      }
      let (trader, checker) = (try key("Li", "trader"), try key("Wang", "checker"))
      let server = try RunningServer(workspace)
      try await server.untilReady()
      defer { server.program.process.terminate() }
      let script = Acceptance.root.appending(path: "Tests/Browser/main_flow.py").path
      let run = try SystemTool.run(
        "python3", script, "\(server.port)", Workspaces.smallDay, "LS-1", trader, checker)
      if run.status == 77 {
        print("skipped: no playwright or no chromium")
      } else {
        #expect(run.status == 0, "\(run.text)\(run.errors)")
      }
    }

    @Test("clients that mean no good do not bring the server down")
    func hostile() async throws {
      let server = try RunningServer(try Workspaces.copy(of: try Self.prepared.get()))
      try await server.untilReady()
      defer { server.program.process.terminate() }
      // The last of several jobs waits for as long as the trials take, and its streams stay open.
      var job = ""
      for _ in 0..<20 {
        let body = "{\"kind\":\"backtest\",\"from\":\"2023-03-09\",\"to\":\"2023-03-15\"}"
        let accepted = try await server.get("/api/v1/jobs", method: "POST", body: body)
        let object = try JSONSerialization.jsonObject(with: accepted.data) as? [String: Any]
        job = try #require(object?["id"] as? String)
      }
      let script = Acceptance.root.appending(path: "Tests/Browser/hostile.py").path
      let run = try SystemTool.run("python3", script, "\(server.port)", job, "3000")
      print(run.text.split(separator: "\n").filter { $0.contains("stream") }.joined(separator: "\n"))
      #expect(run.status == 0, "\(run.text)\(run.errors)")
      #expect(try await server.get("/health").status == 200)
    }

    @Test("what cannot be served is one sentence: no workspace, an address for others without a key, a port in use")
    func refusals() async throws {
      let empty = try Acceptance.newFolder()
      expectRefusal(try SpotDesk.run("serve", workspace: empty), exit: 66, saying: ["no workspace"])
      let workspace = try Workspaces.copy(of: try Self.prepared.get())
      expectRefusal(
        try SpotDesk.run("serve", "--host", "0.0.0.0", workspace: workspace), exit: 65, saying: ["key", "0.0.0.0"])
      expectRefusal(try SpotDesk.run("keys", "revoke", "nobody", workspace: workspace), exit: 3, saying: ["nobody"])
      expectRefusal(try SpotDesk.run("mcp", workspace: empty), exit: 66, saying: ["no workspace"])
      let server = try RunningServer(workspace)
      try await server.untilReady()
      defer { server.program.process.terminate() }
      let second = try SpotDesk.run("serve", "--port", "\(server.port)", workspace: workspace)
      #expect(second.status == 73 && second.errors.contains("\(server.port)"), "\(second.errors)")
    }
  }
}
