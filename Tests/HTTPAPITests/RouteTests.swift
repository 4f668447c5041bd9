import Foundation
import Testing

@testable import HTTPAPI

@Suite("Routes and their answers") struct RouteTests {
  @Test("a document of a day has the file's bytes, whole and packed, with a tag that changes with them")
  func bytes() async throws {
    let box = try Sandbox()
    defer { box.remove() }
    let file = box.folder.appending(path: "days/\(Sandbox.day)/review.json")
    let first = await box.ask("GET", "/api/v1/days/\(Sandbox.day)/review")
    #expect(first.status == 200)
    #expect(try first.data == Data(contentsOf: file))
    let tag = try #require(first.content?.tag)
    #expect(first.content?.matches(tag) == true)
    #expect(first.content?.matches("W/\(tag), \"other\"") == true)
    #expect(first.content?.matches("\"other\"") == false)
    #expect(await box.ask("GET", "/api/v1/days/\(Sandbox.day)/review").content === first.content, "kept, not made anew")
    try Data("{\"day\":\"changed\"}".utf8).write(to: file)
    let second = await box.ask("GET", "/api/v1/days/\(Sandbox.day)/review")
    #expect(second.text == "{\"day\":\"changed\"}")
    #expect(second.content?.tag != tag)
  }

  @Test(
    "what is computed from the store is kept until the store changes, and from a store in its place it is made anew")
  func computed() async throws {
    let box = try Sandbox()
    defer { box.remove() }
    let first = await box.ask("GET", "/api/v1/data-quality")
    #expect(first.status == 200)
    #expect(await box.ask("GET", "/api/v1/units").status == 200, "another reader of the store")
    let second = await box.ask("GET", "/api/v1/data-quality")
    #expect(second.content === first.content, "reading alone changed the store")
    let other = try Sandbox()
    defer { other.remove() }
    for ending in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: box.api.desk.workspace.storeFile.path + ending)
    }
    try FileManager.default.copyItem(at: other.api.desk.workspace.storeFile, to: box.api.desk.workspace.storeFile)
    let third = await box.ask("GET", "/api/v1/data-quality")
    #expect(third.status == 200)
    #expect(third.content !== first.content, "another file stands there")
  }

  @Test("a table begins with a byte order mark and holds no formula")
  func table() async throws {
    let box = try Sandbox()
    defer { box.remove() }
    let rows = await box.ask("GET", "/api/v1/days/\(Sandbox.day)/review?format=csv").text
    #expect(rows == "\u{FEFF}unit,profit\r\n'=A1,1.5\r\n")
    let own = await box.ask("GET", "/api/v1/days/\(Sandbox.day)/bids", headers: ["accept": "text/csv"]).text
    #expect(own == "unit,segment\nA1,1\n", "the file that the command wrote")
    #expect(await box.ask("GET", "/api/v1/days/\(Sandbox.day)/bids/density?format=csv").status == 406)
  }

  @Test("what is not there, not so named, or not so asked is a problem in both languages")
  func problems() async throws {
    let box = try Sandbox()
    defer { box.remove() }
    for (method, target, status) in [
      ("GET", "/api/v1/nothing", 404), ("GET", "/api/v1/days/2026-13-01/bids", 400),
      ("GET", "/api/v1/days/today/bids", 400),
      ("GET", "/api/v1/days/2020-01-01/bids", 404), ("GET", "/api/v1/days/\(Sandbox.day)/forecasts/gas", 404),
      ("GET", "/api/v1/days/\(Sandbox.day)/forecasts/price", 404), ("POST", "/api/v1/days/\(Sandbox.day)/bids", 405),
      ("GET", "/api/v1/days?limit=0", 400), ("GET", "/api/v1/days?cursor=x", 400),
      ("GET", "/api/v1/rules/nowhere", 404), ("GET", "/api/v1/rules?format=xml", 400),
      ("GET", "/api/v1/days/\(Sandbox.day)/forecasts/price?quantiles=2", 400),
      ("GET", "/api/v1/rule-differences?from=a", 400),
      ("GET", "/api/v1/jobs/j1", 404), ("DELETE", "/api/v1/jobs/j1", 404),
    ] {
      let answer = await box.ask(method, target)
      #expect(answer.status == status, "\(method) \(target): \(answer.text)")
      for key in ["type", "title", "status", "detail", "detail_en", "detail_zh", "instance", "request_id"] {
        #expect(answer.object[key] != nil, "\(target) \(key)")
      }
    }
    let chinese = await box.ask("GET", "/api/v1/days/x", headers: ["accept-language": "zh-CN,zh;q=0.9"])
    #expect((chinese.object["title"] as? String) == "请求无法解析")
    #expect(await box.ask("POST", "/api/v1/days/\(Sandbox.day)/bids").headers["allow"] == "GET, HEAD")
  }

  @Test(
    "no address leads to a file outside of what is served",
    arguments: [
      "/assets/..%2F..%2FPackage.swift", "/assets/%2e%2e", "/assets/.hidden", "/api/v1/rules/..%2F..%2Fetc/passwd",
      "/api/v1/rules/%2Fetc%2Fpasswd/x", "/api/v1/rule-differences?from=/etc/passwd&to=x.yaml",
      "/api/v1/days/..%2F..%2F/bids", "/api/v1/days/\(Sandbox.day)/drafts/..%2Fbids", "/assets/desk.js%00.css",
    ])
  func paths(target: String) async throws {
    let box = try Sandbox()
    defer { box.remove() }
    let answer = await box.ask("GET", target)
    #expect([400, 404].contains(answer.status), "\(target): \(answer.status)")
    #expect(!answer.text.contains("root:") && !answer.text.contains("swift-tools-version"))
  }

  @Test("days go on from a cursor")
  func cursor() async throws {
    let box = try Sandbox()
    defer { box.remove() }
    for day in ["2026-03-18", "2026-03-19"] {
      try FileManager.default.createDirectory(
        at: box.folder.appending(path: "days/\(day)"), withIntermediateDirectories: true)
    }
    let first = await box.ask("GET", "/api/v1/days?limit=2").object
    #expect((first["days"] as? [[String: Any]])?.compactMap { $0["day"] as? String } == ["2026-03-20", "2026-03-19"])
    let cursor = try #require(first["next_cursor"] as? String)
    let rest = await box.ask("GET", "/api/v1/days?limit=2&cursor=\(cursor)").object
    #expect((rest["days"] as? [[String: Any]])?.compactMap { $0["day"] as? String } == ["2026-03-18"])
    #expect(rest["next_cursor"] == nil)
  }

  @Test("the pages, the style, health, readiness and measurements are there, and every defence of the page")
  func pages() async throws {
    let box = try Sandbox()
    defer { box.remove() }
    for target in ["/", "/docs", "/assets/desk.js", "/assets/desk.css", "/health", "/ready", "/metrics", "/api/v1/me"] {
      #expect(await box.ask("GET", target).status == 200, "\(target)")
    }
    let policy = await box.ask("GET", "/").headers["content-security-policy"] ?? ""
    #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
    #expect(!policy.contains("unsafe"))
    let page = await box.ask("GET", "/").text
    #expect(!page.contains("http://") && !page.contains("https://"), "nothing from outside")
  }

  @Test("measurements count by route and status")
  func measurements() async throws {
    let box = try Sandbox()
    defer { box.remove() }
    _ = await box.ask("GET", "/api/v1/days/\(Sandbox.day)/review")
    _ = await box.ask("GET", "/api/v1/days/2020-01-01/review")
    let text = await box.ask("GET", "/metrics").text
    let route = "route=\"/api/v1/days/{day}/review\",method=\"GET\""
    #expect(text.contains("spotdesk_requests_total{\(route),status=\"200\"} 1"))
    #expect(text.contains("spotdesk_requests_total{\(route),status=\"404\"} 1"))
    #expect(text.contains("le=\"+Inf\""))
  }

  @Test("every word of the pages is there in both languages")
  func words() throws {
    let file = Sandbox.root.appending(path: "data/dashboard/words.js")
    let text = try String(contentsOf: file, encoding: .utf8)
    let halves = text.components(separatedBy: "  zh: {")
    #expect(halves.count == 2)
    func keys(_ part: String) -> Set<String> {
      Set(part.matches(of: /(\w+): "/).map { String($0.output.1) })
    }
    #expect(keys(halves[0]) == keys(halves[1]))
    let used = try ["desk", "pages", "offers", "start", "charts"].flatMap { name in
      try String(contentsOf: Sandbox.root.appending(path: "data/dashboard/\(name).js"), encoding: .utf8)
        .matches(of: /\bt\("(\w+)"\)/).map { String($0.output.1) }
    }
    #expect(Set(used).subtracting(keys(halves[0])) == [])
  }
}
