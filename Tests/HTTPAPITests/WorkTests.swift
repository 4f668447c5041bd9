import Foundation
import MarketModel
import Testing
import TradingDesk

@testable import HTTPAPI

@Suite("Jobs and drafts") struct WorkTests {
  @Test("a job is accepted, told, and ends with what went wrong; the same key asks once")
  func jobs() async throws {
    let box = try Sandbox()
    defer { box.remove() }
    let body = "{\"kind\":\"review\",\"day\":\"2020-01-01\"}"
    let accepted = await box.ask("POST", "/api/v1/jobs", headers: ["idempotency-key": "k1"], body: body)
    #expect(accepted.status == 202)
    let place = try #require(accepted.headers["location"])
    let again = await box.ask("POST", "/api/v1/jobs", headers: ["idempotency-key": "k1"], body: body)
    #expect(again.data == accepted.data && again.headers["idempotency-replayed"] == "true")
    let other = await box.ask(
      "POST", "/api/v1/jobs", headers: ["idempotency-key": "k1"], body: body.replacing("review", with: "clear"))
    #expect(other.status == 422)
    let id = String(place.split(separator: "/").last ?? "")
    var last: JobRecord?
    for await job in try box.api.jobs.changes(of: id) { last = job }
    let seen = try box.api.jobs.job(id)
    #expect(seen.state == .failed && seen.problem?.contains("2020-01-01") == true)
    #expect(last != nil)
    #expect(await box.ask("GET", place).object["state"] as? String == "failed")
    #expect(await box.ask("DELETE", place).status == 409)
    #expect(await box.ask("GET", place + "/result").status == 404)
    let list = await box.ask("GET", "/api/v1/jobs?limit=1").object
    #expect((list["jobs"] as? [Any])?.count == 1)
  }

  @Test("a job that a stopped server left says that it was interrupted")
  func interrupted() throws {
    let box = try Sandbox()
    defer { box.remove() }
    let folder = box.folder.appending(path: "jobs")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data("{}".utf8).write(to: folder.appending(path: "jbroken.job.json"))
    var job = JobRecord(
      id: "jleft", kind: .backtest, request: JobRequest(), requestedBy: "Li Wei", createdAt: "2026-03-01T00:00:00Z")
    job.state = .running
    job.startedAt = "2026-03-01T00:00:01Z"
    try job.encoded().write(to: folder.appending(path: "jleft.job.json"))
    let said = LineCollector()
    let board = JobBoard(desk: box.api.desk) { said.add($0) }
    #expect(said.lines.count == 1 && said.lines[0].contains("jbroken"), "a record that cannot be read is said")
    let found = try board.job("jleft")
    #expect(found.state == .interrupted && found.problem?.contains("running") == true && found.endedAt != nil)
    #expect(
      try JobBoard(desk: box.api.desk, warn: { _ in }).job("jleft").state == .interrupted, "and it is written down")
  }

  @Test("two traders never overwrite each other")
  func drafts() throws {
    let box = try Sandbox()
    defer { box.remove() }
    let day = try #require(MarketDay(Sandbox.day))
    func draft(_ author: String, _ price: Double) -> Draft {
      Draft(
        day: day, unit: "A1", segments: [DraftSegment(toMW: 100, pricePerMWh: price)], version: 0, author: author,
        updatedAt: "now", expectedProfitDifference: 0, verdict: "compliant")
    }
    let shelf = box.api.drafts
    let first = DraftShelf.tag(try shelf.keep(draft("Li", 300), ifMatch: nil))
    #expect(throws: APIProblem.self) { try shelf.keep(draft("Wang", 310), ifMatch: nil) }
    let second = DraftShelf.tag(try shelf.keep(draft("Wang", 320), ifMatch: first))
    do {
      _ = try shelf.keep(draft("Li", 330), ifMatch: first)
      Issue.record("the old tag was taken")
    } catch let problem as APIProblem {
      #expect(problem.kind == .changedMeanwhile && problem.english.contains("Wang") && problem.chinese.contains("Wang"))
    }
    let kept = try JSONDecoder().decode(Draft.self, from: try shelf.content(day, "A1"))
    #expect(kept.version == 2 && kept.author == "Wang" && kept.segments.first?.pricePerMWh == 320)
    #expect(try shelf.list(day).count == 1)
    #expect(throws: APIProblem.self) { try shelf.remove(day, "A1", ifMatch: first) }
    try shelf.remove(day, "A1", ifMatch: second)
    #expect(try shelf.list(day).isEmpty)
  }

  @Test("a draft is not changed without the tag that was read")
  func condition() async throws {
    let box = try Sandbox()
    defer { box.remove() }
    let answer = await box.ask(
      "PUT", "/api/v1/days/\(Sandbox.day)/drafts/A1", body: "{\"segments\":[{\"to_MW\":1,\"price_per_MWh\":2}]}")
    #expect(answer.status == 428)
    #expect(await box.ask("DELETE", "/api/v1/days/\(Sandbox.day)/drafts/A1").status == 428)
  }

  @Test("a body that does not come in time is given up")
  func slow() async {
    await #expect(throws: APIProblem.self) {
      try await within(seconds: 0.05) {
        try await Task.sleep(for: .seconds(30))
        return 1
      }
    }
  }
}
