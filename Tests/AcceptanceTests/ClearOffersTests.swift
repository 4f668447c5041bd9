import Foundation
import Testing

extension Acceptance {
  @Suite("Offers of everybody are cleared") struct ClearOffersTests {
    static let header = "interval,side,participant,price_per_MWh,quantity_MW\n"
    static let day =
      header + "2,sell,C,30,60\n1,buy,LOAD,4000,100\n1,sell,A,-500,50\n1,sell,B,20,30\n1,sell,\"C, north\",128.89,40\n"
      + "2,buy,LOAD,4000,100\n2,sell,A,10,60\n2,sell,B,30,30\n"

    private func run(_ text: String, _ rules: String, _ more: String...) throws -> ProgramRun {
      let file = try Acceptance.newFile("offers.csv", text)
      return try SpotDesk.start(["clear", "--offers", file.path, "--rules", rules, "--quiet"] + more).finish()
    }

    @Test("prices, quantities and audit as a document")
    func document() throws {
      let json = try run(Self.day, "es-omie", "--json").succeeded().json()
      #expect(json["audit"] as? String == "passed")
      #expect(json["rule_pack"] as? String == "es-omie 2025-10")
      let prices = try #require(json["prices"] as? [[String: Any]])
      #expect(prices.map { $0["interval"] as? Int } == [1, 2])
      #expect(prices.map { $0["price"] as? Double } == [128.89, 30])
      #expect(prices.map { $0["cleared_MW"] as? Double } == [100, 100])
    }

    @Test("the day chooses the version, and a version can be named")
    func versions() throws {
      let byDay = try run(Self.day, "es-omie", "--json", "--day", "2025-06-21").succeeded().json()
      #expect(byDay["rule_pack"] as? String == "es-omie 2022-05" && byDay["interval_minutes"] as? Int == 60)
      let byName = try run(Self.day, "es-omie/2022-05", "--json").succeeded().json()
      #expect(byName["rule_pack"] as? String == "es-omie 2022-05")
      expectRefusal(try run(Self.day, "es-omie", "--day", "2020-01-01"), exit: 3, saying: ["no rules on 2020-01-01"])
      expectRefusal(try run(Self.day, "es-omie/1999"), exit: 3, saying: ["no version \"1999\"", "2022-05, 2025-10"])
    }

    @Test("the cleared quantity of every offer, in the order of the file, and a table")
    func output() throws {
      let folder = try Acceptance.newFolder()
      let text = try run(Self.day, "es-omie", "--output", folder.appending(path: "cleared.csv").path).succeeded().text
      #expect(text.contains("128.89") && text.contains("audit: passed"))
      let lines = try String(contentsOf: folder.appending(path: "cleared.csv"), encoding: .utf8).split(separator: "\n")
      #expect(lines[1] == "2,sell,C,30,30,60,26.667,30" && lines[5] == "1,sell,\"C, north\",128.89,128.89,40,20,128.89")
      #expect(lines.count == 9)
      let named = Self.day.replacing("sell,A,", with: "sell,=1+1,")
      _ = try run(named, "es-omie", "--output", folder.appending(path: "named.csv").path).succeeded()
      let inert = try String(contentsOf: folder.appending(path: "named.csv"), encoding: .utf8)
      #expect(inert.contains("1,sell,'=1+1,-500,"), "a name that begins like a formula is not run by a spreadsheet")
    }

