import Foundation
import Testing
import TradingDesk

@testable import HTTPAPI

@Suite("Customers over HTTP") struct CustomerRouteTests {
  /// Four simulated customers of a workspace.
  private static let portfolio = Result { () throws -> URL in
    let folder = FileManager.default.temporaryDirectory.appending(path: "spotdesk-api-customers-\(getpid())")
    try? FileManager.default.removeItem(at: folder)
    let box = try Sandbox()
    defer { box.remove() }
    try box.api.desk.writeDemonstrationCustomers(count: 4, seed: 1, to: folder)
    return folder
  }

  private func portfolio() throws -> Sandbox {
    let box = try Sandbox()
    try FileManager.default.copyItem(at: try Self.portfolio.get(), to: box.folder.appending(path: "customers"))
    return box
  }

  private func key(_ box: Sandbox, _ role: Role) throws -> [String: String] {
    ["authorization": "Bearer \(try box.api.keys.add(name: "\(role.rawValue) Li", role: role, now: Date()).secret)"]
  }

  @Test("pages follow each other without a gap, the highest total first; the table has all")
  func pages() async throws {
    let box = try portfolio()
    defer { box.remove() }
    var (seen, totals, cursor): ([String], [Double], String?) = ([], [], nil)
    repeat {
      let page = await box.ask("GET", "/api/v1/customers?limit=2" + (cursor.map { "&cursor=\($0)" } ?? ""))
      #expect(page.status == 200, "\(page.text)")
      let rows = try #require(page.object["customers"] as? [[String: Any]])
      seen += rows.compactMap { $0["customer"] as? String }
      totals += rows.compactMap { $0["total"] as? Double }
      cursor = page.object["next_cursor"] as? String
    } while cursor != nil && seen.count < 20
    #expect(seen.count == 4 && Set(seen).count == 4)
    #expect(totals == totals.sorted(by: >))
    let whole = await box.ask("GET", "/api/v1/customers").object
    #expect(whole["simulated"] as? Bool == true && whole["customers_in_all"] as? Int == 4)
    let tiers = try #require(whole["tiers"] as? [[String: Any]])
    #expect(tiers.reduce(0) { $0 + ($1["customers"] as? Int ?? 0) } == 4)
    let table = await box.ask("GET", "/api/v1/customers?format=csv").text
    #expect(table.hasPrefix("\u{FEFF}customer,name") && table.split(separator: "\r\n").count == 5)
    #expect(await box.ask("GET", "/api/v1/customers?cursor=nobody").status == 404)
    #expect(await box.ask("GET", "/api/v1/customers?tier=Q").status == 400)
    #expect(await box.ask("GET", "/api/v1/customers/nobody").status == 404)
    #expect(await box.ask("GET", "/api/v1/me").object["has_customers"] as? Bool == true)
  }

  @Test("viewers see masked names and no money, traders names, checkers both")
  func masking() async throws {
    let box = try portfolio()
    defer { box.remove() }
    for (role, reader) in zip(Role.allCases, ["viewer", "sales", "manager", "manager"]) {
      let own = try key(box, role)
      let list = await box.ask("GET", "/api/v1/customers", headers: own)
      #expect(list.object["role"] as? String == reader)
      #expect(list.text.contains("示范") == (role != .viewer), "\(role)")
      let table = await box.ask("GET", "/api/v1/customers?format=csv", headers: own).text
      #expect(table.contains("示范") == (role != .viewer))
      let rows = try #require(list.object["customers"] as? [[String: Any]])
      let name = try #require(rows.first?["customer"] as? String)
      let score = await box.ask("GET", "/api/v1/customers/\(name)", headers: own)
      #expect(score.status == 200 && score.text.contains("\"E1\"") == (role >= .checker))
      let offers = await box.ask("GET", "/api/v1/customers/\(name)/packages", headers: own)
      #expect(offers.status == 200 && offers.text.contains("\"expected_bill\""), "\(offers.text)")
      for key in [
        "expected_margin", "margin_per_MWh", "margin_cvar_95", "loss_probability", "margin_change", "upside",
        "expected_gain", "gain_bound", "gain_cvar_95",
      ] {
        #expect(offers.text.contains("\"\(key)\"") == (role >= .checker), "\(key) for \(role)")
      }
      #expect(!offers.text.contains("credit") && !list.text.contains("credit"))
    }
  }

