import Foundation
import MarketData
import MarketModel
import MarketRules
import Spreadsheets
import Testing

@testable import TradingDesk

@Suite("Gates, templates and forms of bids") struct GateAndTemplateTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private func desk(at now: String = "2026-03-04T06:35:00Z") throws -> TradingDesk {
    let instant = try Date(now, strategy: .iso8601)
    return TradingDesk(
      workspace: Workspace(URL(filePath: "/nowhere")), dataDirectory: Self.root.appending(path: "data"),
      programVersion: "test", now: { instant }, progress: { _ in })
  }

  private func marketDay(_ text: String) throws -> MarketDay { try #require(MarketDay(text)) }

  private func folder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: "bids-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  @Test("the countdown to the draft's gates at 14:35 of the day before") func countdown() throws {
    let report = try desk().gates(try marketDay("2026-03-05"), rules: "shandong/2026-03-draft", at: nil)
    let gates = report.gates.filter { $0.kind == "gate" }
    #expect(gates.map(\.name) == ["first-submission", "economic-clearing"])
    #expect(gates.map(\.minutesLeft) == [-290, 25])
    #expect(gates.map(\.state) == ["closed", "open"])
    #expect(gates.map(\.alarm) == ["", "T-30"])
    #expect(gates[1].at == "2026-03-04T07:00:00Z" && gates[1].locks == ["curve"])
    #expect(report.missingBid.contains("registered-default, then last-valid"))
  }

  @Test(
    "the ladder's rungs, and the last second",
    arguments: [
      ("2026-03-04T05:59:59Z", 60, "", "open"), ("2026-03-04T06:00:00Z", 60, "T-60", "open"),
      ("2026-03-04T06:50:00Z", 10, "T-10", "open"), ("2026-03-04T06:59:59Z", 0, "T-10", "open"),
      ("2026-03-04T07:00:00Z", 0, "", "closed"), ("2026-03-04T07:00:01Z", -1, "", "closed"),
    ])
  func ladder(now: String, minutes: Int, alarm: String, state: String) throws {
    let report = try desk(at: now).gates(
      try marketDay("2026-03-05"), rules: "shandong/2026-03-draft", at: nil)
    let gate = try #require(report.gates.first { $0.name == "economic-clearing" })
    #expect(gate.minutesLeft == minutes && gate.alarm == alarm && gate.state == state)
  }

  @Test("the day that is counted is the next one whose last gate is open") func nextDay() throws {
    let draft = "shandong/2026-03-draft"
    #expect(try desk(at: "2026-03-04T06:59:00Z").gates(nil, rules: draft, at: nil).day == MarketDay("2026-03-05"))
    #expect(try desk(at: "2026-03-04T07:00:00Z").gates(nil, rules: draft, at: nil).day == MarketDay("2026-03-06"))
    // 16:30 UTC is past midnight in the market.
    #expect(try desk(at: "2026-03-04T16:30:00Z").gates(nil, rules: draft, at: nil).day == MarketDay("2026-03-06"))
    #expect(
      try desk(at: "2026-03-04T16:30:00Z").gates(nil, rules: "shandong", at: nil).gates.allSatisfy { $0.kind != "gate" }
    )
  }

  @Test("a pack is the one of its day: replays of 2021, 2022 and 2026") func replay() throws {
    let packs = [
      ("2020-08-01", "2020-07"), ("2021-10-31", "2021-10"), ("2022-03-15", "2022-01"), ("2024-04-30", "2022-01"),
      ("2024-05-01", "2024-05"), ("2025-12-31", "2025-08"), ("2026-03-05", "2026-01"),
    ]
    for (day, version) in packs {
      let pack = try desk().namedPack("shandong", day: try marketDay(day))
      #expect(pack.version == version, "\(day)")
    }
  }

  @Test("the template of every pack, as CSV and as workbook, is not refused by its own pack")
  func templates() throws {
    let desk = try desk()
    let folder = try folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    for pack in try desk.library().packs {
      let name = Self.root.appending(path: "data/rules/\(pack.market)/\(pack.version).yaml").path
      for ending in ["csv", "xlsx"] {
        let file = folder.appending(path: "bids.\(ending)")
        try desk.writeTemplate(name, day: nil, to: file)
        let report = try desk.checkSubmission(
          SubmissionRequest(bids: file, rules: name, day: pack.effectiveFrom.advanced(by: 3)))
        let found = report.results.filter { $0.result == "violated" && $0.check != "F03" }
        #expect(found.isEmpty, "\(name) \(ending): \(found.map(\.message))")
        #expect(report.bids == 1)
        // A register beside the bids answers more.
        if ending == "xlsx" {
          #expect(
            report.results.contains { $0.check == "C05" && $0.result == "passed" } || pack.bids.lastPoint.value == nil)
        }
      }
    }
  }

  @Test("a payload is the same for CSV and workbook, and an echo that differs is told cell by cell")
  func payloads() throws {
    let desk = try desk()
    let folder = try folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let day = try marketDay("2026-03-05")
    let text = """
      unit,segment,from_MW,to_MW,price_per_MWh,on_line
      B,1,0,100,50.25,00:00–24:00
      "A, north",1,0,165,-80,
      "A, north",2,165,330,350,

      """
    let first = BidPayload(try BidSegmentRow.read(Data(text.utf8), name: "x"), day: day)
    #expect(first.units == 2 && first.hash.count == 64)
    let again = try BidPayload(stored: first.content, name: "y")
    #expect(BidPayload(again.rows, day: day).content == first.content)
    let sheet = folder.appending(path: "b.xlsx")
    try desk.write(try encodedWorkbook(first.workbook(day: day)), to: sheet)
    let fromSheet = try desk.bidRows(sheet, day: day)
    #expect(BidPayload(fromSheet, day: day).hash == first.hash)
    #expect(first.differences(shownBy: fromSheet).isEmpty)
    let shown = text.replacing("50.25", with: "50.2").replacing("\"A, north\",2,165,330,350,\n", with: "C,1,0,1,1,\n")
    let differences = first.differences(shownBy: try BidSegmentRow.read(Data(shown.utf8), name: "z"))
    #expect(
      differences == [
        "Unit A, north, segment 2 was sent and is not shown.",
        "Unit B, segment 1, price_per_MWh: sent 50.25, shown 50.2.", "Unit C, segment 1 is shown and was not sent.",
      ])
  }
}
