import MarketModel
import MarketRules
import MarketTestSupport
import Testing

@testable import Compliance

/// Repairs worked by hand: 165–330 MW, −80 to 1300, ticks of 1 and 1 MW, at least 8.25 MW wide, at most four segments, prices rising.
@Suite("Repairs of a curve") struct RepairTests {
  typealias Piece = (Double, Double, Double)

  static func repaired(
    _ pieces: [Piece], pack: RulePack? = nil, units: [UnitDay] = [Example.unitDay()]
  ) throws -> [String]? {
    let pack = try pack ?? ComplianceExample.pack()
    return RepairedCurve(bid(pieces), unitDay: units.first, pack: pack)?.bid.segments.map {
      "\($0.number): \($0.fromMegawatts)–\($0.toMegawatts) @ \($0.pricePerMegawattHour)"
    }
  }

  static func text(_ pieces: [Piece]) -> [String] {
    pieces.enumerated().map { "\($0 + 1): \($1.0)–\($1.1) @ \($1.2)" }
  }

  @Test("a lawful curve stays")
  func lawful() throws {
    for pieces in [ComplianceExample.segments, [(0, 165, -80), (165, 330, 1_300)]] {
      #expect(try Self.repaired(pieces) == Self.text(pieces))
    }
  }

  @Test("prices go into the limits, to the nearest step, and never fall")
  func prices() throws {
    func second(_ price: Double, _ key: String = "", _ value: String = "") throws -> String? {
      let pack =
        key.isEmpty ? nil : try ComplianceExample.pack(key, "{ value: \(value), clause: c, confidence: official }")
      return try Self.repaired([(0, 165, -200), (165, 330, price)], pack: pack)?.last
    }
    #expect(try second(1_350) == "2: 165.0–330.0 @ 1300.0")
    #expect(try second(312.5) == "2: 165.0–330.0 @ 313.0")
    #expect(try second(312.4) == "2: 165.0–330.0 @ 312.0")
    #expect(try second(-20.4) == "2: 165.0–330.0 @ -20.0")
    #expect(try second(-20.6) == "2: 165.0–330.0 @ -21.0")
    #expect(try second(1_350, "bid_cap_per_MWh", "1300.5") == "2: 165.0–330.0 @ 1300.0")
    #expect(try Self.repaired([(0, 165, -200), (165, 330, 0)])?.first == "1: 0.0–165.0 @ -80.0")
    let floor = try ComplianceExample.pack("bid_floor_per_MWh", "{ value: -79.6, clause: c, confidence: official }")
    #expect(try Self.repaired([(0, 165, -200), (165, 330, 0)], pack: floor)?.first == "1: 0.0–165.0 @ -79.0")
    #expect(
      try Self.repaired([(0, 165, -80), (165, 250, 310), (250, 330, 300)])
        == Self.text([(0, 165, -80), (165, 330, 310)]))
    let equal = try ComplianceExample.pack("allows_equal_prices", "{ value: true, clause: c, confidence: official }")
    #expect(
      try Self.repaired([(0, 165, -80), (165, 250, 310), (250, 330, 300)], pack: equal)
        == Self.text([(0, 165, -80), (165, 250, 310), (250, 330, 310)]))
  }

  @Test("quantities go to the nearest step and join; a piece without width is left out")
  func quantities() throws {
    #expect(
      try Self.repaired([(0, 165, 0), (165, 260.35, 300), (260.35, 330, 350)])
        == Self.text([(0, 165, 0), (165, 260, 300), (260, 330, 350)]))
    #expect(
      try Self.repaired([(0, 165, 0), (165, 260.5, 300), (261, 330, 350)])
        == Self.text([(0, 165, 0), (165, 261, 300), (261, 330, 350)]))
    #expect(
      try Self.repaired([(0, 165, 0), (165, 165, 1), (165, 330, 2)]) == Self.text([(0, 165, 0), (165, 330, 2)]))
    #expect(
      try Self.repaired([(0, 165, 0), (165, 200, 1), (210, 330, 2)])
        == Self.text([(0, 165, 0), (165, 200, 1), (200, 330, 2)]))
    let loose = try ComplianceExample.pack("segments_must_join", "{ value: false, clause: c, confidence: official }")
    #expect(
      try Self.repaired([(0, 165, 0), (165, 200, 1), (210, 330, 2)], pack: loose)
        == Self.text([(0, 165, 0), (165, 200, 1), (210, 330, 2)]))
    #expect(try Self.repaired([(0, 165, 0), (165, .nan, 1)]) == nil)
  }

  @Test("the ends go where the rules and the unit want them")
  func ends() throws {
    #expect(try Self.repaired([(0, 150, 0), (150, 330, 1)]) == Self.text([(0, 165, 0), (165, 330, 1)]))
    #expect(try Self.repaired([(150, 250, 0), (250, 330, 1)]) == Self.text([(165, 250, 0), (250, 330, 1)]))
    #expect(try Self.repaired([(0, 165, 0), (165, 300, 1)]) == Self.text([(0, 165, 0), (165, 330, 1)]))
    let derated = SubmissionExample.derated(40)
    #expect(
      try Self.repaired([(0, 165, 0), (165, 250, 1), (250, 330, 2)], units: derated)
        == Self.text([(0, 165, 0), (165, 250, 1), (250, 290, 2)]))
    #expect(
      try Self.repaired([(0, 165, 0), (165, 300, 1), (300, 330, 2)], units: derated)
        == Self.text([(0, 165, 0), (165, 290, 1)]))
    let rated = try ComplianceExample.pack("last_point", "{ value: rated-capacity, clause: c, confidence: official }")
    #expect(try Self.repaired([(0, 165, 0), (165, 300, 1)], pack: rated) == Self.text([(0, 165, 0), (165, 330, 1)]))
    let zero = try ComplianceExample.pack("first_point", "{ value: zero, clause: c, confidence: official }")
    #expect(try Self.repaired([(10, 165, 0), (165, 330, 1)], pack: zero) == Self.text([(0, 165, 0), (165, 330, 1)]))
  }

  @Test("a narrow piece joins the neighbour nearer in price, at the higher price")
  func narrow() throws {
    #expect(
      try Self.repaired([(0, 165, 0), (165, 250, 100), (250, 255, 110), (255, 330, 300)])
        == Self.text([(0, 165, 0), (165, 255, 110), (255, 330, 300)]))
    #expect(
      try Self.repaired([(0, 165, 0), (165, 250, 100), (250, 255, 290), (255, 330, 300)])
        == Self.text([(0, 165, 0), (165, 250, 100), (250, 330, 300)]))
    #expect(
      try Self.repaired([(0, 165, 0), (165, 250, 100), (250, 255, 200), (255, 330, 300)])
        == Self.text([(0, 165, 0), (165, 255, 200), (255, 330, 300)]))
    #expect(
      try Self.repaired([(0, 165, 0), (165, 250, 100), (250, 325, 200), (325, 330, 300)])
        == Self.text([(0, 165, 0), (165, 250, 100), (250, 330, 300)]))
    #expect(
      try Self.repaired([(0, 165, 0), (165, 173, 1), (173, 330, 2)]) == Self.text([(0, 165, 0), (165, 330, 2)]))
    #expect(
      try Self.repaired([(0, 165, 0), (165, 174, 1), (174, 330, 2)])
        == Self.text([(0, 165, 0), (165, 174, 1), (174, 330, 2)]))
    #expect(
      try Self.repaired([(165, 200, 10), (200, 205, 20), (205, 330, 200)])
        == Self.text([(165, 205, 20), (205, 330, 200)]))
    let wide = try ComplianceExample.pack("minimum_segment_MW", "{ value: 20, clause: c, confidence: official }")
    #expect(
      try Self.repaired([(0, 165, 0), (165, 184, 1), (184, 330, 2)], pack: wide)
        == Self.text([(0, 165, 0), (165, 330, 2)]))
    #expect(
      try Self.repaired([(0, 165, 0), (165, 185, 1), (185, 330, 2)], pack: wide)
        == Self.text([(0, 165, 0), (165, 185, 1), (185, 330, 2)]))
  }

  @Test("too many pieces: the pair with the smallest step of price joins, of equal ones the last")
  func surplus() throws {
    #expect(
      try Self.repaired([(0, 165, -80), (165, 198, 100), (198, 231, 200), (231, 264, 210), (264, 330, 400)])
        == Self.text([(0, 165, -80), (165, 198, 100), (198, 264, 210), (264, 330, 400)]))
    #expect(
      try Self.repaired([(0, 165, -80), (165, 198, 100), (198, 231, 110), (231, 264, 200), (264, 330, 210)])
        == Self.text([(0, 165, -80), (165, 198, 100), (198, 231, 110), (231, 330, 210)]))
    #expect(
      try Self.repaired([(0, 165, -80), (165, 198, 100), (198, 231, 200), (231, 330, 210)])?.count == 4)
  }

  @Test("a suggestion names what it removes and what changes, and whether that is enough")
  func suggestions() throws {
    let context = ComplianceContext(
      units: [UnitID("A1"): Example.unitDay()], plants: [], pack: try ComplianceExample.pack(),
      submissionTime: ComplianceExample.inTime)
    let dear = try #require(suggestedRepairs([bid([(0, 165, -80), (165, 330, 1_350)])], in: context).first)
    #expect(dear.removes == ["C07"] && dear.isSufficient)
    #expect(dear.changes == ["segment 2: price 1350.0 becomes 1300.0"])
    let falling = bid([(0, 165, -80), (165, 250, 310), (250, 330, 300)])
    let joined = try #require(suggestedRepairs([falling], in: context).first)
    #expect(joined.changes.first == "3 segments become 2" && joined.changes.count == 3)
    #expect(suggestedRepairs([bid()], in: context).isEmpty)
  }
}
