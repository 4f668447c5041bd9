import Foundation
import Testing

extension Acceptance {
  @Suite("What cannot be done is refused with one sentence") struct BadRequestTests {
    /// Commands on the small workspace that must not change it.
    struct Request: CustomTestStringConvertible, Sendable {
      let testDescription: String
      let arguments: [String]
      let status: Int32
      let words: [String]

      init(_ name: String, _ arguments: [String], exit status: Int32, saying words: [String]) {
        (testDescription, self.arguments, self.status, self.words) = (name, arguments, status, words)
      }
    }

    static let requests = [
      Request(
        "a market without rules", ["day", Workspaces.smallDay, "--rules", "mars"], exit: 3,
        saying: ["no rules of market \"mars\"", "Known markets: au-nem, chongqing, es-omie, eu-sdac"]),
      Request(
        "a day before the first rule pack", ["day", "2020-06-01"], exit: 3,
        saying: ["shandong has no rules on 2020-06-01", "2020-06-15", "Choose a later day"]),
      Request(
        "rules of a day before the first rule pack", ["rules", "shandong", "2020-06-01"], exit: 3,
        saying: ["shandong has no rules on 2020-06-01", "Choose a later day"]),
      Request(
        "a day without prices before it", ["day", "2023-01-01"], exit: 3,
        saying: ["No day-ahead price before 2023-01-01 was known", "spotdesk import"]),
      Request(
        "a day with too few days before it", ["day", "2023-01-20"], exit: 3,
        saying: ["19 days of prices are known before 2023-01-20", "at least 35", "Import more"]),
      Request(
        "clear before day", ["clear", Workspaces.smallDay], exit: 3,
        saying: ["2023-03-15 has no bids in", "Run `spotdesk day 2023-03-15` first"]),
      Request(
        "review before day", ["review", Workspaces.smallDay], exit: 3, saying: ["2023-03-15 has no bids in"]),
      Request(
        "a portfolio file that is not there", ["day", Workspaces.smallDay, "--portfolio", "/nowhere/units.csv"],
        exit: 66,
        saying: ["/nowhere/units.csv does not exist", "--portfolio"]),
      Request(
        "a bid file that is not there", ["check", "/nowhere/bids.csv"], exit: 66,
        saying: ["/nowhere/bids.csv does not exist", "name a bid file"]),
      Request(
        "a backtest without prices on its last day", ["backtest", "--from", "2023-03-17", "--to", "2023-03-17"],
        exit: 3,
        saying: ["prices of 2023-03-17 are not known", "the last day with prices is 2023-03-16", "Import"]),
    ]

    @Test("refused, and nothing changed", arguments: requests)
    func refused(_ request: Request) throws {
      let workspace = try Workspaces.small()
      let before = try Store.contents(of: workspace)
      let place = ["--workspace", workspace.path, "--quiet"]
      let run = try SpotDesk.start(request.arguments + place).finish()
      expectRefusal(run, exit: request.status, saying: request.words)
      #expect(try Store.contents(of: workspace) == before)
      #expect(!FileManager.default.fileExists(atPath: workspace.appending(path: "days").path))
    }

    @Test("init for a market without rules leaves no folder")
    func unknownMarket() throws {
      let folder = try Acceptance.newFolder().appending(path: "desk")
      let run = try SpotDesk.run("init", folder.path, "--rules", "mars")
      expectRefusal(run, exit: 3, saying: ["\"mars\"", "au-nem, chongqing, es-omie"])
      #expect(!FileManager.default.fileExists(atPath: folder.path))
    }

    @Test("init where a workspace is already")
    func twice() throws {
      let workspace = try Workspaces.small()
      let before = try Store.contents(of: workspace)
      expectRefusal(
        try SpotDesk.run("init", workspace.path, "--rules", "shandong"), exit: 73,
        saying: ["is a workspace already", "name another folder"])
      #expect(try Store.contents(of: workspace) == before)
    }

