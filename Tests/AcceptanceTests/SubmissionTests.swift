import Foundation
import Testing

extension Acceptance {
  @Suite("check --rules judges a bid file without a workspace") struct SubmissionTests {
    private static let units = """
      unit,plant,capacity_MW,minimum_MW,ramp_up_MW_per_min,ramp_down_MW_per_min,minimum_up_h,minimum_down_h,start_cost,\
      no_load_cost_per_h,marginal_cost_per_MWh
      A1,A,330,165,5,5,8,8,600000,1000,300

      """

    private static func bids(_ price: String = "350", to end: String = "330") -> String {
      """
      unit,segment,from_MW,to_MW,price_per_MWh
      A1,1,0,165,-80
      A1,2,165,250,300
      A1,3,250,\(end),\(price)

      """
    }

    private func check(_ bids: String, rules: String = "shandong", more: [String] = []) throws -> ProgramRun {
      let folder = try Acceptance.newFolder()
      let (file, register) = (folder.appending(path: "bids.csv"), folder.appending(path: "units.csv"))
      try Data(bids.utf8).write(to: file)
      try Data(Self.units.utf8).write(to: register)
      return try SpotDesk.run(
        ["check", file.path, "--rules", rules, "--day", "2026-03-05", "--units", register.path] + more)
    }

    private func results(_ run: ProgramRun, _ check: String) throws -> [[String: Any]] {
      let rows = try #require(try run.json()["results"] as? [[String: Any]])
      return rows.filter { $0["check"] as? String == check }
    }

    @Test("a book that keeps what is known is accepted with warnings, and all 77 checks answer")
    func accepted() throws {
      let run = try check(Self.bids(), more: ["--json"])
      #expect(run.status == 0, "\(run.text)\(run.errors)")
      let document = try run.json()
      #expect(document["pack"] as? String == "shandong 2026-01")
      #expect(document["verdict"] as? String == "accepted-with-warnings")
      let rows = try #require(document["results"] as? [[String: Any]])
      #expect(Set(rows.compactMap { $0["check"] as? String }).count == 77)
      #expect(Set(rows.compactMap { $0["result"] as? String }) == ["passed", "not evaluated"])
    }

    @Test("a price above the cap is refused with its clause, in two languages")
    func refused() throws {
      let run = try check(Self.bids("1350"), more: ["--json", "--suggest"])
      #expect(run.status == 1)
      let document = try run.json()
      #expect(document["verdict"] as? String == "refused")
      let row = try #require(try results(run, "C07").first)
      #expect(row["result"] as? String == "violated" && row["unit"] as? String == "A1")
      #expect((row["clause"] as? String)?.contains("鲁发改价格〔2021〕822号") == true)
      #expect((row["message"] as? String)?.contains("price 1350 CNY/MWh is above the bid cap 1300 CNY/MWh") == true)
      #expect((row["message_chinese"] as? String)?.contains("第 3 段") == true)
      let suggestion = try #require((document["suggestions"] as? [[String: Any]])?.first)
      #expect(suggestion["change"] as? String == "segment 3: price 1350.0 becomes 1300.0")
    }

    @Test("a pack of a file: a market without code; without its cap the cap is not judged")
    func packFile() throws {
      let shipped = Acceptance.root.appending(path: "data/rules/shandong/2021-10.yaml")
      let text = try String(contentsOf: shipped, encoding: .utf8)
      let file = try Acceptance.newFile("elsewhere.yaml", text.replacing("market: shandong", with: "market: elsewhere"))
      #expect(try check(Self.bids("1350"), rules: file.path).status == 1)
      let capless = text.split(separator: "\n", omittingEmptySubsequences: false).map {
        $0.hasPrefix("  bid_cap_per_MWh:") ? "  bid_cap_per_MWh: { unknown: removed }" : String($0)
      }
      let other = try Acceptance.newFile("capless.yaml", capless.joined(separator: "\n"))
      let run = try check(Self.bids("1350"), rules: other.path, more: ["--json"])
      #expect(run.status == 0)
      #expect(try run.json()["verdict"] as? String == "accepted-with-warnings")
      #expect(try results(run, "C07").first?["result"] as? String == "not evaluated")
    }

    @Test("files that cannot be read have other codes")
    func unreadable() throws {
      expectRefusal(try check("unit,price\nA1,3\n"), exit: 65, saying: ["bids.csv", "missing column"])
      expectRefusal(try check(Self.bids("abc")), exit: 65, saying: ["bids.csv:4", "\"abc\" is no number"])
      expectRefusal(try check(Self.bids(), rules: "mars"), exit: 3, saying: ["no rules of market \"mars\""])
      let gone = try SpotDesk.run(["check", "/nowhere/bids.csv", "--rules", "shandong", "--day", "2026-03-05"])
      expectRefusal(gone, exit: 66, saying: ["/nowhere/bids.csv does not exist"])
      #expect(try SpotDesk.run(["check", "/nowhere/bids.csv", "--rules", "shandong"]).status == 64)
    }

