import Compliance
import MarketModel
import MarketRules
import MarketTestSupport
import Testing

@Suite("Curve checks")
struct CurveCheckTests {
  @Test("C01: 320, then 318")
  func priceOrder() throws {
    #expect(try answer("C01", bid()) == .passed)
    #expect(try answer("C01", bid([(0, 165, 320), (165, 330, 320)])) == .passed)
    let falling = bid([(0, 165, 320), (165, 330, 318)])
    #expect(
      try answer("C01", falling).sentences == [
        "Unit A1, 2023-03-15, segment 2: price 318 CNY/MWh is below 320 CNY/MWh of segment 1 (example 2022-01, §7.2). "
          + "Prices must not fall with output: raise it or lower that one."
      ])
    let free = try ComplianceExample.pack("prices_must_not_fall", "{ value: false, clause: c, confidence: official }")
    #expect(try answer("C01", falling, pack: free) == .passed)
  }

  @Test("C02: a segment from 150 to 150")
  func outputOrder() throws {
    #expect(try answer("C02", bid()) == .passed)
    #expect(
      try answer("C02", bid([(0, 150, 0), (150, 150, 300), (150, 330, 350)])).sentences == [
        "Unit A1, 2023-03-15, segment 2: the segment runs from 150 MW to 150 MW (form of a bid). "
          + "Its end must lie above its start: give it a width or remove it."
      ])
    #expect(try answer("C02", bid([])).reason == "the bid has no segments")
  }

  @Test("C03: 150–180, then 181–220")
  func contiguity() throws {
    #expect(try answer("C03", bid()) == .passed)
    #expect(
      try answer("C03", bid([(150, 180, 300), (181, 220, 350)])).sentences == [
        "Unit A1, 2023-03-15, segment 2: the segment starts at 181 MW, but segment 1 ends at 180 MW "
          + "(example 2022-01, §7.2). Start it at 180 MW."
      ])
  }

  @Test("C04: the curve starts at the lowest output, as a block from zero or as its start; or at zero")
  func firstPoint() throws {
    #expect(try answer("C04", bid()) == .passed)
    #expect(try answer("C04", bid([(165, 330, 300)])) == .passed)
    #expect(
      try answer("C04", bid([(0, 200, -80), (200, 330, 300)])).sentences == [
        "Unit A1, 2023-03-15, segment 1: the first point of the curve is 200 MW, not the unit's lowest output 165 MW "
          + "(example 2022-01, §7.2). Put the first point at 165 MW, or correct the lowest output in the register."
      ])
    let zero = try ComplianceExample.pack("first_point", "{ value: zero, clause: c, confidence: official }")
    #expect(try answer("C04", bid(), pack: zero) == .passed)
    #expect(
      try answer("C04", bid([(165, 330, 300)]), pack: zero).sentences.first?.contains("at 165 MW, not at 0 MW") == true)
  }

  @Test("C05: the curve ends at 300, the unit is rated 330, no derating is on file")
  func lastPoint() throws {
    #expect(try answer("C05", bid()) == .passed)
    let short = bid([(0, 165, -80), (165, 300, 300)])
    #expect(
      try answer("C05", short).sentences == [
        "Unit A1, 2023-03-15, segment 2: the curve ends at 300 MW, not at the largest available capacity 330 MW "
          + "(example 2022-01, §7.2). End the curve at 330 MW, or put the outage on file."
      ])
    #expect(try answer("C05", short, units: [derated(to: 300)]) == .passed)
    let rated = try ComplianceExample.pack("last_point", "{ value: rated-capacity, clause: c, confidence: official }")
    #expect(try answer("C05", short, units: [derated(to: 300)], pack: rated).sentences.count == 1)
  }

  @Test("C06: a width below the minimum, and 4 % of the range")
  func width() throws {
    // The range is 330 − 165 = 165 MW, 5 % of it 8.25 MW.
    #expect(try answer("C06", bid()) == .passed)
    #expect(try answer("C06", bid([(0, 165, 0), (165, 173.25, 10), (173.25, 330, 20)])) == .passed)
    #expect(
      try answer("C06", bid([(0, 165, 0), (165, 173.249, 10), (173.249, 330, 20)])).sentences == [
        "Unit A1, 2023-03-15, segment 2: the width 8.249 MW is below 5 % of the unit's range 165 MW "
          + "(example 2022-01, §7.2). Widen the segment or join it with a neighbour."
      ])
    #expect(
      try answer("C06", bid([(0, 165, 0), (165, 166.2, 10), (166.2, 330, 20)])).sentences.first
        == "Unit A1, 2023-03-15, segment 2: the width 1.2 MW is below the minimum segment width 2 MW "
        + "(example 2022-01, §7.2). Widen the segment or join it with a neighbour.")
    let unknown = try ComplianceExample.pack(without: "minimum_segment_share_of_range")
    #expect(try answer("C06", bid(), pack: unknown).reason.contains("minimum segment share of the range (not found)"))
  }

  @Test("C07: 1350, and −100, which is the floor of clearing prices")
  func priceLimits() throws {
    #expect(try answer("C07", bid([(0, 165, -80), (165, 330, 1300)])) == .passed)
    #expect(
      try answer("C07", bid([(0, 165, -100), (165, 330, 1350)])).sentences == [
        "Unit A1, 2023-03-15, segment 1: price -100 CNY/MWh is below the bid floor -80 CNY/MWh (example 2022-01, §7.2). "
          + "Raise the price, or check that the rule pack is the one in force.",
        "Unit A1, 2023-03-15, segment 2: price 1350 CNY/MWh is above the bid cap 1300 CNY/MWh (example 2022-01, §7.2). "
          + "Lower the price, or check that the rule pack is the one in force.",
      ])
    #expect(try answer("C07", bid([(0, 330, 1300.000_001)])).sentences.count == 1)
  }

  @Test("C09: neighbours with one price")
  func equalPrices() throws {
    #expect(try answer("C09", bid()) == .passed)
    let equal = bid([(0, 165, 300), (165, 330, 300)])
    #expect(
      try answer("C09", equal).sentences == [
        "Unit A1, 2023-03-15, segment 2: price 300 CNY/MWh is also that of segment 1 (example 2022-01, §7.2). "
          + "Join the two segments or part their prices."
      ])
    let allowed = try ComplianceExample.pack("allows_equal_prices", "{ value: true, clause: c, confidence: official }")
    #expect(try answer("C09", equal, pack: allowed) == .passed)
  }

  @Test("C10: a step curve in a sloped market")
  func form() throws {
    #expect(try answer("C10", bid()) == .passed)
    #expect(
      try answer("C10", bid(form: .steps)).sentences == [
        "Unit A1, 2023-03-15: the curve is made of steps, but the market reads slopes (example 2022-01, §7.2). "
          + "Draw the bid again in the market's form."
      ])
    #expect(try answer("C10", bid(form: nil)).sentences.count == 1)
  }
}

/// The example unit with what a ticket leaves of it for the whole day.
func derated(to megawatts: Double) -> UnitDay {
  let start = Example.zone.start(of: Example.day)
  return Example.unitDay(outages: [
    Outage(
      unit: UnitID("A1"), from: start, to: start.addingTimeInterval(86_400), availableCapacity: .megawatts(megawatts))
  ])
}