    @Test("a folder that is no workspace, and stays none")
    func noWorkspace() throws {
      let folder = try Acceptance.newFolder()
      for command in [["day"], ["clear", "2023-03-15"], ["backtest", "--from", "2023-03-15", "--to", "2023-03-15"]] {
        let run = try SpotDesk.start(command + ["--workspace", folder.path, "--quiet"]).finish()
        expectRefusal(run, exit: 66, saying: [folder.path, "is no workspace", "spotdesk.sqlite", "spotdesk init"])
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
    }

    @Test("a store that is no database", arguments: ["this is not a database, though it is long enough.", ""])
    func notADatabase(_ text: String) throws {
      let folder = try Acceptance.newFolder()
      let content = Data(String(repeating: text, count: 100).utf8)
      try content.write(to: Store.file(folder))
      let run = try SpotDesk.run("day", "2023-03-15", workspace: folder)
      guard text.isEmpty else {
        expectRefusal(run, exit: 65, saying: ["spotdesk.sqlite is not a SpotDesk database", "Check the path"])
        #expect(try Data(contentsOf: Store.file(folder)) == content)
        return
      }
      // SQLite takes an empty file for an empty database; it has no market.
      expectRefusal(run, exit: 66, saying: ["has no market", "--rules"])
    }

    @Test("a store with damaged pages")
    func damaged() throws {
      let workspace = try Workspaces.small()
      _ = try Store.contents(of: workspace)
      var content = try Data(contentsOf: Store.file(workspace))
      for index in 4_096..<content.count { content[index] = 0xA5 }
      try content.write(to: Store.file(workspace))
      let run = try SpotDesk.run("day", Workspaces.smallDay, workspace: workspace)
      expectRefusal(run, exit: 65, saying: ["spotdesk.sqlite is damaged", "Restore it from a copy"])
    }

    @Test("a date that is none is wrong usage", arguments: ["2023-02-30", "tomorrow", "15.03.2023"])
    func badDate(_ date: String) throws {
      let run = try SpotDesk.run("day", date, workspace: try Workspaces.small())
      #expect(run.status == 64 && run.output.isEmpty)
      #expect(run.errors.contains("'\(date)'") && run.errors.contains("as 2023-03-15"))
    }

    @Test(
      "choices out of their range are wrong usage, of one day and of many",
      arguments: [["--threads", "0"], ["--scenarios", "5"], ["--risk-aversion", "7"]])
    func badChoice(_ choice: [String]) throws {
      let workspace = try Workspaces.small()
      let days = ["--from", Workspaces.smallDay, "--to", Workspaces.smallDay]
      for command in [["day", Workspaces.smallDay], ["backtest"] + days] {
        let run = try SpotDesk.start(command + choice + ["--workspace", workspace.path]).finish()
        #expect(run.status == 64 && run.output.isEmpty)
        #expect(run.errors.contains("\(choice[0]) is \(choice[1])") && run.errors.contains("; use "))
      }
    }

    @Test("a rule pack with an unknown key")
    func unknownKey() throws {
      let data = try Acceptance.newFolder().appending(path: "data")
      try FileManager.default.copyItem(at: Acceptance.root.appending(path: "data"), to: data)
      let pack = data.appending(path: "rules/shandong/2021-10.yaml")
      let text = try String(contentsOf: pack, encoding: .utf8)
      let broken = text.replacing("bid_cap_per_MWh:", with: "bid_cap_per_kWh:")
      try #require(broken != text)
      try Data(broken.utf8).write(to: pack)
      let lines = broken.split(separator: "\n", omittingEmptySubsequences: false)
      let line = lines.firstIndex { $0.contains("bid_cap_per_kWh") }
      let workspace = try Workspaces.small()
      let before = try Store.contents(of: workspace)
      let run = try SpotDesk.run(
        "day", Workspaces.smallDay, workspace: workspace, environment: ["SPOTDESK_DATA": data.path])
      expectRefusal(
        run, exit: 65,
        saying: ["2021-10.yaml:\(try #require(line) + 1)", "\"bid_cap_per_kWh\"", "bid_cap_per_MWh"])
      #expect(try Store.contents(of: workspace) == before)
    }

    @Test("a data folder without rules")
    func noRules() throws {
      let folder = try Acceptance.newFolder()
      let run = try SpotDesk.run("rules", environment: ["SPOTDESK_DATA": folder.path])
      expectRefusal(run, exit: 66, saying: ["SPOTDESK_DATA", folder.path, "no folder rules"])
    }
  }
}
