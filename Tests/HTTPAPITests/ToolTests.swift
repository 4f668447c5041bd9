import Foundation
import Testing

@testable import HTTPAPI

@Suite("The use cases as tools") struct ToolTests {
  private func ask(_ box: Sandbox, _ role: Role, _ message: String) async -> [String: Any]? {
    let server = ToolServer(api: box.api, caller: Caller(name: "test", role: role, key: "k"))
    guard let answer = await server.answer(Data(message.utf8)) else { return nil }
    return (try? JSONSerialization.jsonObject(with: answer)) as? [String: Any]
  }

  private func names(_ box: Sandbox, _ role: Role) async throws -> Set<String> {
    let answer = await ask(box, role, #"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#)
    let tools = try #require((answer?["result"] as? [String: Any])?["tools"] as? [[String: Any]])
    return Set(tools.compactMap { $0["name"] as? String })
  }

  @Test("greets in a version that both know, and answers no notification")
  func greeting() async throws {
    let box = try Sandbox()
    defer { box.remove() }
    let old = await ask(
      box, .viewer, #"{"jsonrpc":"2.0","id":"a","method":"initialize","params":{"protocolVersion":"2024-11-05"}}"#)
    #expect((old?["result"] as? [String: Any])?["protocolVersion"] as? String == "2024-11-05")
    #expect(old?["id"] as? String == "a")
    let other = await ask(
      box, .viewer, #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"1999-01-01"}}"#)
    #expect((other?["result"] as? [String: Any])?["protocolVersion"] as? String == "2025-06-18")
    #expect(await ask(box, .viewer, #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#) == nil)
  }

  @Test("reads without a role, and starts work with one that allows it")
  func roles() async throws {
    let box = try Sandbox()
    defer { box.remove() }
    let (viewer, trader) = (try await names(box, .viewer), try await names(box, .trader))
    #expect(viewer.isSuperset(of: ["position", "market_brief", "customers", "explain_customer", "customer_alerts"]))
    #expect(!viewer.contains("start_job") && trader.contains("start_job"))
    #expect(viewer.isSuperset(of: ["price_forecast", "explain_bid", "review", "what_if", "rules"]))
    let call =
      #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"start_job","arguments":{"kind":"day"}}}"#
    #expect((await ask(box, .viewer, call)?["error"] as? [String: Any])?["code"] as? Int == -32_602)
    #expect(await ask(box, .trader, call)?["error"] == nil)
  }

  @Test("a tool answers with the document, or says what was wrong")
  func calls() async throws {
    let box = try Sandbox()
    defer { box.remove() }
    func call(_ name: String, _ arguments: String) async -> (text: String, isError: Bool) {
      let answer = await ask(
        box, .viewer,
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"\(name)\",\"arguments\":\(arguments)}}"
      )
      let result = answer?["result"] as? [String: Any]
      let content = (result?["content"] as? [[String: Any]])?.first
      return (content?["text"] as? String ?? "", result?["isError"] as? Bool ?? true)
    }
    let days = await call("list_days", "{}")
    #expect(!days.isError && days.text.contains(Sandbox.day))
    let review = await call("review", "{\"day\":\"\(Sandbox.day)\"}")
    #expect(!review.isError && review.text.contains("=A1"))
    let unit = await call("explain_bid", "{\"day\":\"\(Sandbox.day)\",\"unit\":\"=A1\"}")
    #expect(!unit.isError && unit.text.contains("1.5") && !unit.text.contains("\"units\""))
    #expect(await call("review", "{}").isError)
    #expect(await call("review", "{\"day\":\"../..\"}").isError)
    #expect(await call("review", "{\"day\":\"2020-01-01\",\"colour\":1}").isError)
  }

  @Test("messages that are none get an error, not silence")
  func errors() async throws {
    let box = try Sandbox()
    defer { box.remove() }
    for (message, code) in [
      ("{", -32_700), ("[]", -32_700), ("{}", -32_600), (#"{"jsonrpc":"1.0","id":1,"method":"ping"}"#, -32_600),
      (#"{"jsonrpc":"2.0","id":1,"method":"fly"}"#, -32_601), (String(repeating: "[", count: 5_000), -32_700),
    ] {
      #expect(
        (await ask(box, .viewer, message)?["error"] as? [String: Any])?["code"] as? Int == code, "\(message.prefix(40))"
      )
    }
  }
}