    @Test("the draft has gates: a bid sent in time keeps them, a late one does not")
    func gates() throws {
      func sent(_ time: String) throws -> String? {
        let run = try check(Self.bids(), rules: "shandong/2026-03-draft", more: ["--json", "--sent", time])
        return try results(run, "F02").first?["result"] as? String
      }
      #expect(try sent("2026-03-04T14:59:59") == "passed")
      #expect(try sent("2026-03-04T15:00:40") == "violated")
    }

    @Test("the report as a page with clauses and as a workbook, from a workbook of bids and units")
    func forms() throws {
      let folder = try Acceptance.newFolder()
      func place(_ name: String) -> String { folder.appending(path: name).path }
      _ = try SpotDesk.run("rules", "template", "chongqing", "--output", place("bids.xlsx")).succeeded()
      let run = try SpotDesk.run(
        "check", place("bids.xlsx"), "--rules", "chongqing", "--day", "2026-03-05", "--html", place("report.html"),
        "--xlsx", place("report.xlsx"), "--json"
      ).succeeded()
      #expect(try results(run, "F01").first?["result"] as? String == "passed", "the sheet of units is read")
      let page = try String(contentsOfFile: place("report.html"), encoding: .utf8)
      #expect(page.hasPrefix("<!") && page.contains("</html>") && page.contains("bid cap"))
      for outside in ["src=\"http", "href=\"http", "@import", "url(http"] { #expect(!page.contains(outside)) }
      let names = try SystemTool.run(
        "python3", "-c", "import zipfile, sys; print(zipfile.ZipFile(sys.argv[1]).read('xl/workbook.xml').decode())",
        place("report.xlsx"))
      for sheet in ["verdict", "violations", "checks", "clauses", "answers"] { #expect(names.text.contains(sheet)) }
      let unwritable = try SpotDesk.run(
        "check", place("bids.xlsx"), "--rules", "chongqing", "--day", "2026-03-05", "--xlsx", "/proc/report.xlsx")
      expectRefusal(unwritable, exit: 73, saying: ["/proc/report.xlsx"])
    }

    @Test("a workbook that is damaged, encrypted in name only, or empty is refused in one sentence")
    func damagedWorkbooks() throws {
      let folder = try Acceptance.newFolder()
      let whole = folder.appending(path: "bids.xlsx")
      _ = try SpotDesk.run("rules", "template", "shandong", "--output", whole.path).succeeded()
      let bytes = try Data(contentsOf: whole)
      for (name, content) in [
        ("cut", bytes.prefix(bytes.count / 2)), ("start", bytes.prefix(4)),
        ("zeros", bytes.prefix(4) + Data(count: 9_000)),
      ] {
        let file = folder.appending(path: "\(name).xlsx")
        try Data(content).write(to: file)
        let run = try SpotDesk.run("check", file.path, "--rules", "shandong", "--day", "2026-03-05")
        expectRefusal(run, exit: 65, saying: ["\(name).xlsx cannot be read"])
      }
    }

    @Test("a replay of a day is checked by the pack of that day")
    func replays() throws {
      let file = try Acceptance.newFile("bids.csv", Self.bids())
      for (day, pack) in [("2021-09-30", "2020-07"), ("2022-03-15", "2022-01"), ("2026-03-05", "2026-01")] {
        let run = try SpotDesk.run("check", file.path, "--rules", "shandong", "--day", day, "--json")
        #expect(try run.json()["pack"] as? String == "shandong " + pack)
      }
    }

    @Test("rules are told, compared and examined")
    func rules() throws {
      let shown = try SpotDesk.run(["rules", "show", "chongqing"]).succeeded()
      #expect(shown.text.contains("bids.price_tick") && shown.text.contains("1 CNY/MWh"))
      let compared = try SpotDesk.run(["rules", "diff", "shandong/2026-01", "shandong/2026-03-draft"]).succeeded()
      #expect(compared.text.contains("timetable.gates was unknown and is now first-submission D-1T09:45"))
      #expect(try SpotDesk.run(["rules", "check", "zhejiang"]).succeeded().text.contains("No contradictions."))
      let shipped = Acceptance.root.appending(path: "data/rules/shandong/2021-10.yaml")
      let text = try String(contentsOf: shipped, encoding: .utf8)
        .replacing("bid_cap_per_MWh: { value: 1300", with: "bid_cap_per_MWh: { value: 1600")
      let file = try Acceptance.newFile("wrong.yaml", text)
      let run = try SpotDesk.run(["rules", "check", file.path])
      #expect(run.status == 65 && run.text.contains("The bid cap 1600 is above the clearing cap 1500."))
    }
  }
}
