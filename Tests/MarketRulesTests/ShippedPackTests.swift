import MarketModel
import MarketRules
import MarketTestSupport
import Testing

@Suite("Shipped rule packs")
struct ShippedPackTests {
  let library: RulePackLibrary

  init() throws { library = try RulePackLibrary(directory: PackFolder.shipped) }

  @Test("all packs decode")
  func all() {
    #expect(
      library.packs.map(\.name) == [
        "au-nem 2025-07", "au-nem 2026-07", "chongqing 2025-01", "es-omie 2022-05", "es-omie 2025-10",
        "eu-sdac 2011-01", "eu-sdac 2025-10", "gansu 2022-01", "gansu 2026-04", "gansu-renewables 2026-04",
        "guangdong 2026-draft", "hunan 2025-10", "shaanxi 2025-12", "shandong 2020-06", "shandong 2020-07",
        "shandong 2021-10", "shandong 2022-01", "shandong 2024-05", "shandong 2025-08", "shandong 2026-01",
        "shandong 2026-03-draft", "shanxi 2020-08", "us-ercot 2025-12", "us-pjm 2013-01",
        "west-inner-mongolia 2025-06", "zhejiang 2020-07", "zhejiang 2026-01",
      ])
    #expect(library.markets.count == 15)
  }

  @Test(
    "the day chooses the version, on either side of each first day",
    arguments: [
      ("shandong", "2021-10-14", "2021-10"), ("shandong", "2021-12-31", "2021-10"),
      ("shandong", "2022-01-01", "2022-01"), ("shandong", "2024-04-30", "2022-01"),
      ("shandong", "2020-06-15", "2020-06"), ("shandong", "2020-07-29", "2020-07"),
      ("shandong", "2024-05-01", "2024-05"), ("shandong", "2025-08-05", "2024-05"),
      ("shandong", "2025-08-06", "2025-08"), ("shandong", "2025-12-31", "2025-08"),
      ("au-nem", "2026-06-30", "2025-07"), ("au-nem", "2026-07-01", "2026-07"),
      ("shandong", "2026-01-01", "2026-01"), ("shandong", "2026-03-01", "2026-01"),
      ("es-omie", "2025-06-21", "2022-05"), ("es-omie", "2025-10-01", "2025-10"),
      ("eu-sdac", "2025-09-30", "2011-01"), ("eu-sdac", "2025-10-01", "2025-10"), ("us-pjm", "2018-12-24", "2013-01"),
    ])
  func choice(market: String, date: String, version: String) throws {
    let day = try #require(MarketDay(date))
    #expect(try library.pack(for: market, on: day).version == version)
  }

  @Test("the first Shandong pack says what its texts say")
  func firstPack() throws {
    let pack = try library.pack(for: "shandong", on: Example.day(2021, 11, 1))
    let order = Citation(clause: "鲁发改价格〔2021〕822号", confidence: .official)
    #expect(pack.bids.floor == .known(.perMegawattHour(-80), order))
    #expect(pack.bids.cap == .known(.perMegawattHour(1300), order))
    #expect(pack.clearing.floor == .known(.perMegawattHour(-100), order))
    #expect(pack.clearing.cap == .known(.perMegawattHour(1500), order))
    #expect(pack.bids.curveForm.value == .slopes)
    #expect(pack.bids.maximumPoints.value == 10)
    #expect(pack.bids.priceBasis.value?.includesCapacityAdder == false)
    #expect(pack.bids.priceTick.value == nil)
    #expect(pack.timetable.gates.value == nil)
    #expect(pack.timetable.informationCutoff.value == GateClosure(dayOffset: -1, minute: 585))
    #expect(pack.timetable.informationCutoff.citation?.confidence == .assumed)
    #expect(pack.currency == "CNY" && pack.zone.identifier == "Asia/Shanghai" && pack.zone.length == .quarterHour)
    #expect(pack.effectiveTo == Example.day(2021, 12, 31))
  }

  @Test("a version takes over what it does not state")
  func inheritance() throws {
    let pack = try library.pack(for: "shandong", version: "2022-01")
    #expect(pack.timetable.dayAheadResults.value == GateClosure("D-1T18:30"))
    #expect(pack.bids.firstPoint.value == .minimumOutput)
    let later = try library.pack(for: "shandong", version: "2026-01")
    #expect(later.bids.firstPoint.citation?.confidence == .assumed)
    #expect(later.timetable.dayAheadResults.value == nil)
  }

  @Test("the draft has gates and is chosen only by name")
  func draft() throws {
    let draft = try library.pack(for: "shandong", version: "2026-03-draft")
    #expect(draft.status == .draft)
    #expect(draft.timetable.gates.value?.map(\.name) == ["first-submission", "economic-clearing"])
    #expect(draft.timetable.curveGate?.closes == GateClosure("D-1T15:00"))
    #expect(draft.physics.reserveUpShare.value == 0.1)
    #expect(!draft.isInForce(on: Example.day(2026, 4, 1)))
  }

  @Test("the coupled market changes from hours to quarter-hours")
  func coupling() throws {
    let hours = try library.pack(for: "eu-sdac", on: Example.day(2025, 9, 30))
    let quarters = try library.pack(for: "eu-sdac", on: Example.day(2025, 10, 1))
    #expect(hours.zone.grid(for: Example.day(2025, 9, 30)).count == 24)
    #expect(quarters.zone.grid(for: Example.day(2025, 10, 1)).count == 96)
    #expect(quarters.zone.grid(for: Example.day(2025, 10, 26)).count == 100)
    #expect(hours.currency == "EUR" && hours.bids.curveForm.value == .slopes)
    #expect(hours.bids.cap.citation?.confidence == .assumed && quarters.bids.cap.citation?.confidence == .official)
  }

  @Test("an unknown market lists the known ones")
  func unknownMarket() {
    #expect(
      sentence { () throws(RulePackProblem) in try library.pack(for: "atlantis", on: Example.day) }
        == "there are no rules of market \"atlantis\". Known markets: \(library.markets.joined(separator: ", ")).")
  }

  @Test("a day before the first pack says when the first one begins")
  func beforeFirst() {
    #expect(
      sentence { () throws(RulePackProblem) in try library.pack(for: "shandong", on: Example.day(2020, 6, 14)) }
        == "market shandong has no rules on 2020-06-14: its first version, 2020-06, begins on 2020-06-15. "
        + "Choose a later day or add the earlier rules.")
  }

  @Test("an unknown version lists the known ones")
  func unknownVersion() {
    #expect(
      sentence { () throws(RulePackProblem) in try library.pack(for: "us-pjm", version: "2030-01") }
        == "market us-pjm has no version \"2030-01\". Known versions: 2013-01.")
  }

  private func sentence(_ work: () throws(RulePackProblem) -> RulePack) -> String {
    do {
      return try work().name
    } catch {
      return error.description.replacing(error.file + ": ", with: "")
    }
  }
}
