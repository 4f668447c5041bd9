import Foundation
import Testing

extension Acceptance {
  @Suite("Customers: records of every kind, alerts with a life cycle, hostile names in every output")
  struct CustomerRecordsTests {
    private var demo: URL { get throws { try CustomersTests.demo.get() } }

    private func files(_ names: String...) throws -> [String] {
      try names.flatMap { ["--\($0)", try demo.appending(path: "\($0).csv").path] }
    }

    @Test(
      "contracts near their end, unpaid bills and missed plans are cases; work on them is kept, what is gone resolves")
    func alerts() throws {
      let folder = try Acceptance.newFolder()
      let ledger = folder.appending(path: "ledger.json").path
      let contracts = try Acceptance.newFile(
        "contracts.csv", "customer_id,end,unit_margin\nC000001,2026-02-01,5\nC000002,2027-02-01,5\n")
      let unpaid = "customer_id,due,paid_at,amount\nC000002,2025-11-01,,5000\nC000003,2025-11-01,2025-11-02,10\n"
      let payments = try Acceptance.newFile("payments.csv", unpaid)
      var rows = "customer_id,date,plan_mwh\n"
      for day in 10...31 { rows += "C000004,2025-12-\(day),100000\n" }
      let plan = try Acceptance.newFile("plan.csv", rows)
      let opinions = try Acceptance.newFile("opinions.csv", "credit_code,ts,polarity\nDEMO1,2025-12-01,-0.9\n")
      let arguments = { (payments: URL) in
        [
          "customers", "alerts", "--json", "--ledger", ledger, "--contracts", contracts.path, "--payments",
          payments.path, "--plan", plan.path, "--opinions", opinions.path,
        ]
      }
      let loads = try files("load", "customers")
      let told = try SpotDesk.run(arguments(payments) + loads).succeeded().json()
      let cases = try #require(told["cases"] as? [[String: Any]])
      let kinds = Dictionary(
        cases.map { ("\($0["customer"] ?? "")/\($0["kind"] ?? "")", $0) }, uniquingKeysWith: { first, _ in first })
      #expect(kinds["C000001/churn"]?["evidence"] as? [String] == ["negative opinions: 1"])
      #expect(kinds["C000002/churn"] == nil && kinds["C000003/payment_risk"] == nil)
      #expect(kinds["C000002/payment_risk"]?["value_at_stake"] as? Double == 5_000)
      let reason = kinds["C000004/plan_deviation"]?["reason"] as? String
      #expect(reason?.contains("missed") == true)
      let stakes = cases.compactMap { $0["value_at_stake"] as? Double }
      #expect(stakes == stakes.sorted(by: >), "the most valuable first")
      let id = try #require(kinds["C000001/churn"]?["id"] as? String)
      let work = try SpotDesk.run(arguments(payments) + loads + ["--acknowledge", id, "--owner", "Wang"]).succeeded()
      #expect(work.text.contains("Wang"))
      expectRefusal(
        try SpotDesk.run(arguments(payments) + loads + ["--acknowledge", "nobody", "--owner", "Wang"]), exit: 65,
        saying: ["nobody"])
    }

    @Test("meters with multipliers and ratios give the loads of their customers")
    func meters() throws {
      var long = "meter_id,ts_start,energy_mwh\n"
      var plain = "customer_id,ts_start,energy_mwh\n"
      for day in 1...30 {
        for hour in 0..<24 {
          let time = "2025-06-\(day < 10 ? "0" : "")\(day)T\(hour < 10 ? "0" : "")\(hour):00"
          long += "M1,\(time),0.25\nM2,\(time),4\n"
          plain += "A,\(time),2\nB,\(time),3\n"
        }
      }
      let meters = try Acceptance.newFile(
        "meters.csv",
        "customer_id,meter_id,multiplier,allocation_ratio\nA,M1,4,1\nA,M2,1,25%\nB,M2,1,0.75\n")
      let customers = try Acceptance.newFile("customers.csv", "customer_id\nA\nB\n")
      let energies = { (arguments: [String]) -> [Double] in
        let run = try SpotDesk.run(["customers", "score", "--json"] + arguments).succeeded()
        let list = try #require(try JSONSerialization.jsonObject(with: run.output) as? [[String: Any]])
        return list.compactMap { score in
          (score["contributions"] as? [[String: Any]])?.first { $0["indicator"] as? String == "E3" }?["value"]
            as? Double
        }
      }
      let load = try Acceptance.newFile("meter-load.csv", long)
      let direct = try Acceptance.newFile("load.csv", plain)
      let found = try energies(["--load", load.path, "--meters", meters.path, "--customers", customers.path])
      let expected = try energies(["--load", direct.path, "--customers", customers.path])
      #expect(found.count == 2 && zip(found, expected).allSatisfy { abs($0 - $1) < 1e-3 * $1 })
      let wrong = try Acceptance.newFile(
        "meters.csv", "customer_id,meter_id,allocation_ratio\nA,M2,0.6\nB,M2,0.6\n")
      expectRefusal(
        try SpotDesk.run(["customers", "score", "--load", load.path, "--meters", wrong.path]), exit: 65,
        saying: ["M2", "100 %"])
    }

    struct Refusal: CustomTestStringConvertible, Sendable {
      let testDescription: String
      let option: String
      let text: String
      let words: [String]
    }

