import Compliance
import Foundation
import MarketModel
import MarketRules
import MarketTestSupport
import Testing

@Suite("Format checks")
struct FormatCheckTests {
  @Test("F01: a code that is not in the register, or limits of another day")
  func registration() throws {
    #expect(try answer("F01", bid()) == .passed)
    #expect(
      try answer("F01", bid(unit: "A3")).sentences == [
        "Unit A3, 2023-03-15: the unit is not in the portfolio (unit register). Correct the unit's code, or add the unit "
          + "to the register."
      ])
    let other = Example.unitDay(day: Example.day(2023, 3, 16))
    #expect(try answer("F01", bid(), units: [other]).sentences.count == 1)
    #expect(try answer("C05", bid(), units: [other]).reason.contains("are those of 2023-03-16"))
    #expect(try answer("C05", bid(unit: "A3")).reason == "unit A3 is not in the portfolio")
  }

  @Test("F02: 40 seconds after the gate")
  func gate() throws {
    let gate = Example.zone.instant(day: Example.day.advanced(by: -1), minute: 900)
    #expect(try answer("F02", bid(), sent: gate.addingTimeInterval(-1)) == .passed)
    #expect(try answer("F02", bid(), sent: gate).sentences.count == 1)
    #expect(
      try answer("F02", bid(), sent: gate.addingTimeInterval(40)).sentences == [
        "Unit A1, 2023-03-15: the bid is sent 40 seconds after the gate final closed at D-1T15:00 (example 2022-01, §5.1). "
          + "The platform takes the default bid; look up what that means for the unit."
      ])
    #expect(try answer("F02", bid(), sent: nil).reason == "no submission time was given")
  }

  @Test("F03: a pack of another time, and a draft")
  func packDates() throws {
    #expect(try answer("F03", bid()) == .passed)
    #expect(
      try answer("F03", bid(day: Example.day(2024, 1, 1))).sentences == [
        "Unit A1, 2024-01-01: the trading day is outside the pack's days, from 2022-01-01 to 2023-12-31 "
          + "(example 2022-01, order 1). Check with the pack that is in force on that day."
      ])
    #expect(try answer("F03", bid(), pack: ComplianceExample.pack("status", "draft")).reason.contains("is a draft"))
  }

  @Test("F04: 0.35 typed for 350, and another unit")
  func priceUnit() throws {
    #expect(try answer("F04", bid()) == .passed)
    #expect(try answer("F04", bid([(0, 165, 0), (165, 330, 0)])) == .passed)
    #expect(
      try answer("F04", bid([(0, 165, -0.08), (165, 330, 0.35)])).sentences == [
        "Unit A1, 2023-03-15: every price lies within 2 CNY/MWh of zero, as if it were written per kWh "
          + "(example 2022-01, §7.2). Write the prices per MWh."
      ])
    #expect(try answer("F04", bid(priceUnit: "CNY/kWh")).sentences.count == 1)
    #expect(
      try answer("F04", bid(priceUnit: "EUR/MWh")).sentences.first?.contains("\"EUR/MWh\"; the market's is CNY/MWh")
        == true)
  }

  @Test("F05: 33 for 330 MW, and kilowatts")
  func powerUnit() throws {
    #expect(try answer("F05", bid()) == .passed)
    #expect(try answer("F05", bid([(0, 165, 0), (165, 346.5, 300)])) == .passed)
    #expect(try answer("F05", bid([(0, 165, 0), (165, 346.501, 300)])).sentences.count == 1)
    #expect(
      try answer("F05", bid([(0, 16.5, 0), (16.5, 33, 300)])).sentences == [
        "Unit A1, 2023-03-15: the curve ends at 33 MW, below the unit's lowest output 165 MW (unit register). "
          + "Write the outputs in MW."
      ])
    #expect(
      try answer("F05", bid([(0, 165_000, 0)])).sentences.first?.contains("above 105 % of the rated capacity") == true)
  }

  @Test("F06: 312.5 under a tick of 1, and a price finer than any tick")
  func priceTick() throws {
    #expect(try answer("F06", bid()) == .passed)
    #expect(
      try answer("F06", bid([(0, 165, -80), (165, 330, 312.5)])).sentences == [
        "Unit A1, 2023-03-15, segment 2: price 312.5 CNY/MWh is not a multiple of the price tick 1 CNY/MWh "
          + "(example 2022-01, §7.2). Round the price to the tick."
      ])
    #expect(try answer("F06", bid([(0, 330, 300.000_000_1)])).sentences.count == 1)
    let tenth = try ComplianceExample.pack("price_tick_per_MWh", "{ value: 0.1, clause: c, confidence: official }")
    #expect(try answer("F06", bid([(0, 330, 0.3)]), pack: tenth) == .passed)
  }

  @Test("F07: 160.35 MW where whole megawatts are required")
  func quantityTick() throws {
    #expect(try answer("F07", bid()) == .passed)
    #expect(
      try answer("F07", bid([(0, 160.35, -80), (160.35, 330, 300)])).sentences == [
        "Unit A1, 2023-03-15, segment 1: output 160.35 MW is not a multiple of the quantity tick 1 MW "
          + "(example 2022-01, §7.2). Round the output to the tick.",
        "Unit A1, 2023-03-15, segment 2: output 160.35 MW is not a multiple of the quantity tick 1 MW "
          + "(example 2022-01, §7.2). Round the output to the tick.",
      ])
    let kilowatt = try ComplianceExample.pack("quantity_tick_MW", "{ value: 0.001, clause: c, confidence: official }")
    #expect(try answer("F07", bid([(0, 160.35, 0)]), pack: kilowatt) == .passed)
    #expect(try answer("F07", bid([(0, 160.3504, 0)]), pack: kilowatt).sentences.first?.contains("160.3504 MW") == true)
  }

  @Test("F08: one segment where two are required, five where four are allowed, none")
  func count() throws {
    #expect(try answer("F08", bid()) == .passed)
    let five = bid([(0, 66, 0), (66, 132, 100), (132, 198, 200), (198, 264, 300), (264, 330, 400)])
    #expect(
      try answer("F08", five).sentences == [
        "Unit A1, 2023-03-15: the curve has 5 segments; at most 4 are allowed (example 2022-01, §7.2). Join segments."
      ])
    #expect(
      try answer("F08", bid([(0, 330, 0)])).sentences.first?.contains("1 segments; at least 2 are required") == true)
    #expect(try answer("F08", bid([])).sentences.first?.contains("the bid has no segments") == true)
    #expect(try answer("C07", bid([])).reason == "the bid has no segments")
  }

  @Test("F09: 95 values, a value that is no number, a wrong segment number, two curves")
  func completeness() throws {
    #expect(try answer("F09", bid()) == .passed)
    let short = bid(commitment: Array(repeating: true, count: 95))
    #expect(
      try answer("F09", short).sentences == [
        "Unit A1, 2023-03-15: the on-line declaration has 95 values; the day has 96 trading intervals of 15 minutes "
          + "(example 2022-01, §7.2). Give one value for each interval, the last one labelled by the end of the day."
      ])
    #expect(try answer("P06", short).reason == "the on-line declaration has 95 values for 96 trading intervals")
    #expect(try answer("F09", bid(plan: [200])).sentences.first?.contains("the planned output has 1 values") == true)
    let lost = bid([(0, 165, -80), (165, 330, .nan)])
    #expect(
      try answer("F09", lost).sentences.first?.contains("165.0 to 330.0 MW at nan CNY/MWh is not a segment") == true)
    #expect(try answer("C07", lost).reason == "segment 2 holds a value that is no number of MW or no price")
    var plan = Array(repeating: 200.0, count: 96)
    plan[32] = -.infinity
    #expect(try answer("F09", bid(plan: plan)).sentences.first?.hasPrefix("Unit A1, 2023-03-15 08:15: ") == true)
    #expect(try report([bid(), bid()]).units[0].outcome("F09")?.result.sentences.first?.contains("2 curves") == true)
  }

  @Test("F09: segments numbered out of order")
  func numbering() throws {
    let plain = bid()
    let swapped = SubmittedBid(
      unit: plain.unit, day: plain.day, form: plain.form, priceUnit: plain.priceUnit,
      segments: [plain.segments[1], plain.segments[0]], commitment: plain.commitment,
      plannedMegawatts: plain.plannedMegawatts, basis: plain.basis)
    #expect(try answer("F09", swapped).sentences.count == 2)
    #expect(try answer("C02", swapped).sentences.count == 1)
  }

  @Test("F10: 24 rows on the 25-hour day")
  func clockChange() throws {
    let lines = ComplianceExample.packLines.joined(separator: "\n").replacing("Asia/Shanghai", with: "Europe/Brussels")
      .replacing("interval_minutes: { value: 15", with: "interval_minutes: { value: 60")
    let brussels = try RulePack(yaml: lines, file: "example/2022-01.yaml")
    let day = Example.day(2023, 10, 29)
    let autumn = bid(day: day, commitment: Array(repeating: true, count: 24), plan: [])
    #expect(
      try answer("F10", autumn, pack: brussels).sentences == [
        "Unit A1, 2023-10-29: the on-line declaration has 24 values on a day of 25 hours, which has 25 trading intervals "
          + "(clock of Europe/Brussels). Give one value for each interval of the 25-hour day."
      ])
    let right = bid(day: day, commitment: Array(repeating: true, count: 25), plan: [])
    #expect(try answer("F10", right, pack: brussels) == .passed)
    #expect(try answer("F10", bid()) == .passed)
  }

  @Test("F11: 99.1 added to a bid, and no basis at all")
  func basis() throws {
    #expect(try answer("F11", bid()) == .passed)
    var basis = ComplianceExample.basis
    basis.includesCapacityAdder = true
    #expect(
      try answer("F11", bid(basis: basis)).sentences == [
        "Unit A1, 2023-03-15: the prices are day-ahead, node, disclosed, with the capacity adder, with tax, but bids are "
          + "day-ahead, node, disclosed, without the capacity adder, with tax (example 2022-01, §7.2). Convert the prices "
          + "to the basis of bids."
      ])
    #expect(try answer("F11", bid(basis: nil)).sentences.count == 1)
  }
}