    @Test("on a network every bus has its price, and the limit its own")
    func network() throws {
      let offers = try Acceptance.newFile(
        "offers.csv", Self.header + "1,sell,G1,20,200\n1,sell,G2,50,200\n1,buy,L,3000,150\n")
      func run(_ network: String) throws -> ProgramRun {
        let file = try Acceptance.newFile("network.json", network)
        return try SpotDesk.start([
          "clear", "--offers", offers.path, "--network", file.path, "--rules", "es-omie", "--quiet", "--json",
        ]).finish()
      }
      let branch = #"{"name":"AB","from":"A","to":"B","reactance":0.1,"limit_MW":100}"#
      let places = #""participants":{"G1":"A","G2":"B","L":"B"}"#
      let json = try run(#"{"buses":["A","B"],"branches":[\#(branch)],\#(places)}"#).succeeded().json()
      let prices = try #require(json["prices"] as? [[String: Any]])
      #expect(prices.map { $0["price"] as? Double } == [20, 50])
      #expect(prices.map { $0["cleared_MW"] as? Double } == [100, 50])
      let flows = try #require(json["flows"] as? [[String: Any]])
      #expect(flows.first?["flow_MW"] as? Double == 100 && flows.first?["price"] as? Double == 30)
      // A quarter of an hour of 50 · 150 from the buyer less 20 · 100 and 50 · 50 to the sellers; the demand is worth 3000 · 150.
      #expect(json["congestion_rent"] as? Double == 750 && json["welfare"] as? Double == 111_375)
      #expect(json["audit"] as? String == "passed")
      expectRefusal(
        try run(#"{"buses":["A","B"],"branches":[],"participants":{"G1":"A","L":"B"}}"#), exit: 65,
        saying: ["G2", "stands at no bus"])
      expectRefusal(
        try run(#"{"buses":["A"],"branches":[\#(branch)],\#(places)}"#), exit: 65, saying: ["bus \"B\"", "not among"])
    }

    @Test("what is wrong with a file is said in one sentence")
    func refused() throws {
      let header = Self.header
      let cases: [(text: String, rules: String, words: [String])] = [
        (header + "1,sell,A,10,5\n", "es-omie", ["interval 1 is without demand", "side buy"]),
        (header + "1,buy,A,10,5\n", "es-omie", ["interval 1 is without supply", "side sell"]),
        (
          header + "1,sell,A,10,5\n1,buy,L,10,5\n3,sell,A,10,5\n3,buy,L,10,5\n", "es-omie",
          ["interval 2 has no offers", "interval 3 has"]
        ),
        (
          header + "1,sell,A,4001,5\n", "es-omie",
          ["offers.csv:2", "4,001 lies outside -500 to 4000", "es-omie 2025-10"]
        ),
        (header + "1,sell,A,10,5\n1,buy,L,10,nan\n", "es-omie", ["offers.csv:3", "\"nan\" is no number"]),
        (header + "101,sell,A,10,5\n", "es-omie", ["101 is no interval from 1 to 100"]),
        ("", "es-omie", ["no rows under a header"]),
        (Self.day, "eu-sdac", ["interval 2", "does not know clearing.tie_break", "2025-10.yaml"]),
        (Self.day, "us-pjm", ["does not know clearing.clearing_floor_per_MWh", "with value, clause and confidence"]),
      ]
      for (text, rules, words) in cases { expectRefusal(try run(text, rules), exit: 65, saying: words) }
      expectRefusal(
        try SpotDesk.start(["clear", "--offers", "/nowhere.csv", "--rules", "es-omie"]).finish(), exit: 66,
        saying: ["/nowhere.csv does not exist"])
    }

    @Test("the order of the rows does not matter")
    func order() throws {
      let lines = Self.day.split(separator: "\n").map(String.init)
      let turned = ([lines[0]] + lines.dropFirst().reversed()).joined(separator: "\n") + "\n"
      let first = try run(Self.day, "es-omie", "--json").succeeded().json()
      let second = try run(turned, "es-omie", "--json").succeeded().json()
      #expect(first["prices"] as? NSArray == second["prices"] as? NSArray)
      #expect(first["welfare"] as? Double == second["welfare"] as? Double)
    }

    @Test(
      "a day of a real exchange: its published curves cross where they should",
      .enabled(if: Acceptance.sharedData != nil))
    func publishedCurves() throws {
      let shared = try #require(Acceptance.sharedData)
      let file = shared.appending(path: "henex_dam_20240910/aggr_curves.csv.gz")
      let json = try SpotDesk.start([
        "clear", "--offers", file.path, "--format", "henex", "--rules", "eu-sdac", "--day", "2024-09-10", "--json",
      ]).finish().succeeded().json()
      #expect(json["audit"] as? String == "passed")
      let prices = try #require(json["prices"] as? [[String: Any]]).compactMap { $0["price"] as? Double }
      try #require(prices.count == 24)
      // Crossings that the note of the data set gives; its 223.7 for the first hour is the step below: at 223.7 supply is
      // 5,401.9 MWh and demand 5,411.9.
      #expect(abs(prices[0] - 228.7) < 0.05 && abs(prices[8] - 246.6) < 0.05)
      #expect(abs(prices[12] - 167.7) < 0.05 && abs(prices[19] - 635.6) < 0.05)
    }
  }
}