  @Test("a case is taken by who asks, kept, in the audit trail; a second hand, another word, no case are refused")
  func cases() async throws {
    let box = try portfolio()
    defer { box.remove() }
    let folder = box.api.desk.customerFolder
    let load = folder.directory.appending(path: "load.csv")
    let lines = try String(contentsOf: load, encoding: .utf8).split(separator: "\n").map { line -> String in
      guard let date = line.split(separator: ",").dropFirst().first, date >= "2025-11-10", date < "2026" else {
        return String(line)
      }
      // Every load stops on that day.
      return line.split(separator: ",").prefix(2).joined(separator: ",") + String(repeating: ",0", count: 24)
    }
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: load)
    let trader = try key(box, .trader)
    let before = await box.ask("GET", "/api/v1/customer-alerts", headers: trader)
    let open = try #require(before.object["cases"] as? [[String: Any]], "\(before.text)")
    let id = try #require(open.first?["id"] as? String)
    #expect(open.first?["value_at_stake"] == nil)
    #expect(!FileManager.default.fileExists(atPath: folder.ledger.path), "reading keeps nothing")
    let viewer = try key(box, .viewer)
    let body = "{\"case\":\"\(id)\"}"
    #expect(
      await box.ask("POST", "/api/v1/customer-alerts/acknowledge", headers: viewer, body: body).status == 403)
    let taken = await box.ask("POST", "/api/v1/customer-alerts/acknowledge", headers: trader, body: body)
    #expect(taken.status == 200, "\(taken.text)")
    let seen = await box.ask("GET", "/api/v1/customer-alerts", headers: viewer)
    let own = try #require((seen.object["cases"] as? [[String: Any]])?.first { $0["id"] as? String == id })
    #expect(own["status"] as? String == "acknowledged")
    #expect((own["owner"] as? String)?.contains("*") == true, "a viewer sees no colleague's name")
    let checker = try key(box, .checker)
    #expect(await box.ask("GET", "/api/v1/customer-alerts", headers: checker).text.contains("trader Li"))
    for (path, text, status) in [
      ("resolve", body, 422), ("resolve", "{\"case\":\"\(id)\",\"as\":\"forgotten\"}", 422),
      ("acknowledge", "{\"case\":\"nobody/expansion/2025-01-01\"}", 422), ("acknowledge", "{\"as\":1}", 422),
    ] {
      let answer = await box.ask("POST", "/api/v1/customer-alerts/\(path)", headers: trader, body: text)
      #expect(answer.status == status, "\(text): \(answer.text)")
    }
    let ended = await box.ask(
      "POST", "/api/v1/customer-alerts/resolve", headers: trader, body: "{\"case\":\"\(id)\",\"as\":\"explained\"}")
    #expect(ended.status == 200 && !ended.text.contains("\"\(id)\""))
    let trail = await box.ask("GET", "/api/v1/audit", headers: checker).text
    #expect(trail.contains("acknowledge customer alert") && trail.contains("resolve customer alert"))
    #expect(await box.ask("GET", "/api/v1/audit/verification", headers: checker).object["is_intact"] as? Bool == true)
  }

  @Test("a workspace without customers says so; a broken file is one sentence, kept until it changes")
  func absent() async throws {
    let box = try Sandbox()
    defer { box.remove() }
    #expect(await box.ask("GET", "/api/v1/me").object["has_customers"] as? Bool == false)
    for path in ["customers", "customers/C1", "customers/C1/packages", "customer-alerts"] {
      let answer = await box.ask("GET", "/api/v1/\(path)")
      #expect(answer.status == 404 && (answer.object["detail"] as? String)?.contains("load.csv") == true, "\(path)")
    }
    let folder = box.folder.appending(path: "customers")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data("nothing,of,use\n1,2,3\n".utf8).write(to: folder.appending(path: "load.csv"))
    let broken = await box.ask("GET", "/api/v1/customers")
    #expect(!broken.text.contains(box.folder.path), "no path of the server")
    #expect(
      broken.status == 422 && (broken.object["detail"] as? String)?.contains("load.csv") == true, "\(broken.text)")
  }

  @Test("work that takes longer than the patience of a request is told to come again, and is done once")
  func patience() async throws {
    let prepared = PreparedValue<Int>()
    let (count, gate) = (LineCollector(), DispatchSemaphore(value: 0))
    let make: @Sendable () throws -> Int = {
      count.add("made")
      gate.wait()
      return 7
    }
    await #expect(throws: APIProblem.self) { try await prepared.value(of: [], patience: .milliseconds(30), make) }
    gate.signal()
    #expect(try await prepared.value(of: [], make) == 7)
    #expect(try await prepared.value(of: [], make) == 7)
    #expect(count.lines.count == 1)
  }
}
