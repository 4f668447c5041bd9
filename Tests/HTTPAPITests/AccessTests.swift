import Foundation
import Testing
import TradingDesk

@testable import HTTPAPI

@Suite("Who may do what") struct AccessTests {
  private func bearer(_ secret: String) -> [String: String] { ["authorization": "Bearer \(secret)"] }

  @Test("without keys everything is open on this machine; with one, nothing without it")
  func keys() async throws {
    let box = try Sandbox()
    defer { box.remove() }
    #expect(await box.ask("GET", "/api/v1/days").status == 200)
    let (_, secret) = try box.api.keys.add(name: "Li Wei", role: .viewer, now: Date())
    #expect(await box.ask("GET", "/api/v1/days").status == 401)
    #expect(await box.ask("GET", "/health").status == 200)
    #expect(await box.ask("GET", "/api/v1/days", headers: bearer(secret)).status == 200)
    #expect(await box.ask("GET", "/api/v1/days", headers: ["x-api-key": secret]).status == 200)
    #expect(await box.ask("GET", "/api/v1/days", headers: bearer(secret + "0")).status == 401)
    #expect(await box.ask("GET", "/api/v1/days", headers: bearer("sd_x_y")).status == 401)
    _ = try box.api.keys.revoke("Li Wei", now: Date())
    #expect(await box.ask("GET", "/api/v1/days", headers: bearer(secret)).status == 401, "a revoked key ends at once")
  }

  @Test("the file of keys holds no secret and only its owner may read it; a damaged one lets nobody in")
  func file() async throws {
    let box = try Sandbox()
    defer { box.remove() }
    let (key, secret) = try box.api.keys.add(name: "Li Wei", role: .administrator, now: Date())
    let file = box.folder.appending(path: "api-keys.json")
    let text = try String(contentsOf: file, encoding: .utf8)
    #expect(text.contains(key.id) && !text.contains(secret) && !text.contains(String(secret.split(separator: "_")[2])))
    let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    try Data("{".utf8).write(to: file)
    #expect(await box.ask("GET", "/api/v1/days", headers: bearer(secret)).status != 200)
  }

  @Test("each role may do what its routes say and no more", arguments: Role.allCases)
  func roles(role: Role) async throws {
    let box = try Sandbox()
    defer { box.remove() }
    let (_, secret) = try box.api.keys.add(name: "N", role: role, now: Date())
    for route in apiRoutes where !route.path.hasSuffix("/events") && route.method != "DELETE" {
      let path = route.path.replacing("{day}", with: "2020-01-01").replacing(/\{\w+\}/, with: "x")
      let plain = await box.ask(route.method, path)
      let answer = await box.ask(route.method, path, headers: bearer(secret), body: route.method == "GET" ? nil : "{}")
      guard let needed = route.role else {
        #expect(![401, 403].contains(plain.status), "\(route.path)")
        continue
      }
      #expect(plain.status == 401, "\(route.method) \(route.path) without a key")
      #expect((answer.status == 403) == (role < needed), "\(route.method) \(route.path): \(answer.status)")
    }
  }

  @Test("a page of another site, or another name of the host, is refused")
  func origins() async throws {
    let box = try Sandbox()
    defer { box.remove() }
    let body = "{\"kind\":\"review\",\"day\":\"2020-01-01\"}"
    let host = "127.0.0.1:8080"
    let own = ["host": host, "origin": "http://\(host)"]
    #expect(await box.ask("POST", "/api/v1/jobs", headers: own, body: body).status == 202)
    #expect(
      await box.ask("POST", "/api/v1/jobs", headers: ["host": host, "origin": "http://evil.example"], body: body).status
        == 403)
    #expect(await box.ask("POST", "/api/v1/jobs", headers: ["host": host, "origin": "null"], body: body).status == 403)
    #expect(
      await box.ask("POST", "/api/v1/jobs", headers: ["host": host, "sec-fetch-site": "cross-site"], body: body).status
        == 403)
    #expect(await box.ask("GET", "/api/v1/days", headers: ["host": "rebound.example:8080"]).status == 403)
    #expect(
      await box.ask("POST", "/api/v1/jobs", headers: ["host": host, "content-type": "text/plain"], body: body).status
        == 415)
  }

  @Test("a caller who asks too much waits, and others do not")
  func limits() async throws {
    let box = try Sandbox { $0.writesPerSecond = 1 }
    defer { box.remove() }
    let (_, first) = try box.api.keys.add(name: "A", role: .trader, now: Date())
    let (_, second) = try box.api.keys.add(name: "B", role: .trader, now: Date())
    var statuses: [Int] = []
    for _ in 0..<12 { statuses.append(await box.ask("DELETE", "/api/v1/jobs/none", headers: bearer(first)).status) }
    #expect(statuses.filter { $0 == 404 }.count == 10)
    let refused = await box.ask("DELETE", "/api/v1/jobs/none", headers: bearer(first))
    #expect(refused.status == 429 && Int(refused.headers["retry-after"] ?? "") ?? 0 >= 1)
    #expect(await box.ask("DELETE", "/api/v1/jobs/none", headers: bearer(second)).status == 404)
    #expect(await box.ask("GET", "/api/v1/days", headers: bearer(first)).status == 200)
    let bucket = RateLimiter(.init(perSecond: 2, burst: 2))
    #expect(bucket.take("x", at: 0) == nil && bucket.take("x", at: 0) == nil)
    #expect(bucket.take("x", at: 0) == 0.5)
    #expect(bucket.take("x", at: 0.5) == nil)
  }

  @Test("bodies that are too large, too deep, not JSON or not so named are refused")
  func bodies() async throws {
    let box = try Sandbox()
    defer { box.remove() }
    func post(_ body: String) async -> Answer { await box.ask("POST", "/api/v1/jobs", body: body) }
    #expect(await post(String(repeating: "x", count: 5_000)).status == 413)
    #expect(await box.ask("POST", "/api/v1/jobs", headers: ["content-length": "100000000"], body: "{}").status == 413)
    #expect(await post(String(repeating: "[", count: 2_000)).status == 400)
    #expect(await post("{\"kind\":").status == 400)
    #expect(await post("").status == 400)
    #expect(await post("[]").status == 400)
    let unknown = await post("{\"kind\":\"day\",\"colour\":1}")
    #expect(unknown.status == 422)
    #expect(((unknown.object["errors"] as? [[String: Any]])?.first?["pointer"] as? String) == "/colour")
    #expect(await post("{\"kind\":\"holiday\"}").status == 422)
    #expect(await post("{\"kind\":\"backtest\",\"from\":\"2026-01-02\",\"to\":\"2026-01-01\"}").status == 422)
    #expect(await post("{\"kind\":\"backtest\",\"from\":\"1990-01-02\",\"to\":\"2026-01-01\"}").status == 422)
    #expect(await post("{\"kind\":\"day\",\"scenarios\":1000000000}").status == 422)
  }

  @Test("no secret and no body stands in the log; a line is JSON and has the request's number")
  func log() async throws {
    let box = try Sandbox()
    defer { box.remove() }
    let (_, secret) = try box.api.keys.add(name: "Li Wei", role: .trader, now: Date())
    _ = await box.ask("POST", "/api/v1/jobs", headers: bearer(secret), body: "{\"kind\":\"day\",\"secret\":\"4711\"}")
    let lines = box.log.lines
    #expect(lines.allSatisfy { !$0.contains(secret) && !$0.contains("4711") })
    let last = try #require(lines.last)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(last.utf8)) as? [String: Any])
    #expect(object["request_id"] as? String == "test-request")
    #expect(object["caller"] as? String == "Li Wei")
  }
}