    static let refusals = [
      Refusal(
        testDescription: "a polarity of 3", option: "--opinions", text: "credit_code,ts,polarity\nX,2025-01-01,3\n",
        words: ["polarity"]),
      Refusal(
        testDescription: "a plan of period 99", option: "--plan",
        text: "customer_id,date,period,plan_mwh\nA,2025-01-01,99,1\n", words: ["period"]),
      Refusal(
        testDescription: "green energy at no time", option: "--green-hours",
        text: "customer_id,ts_start,green_mwh\nA,noon,1\n", words: ["no start of an hour"]),
      Refusal(
        testDescription: "a call without a commitment", option: "--demand-response",
        text: "customer_id,date,delivered_mwh\nA,2025-01-01,1\n", words: ["committed_mwh"]),
      Refusal(
        testDescription: "a multiplier of 0", option: "--meters",
        text: "customer_id,meter_id,multiplier\nA,M,0\n", words: ["multiplier"]),
    ]

    @Test("records that are wrong are refused with one sentence", arguments: refusals)
    func refused(_ refusal: Refusal) throws {
      let file = try Acceptance.newFile("records.csv", refusal.text)
      let command = refusal.option == "--opinions" ? "alerts" : "score"
      expectRefusal(
        try SpotDesk.run(["customers", command, refusal.option, file.path] + (try files("load"))), exit: 65,
        saying: refusal.words)
      expectRefusal(
        try SpotDesk.run(["customers", command, refusal.option, "/none.csv"] + (try files("load"))), exit: 66,
        saying: ["not there"])
    }

    @Test("seventy customers come as one list in their order, the same at one thread and at two")
    func pieces() throws {
      let folder = try Acceptance.newFolder().appending(path: "seventy")
      _ = try SpotDesk.run(["customers", "demo", folder.path, "--customers", "70", "--quiet"]).succeeded()
      let arguments = [
        "customers", "score", "--json", "--bootstraps", "0", "--load", folder.appending(path: "load.csv").path,
      ]
      let run = try SpotDesk.run(arguments + ["--threads", "2"]).succeeded()
      let list = try #require(try JSONSerialization.jsonObject(with: run.output) as? [[String: Any]])
      let names = list.compactMap { $0["customer"] as? String }
      #expect(names.count == 70 && names == names.sorted() && Set(names).count == 70)
      #expect(try SpotDesk.run(arguments + ["--threads", "1"]).output == run.output)
    }

    @Test("hostile names are inert in the workbook and the PDF; cost to serve and margins are hidden from sales")
    func hostile() throws {
      let folder = try Acceptance.newFolder()
      let names = try Acceptance.newFile(
        "names.csv",
        "customer_id,name_zh,industry_code,channel_share\nC000001,\"=cmd|' /C calc'!A0<script>alert(1)</script>\",+SUM,0.3\nC000002,阳光化工有限公司,C26,0\n"
      )
      let place = { (name: String) in folder.appending(path: name).path }
      let run = { (role: String) in
        try SpotDesk.run(
          [
            "customers", "report", "--customers", names.path, "--page", place("p.html"), "--xlsx", place("t.xlsx"),
            "--csv", place("t.csv"), "--role", role, "--history", place("history.json"),
          ] + (try files("load", "contracts", "payments", "prices"))
        ).succeeded()
      }
      _ = try run("manager")
      let sheet = try unpacked(place("t.xlsx"), "xl/worksheets/sheet1.xml")
      #expect(!sheet.contains("<f>") && !sheet.contains("<script>"), "names are text, not formulas")
      let csv = try String(contentsOf: folder.appending(path: "t.csv"), encoding: .utf8)
      #expect(csv.contains("cost_to_serve_per_mwh") && !csv.contains("hidden"))
      _ = try run("sales")
      #expect(try String(contentsOf: folder.appending(path: "t.csv"), encoding: .utf8).contains("hidden"))
      let one = [
        "customers", "report", "--customers", names.path, "--customer", "C000001", "--page", place("one.html"),
        "--history", place("history.json"),
      ]
      _ = try SpotDesk.run(one + (try files("load", "contracts", "payments", "prices"))).succeeded()
      let page = try String(contentsOf: folder.appending(path: "one.html"), encoding: .utf8)
      #expect(!page.contains("<script>") && page.contains("Hidden from this reader") && page.contains("评分历史"))
      #expect(!page.contains("calc"), "a viewer sees a masked name")
      guard FileManager.default.fileExists(atPath: "/usr/bin/chromium") else { return }
      _ = try SpotDesk.run(
        one + ["--role", "manager", "--pdf", place("one.pdf")] + (try files("load", "contracts", "payments", "prices"))
      ).succeeded()
      let pdf = try Data(contentsOf: folder.appending(path: "one.pdf"))
      #expect(pdf.starts(with: Data("%PDF".utf8)))
      for word in ["/JavaScript", "/Launch", "/EmbeddedFile"] { #expect(pdf.range(of: Data(word.utf8)) == nil) }
    }

    private func unpacked(_ archive: String, _ member: String) throws -> String {
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/unzip")
      process.arguments = ["-p", archive, member]
      let output = Pipe()
      process.standardOutput = output
      try process.run()
      let data = output.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      return String(decoding: data, as: UTF8.self)
    }

    @Test("churn of the real small businesses ranks, is found in the upper tenth and calibrated; the split is named")
    func churn() throws {
      guard let data = Acceptance.sharedData else { return }
      let file = data.appending(path: "powerco_churn/client_data_2016.csv.gz")
      guard FileManager.default.fileExists(atPath: file.path),
        ProcessInfo.processInfo.environment["SPOTDESK_LONG"] != nil
      else { return }
      let scores = try SpotDesk.run(
        ["evaluate", "churn", "--data", file.path, "--format", "powerco", "--train-fraction", "0.7", "--json"]
      ).succeeded().json()
      #expect(scores["auc"] as? Double ?? 0 >= 0.70)
      #expect(scores["pr_auc"] as? Double ?? 0 >= 0.25)
      #expect(scores["calibration_error"] as? Double ?? 1 <= 0.02)
    }
  }
}
