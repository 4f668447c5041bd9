import MarketModel
import MarketRules
import MarketTestSupport
import Testing

@Suite("Packs in words")
struct PackWordsTests {
  let library: RulePackLibrary

  init() throws { library = try RulePackLibrary(directory: PackFolder.shipped) }

  private func pack(_ old: String = "", _ new: String = "") throws -> RulePack {
    try RulePack(yaml: try packText(replacing: old, with: new), file: "example/2022-01.yaml")
  }

  @Test("every rule of every shipped pack has a value with a clause, or a reason why it is unknown")
  func statements() {
    for pack in library.packs {
      #expect(pack.statements.count == 79)
      #expect(Set(pack.statements.map(\.key)).count == 79)
      for statement in pack.statements {
        let isCited = statement.citation.map { !$0.clause.isEmpty } ?? false
        #expect((statement.value != nil) == isCited && (statement.value == nil) == !statement.reason.isEmpty)
      }
    }
  }

  @Test("no shipped pack contradicts itself")
  func consistent() {
    for pack in library.packs { #expect(pack.contradictions.isEmpty, "\(pack.name): \(pack.contradictions)") }
  }

  @Test("a version is told from another in words")
  func difference() throws {
    let (before, after) = (
      try pack(), try pack("bid_cap_per_MWh: { value: 1300", "bid_cap_per_MWh: { value: 1200")
    )
    #expect(differences(from: before, to: before).isEmpty)
    #expect(
      differences(from: before, to: after) == [
        "bids.bid_cap changes from 1300 CNY/MWh to 1200 CNY/MWh (鲁发改价格〔2021〕822号; official)."
      ])
    let gates = differences(
      from: try library.pack(for: "shandong", version: "2026-01"),
      to: try library.pack(for: "shandong", version: "2026-03-draft"))
    #expect(gates.contains { $0.hasPrefix("timetable.gates was unknown and is now first-submission D-1T09:45, ") })
    #expect(
      differences(
        from: try library.pack(for: "au-nem", version: "2025-07"),
        to: try library.pack(for: "au-nem", version: "2026-07")
      )
      .contains("bids.bid_cap was 20300 AUD/MWh and is now unknown: the market price cap of FY2026-27 was not found."))
  }

  @Test(
    "contradictions are found, each in a sentence",
    arguments: [
      (
        "bid_floor_per_MWh: { value: -80", "bid_floor_per_MWh: { value: 1301",
        "The bid floor 1301 is above the bid cap 1300."
      ),
      (
        "bid_cap_per_MWh: { value: 1300", "bid_cap_per_MWh: { value: 1501",
        "The bid cap 1501 is above the clearing cap 1500."
      ),
      (
        "bid_floor_per_MWh: { value: -80", "bid_floor_per_MWh: { value: -101",
        "The clearing floor -100 is above the bid floor -101."
      ),
      (
        "value: [registered-default, last-valid]", "value: [bid-cap]", ""
      ),
      ("maximum_points: { value: 10", "maximum_points: { value: 0", ""),
      (
        "lowest_contract_coverage: { value: 0.7", "lowest_contract_coverage: { value: 0.95",
        "The lowest contract coverage 0.95 is above the highest 0.9."
      ),
      (
        "largest_withheld_share: { value: 0.01", "largest_withheld_share: { value: 1.5",
        "The largest withheld share 1.5 is above 1 and can never be exceeded."
      ),
    ])
  func contradiction(old: String, new: String, sentence: String) throws {
    #expect(try pack(old, new).contradictions == (sentence.isEmpty ? [] : [sentence]))
  }

  @Test("one more market is one more file")
  func anotherMarket() throws {
    let text = try packText(version: "2030-01", from: "2030-01-01").replacing("currency: CNY", with: "currency: NZD")
      .replacing("Asia/Shanghai", with: "Pacific/Auckland")
      .replacing("bid_cap_per_MWh: { value: 1300", with: "bid_cap_per_MWh: { value: 900")
    let folder = try PackFolder(["example/2030-01.yaml": text])
    let market = try RulePackLibrary(directory: folder.directory).pack(for: "example", on: Example.day(2031, 1, 1))
    try folder.remove()
    #expect(market.currency == "NZD" && market.zone.grid(for: Example.day(2031, 4, 6)).count == 100)
    #expect(market.bids.cap.value == .perMegawattHour(900) && market.contradictions.isEmpty)
  }
}
